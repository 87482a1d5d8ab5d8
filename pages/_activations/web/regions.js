// Where on the axis a curve is flat, silent, or has its kink.

import { FLAT } from "./judged.js";

// Stretches [from, to] of an axis where the slope is next to nothing beside the steepest.
export function flats(slope, row, [low, high], step = 0.02) {
  const found = [];
  if (row.isStraight) return found;
  const count = Math.round((high - low) / step);
  for (let k = 0; k <= count; k++) {
    const x = low + k * step;
    if (Math.abs(slope(x)) >= FLAT * row.steepest) continue;
    const last = found.at(-1);
    if (last && x - last[1] < 1.5 * step) last[1] = x;
    else found.push([x, x]);
  }
  return found.filter(([from, to]) => to - from > 1);
}
