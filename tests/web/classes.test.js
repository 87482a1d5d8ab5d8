import assert from "node:assert/strict";
import test from "node:test";
import { margins, probabilities, regions } from "../../pages/_kit/player/web/classes.js";
import { Batch, chance, logSumExp, Network, softmax } from "../../pages/_kit/player/web/network.js";
import { near } from "./expected.js";

const SINGLE = 1e-6;

// Three classes without a hidden layer: z = (x1, x2, 1).
function batch(x1, x2) {
  const network = new Network({
    sizes: [2, 3],
    activations: [],
    features: ["x1", "x2"],
    mean: [0, 0],
    deviation: [1, 1],
  });
  return new Batch(network, x1, x2).compute(Float32Array.from([1, 0, 0, 1, 0, 0, 0, 0, 1]));
}

test("the class that is named has the largest logit, and its share of the exponentials", () => {
  const found = regions(batch([2, 0, 0], [0, 3, 0]));
  assert.deepEqual([...found.named], [0, 1, 2]);
  // e^2 / (e^2 + 1 + e), e^3 / (1 + e^3 + e), e / (2 + e)
  near([...found.sure], [0.665240955774822, 0.843794734481526, 0.576116884765829], SINGLE);
});

test("probabilities add up to one at every point", () => {
  const shared = batch([2, -1, 0.3], [0.5, 3, -7]);
  const sums = [0, 0, 0];
  for (const label of shared.network.labels) {
    probabilities(shared, label).forEach((p, k) => {
      sums[k] += p;
    });
  }
  near(sums, [1, 1, 1], SINGLE);
});

test("a class's margin is over the best of the others, and zero on its border", () => {
  const shared = batch([2, 1, 0], [0, 1, -1]);
  near([...margins(shared, 0)], [1, 0, -1], SINGLE);
  near([...margins(shared, 2)], [-1, 0, 1], SINGLE);
});

test("a class's margin leaves the logits as they are", () => {
  const shared = batch([2], [0]);
  margins(shared, 0);
  assert.deepEqual(shared.logitsAt(0), [2, 0, 1]);
});

test("softmax and its logarithm do not overflow", () => {
  near(softmax([1000, 1000, -1000]), [0.5, 0.5, 0], 1e-12);
  near(logSumExp([1000, 1000]), 1000 + Math.log(2), 1e-12);
  near(logSumExp([-1000, -1000]), -1000 + Math.log(2), 1e-12);
});

test("chance is the share of the most common of any number of classes", () => {
  assert.equal(chance([0, 2, 2, 1, 2, 0]), 0.5);
  assert.ok(Number.isNaN(chance([])));
});
