// What is said of an average at a day: over how many days it goes, how late it is, what it lacks.

import { percent } from "../../_kit/player/web/format.js";
import { forgottenAfter, shareOf, wholeWindow, windowOf } from "./averages.js";

// A number with the digits it was chosen with: 0.1, not 0.0999999.
export function plainly(value) {
  return String(Number(value.toPrecision(10))).replace("-", "−");
}

// To three digits, a whole number as such: 10, 33.3.
export function shortly(count) {
  return String(Number(count.toPrecision(3)));
}

export function days(count) {
  const text = shortly(count);
  return `${text} ${text === "1" ? "day" : "days"}`;
}

// What the picture shows, in a sentence or two; `t` counts from 1.
export function told(beta, t) {
  const width = wholeWindow(beta);
  if (beta === 0) return "β = 0: nothing is averaged, v is each day itself.";
  const over = `β = ${plainly(beta)} averages over about 1/(1 − β) = ${days(windowOf(beta))}.`;
  if (t < width)
    return `${over} Day ${t} has fewer behind it: all weights sum to 1 − βᵗ = ${percent(shareOf(beta, t))}, so v is too low until it is divided by that.`;
  const after = forgottenAfter(beta);
  return `${over} The newest ${width} hold ${percent(shareOf(beta, width))} of the weight; what is ${days(after)} old counts less than 1/e of today.`;
}
