// How each of the seven is told from the others, in colour, in shape and in the dashes of its line.

const SHAPES = [
  "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
  "M0 -6.5L6.5 0L0 6.5L-6.5 0z",
  "M-4.8 -4.8h9.6v9.6h-9.6z",
  "M0 -6.5L6.2 5H-6.2z",
  "M0 6.5L6.2 -5H-6.2z",
  "M-6 -2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
  "M0 -7L2 -2.2L6.8 -2.2L3 1L4.4 6L0 3L-4.4 6L-3 1L-6.8 -2.2L-2 -2.2z",
];
const COLOURS = ["#7a8691", "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7"];
const DASHES = [[], [8, 3], [4, 3], [2, 2], [8, 2, 2, 2], [12, 3], [1, 3]];

export function marks(k) {
  return { shape: SHAPES[k], colour: COLOURS[k], dash: DASHES[k] };
}

// The same beside a name, as markup.
export function swatch(k, ink) {
  const { shape, colour, dash } = marks(k);
  const stroke = ink(colour);
  return `<svg viewBox="-18 -8 36 16" aria-hidden="true"><path d="M-18 0H18" stroke="${stroke}" stroke-width="2" stroke-dasharray="${dash.join(" ")}"></path><path d="${shape}" fill="${stroke}"></path></svg>`;
}
