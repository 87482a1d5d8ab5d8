// The slope of a loss in z by the chain rule, line by line with the numbers put in, and in words.

import { closely } from "../../_kit/matrices/web/closely.js";
import { size } from "../../_kit/player/web/format.js";
import { filled, formula } from "../../_kit/plots/web/formula.js";
import { look } from "./losses.js";

// An output further off than this is badly wrong.
const BADLY = 0.95;

const IN_A = {
  bce: [
    "The loss in a.",
    "-\\frac{y}{a} + \\frac{1 - y}{1 - a} = \\frac{a - y}{a (1 - a)}",
    "\\frac{@a - @y}{@a \\cdot (1 - @a)}",
  ],
  squared: ["The loss in a; the factor in front cancels the power.", "a - y", "@a - @y"],
};
const TRUE = ["The loss in a, of the true class.", "-\\frac{1}{a}", "-\\frac{1}{@a}"];
const OTHER = [
  "The loss in a: the true class has its share of 1 − a.",
  "\\frac{1}{1 - a}",
  "\\frac{1}{1 - @a}",
];

// The lines of dL/da, da/dz, and their product.
export function chained(name, z, y) {
  const seen = look(name, z, y);
  const texts = Object.fromEntries(
    Object.entries({ a: seen.a, y, s: seen.slopeA, d: seen.slopeOfA, g: seen.slopeZ }).map(
      ([key, value]) => [key, closely(value)],
    ),
  );
  const inA = IN_A[name] ?? (y ? TRUE : OTHER);
  const last = name === "squared" ? "(a - y) \\cdot a (1 - a)" : "a - y";
  const lastNumbers = name === "squared" ? "(@a - @y) \\cdot @a \\cdot (1 - @a)" : "@a - @y";
  return [
    [inA[0], `\\frac{\\partial \\L}{\\partial a} = ${inA[1]}`, `= ${inA[2]} = \\num{${texts.s}}`],
    [
      name === "cce"
        ? "a in z: softmax's case i = j, the other logits held at 0."
        : "a in z: the slope of the sigmoid.",
      "\\frac{\\partial a}{\\partial z} = a (1 - a)",
      `= @a \\cdot (1 - @a) = \\num{${texts.d}}`,
    ],
    [
      name === "squared"
        ? "Chain rule: their product. Nothing cancels."
        : "Chain rule: in their product a (1 − a) cancels.",
      `\\frac{\\partial \\L}{\\partial z} = @s \\cdot @d = ${last}`,
      `= ${lastNumbers} = \\num{${texts.g}}`,
    ],
  ].map(([reason, symbols, numbers]) => ({
    reason,
    markup: `${formula(filled(symbols, texts))} ${formula(filled(numbers, texts))}`,
  }));
}

// What that slope means, at such a logit.
export function meaning(name, z, y) {
  const { a, slopeZ } = look(name, z, y);
  const wrong = Math.abs(a - y);
  const off = wrong > BADLY ? "badly wrong" : `off by ${size(wrong)}`;
  const is = `The output is ${size(a)} where y is ${y}: ${off}.`;
  if (name !== "squared")
    return {
      text: `${is} The slope in z is a − y = ${size(slopeZ)}: the more wrong, the steeper.`,
      warns: false,
    };
  const other = size(look("bce", z, y).slopeZ);
  const told = `Squared error has slope ${size(slopeZ)} in z, cross-entropy ${other}.`;
  if (wrong > BADLY)
    return {
      text: `${is} ${told} Flat where it is most wrong: it learns next to nothing.`,
      warns: true,
    };
  return { text: `${is} ${told}`, warns: false };
}
