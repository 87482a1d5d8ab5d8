// What the reading is called.

import { percent } from "../../../_kit/player/web/format.js";

export function named(digit) {
  return `${digit === 8 ? "an" : "a"} ${digit}`;
}

export function verdict({ digit, probability, probabilities }) {
  const equal = probabilities.filter((p) => p === probability).length;
  if (equal > 1) {
    const tie = `It is a tie: ${equal} digits have ${percent(probability)} each`;
    return `${tie}. What counts is the first, ${named(digit)}.`;
  }
  return `It looks like ${named(digit)}, ${percent(probability)}.`;
}
