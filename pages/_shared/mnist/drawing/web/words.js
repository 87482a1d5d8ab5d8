// What the reading is called.

import { percent } from "../../../player/web/format.js";

export function named(digit) {
  return `${digit === 8 ? "an" : "a"} ${digit}`;
}

export function verdict({ digit, probability }) {
  return `It looks like ${named(digit)}, ${percent(probability)}.`;
}
