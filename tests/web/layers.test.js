import assert from "node:assert/strict";
import test from "node:test";
import { ACTIVATIONS } from "../../pages/_kit/player/web/activations.js";
import { Layers } from "../../pages/_kit/player/web/layers.js";
import { softmax } from "../../pages/_kit/player/web/network.js";
import { expected, near } from "./expected.js";

const SIGMOID = (z) => z.map(ACTIVATIONS.sigmoid.of);

test("activations have the engine's values", () => {
  assert.deepEqual(Object.keys(ACTIVATIONS), Object.keys(expected.activations));
  for (const [name, lines] of Object.entries(expected.activations)) {
    for (const [z, a] of lines) near(ACTIVATIONS[name].of(z), a, 1e-14);
  }
});

test("activations stay finite far out", () => {
  assert.deepEqual([-1000, 1000].map(ACTIVATIONS.tanh.of), [-1, 1]);
  assert.deepEqual([-1000, 1000].map(ACTIVATIONS.sigmoid.of), [0, 1]);
});

test("theta is W1, b1, W2, b2, each in C order", () => {
  // W1 (3, 2) has 0 to 5, b1 6 to 8, W2 (1, 3) 9 to 11, b2 12.
  const layers = new Layers([2, 3, 1], ["tanh"]);
  assert.equal(layers.parameters, 13);
  assert.equal(layers.weightIndex(1, 0, 1), 1);
  assert.equal(layers.weightIndex(1, 2, 0), 4);
  assert.equal(layers.biasIndex(1, 2), 8);
  assert.equal(layers.weightIndex(2, 0, 2), 11);
  assert.equal(layers.biasIndex(2, 0), 12);
});

test("every weight and bias lies where the engine has it", () => {
  for (const { shape, theta, layers } of expected.networks) {
    const found = new Layers(shape.sizes, shape.activations);
    assert.equal(found.parameters, theta.length);
    layers.forEach(([W, b], k) => {
      const l = k + 1;
      W.forEach((row, j) => {
        row.forEach((w, i) => {
          assert.equal(theta[found.weightIndex(l, j, i)], w);
        });
        assert.equal(theta[found.biasIndex(l, j)], b[j]);
      });
    });
  }
});

test("a parameter is found again by its index", () => {
  const layers = new Layers([3, 4, 2], ["relu"]);
  assert.deepEqual(layers.locate(0), { l: 1, j: 0, i: 0 });
  assert.deepEqual(layers.locate(12), { l: 1, j: 0, i: null });
  assert.deepEqual(layers.locate(16), { l: 2, j: 0, i: 0 });
  for (let index = 0; index < layers.parameters; index++) {
    const { l, j, i } = layers.locate(index);
    assert.equal(i === null ? layers.biasIndex(l, j) : layers.weightIndex(l, j, i), index);
  }
});

test("one sample by hand", () => {
  // z1 = [1·2 + 2·3 + 1, -1·2 + 0·3 - 1] = [9, -3], a1 = relu; z2 = 2·9 + 5·0 - 8 = 10.
  const layers = new Layers([2, 2, 1], ["relu"]);
  const { Z, A } = layers.propagate([1, 2, -1, 0, 1, -1, 2, 5, -8], [2, 3], (z) => z);
  assert.deepEqual(Z, [null, [9, -3], [10]]);
  assert.deepEqual(A, [[2, 3], [9, 0], [10]]);
});

test("every layer of a sample is the engine's", () => {
  for (const { shape, theta, A } of expected.networks) {
    const layers = new Layers(shape.sizes, shape.activations);
    A[0].forEach((input, sample) => {
      const found = layers.propagate(theta, input, shape.sizes.at(-1) === 1 ? SIGMOID : softmax);
      near(
        found.A,
        A.map((layer) => layer[sample]),
        1e-12,
      );
    });
  }
});
