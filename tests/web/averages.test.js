import assert from "node:assert/strict";
import test from "node:test";
import {
  averaged,
  centred,
  forgottenAfter,
  halfLife,
  meanAge,
  measuredLag,
  shareOf,
  unrestLeft,
  weightOf,
  wholeWindow,
  windowOf,
} from "../../pages/_averages/web/averages.js";
import { dayTold, overDays } from "../../pages/_averages/web/drawing.js";
import {
  ofNoise,
  sizeOfBatch,
  stepsOf,
  timesCalmer,
  toldOfMomentum,
  toldOfSquares,
} from "../../pages/_averages/web/gradients.js";
import { comparedAt } from "../../pages/_averages/web/pinnedAverages.js";
import { days, plainly, told } from "../../pages/_averages/web/said.js";
import { Series } from "../../pages/_averages/web/series.js";
import { weighed, weightTold, workedAge } from "../../pages/_averages/web/weights.js";
import { workedOut } from "../../pages/_averages/web/worked.js";
import { expected, near } from "./expected.js";

test("averages, weights and windows are the engine's", () => {
  for (const { beta, values, ...found } of expected.averages) {
    near(averaged(values, beta), found.plain, 1e-12);
    near(averaged(values, beta, true), found.corrected, 1e-12);
    near(
      found.weights.map((_, age) => weightOf(beta, age)),
      found.weights,
      1e-12,
    );
    near(shareOf(beta, 7), found.share, 1e-12);
    near(windowOf(beta), found.window, 1e-12);
    near(halfLife(beta), found.half, 1e-12);
    near(meanAge(beta), found.age, 1e-12);
    assert.equal(wholeWindow(beta), found.whole);
    assert.equal(forgottenAfter(beta), found.forgotten);
  }
});

test("unrest and lag are measured as the engine does", () => {
  for (const { values, corrected, ...found } of expected.averages) {
    near(centred(values), found.centred, 1e-9);
    near(unrestLeft(values, corrected), found.unrest, 1e-9);
    assert.equal(measuredLag(values, corrected), found.lag);
  }
  assert.equal(measuredLag([1], [1]), 0);
  assert.ok(Number.isNaN(unrestLeft([1, 1], [1, 1])));
});

test("the first of two tens counts as half, and correction makes up for it", () => {
  assert.deepEqual(averaged([10, 10], 0.5), [5, 7.5]);
  assert.deepEqual(averaged([10, 10], 0.5, true), [10, 10]);
});

test("how many days is said as one says it", () => {
  assert.deepEqual([1, 1 / (1 - 0.9), 33.333, 2.5].map(days), [
    "1 day",
    "10 days",
    "33.3 days",
    "2.5 days",
  ]);
  assert.deepEqual([1 - 0.9, -0.5].map(plainly), ["0.1", "−0.5"]);
});

test("over how many days an average goes is said, and what the first days lack", () => {
  assert.equal(
    told(0.9, 110),
    "β = 0.9 averages over about 1/(1 − β) = 10 days. The newest 10 hold 65.1 % of the weight; what is 10 days old counts less than 1/e of today.",
  );
  assert.match(told(0.9, 4), /Day 4 has fewer behind it: all weights sum to 1 − βᵗ = 34\.4 %/);
  assert.match(told(0, 4), /nothing is averaged/);
});

const digits = (markup) =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

test("a day's average is worked out from yesterday's, as a sum, and corrected", () => {
  const values = [10, 10];
  const lines = workedOut(values, averaged(values, 0.5), 0.5, 2).map(({ markup }) =>
    digits(markup),
  );
  assert.deepEqual(lines, [
    "v 2 = β v 1 + ( 1 − β ) θ 2 = 0.5 · 5 + 0.5 · 10 = 7.50",
    "v 2 = 0.500 · 10 + 0.250 · 10 = 7.50",
    "v 2 1 − β 2 = 7.50 0.750 = 10",
  ]);
  const [first] = workedOut([-3], averaged([-3], 0.9), 0.9, 1);
  assert.match(first.reason, /From zero/);
  assert.match(digits(first.markup), /0\.9 · 0 \+ 0\.1 · \( −3 \) = −0\.300/);
  const later = workedOut([1, 2, 3, 4, 5], averaged([1, 2, 3, 4, 5], 0.5), 0.5, 5)[1];
  assert.match(digits(later.markup), /0\.500 · 5 \+ 0\.250 · 4 \+ 0\.125 · 3 \+ … = 4\.03$/);
});

test("pinned averages are compared on the same day", () => {
  const { values } = expected.averages[0];
  const markup = comparedAt(new Series(values), 0.9, [0.5], 100);
  const numbers = [...markup.matchAll(/<td>([^<]*)/g)].map(([, text]) => text);
  assert.equal(numbers.length, 8);
  assert.deepEqual([numbers[1], numbers[5]], ["10", "2"]);
  assert.ok(markup.includes('data-unpin="0.5"'));
});

test("what is known of a β is worked out once", () => {
  const { values, corrected, plain, unrest, lag, centred: middle } = expected.averages[3];
  const series = new Series(values);
  const found = series.of(0.9);
  near([found.unrest, found.lag], [unrest, lag], 1e-9);
  near(found.corrected, corrected, 1e-12);
  near(found.plain, plain, 1e-12);
  near(series.centred, middle, 1e-9);
  assert.equal(series.of(0.9), found);
  for (let k = 0; k < 200; k++) series.of(k / 200);
  assert.ok(series.known.size <= 64);
});

const drawn = (values, state) => overDays(new Series(values), state, 600);

test("the picture has the lines that are wanted, and a day is found again", () => {
  const values = Array.from({ length: 50 }, (_, k) => k + 10);
  const plot = drawn(values, { beta: 0.9, t: 30, lines: ["v"], beside: [0.5, 0.98] });
  const markup = plot.svg("");
  assert.equal((markup.match(/curve pinned/g) ?? []).length, 2);
  assert.equal((markup.match(/curve (slope|value|centred)/g) ?? []).length, 1);
  near(plot.at(plot.right(30), 600), 30, 1e-9);
  // Of what rises evenly a later average is the further off the longer it goes on.
  assert.match(markup, new RegExp(`<text x="${plot.right(45) + 9}"[^>]*>A<`));
  assert.match(markup, />B</);
  assert.ok(plot.y[0] < 1); // the average from zero on is in it
  const lines = [["corrected", "v"], ["v"], []].map((each) => {
    const told = dayTold(new Series([10, 10]), { beta: 0.5, t: 2, lines: each }, "°C");
    return told.split(": ")[1];
  });
  assert.deepEqual(lines, [
    "on day 2 the value is 10 °C, the average 10",
    "on day 2 the value is 10 °C, the average 7.50",
    "on day 2 the value is 10 °C, the average 10",
  ]);
});

test("each day before the chosen one that weighs something has a bar", () => {
  const bars = (markup, name) =>
    (markup.match(new RegExp(`bars ${name}"[^>]* d="([^"]*)"`))[1].match(/M/g) ?? []).length;
  const markup = weighed({ beta: 0.9, t: 110 }, 10, 400).svg("");
  assert.deepEqual(
    ["newer", "older", "pointed"].map((name) => bars(markup, name)),
    [10, 20, 1],
  );
  assert.match(markup, />65\.1 %</);
  assert.match(markup, />10 days before</);
  const early = weighed({ beta: 0.9, t: 4 }, 3, 400).svg("");
  assert.deepEqual([bars(early, "newer"), bars(early, "older")], [4, 0]);
  assert.match(early, />34\.4 %</);
});

test("a weight is worked out: the first beyond the window, or the one pointed at", () => {
  assert.equal(workedAge(0.9, 110, undefined), 10);
  assert.equal(workedAge(0.9, 110, 3), 3);
  assert.equal(workedAge(0.9, 110, -2), 0);
  assert.equal(workedAge(0.9, 110, 99), 29); // the oldest that is drawn
  assert.equal(workedAge(0.9, 4, undefined), 3); // the first day
  assert.deepEqual(weightTold(0.9, 10), ["10 days before", "0.1 · 0.9¹⁰ = 0.0349"]);
  assert.deepEqual(weightTold(0.5, 1), ["1 day before", "0.5 · 0.5¹ = 0.250"]);
  assert.equal(weightTold(0.5, 0)[0], "the day itself");
});

test("a series that stands still can be drawn", () => {
  const plot = drawn([10, 10], { beta: 0.5, t: 2, lines: ["corrected", "centred"], beside: [] });
  assert.doesNotMatch(plot.svg(""), /NaN|Infinity/);
});

test("momentum's and RMSprop's averages and steps are the optimisers'", () => {
  const { gradient, beta1, beta2, ...found } = expected.moments;
  const { v, root, step } = stepsOf(gradient, beta1, beta2);
  near(v, found.v, 1e-12);
  near(root, found.root, 1e-12);
  near(step, found.step, 1e-9);
  near(timesCalmer(gradient, v), found.calmer, 1e-9);
  near(ofNoise(beta1), found.ofNoise, 1e-12);
});

test("how much calmer the average is, is said, and what that means", () => {
  const still = [1, 1, 1, 1];
  assert.equal(toldOfMomentum(still, still, 0.9), "This gradient stands still.");
  const gradient = [9, 9, 0, 2, -1, 1, -1, 1];
  const calm = gradient.map((value) => value / 7);
  assert.match(
    toldOfMomentum(gradient, calm, 0.9),
    /^β₁ = 0\.9 averages over about 10 mini-batches\. .* is 7 times .* would be 4\.36\. It is more/,
  );
  assert.match(toldOfMomentum(gradient, gradient, 0.9), /much of it is no noise/);
  assert.match(toldOfMomentum(gradient, gradient, 0), /would be 1\.$/);
});

test("how different the weights' gradients are, and how alike their steps", () => {
  assert.equal(
    toldOfSquares([0.25, 0.5, 1], [0.75, 0.9], 0.9, 300),
    "The gradients of the 3 weights are 0.250 to 1 large (root mean square), a factor of 4. Divided by √s they are 0.750 to 0.900, a factor of 1.20: the weights step nearly alike.",
  );
  // 0.999^300 = 0.741
  assert.match(
    toldOfSquares([0.1, 1], [1, 3], 0.999, 300),
    /step more alike\. After 300 of them s still lacks 74\.1 % of its weight/,
  );
  assert.deepEqual([0, 16].map(sizeOfBatch), ["full batch", "16"]);
});
