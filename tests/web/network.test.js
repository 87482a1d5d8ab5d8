import assert from "node:assert/strict";
import test from "node:test";
import {
  Batch,
  chance,
  largest,
  lattice,
  Network,
  namesOne,
} from "../../pages/_kit/player/web/network.js";
import { expected, near } from "./expected.js";

const PLANE = { features: ["x1", "x2"], mean: [0, 0], deviation: [1, 1] };
const FEATURES = ["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"];
const SINGLE = 2e-6; // of what is added up in single precision

test("features of a point by hand, standardised", () => {
  const sizes = [7, 1];
  const mean = Array(7).fill(1);
  const network = new Network({
    sizes,
    activations: [],
    features: FEATURES,
    mean,
    deviation: Array(7).fill(2),
  });
  const found = FEATURES.map((_, k) => network.input(k, 0.5, -3));
  // 0.5, −3, 0.25, 9, −1.5, sin(π/2) = 1 and sin(−3π) = 0, less 1, halved.
  near(found, [-0.25, -2, -0.375, 4, -1.25, 0, -0.5], 1e-12);
});

test("the engine's probabilities, and every layer before them", () => {
  for (const { shape, theta, points, A } of expected.networks) {
    const network = new Network(shape);
    points.forEach(([x1, x2], sample) => {
      near(
        network.trace(theta, x1, x2).A,
        A.map((layer) => layer[sample]),
        1e-12,
      );
      const p = A.at(-1)[sample];
      const label = network.isBinary ? 1 : p.indexOf(Math.max(...p));
      const said = network.predict(theta, x1, x2);
      assert.equal(said.label, label);
      near(said.p, p[network.isBinary ? 0 : label], 1e-12);
    });
  }
});

test("many points at once, in single precision", () => {
  for (const { shape, theta, points, A, logits, labels, cost, accuracy } of expected.networks) {
    const [x1, x2] = [0, 1].map((k) => points.map((point) => point[k]));
    const batch = new Batch(new Network(shape), x1, x2).compute(Float32Array.from(theta));
    logits.forEach((row, p) => {
      near(batch.logitsAt(p), row, 10 * SINGLE);
    });
    A.slice(0, -1).forEach((layer, l) => {
      layer.forEach((units, p) => {
        near(
          batch.layers[l].map((unit) => unit[p]),
          units,
          10 * SINGLE,
        );
      });
    });
    const score = batch.score(labels);
    near(score.cost, cost, 10 * SINGLE);
    assert.equal(score.accuracy, accuracy);
  }
});

test("cost and accuracy by hand", () => {
  // z = x1: 0 is a tie and counts as class 0; the losses are log 2, log(1 + e^-1), log(1 + e^2).
  const network = new Network({ ...PLANE, sizes: [2, 1], activations: [] });
  const batch = new Batch(network, [0, 1, 2], [0, 0, 0]).compute([1, 0, 0]);
  const { cost, accuracy } = batch.score([0, 1, 0]);
  near(cost, (Math.log(2) + Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(2))) / 3, 1e-12);
  assert.equal(accuracy, 2 / 3);
});

test("what is zero but for rounding is a tie", () => {
  assert.deepEqual([-1, 0, 1e-12, 2e-12].map(namesOne), [false, false, false, true]);
  // z = 0.1 x1 + 0.2 x2 - 0.3, which is 0 at (1, 1) and is not in floating point.
  const theta = [0.1, 0.2, -0.3];
  const network = new Network({ ...PLANE, sizes: [2, 1], activations: [] });
  const { Z, A } = network.trace(theta, 1, 1);
  assert.deepEqual([Z[1], A[1]], [[0], [0.5]]);
  assert.deepEqual([...new Batch(network, [1], [1]).compute(theta).logit], [0]);
  assert.ok(network.trace(theta, 1, 1.001).Z[1][0] > 0);
  // The terms of the sum are 0.1, 0.2 and 0.3; with them grows what counts as rounding.
  near(network.termsOf(theta, [1, -1]), 0.6, 1e-15);
});

test("the larger the terms of a sum, the more of it is rounding", () => {
  // z = 1000 x1 - 999.99 is 0.01 at x1 = 1, and 64 · 2^-23 of 1999.99 is 0.015.
  const theta = [1000, 0, -999.99];
  const network = new Network({ ...PLANE, sizes: [2, 1], activations: [] });
  assert.deepEqual(network.trace(theta, 1, 0).A[1], [0.5]);
  assert.deepEqual([...new Batch(network, [1, 0.5], [0, 0]).compute(theta).logit].map(namesOne), [
    false,
    false,
  ]);
  assert.equal(new Batch(network, [1], [0]).compute(theta).logit[0], 0);
  near(network.trace(theta, 1.00001, 0).Z[1], [0.02], 1e-9);
});

test("the most common class is what there is to beat", () => {
  assert.equal(chance([0, 0, 1, 0]), 0.75);
  assert.equal(chance([1, 1, 0]), 2 / 3);
  assert.ok(Number.isNaN(chance([])));
});

test("a lattice begins at the top left and ends at the bottom right", () => {
  const network = new Network({ ...PLANE, sizes: [2, 1], activations: [] });
  const nodes = lattice(network, 3, [-1, 1, 10, 30]);
  assert.deepEqual([nodes.side, nodes.size], [3, 9]);
  assert.deepEqual([...nodes.layers[0][0]], [-1, 0, 1, -1, 0, 1, -1, 0, 1]);
  assert.deepEqual([...nodes.layers[0][1]], [30, 30, 30, 20, 20, 20, 10, 10, 10]);
});

test("the largest size, of negative numbers too", () => {
  assert.equal(largest([1, -3, 2]), 3);
  assert.equal(largest([]), 0);
});

test("a neuron's name", () => {
  const network = new Network({ ...PLANE, sizes: [2, 3, 1], activations: ["tanh"] });
  assert.equal(network.neuronName(0, 1), "Input x₂");
  assert.equal(network.neuronName(1, 2), "Hidden layer 1, neuron 3");
  assert.equal(network.neuronName(2, 0), "Output neuron");
});
