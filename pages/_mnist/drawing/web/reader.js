// The network as it now stands, reading one picture.

import { Layers } from "../../../_kit/player/web/layers.js";
import { unseal } from "../../../_kit/player/web/wire.js";

export class Reader {
  constructor(bytes) {
    const { header, array } = unseal(bytes);
    Object.assign(this, header, { theta: array(header.theta) });
    this.layers = new Layers(header.sizes, header.activations);
  }

  // {probabilities, digit, probability, hidden}: hidden is the first hidden layer's A, null without
  // one.
  read(picture) {
    const input = Float32Array.from(picture, (level) => level * this.scale + this.shift);
    const { A } = this.layers.propagate(this.theta, input, softmax);
    const probabilities = A[this.layers.depth];
    const probability = Math.max(...probabilities);
    const hidden = this.layers.depth > 1 ? A[1] : null;
    return { probabilities, digit: probabilities.indexOf(probability), probability, hidden };
  }
}

function softmax(z) {
  const largest = Math.max(...z);
  const powers = z.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
