// The notes' notation: names of matrices and of their cells, as markup and as words.

import { escaped, subscript } from "../../player/web/format.js";

const KEY = /^(d?)([WbZA])(\d+)(\+?)$/;
const PLAIN = { losses: "ℒ", "losses+": "ℒ after", J: "J", "J+": "J after", fall: "ΔJ" };

// Text with its layers raised: Z[1] as Z with the superscript [1].
export function notated(text) {
  return escaped(text).replace(/\[(\d+)\]/g, "<sup>[$1]</sup>");
}

// The plain name of a matrix: W[1], g′(Z[1]).
export function title(key) {
  const slope = key.match(/^g(\d+)$/);
  if (slope) return `g′(Z[${slope[1]}])`;
  if (key.startsWith("∂")) return key.split("|")[0];
  const found = key.match(KEY);
  if (!found) return PLAIN[key] ?? (key === "predicted" ? "−α ‖dθ‖²" : key);
  const [, d, letter, l, after] = found;
  if (key === "A0") return "X = A[0]";
  return `${d}${letter}[${l}]${after && " after"}`;
}

// What a matrix's rows and columns stand for.
export function axes(key) {
  if (key.startsWith("∂")) return { rows: "a", columns: "z" };
  const found = key.match(/^d?([WbZAg])(\d+)\+?$/);
  if (["J", "J+", "fall", "predicted"].includes(key)) return { rows: "", columns: "" };
  if (!found) return { rows: key.startsWith("losses") ? "" : "output", columns: "sample" };
  const [, letter, l] = found;
  const unit = (layer) => (layer === 0 ? "input" : "unit");
  const rows = unit(Number(l));
  if (letter === "W") return { rows, columns: unit(l - 1) };
  return { rows, columns: letter === "b" ? "" : "sample" };
}

// A cell's name, as plain text with marks: w₂₁[1], z₂[1](3).
export function cell(key, row, column) {
  const found = key.match(KEY);
  const slope = key.match(/^g(\d+)$/);
  if (slope) return `g′(z${subscript(row + 1)}[${slope[1]}](${column + 1}))`;
  if (key.startsWith("∂"))
    return `∂a${subscript((row % blockOf(key)) + 1)}/∂z${subscript(column + 1)}`;
  if (key === "A0") return `x${subscript(row + 1)}(${column + 1})`;
  if (key === "Y") return `y${subscript(row + 1)}(${column + 1})`;
  if (key.startsWith("losses")) return `ℒ(${column + 1})`;
  if (!found) {
    const small = key.replace(/\[\d+\]/, "").replace(/[AY]/g, (letter) => letter.toLowerCase());
    return /[ay]/.test(small) ? `${small} (${column + 1})` : title(key);
  }
  const [, d, letter, l, after] = found;
  const place =
    letter === "W"
      ? [row + 1, column + 1].join(Math.max(row, column) > 8 ? "," : "")
      : `${row + 1}`;
  const name = `${d}${letter.toLowerCase()}${subscript(place)}[${l}]`;
  return `${name}${"ZA".includes(letter) ? `(${column + 1})` : ""}${after && " after"}`;
}

// How many rows the block of a sample has, in a matrix of slopes of every a by every z.
export function blockOf(key) {
  return key.startsWith("∂") ? Number(key.split("|")[1]) : 0;
}

// The same as markup: the layer notated, and the sample with it.
export function cellMarkup(key, row, column) {
  return notated(cell(key, row, column)).replace(/\((\d+)\)(?=\)?$| after$)/, "<sup>($1)</sup>");
}
