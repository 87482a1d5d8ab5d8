import assert from "node:assert/strict";
import test from "node:test";
import * as format from "../../pages/_kit/player/web/format.js";
import { expected } from "./expected.js";

const { numbers, shares, differences, powers, sizes } = expected.tables;

// Each line is a value, or several arguments, and the text by hand.
function writes(write, lines) {
  for (const [given, text] of lines) {
    const values = Array.isArray(given) ? given : [given];
    assert.equal(write(...values), text, `of ${values}`);
  }
}

function fromTable(table, unit = "") {
  return table.map(([value, text]) => [Number(value), text.replace(unit, "")]);
}

test("numbers are written by the engine's tables", () => {
  writes(format.number, fromTable(numbers));
  writes(format.percent, fromTable(shares));
  writes(format.points, fromTable(differences, " points"));
  writes(format.power, fromTable(powers));
  writes(format.size, fromTable(sizes));
});

test("a whole number is exact below a million", () => {
  writes(format.number, [
    [123456, "123,456"],
    [-999999, "−999,999"],
    [1000001, "1.00 × 10⁶"],
  ]);
});

test("a number in single precision stands for the shortest that it could be", () => {
  assert.equal(format.percent(Math.fround(0.1135)), "11.4 %");
  assert.equal(format.number(Math.fround(1.135)), "1.14");
});

test("a power of ten has as many digits as are asked for", () => {
  writes(format.power, [
    [[3.21e-8, 1], "3 × 10⁻⁸"],
    [[3.21e-8, 3], "3.21 × 10⁻⁸"],
    [[9.6e-8, 1], "10⁻⁷"],
  ]);
});

test("labels without room have the digits that tell something", () => {
  writes(format.brief, [
    [0.0004, "0"],
    [-0.0006, "−0.0006"],
    [0.347, "0.3"],
    [0.949, "0.9"],
    [0.96, "1.0"],
    [-3.14, "−3.1"],
    [9.94, "9.9"],
    [9.96, "10"],
    [-123.4, "−123"],
  ]);
});

test("the decades of an axis", () => {
  writes(format.decade, [
    [-3, "10⁻³"],
    [-2, "0.01"],
    [0, "1"],
    [3, "1,000"],
    [4, "10⁴"],
    [-12, "10⁻¹²"],
  ]);
});

test("an epoch between two others has decimals", () => {
  writes(format.epochText, [
    [420, "420"],
    [1000, "1,000"],
    [420.25, "420.25"],
    [419.999, "420"],
    [0.5, "0.50"],
  ]);
});

test("ticks are round numbers, and both ends belong to them", () => {
  assert.deepEqual(format.ticks(0, 1, 5), {
    step: 0.2,
    values: [0, 1, 2, 3, 4, 5].map((k) => k * 0.2),
  });
  assert.deepEqual(format.ticks(-1, 1, 4).values, [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(format.ticks(3, 47, 4), { step: 20, values: [20, 40] });
  assert.deepEqual(format.ticks(0, 600, 5).step, 200);
  const [, zero] = format.ticks(-1.15, 1.15, 3).values;
  assert.ok(Object.is(zero, 0), "not -0");
});

test("a tick has the fewest decimals that tell it from the next", () => {
  writes(format.tickText, [
    [[0.5, 0.5], "0.5"],
    [[1, 0.5], "1.0"],
    [[0.25, 0.05], "0.25"],
    [[-20, 20], "−20"],
    [[12000, 2000], "12,000"],
    [[2e6, 1e6], "2.0 × 10⁶"],
    [[-1e-9, 0.1], "0.0"],
  ]);
});

test("small signs, counts and bounds", () => {
  assert.equal(format.subscript(1203), "₁₂₀₃");
  assert.equal(format.superscript(-45), "⁻⁴⁵");
  assert.equal(format.count(1234567.4), "1,234,567");
  assert.deepEqual(
    [-1, 0.5, 7].map((value) => format.clamp(value, 0, 1)),
    [0, 0.5, 1],
  );
});

test("text cannot become markup", () => {
  assert.equal(
    format.escaped('<a href="x">&</a>'),
    "&#60;a href=&#34;x&#34;&#62;&#38;&#60;/a&#62;",
  );
});

test("an element is touched only when its text is new", () => {
  const touched = [];
  const element = {
    dataset: {},
    set textContent(text) {
      touched.push(["text", text]);
    },
    set innerHTML(html) {
      touched.push(["html", html]);
    },
  };
  format.put(element, "a");
  format.put(element, "a");
  format.put(element, "b", () => "<b>b</b>");
  format.put(element, "b", () => assert.fail("built in vain"));
  assert.deepEqual(touched, [
    ["text", "a"],
    ["html", "<b>b</b>"],
  ]);
});

test("no line breaks between a number and its unit, or its power of ten", () => {
  assert.equal(format.unbroken("A 9.1 % of 2 × 10⁻³"), "A 9.1\u00a0% of 2\u00a0×\u00a010⁻³");
  assert.equal(format.unbroken("0.3 %, in % and more"), "0.3\u00a0%, in % and more");
});
