import assert from "node:assert/strict";
import test from "node:test";
import { decades, fraction, valueAt } from "../../pages/_kit/player/web/axes.js";

const linear = { low: 2, high: 6, logarithmic: false };
const logarithmic = { low: 0.003, high: 4000, logarithmic: true };

test("a value is found again at its fraction of an axis", () => {
  for (const axis of [linear, logarithmic]) {
    for (const share of [0, 0.25, 0.5, 1]) {
      const value = valueAt(share, axis);
      assert.ok(Math.abs(fraction(value, axis) - share) < 1e-12);
    }
  }
  assert.equal(valueAt(0.5, linear), 4);
});

test("what is smaller than a logarithmic axis lies at its beginning", () => {
  assert.equal(fraction(0, logarithmic), 0);
});

test("marks are the powers of ten within an axis, whether it ends on one or not", () => {
  const values = (low, high) => decades(low, high).map(({ value }) => value);
  assert.deepEqual(values(1, 1000), [1, 10, 100, 1000]);
  assert.deepEqual(values(3, 4000), [10, 100, 1000]);
  assert.deepEqual(
    decades(1e-5, 0.3).map(({ text }) => text),
    ["10⁻⁵", "10⁻⁴", "10⁻³", "0.01", "0.1"],
  );
});
