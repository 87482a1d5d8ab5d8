import assert from "node:assert/strict";
import test from "node:test";
import { KINDS, secondsText } from "../../pages/_kit/lineup/web/clocks.js";
import { begun, frameAt, measured, momentsOf } from "../../pages/_kit/lineup/web/moments.js";

test("runs that end together are shown in even steps from the start", () => {
  const { readings, domain } = momentsOf([
    [0, 1, 2],
    [0, 2],
  ]);
  assert.deepEqual(domain, { low: 0, high: 2, logarithmic: false });
  assert.equal(readings.length, 101);
  assert.equal(readings[0], 0);
  assert.ok(Math.abs(readings[50] - 1) < 1e-12);
  assert.equal(readings.at(-1), 2);
});

test("runs that end far apart are shown in even factors, after the start", () => {
  const { readings, domain } = momentsOf(
    [
      [0, 1, 10, 6000],
      [0, 1, 30],
    ],
    true,
  );
  assert.deepEqual(domain, { low: 1, high: 6000, logarithmic: true });
  assert.deepEqual(readings.slice(0, 3), [0, 1, 2]);
  assert.equal(readings.at(-1), 6000);
  assert.equal(new Set(readings).size, readings.length);
  assert.ok(readings.every(Number.isInteger));
});

test("a start alone is a single moment, and nothing at all as well", () => {
  for (const times of [[[0], [0]], [[]], []]) {
    const { readings, domain } = momentsOf(times);
    assert.deepEqual(readings, [0]);
    assert.deepEqual(domain, { low: 0, high: 1, logarithmic: false });
  }
});

test("a run is as it was at the last of its frames that has come", () => {
  const at = [0, 2, 5];
  assert.deepEqual(
    [0, 1.9, 2, 4.9, 5, 80].map((now) => frameAt(at, now)),
    [0, 0, 1, 1, 2, 2],
  );
  assert.equal(frameAt([0, 0.3], 0.1 + 0.1 + 0.1 - 1e-16), 1);
  assert.equal(frameAt([], 1), -1);
});

const entry = {
  clocks: { updates: [0, 5, 10, 15], seconds: [0, 0.1, 0.2, 0.3] },
  curves: { train_cost: { epochs: [0, 1, 3], values: Float32Array.of(3, 2, 1) } },
  moments: [0, 3],
};

test("curves and frames are read by the clock that is chosen", () => {
  const by = measured(entry, "updates");
  assert.deepEqual(by.curves.train_cost.epochs, [0, 5, 15]);
  assert.deepEqual(by.at, [0, 15]);
  assert.deepEqual(measured(entry, "seconds").at, [0, 0.3]);
});

test("the start has no place on a logarithmic axis", () => {
  const { epochs, values } = begun(measured(entry, "updates")).curves.train_cost;
  assert.deepEqual(epochs, [5, 15]);
  assert.deepEqual(Array.from(values), [2, 1]);
});

test("readings are written with what they count", () => {
  const { updates, epochs, samples } = KINDS;
  assert.equal(updates.at(1), "1 update");
  assert.equal(updates.at(6000), "6,000 updates");
  assert.equal(epochs.at(1.25), "1.25 epochs");
  assert.equal(samples.at(200), "200 samples");
  assert.equal(secondsText(0.00136), "1.36 ms");
  assert.equal(secondsText(2.5), "2.50 s");
});
