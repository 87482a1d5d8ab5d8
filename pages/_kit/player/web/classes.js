// Several classes over the plane: which is named where, how surely, and where one gives way to
// another.

import { logSumExp } from "./network.js";

// The class named at every point of a batch, and the probability said of it.
export function regions(batch) {
  const named = new Uint8Array(batch.size);
  const sure = new Float32Array(batch.size);
  for (let p = 0; p < batch.size; p++) {
    const z = batch.logitsAt(p);
    named[p] = batch.named(p);
    sure[p] = Math.exp(z[named[p]] - logSumExp(z));
  }
  return { named, sure };
}

// The probability of one class at every point.
export function probabilities(batch, label) {
  return Float32Array.from({ length: batch.size }, (_, p) => {
    const z = batch.logitsAt(p);
    return Math.exp(z[label] - logSumExp(z));
  });
}

// By how much a class's logit is above all others at every point: its border is where that is zero.
export function margins(batch, label) {
  return Float32Array.from({ length: batch.size }, (_, p) => {
    const z = batch.logitsAt(p);
    const own = z[label];
    z[label] = -Infinity;
    return own - Math.max(...z);
  });
}
