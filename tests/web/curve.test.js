import assert from "node:assert/strict";
import test from "node:test";
import { judged, stacked } from "../../pages/_activations/web/judged.js";
import { compared } from "../../pages/_activations/web/pinned.js";
import { flats } from "../../pages/_activations/web/regions.js";
import { QUANTITIES, SLOPES } from "../../pages/_activations/web/slopes.js";
import { closely } from "../../pages/_kit/matrices/web/closely.js";
import { nearestStop, setStop } from "../../pages/_kit/plots/web/dial.js";
import { filled, formula } from "../../pages/_kit/plots/web/formula.js";
import { toggled } from "../../pages/_kit/plots/web/pins.js";
import { MARGINS, Plot } from "../../pages/_kit/plots/web/plot.js";
import { Shared } from "../../pages/_kit/site/shared.js";
import { expected, near } from "./expected.js";

test("slopes are the engine's, at kinks and far out too", () => {
  assert.deepEqual(Object.keys(SLOPES), Object.keys(expected.slopes));
  for (const [name, lines] of Object.entries(expected.slopes))
    for (const [z, slope] of lines) near(SLOPES[name](z), slope, 1e-12);
});

test("what derivations are made of is the engine's", () => {
  assert.deepEqual(Object.keys(QUANTITIES), Object.keys(expected.quantities));
  for (const [name, lines] of Object.entries(expected.quantities))
    for (const [z, value] of lines) near(QUANTITIES[name](z), value, 1e-12);
});

test("a fraction and a power are MathML", () => {
  const markup = formula("\\frac{1}{1 + e^{-z}}");
  assert.match(markup, /<mfrac><mrow><mn>1<\/mn><\/mrow><mrow>.*<\/mrow><\/mfrac>/);
  assert.match(markup, /<msup><mi>e<\/mi><mrow><mrow><mo [^>]*>−<\/mo><mi>z<\/mi>/);
  assert.doesNotMatch(formula("\\sqrt{2 / \\pi} \\cdot \\tanh u_{i}"), /\\|\{|\}/);
  assert.match(formula("g'(z)"), /<mi>g<\/mi><mo [^>]*>′<\/mo>/);
});

test("numbers with a sign are put in brackets", () => {
  const texts = { z: "−2", a: "0.5", p: "3 × 10⁻⁷" };
  assert.equal(filled("@z \\cdot @a", texts), "(\\num{−2}) \\cdot \\num{0.5}");
  assert.equal(filled("@p", texts), "(\\num{3 × 10⁻⁷})");
});

test("a number near 1 has the digits that its distance from 1 needs", () => {
  assert.equal(closely(0.9975274), "0.99753"); // 1 less it is 0.00247
  assert.equal(closely(-0.95), "−0.9500");
  assert.equal(closely(0.5), "0.500");
  assert.equal(closely(1), "1");
  assert.equal(closely(-3.25), "−3.25");
});

const SIGMOID = { steepest: 0.25, kink: false, silent: false, both: true };
const RELU = { steepest: 1, kink: true, silent: true, both: false };

test("where a curve is flat, silent or has a kink is said", () => {
  assert.match(judged(SIGMOID, 6, SLOPES.sigmoid(6)).text, /saturated, the slope is 0\.99 %/);
  assert.ok(judged(SIGMOID, 6, SLOPES.sigmoid(6)).warns);
  assert.ok(!judged(SIGMOID, 0, 0.25).warns);
  assert.match(judged(RELU, 0, 0).text, /^A kink/);
  assert.match(judged(RELU, -2, 0).text, /^Silent/);
  assert.match(judged(RELU, 2, 1).text, /100 % of the steepest/);
  assert.match(judged({ ...RELU, silent: false, kink: false }, -2, -0.08).text, /negative/);
});

test("a stack of layers multiplies their slopes", () => {
  // 0.25 five times over is 1/1024.
  assert.match(stacked(0.25, 5), /0\.250⁵ = 9\.8 × 10⁻⁴ .*: it vanishes\.$/);
  assert.match(stacked(1, 50), /1⁵⁰ = 1 .*: it arrives\.$/);
  assert.match(stacked(0, 3), /: nothing\.$/);
  assert.match(stacked(1.1, 10), /: it grows\.$/);
  assert.match(stacked(-0.5, 1), /^1 layer passes back g′\(z\)ᴸ = \(−0\.500\)¹ = −0\.500/);
});

test("where a curve is flat is found", () => {
  const [left, right] = flats(SLOPES.sigmoid, SIGMOID, [-8, 8]);
  // g' is a twentieth of 1/4 where a (1 - a) = 0.0125, at a = 0.98735, z = 4.357.
  near([left[0], left[1], right[0], right[1]], [-8, -4.357, 4.357, 8], 0.01);
  near(flats(SLOPES.relu, RELU, [-8, 8])[0], [-8, 0], 0.01);
  assert.equal(flats(SLOPES.relu, RELU, [-8, 8]).length, 1);
  assert.deepEqual(flats(SLOPES.linear, { steepest: 1, isStraight: true }, [-8, 8]), []);
});

const plot = () =>
  new Plot({ x: [-8, 8], y: [0, 1], width: 400, height: 200, titles: { x: "z", id: "t" } });

test("a place on the plot is found again", () => {
  for (const x of [-8, -1.5, 0, 8]) near(plot().at(plot().right(x), 400), x, 1e-12);
  near(plot().at(plot().right(2) / 2, 200), 2, 1e-12); // shown at half its size
  assert.equal(plot().at(0, 400), -8);
  assert.equal(plot().at(400, 400), 8);
  assert.equal(plot().right(-8), MARGINS.left);
});

test("a curve is broken where it jumps", () => {
  const drawn = plot();
  drawn.curve((z) => (z > 0 ? 1 : 0), "slope", { jump: 0.5 });
  assert.equal(drawn.parts.at(-1).match(/M/g).length, 2);
  drawn.curve(() => Number.NaN, "slope");
  assert.match(drawn.parts.at(-1), /d=""/);
});

test("a tangent is as long whatever its slope", () => {
  for (const slope of [0, 0.05, -3]) {
    const drawn = plot();
    drawn.tangent(0, 0.5, slope, "tangent", 70);
    const [x1, y1, x2, y2] = drawn.parts
      .at(-1)
      .match(/-?[\d.]+(?=")/g)
      .slice(-4)
      .map(Number);
    near(Math.hypot(x2 - x1, y2 - y1), 140, 1e-2);
  }
});

test("the page's word counts when it says something new", () => {
  const told = [];
  const shared = new Shared(() => {});
  const say = (state, version) =>
    shared.receive({
      data: { state, version },
      setStateValue: (name, value) => told.push([name, value]),
    });
  say({ z: 1 }, 1);
  shared.turn({ z: 2 }, false);
  assert.deepEqual(told, []);
  shared.turn({ z: 3 }, true);
  assert.deepEqual(told, [["state", { z: 3 }]]);
  say({ z: 2 }, 1); // an answer that has been overtaken
  assert.deepEqual(shared.state, { z: 3 });
  say({ z: 5 }, 2);
  assert.deepEqual(shared.state, { z: 5 });
});

test("a curve is pinned and unpinned, and the oldest makes room", () => {
  assert.deepEqual(toggled([], "tanh"), ["tanh"]);
  assert.deepEqual(toggled(["tanh", "relu"], "tanh"), ["relu"]);
  assert.deepEqual(toggled(["tanh", "relu"], "elu"), ["relu", "elu"]);
});

test("pinned curves are compared at the same z", () => {
  const rows = { sigmoid: { title: "Sigmoid" }, relu: { title: "ReLU" } };
  const markup = compared(rows, "sigmoid", ["relu"], 2, 10);
  const cells = [...markup.matchAll(/<td>([^<]*)/g)].map(([, text]) => text);
  assert.deepEqual(cells, ["0.881", "0.105", "1.6 × 10⁻¹⁰", "2", "1", "1"]);
  assert.ok(markup.includes("<b>A</b> ReLU"));
});

test("a value stands at the nearest stop of its slider, which is filled as far", () => {
  assert.equal(nearestStop([0, 0.5, 0.9], 0.8), 2);
  const style = { setProperty: (name, text) => Object.assign(style, { [name]: text }) };
  const input = { style };
  setStop(input, [1, 4, 16], 5);
  assert.deepEqual([input.max, input.value, style["--done"]], [2, 1, "50%"]);
});
