// Activations that are kept beside the one that is dragged, to be compared with it at the same z.

import { ACTIVATIONS } from "../../_kit/player/web/activations.js";
import { size } from "../../_kit/player/web/format.js";
import { comparison, PINS } from "../../_kit/plots/web/pins.js";
import { SLOPES } from "./slopes.js";

// Draw the pinned curves with their slopes, thinner, and each with its letter.
export function drawPinned(plot, pinned) {
  pinned.forEach((name, k) => {
    plot.curve(ACTIVATIONS[name].of, `pinned of-${PINS[k]}`);
    plot.curve(SLOPES[name], `pinned of-${PINS[k]} flank`, { jump: 0.5 });
    const x = 3.2 + k;
    const y = ACTIVATIONS[name].of(x);
    if (y > plot.y[0] && y < plot.y[1]) plot.name(x, y, PINS[k]);
  });
}

// Their numbers at z, beside those of the curve that is dragged: the markup of a table.
export function compared(rows, g, pinned, z, layers) {
  const line = (name) => {
    const slope = SLOPES[name](z);
    const cells = [ACTIVATIONS[name].of(z), slope, slope ** layers].map(size);
    return { name, title: rows[name].title, cells };
  };
  const heads = ["", "a", "slope", `slope<sup>${layers}</sup>`];
  return comparison(heads, line(g), pinned.map(line));
}
