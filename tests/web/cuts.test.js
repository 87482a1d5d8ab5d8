import assert from "node:assert/strict";
import test from "node:test";
import { beyond, ceilingOf, peaksOf, within } from "../../pages/_kit/lineup/web/cuts.js";

const falling = (from, count = 40) =>
  Float64Array.from({ length: count }, (_, k) => from * (1 - k / (2 * count)));

test("an axis holds all there is where no spike rules it", () => {
  assert.equal(ceilingOf([falling(1), falling(1.5), falling(0.2)], 2), Infinity);
  assert.equal(ceilingOf([], 2), Infinity);
  assert.equal(ceilingOf([Float64Array.of(0, 0), Float64Array.of(NaN)], 2), Infinity);
});

test("a spike of a few points is cut to where the others are", () => {
  const spiked = falling(1).map((value, k) => (k < 3 ? 50 : value));
  const ceiling = ceilingOf([falling(0.9), spiked], 2);
  assert.ok(ceiling > 1 && ceiling < 2.1);
  const [, kept] = within([falling(0.9), spiked], ceiling);
  assert.ok(Math.max(...kept) < 1 && kept.length === 37);
});

test("a curve that is far above the others for long is part of the picture", () => {
  assert.equal(ceilingOf([falling(0.4), falling(0.1).map((v) => 2 - v)], 2), Infinity);
});

test("a line alone that left all others behind does not rule the axis", () => {
  const ceiling = ceilingOf([falling(1e7), falling(1), falling(0.01)], 20);
  assert.ok(ceiling < 21);
});

test("each stretch beyond the axis is marked where it is highest", () => {
  assert.deepEqual(peaksOf([9, 7, 1, 1, 5, 8, 6, 1], 2), [0, 5]);
  assert.deepEqual(peaksOf([1, 2, 1], 2), []);
  assert.deepEqual(peaksOf([3, NaN, 4], 2), [0, 2]);
  assert.deepEqual(peaksOf([9, 9], Infinity), []);
});

test("what goes beyond the axis is said, line by line", () => {
  const lines = [
    { letter: "A", ys: [9, 1] },
    { letter: "B", ys: [1, 1] },
    { letter: "C", ys: [3, 4, NaN] },
  ];
  assert.equal(beyond(lines, 2, String), "▲ beyond the axis: A up to 9, C up to 4");
  assert.equal(beyond(lines, 10, String), "");
});
