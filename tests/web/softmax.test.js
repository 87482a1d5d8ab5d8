import assert from "node:assert/strict";
import test from "node:test";
import { hundredths } from "../../pages/_activations/web/hundredths.js";
import { quotient, summed } from "../../pages/_activations/web/quotient.js";
import {
  asWritten,
  collapse,
  jacobian,
  OVERFLOWS,
  probabilities,
  shifted,
} from "../../pages/_activations/web/softmax.js";
import { verdict } from "../../pages/_activations/web/softmaxPanel.js";
import { expected, near } from "./expected.js";

test("softmax, its Jacobian and the loss through it are the engine's", () => {
  for (const {
    z,
    temperature,
    a,
    powers,
    total,
    jacobian: slopes,
    slope,
    terms,
    dz,
  } of expected.softmax) {
    near(probabilities(z, temperature), a, 1e-13);
    near(asWritten(z, temperature).powers, powers, 1e-12);
    near(asWritten(z, temperature).total, total, 1e-12);
    near(jacobian(a, temperature), slopes, 1e-14);
    const found = collapse(a, z.length - 1, temperature);
    near(found.slope, slope, 1e-12);
    near(found.terms, terms, 1e-12);
    near(found.total, dz, 1e-12);
  }
});

test("a hundred added to all changes nothing, and the formula as written breaks at last", () => {
  const z = [2, 1, 0];
  const moved = (by) => z.map((value) => value + by);
  near(probabilities(moved(100)), probabilities(z), 1e-12);
  near(probabilities(moved(1000)), probabilities(z), 1e-12);
  assert.ok(asWritten(moved(700)).a.every(Number.isFinite));
  assert.equal(asWritten(moved(800)).total, Number.POSITIVE_INFINITY);
  assert.ok(asWritten(moved(800)).a.every(Number.isNaN));
  assert.ok(asWritten(moved(-800)).a.every(Number.isNaN));
  near(OVERFLOWS, 709.782712893384, 1e-12);
  assert.match(verdict(moved(800), 1, [0.7, 0.2, 0.1]), /overflows from z = 709\.78 on, and ∞\/∞/);
  assert.match(verdict(moved(-800), 1, [0.7, 0.2, 0.1]), /0\/0 is not a number/);
  assert.match(verdict(z, 5, [0.4, 0.3, 0.3]), /^Class 1 .* come nearer/);
  assert.match(verdict(z, 0.1, [1, 0, 0]), /move apart, towards the largest/);
  assert.match(verdict(z, 1, [0.7, 0.2, 0.1]), /at 0\.700\. .* cancels\.$/);
});

const texts = (lines) => lines.map(({ markup }) => markup.replace(/<[^>]+>/g, ""));

test("a cell by the quotient rule, in both cases, by hand", () => {
  // a = 1/6, 2/6, 3/6: e to the logits are 1, 2, 3, and 1/3, 2/3, 1 with the largest taken off.
  const a = [1 / 6, 1 / 3, 1 / 2];
  const powers = shifted([1, 2, 3].map(Math.log));
  near(powers, [1 / 3, 2 / 3, 1], 1e-12);
  const cell = (i, j) => texts(quotient({ i, j, a, powers, slopes: jacobian(a), temperature: 1 }));
  assert.match(cell(0, 0)[1], /=0\.139$/); // 5/36
  assert.match(cell(0, 0)[2], /^=a1\(1−a1\)=0\.167·\(1−0\.167\)=0\.139$/);
  assert.match(cell(0, 2)[2], /^=\(−a1a3\)=\(−0\.167·0\.500\)=−0\.0833$/); // -1/12
  const warm = texts(quotient({ i: 0, j: 0, a, powers, slopes: jacobian(a, 2), temperature: 2 }));
  assert.match(warm[0], /ez1\/T/);
  assert.match(warm[2], /=12·a1\(1−a1\)=.*=0\.0694$/); // half of 5/36
});

test("of the sum over k the true class's term is left", () => {
  const a = [1 / 6, 1 / 3, 1 / 2];
  const { slope, total } = collapse(a, 1);
  const found = summed({ i: 2, k: 1, slope, slopes: jacobian(a), total, a, temperature: 1 });
  assert.deepEqual(
    found.terms.map(({ text, isZero }) => [text, isZero]),
    [
      ["0 · (−0.0833)", true],
      ["(−3) · (−0.167)", false],
      ["0 · 0.250", true],
    ],
  );
  assert.deepEqual([found.end, found.short], ["0.500", "0.500 − 0"]);
});

test("where there is little room a number is told in hundredths", () => {
  const told = [
    [0.1337, "13"],
    [0.0955, "9.6"],
    [0.01, "1"],
    [-0.0093, "−0.9"],
    [-0.0001, "0"],
    [2.5, "250"],
  ];
  for (const [value, text] of told) assert.equal(hundredths(value), text);
});
