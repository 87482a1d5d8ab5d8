// A weight's gradients averaged, and their squares; and what that does for the step.

import { percent, size } from "../../_kit/player/web/format.js";
import { averaged, shareOf, windowOf } from "./averages.js";
import { plainly, shortly } from "./said.js";

const EPSILON = 1e-8;

// Steps that differ by no more than this factor are nearly alike; a share that need not be said.
const [ALIKE, LITTLE] = [1.5, 0.01];

// Momentum's v, RMSprop's root of s, and the step dθ/(√s + ε); nothing is corrected, as they do not.
export function stepsOf(gradient, beta1, beta2) {
  const v = averaged(gradient, beta1);
  const squares = averaged(
    gradient.map((g) => g * g),
    beta2,
  );
  const root = squares.map(Math.sqrt);
  return { v, root, step: gradient.map((g, t) => g / (root[t] + EPSILON)) };
}

// How many times the deviation of the averages that of the values is, in the second half of both.
export function timesCalmer(values, averages) {
  const half = Math.floor(values.length / 2);
  return deviation(values.slice(half)) / deviation(averages.slice(half));
}

// The same of independent noise.
export function ofNoise(beta) {
  return Math.sqrt((1 + beta) / (1 - beta));
}

function deviation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

export function toldOfMomentum(gradient, v, beta1) {
  const times = timesCalmer(gradient, v);
  if (!Number.isFinite(times)) return "This gradient stands still.";
  const noise = ofNoise(beta1);
  const over = shortly(windowOf(beta1));
  const told = `β₁ = ${plainly(beta1)} averages over about ${over} mini-batches. The raw gradient's deviation is ${size(times)} times the average's; of independent noise it would be ${size(noise)}.`;
  if (times > 1.25 * noise)
    return `${told} It is more here: within an epoch each sample comes once, so what is too much in one batch is too little in the others.`;
  return times < 0.8 * noise ? `${told} It is less here: much of it is no noise.` : told;
}

// `sizes` are the root mean squares of all weights' gradients, `steps` the least and the most of
// their steps; so many mini-batches there are.
export function toldOfSquares(sizes, steps, beta2, count) {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const [slow, fast] = steps;
  const how = fast / slow < ALIKE ? "nearly alike" : "more alike";
  const missing = 1 - shareOf(beta2, count);
  const start =
    missing > LITTLE
      ? ` After ${count} of them s still lacks ${percent(missing)} of its weight: Adam divides by 1 − β₂ᵗ.`
      : "";
  return `The gradients of the ${sizes.length} weights are ${size(least)} to ${size(most)} large (root mean square), a factor of ${size(most / least)}. Divided by √s they are ${size(slow)} to ${size(fast)}, a factor of ${size(fast / slow)}: the weights step ${how}.${start}`;
}

export function sizeOfBatch(batch) {
  return batch === 0 ? "full batch" : plainly(batch);
}
