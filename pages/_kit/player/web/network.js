// The player's network: features of a point of the plane go in, one sigmoid unit comes out.

import { ZERO } from "./format.js";
import { ACTIVATIONS, Layers } from "./layers.js";

// Of what is added up, weights being single precision: `engine/nn/decision.py`.
const ROUNDING = 64 * 2 ** -23;

// Whether a logit names class 1. What is zero but for rounding is a tie, and counts as class 0.
export function namesOne(z) {
  return z > ZERO;
}

// How large a logit may be that is zero but for rounding, `size` being the sum of the sizes of its
// terms.
function noiseOf(size) {
  const noise = Math.max(ZERO, ROUNDING * size);
  return Number.isFinite(noise) ? noise : 0; // what overflowed is no tie
}

const FEATURES = {
  x1: { of: (x1) => x1, label: "x₁" },
  x2: { of: (_, x2) => x2, label: "x₂" },
  x1_squared: { of: (x1) => x1 * x1, label: "x₁²" },
  x2_squared: { of: (_, x2) => x2 * x2, label: "x₂²" },
  x1_x2: { of: (x1, x2) => x1 * x2, label: "x₁x₂" },
  sin_x1: { of: (x1) => Math.sin(Math.PI * x1), label: "sin πx₁" },
  sin_x2: { of: (_, x2) => Math.sin(Math.PI * x2), label: "sin πx₂" },
};

export class Network extends Layers {
  constructor({ sizes, activations, features, mean, deviation }) {
    super(sizes, activations);
    this.features = features.map((name) => FEATURES[name]);
    this.mean = mean;
    this.deviation = deviation;
  }

  input(k, x1, x2) {
    return (this.features[k].of(x1, x2) - this.mean[k]) / this.deviation[k];
  }

  // One point, every number: A[0] is the standardised input, A[depth] is [p].
  trace(theta, x1, x2) {
    const input = this.features.map((_, k) => this.input(k, x1, x2));
    const { Z, A } = this.propagate(theta, input, (z) => z.map(ACTIVATIONS.sigmoid));
    const noise = noiseOf(this.termsOf(theta, A[this.depth - 1]));
    if (Math.abs(Z[this.depth][0]) > noise) return { Z, A };
    return { Z: Z.with(this.depth, [0]), A: A.with(this.depth, [0.5]) };
  }

  // The sizes of what the output neuron adds up, together.
  termsOf(theta, below) {
    const row = this.weightIndex(this.depth, 0, 0);
    const bias = Math.abs(theta[this.biasIndex(this.depth, 0)]);
    return below.reduce((sum, a, i) => sum + Math.abs(theta[row + i] * a), bias);
  }

  predict(theta, x1, x2) {
    return this.trace(theta, x1, x2).A[this.depth][0];
  }

  neuronName(l, j) {
    if (l === 0) return `Input ${this.features[j].label}`;
    return l === this.depth ? "Output neuron" : `Hidden layer ${l}, neuron ${j + 1}`;
  }
}

// Every neuron over many points at once. The last layer holds the logit z, not p: its zero is the
// boundary.
export class Batch {
  constructor(network, x1, x2) {
    this.network = network;
    this.size = x1.length;
    this.layers = [
      network.features.map((_, k) =>
        Float32Array.from(x1, (value, p) => network.input(k, value, x2[p])),
      ),
    ];
    for (let l = 1; l <= network.depth; l++) {
      this.layers.push(Array.from({ length: network.sizes[l] }, () => new Float32Array(this.size)));
    }
  }

  compute(theta) {
    const { network } = this;
    for (let l = 1; l <= network.depth; l++) {
      const name = network.activations[l]; // none for the last layer, which holds z
      this.layers[l].forEach((out, j) => {
        const bias = theta[network.biasIndex(l, j)];
        weightedSum(out, this.layers[l - 1], theta, network.weightIndex(l, j, 0), bias);
        if (name && name !== "linear") apply(out, ACTIVATIONS[name]);
      });
    }
    this.settle(theta);
    return this;
  }

  // Put 0 where the logit is zero but for rounding. Its terms are the largest of all points: where
  // a hidden unit is about 0, what it was added up from is not.
  settle(theta) {
    const { network, logit } = this;
    const noise = noiseOf(network.termsOf(theta, this.layers[network.depth - 1].map(largest)));
    for (let p = 0; p < logit.length; p++) {
      if (Math.abs(logit[p]) <= noise) logit[p] = 0;
    }
  }

  get logit() {
    return this.layers[this.network.depth][0];
  }

  // Mean cross-entropy in nats and the share classified right.
  score(labels) {
    let loss = 0;
    let right = 0;
    this.logit.forEach((z, p) => {
      loss += Math.max(z, 0) - z * labels[p] + Math.log1p(Math.exp(-Math.abs(z)));
      right += namesOne(z) === (labels[p] === 1);
    });
    return { cost: loss / this.size, accuracy: right / this.size };
  }
}

// What naming the most common class gets right, with labels of 0 and 1; NaN without any.
export function chance(labels) {
  const ones = labels.filter((label) => label === 1).length;
  return Math.max(ones, labels.length - ones) / labels.length;
}

// A side x side lattice whose outer nodes lie on the borders of the view. Row 0 is the top (largest
// x2).
export function lattice(network, side, [left, right, bottom, top]) {
  const at = (from, to, k) => from + ((to - from) * k) / (side - 1);
  const nodes = Array.from({ length: side * side }, (_, p) => p);
  const x1 = nodes.map((p) => at(left, right, p % side));
  const x2 = nodes.map((p) => at(top, bottom, Math.floor(p / side)));
  return Object.assign(new Batch(network, x1, x2), { side });
}

// Four inputs at a time: a quarter of the passes over `out`.
function weightedSum(out, inputs, theta, row, bias) {
  const n = out.length;
  out.fill(bias);
  let i = 0;
  for (; i + 3 < inputs.length; i += 4) {
    const [a, b, c, d] = [inputs[i], inputs[i + 1], inputs[i + 2], inputs[i + 3]];
    const [u, v, w, t] = [
      theta[row + i],
      theta[row + i + 1],
      theta[row + i + 2],
      theta[row + i + 3],
    ];
    for (let p = 0; p < n; p++) out[p] += u * a[p] + v * b[p] + w * c[p] + t * d[p];
  }
  for (; i < inputs.length; i++) {
    const a = inputs[i];
    const u = theta[row + i];
    for (let p = 0; p < n; p++) out[p] += u * a[p];
  }
}

function apply(values, act) {
  for (let p = 0; p < values.length; p++) values[p] = act(values[p]);
}

export function largest(values) {
  let most = 0;
  for (let p = 0; p < values.length; p++) most = Math.max(most, Math.abs(values[p]));
  return most;
}
