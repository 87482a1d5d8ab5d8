// A fully connected network: W[l] is (n_l, n_{l-1}), and theta is W1, b1, W2, b2, ..., each in C
// order.

import { ACTIVATIONS } from "./activations.js";

export class Layers {
  // activations: a name for each hidden layer, from the input side.
  constructor(sizes, activations) {
    this.sizes = sizes;
    this.depth = sizes.length - 1; // layers with weights
    this.activations = [null, ...activations]; // activations[l]: the name of layer l's g
    this.starts = [null]; // starts[l]: where W[l] and b[l] begin in theta
    let place = 0;
    for (let l = 1; l <= this.depth; l++) {
      const bias = place + sizes[l] * sizes[l - 1];
      this.starts.push({ weights: place, bias });
      place = bias + sizes[l];
    }
    this.parameters = place;
  }

  weightIndex(l, j, i) {
    return this.starts[l].weights + j * this.sizes[l - 1] + i;
  }

  biasIndex(l, j) {
    return this.starts[l].bias + j;
  }

  // Where a parameter stands: {l, j, i}, with i = null for a bias.
  locate(index) {
    const l = this.starts.findLastIndex((start) => start && start.weights <= index);
    const { weights, bias } = this.starts[l];
    if (index >= bias) return { l, j: index - bias, i: null };
    return {
      l,
      j: Math.floor((index - weights) / this.sizes[l - 1]),
      i: (index - weights) % this.sizes[l - 1],
    };
  }

  // One input, every number: A[0] is the input, A[depth] what `output` makes of the last logits.
  propagate(theta, input, output) {
    const A = [input];
    const Z = [null];
    for (let l = 1; l <= this.depth; l++) {
      Z.push(this.logits(theta, l, A[l - 1]));
      A.push(l === this.depth ? output(Z[l]) : Z[l].map(ACTIVATIONS[this.activations[l]].of));
    }
    return { Z, A };
  }

  // Z[l] = W[l] A[l-1] + b[l] for one input.
  logits(theta, l, below) {
    return Array.from({ length: this.sizes[l] }, (_, j) => {
      const row = this.weightIndex(l, j, 0);
      let z = theta[this.biasIndex(l, j)];
      for (let i = 0; i < below.length; i++) z += theta[row + i] * below[i];
      return z;
    });
  }
}
