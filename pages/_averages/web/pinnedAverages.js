// Averages that are kept beside the one that is dragged, to be compared with it.

import { percent, size } from "../../_kit/player/web/format.js";
import { comparison, PINS } from "../../_kit/plots/web/pins.js";
import { windowOf } from "./averages.js";
import { plainly, shortly } from "./said.js";

// Draw those of these β, thinner.
export function drawBeside(plot, series, beside) {
  beside.forEach((beta, k) => {
    plot.through(series.of(beta).corrected, `pinned of-${PINS[k]}`);
  });
}

// The letters keep away from the last days, as a share of all: there is no room beside them.
const LAST = 0.9;

// Write each one's letter where it is furthest from the one that is dragged.
export function nameBeside(plot, series, beta, beside) {
  const { corrected } = series.of(beta);
  beside.forEach((other, k) => {
    const pinned = series.of(other).corrected.slice(0, Math.ceil(LAST * corrected.length));
    const gaps = pinned.map((value, t) => Math.abs(value - corrected[t]));
    const at = gaps.indexOf(Math.max(...gaps));
    plot.name(at + 1, pinned[at], PINS[k]);
  });
}

// The numbers of each at day t, the dragged one first: the markup of a table.
export function comparedAt(series, beta, beside, t) {
  const line = (each) => {
    const { corrected, unrest, lag } = series.of(each);
    const cells = [size(corrected[t - 1]), shortly(windowOf(each)), lag, percent(unrest)];
    return { name: each, title: `β = ${plainly(each)}`, cells };
  };
  const heads = ["", `day ${t}`, "window", "lag", "changes"];
  return comparison(heads, line(beta), beside.map(line));
}
