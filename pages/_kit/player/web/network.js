// The player's network: features of a point of the plane go in; one sigmoid unit comes out, or a
// softmax over one unit for each class.

import { ACTIVATIONS } from "./activations.js";
import { ZERO } from "./format.js";
import { Layers } from "./layers.js";

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

  // Whether one unit decides between two classes.
  get isBinary() {
    return this.sizes[this.depth] === 1;
  }

  // The classes by their numbers.
  get labels() {
    return Array.from({ length: this.isBinary ? 2 : this.sizes[this.depth] }, (_, k) => k);
  }

  // One point, every number: A[0] is the standardised input, A[depth] is [p] or each class's p.
  trace(theta, x1, x2) {
    const input = this.features.map((_, k) => this.input(k, x1, x2));
    if (!this.isBinary) return this.propagate(theta, input, softmax);
    const { Z, A } = this.propagate(theta, input, (z) => z.map(ACTIVATIONS.sigmoid.of));
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

  // The class that is named at a point, and the probability said of it: of class 1 where one unit
  // decides.
  predict(theta, x1, x2) {
    const A = this.trace(theta, x1, x2).A[this.depth];
    const label = this.isBinary ? 1 : A.indexOf(Math.max(...A));
    return { label, p: A[this.isBinary ? 0 : label] };
  }

  neuronName(l, j) {
    if (l === 0) return `Input ${this.features[j].label}`;
    if (l < this.depth) return `Hidden layer ${l}, neuron ${j + 1}`;
    return this.isBinary ? "Output neuron" : `Output neuron of class ${j}`;
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
        if (name && name !== "linear") apply(out, ACTIVATIONS[name].of);
      });
    }
    if (network.isBinary) this.settle(theta);
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

  // All logits of one point.
  logitsAt(p) {
    return this.layers[this.network.depth].map((layer) => layer[p]);
  }

  // The class that is named at a point.
  named(p) {
    if (this.network.isBinary) return Number(namesOne(this.logit[p]));
    const z = this.logitsAt(p);
    return Math.max(z.indexOf(Math.max(...z)), 0); // the first one where none is a number
  }

  // The cross-entropy of a point in nats.
  loss(p, label) {
    const z = this.logitsAt(p);
    if (!this.network.isBinary) return logSumExp(z) - z[label];
    return Math.max(z[0], 0) - z[0] * label + Math.log1p(Math.exp(-Math.abs(z[0])));
  }

  // Mean cross-entropy and the share classified right.
  score(labels) {
    let loss = 0;
    let right = 0;
    for (let p = 0; p < this.size; p++) {
      loss += this.loss(p, labels[p]);
      right += this.named(p) === labels[p];
    }
    return { cost: loss / this.size, accuracy: right / this.size };
  }
}

// The logarithm of the sum of e^z, without an overflow.
export function logSumExp(z) {
  const most = Math.max(...z);
  return most + Math.log(z.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

export function softmax(z) {
  const total = logSumExp(z);
  return z.map((value) => Math.exp(value - total));
}

// What naming the most common class gets right; NaN without any labels.
export function chance(labels) {
  if (!labels.length) return Number.NaN;
  const counts = new Map();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
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
