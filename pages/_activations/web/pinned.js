// Curves that are kept beside the one that is dragged, to be compared with it at the same z.

import { ACTIVATIONS } from "../../_kit/player/web/activations.js";
import { escaped, size } from "../../_kit/player/web/format.js";
import { SLOPES } from "./slopes.js";

export const PINS = "AB";

// The pinned curves with one more, or without one that is there already; the oldest makes room.
export function toggled(pinned, name) {
  if (pinned.includes(name)) return pinned.filter((other) => other !== name);
  return [...pinned, name].slice(-PINS.length);
}

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
  const line = (name, letter) => {
    const slope = SLOPES[name](z);
    const cells = [ACTIVATIONS[name].of(z), slope, slope ** layers].map(
      (value) => `<td>${size(value)}</td>`,
    );
    const way = letter
      ? `<button type="button" data-unpin="${name}" aria-label="Unpin ${escaped(rows[name].title)}">×</button>`
      : "";
    return `<tr><th scope="row">${letter && `<b>${letter}</b> `}${escaped(rows[name].title)}${way}</th>${cells.join("")}</tr>`;
  };
  const heads = ["", "a", "slope", `slope<sup>${layers}</sup>`];
  return `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
    <tbody>${line(g, "")}${pinned.map((name, k) => line(name, PINS[k])).join("")}</tbody>`;
}
