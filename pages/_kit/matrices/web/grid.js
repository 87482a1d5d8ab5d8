// A matrix as a table: its name and shape, its rows and columns labelled, each cell to be pressed.

import { size } from "../../player/web/format.js";
import { axes, cell, notated, title } from "./notation.js";
import { largest, tint } from "./tint.js";

// The markup of a matrix. `marks` says of a cell which classes it has.
export function grid(key, matrix, { turned = false, isResult = false, block = null, marks }) {
  const [rows, columns] = matrix.shape;
  const most = largest(matrix.values);
  const first = block === null ? 0 : block.sample * block.n;
  const height = block === null ? rows : block.n;
  const down = turned ? columns : height;
  const across = turned ? height : columns;
  const places = axes(key);
  const [side, top] = turned ? [places.columns, places.rows] : [places.rows, places.columns];
  const body = [];
  for (let i = 0; i < down; i++) {
    const cells = [];
    for (let j = 0; j < across; j++) {
      const [row, column] = turned ? [j + first, i] : [i + first, j];
      cells.push(cellOf(key, matrix, row, column, most, marks));
    }
    body.push(`<tr><th scope="row">${down > 1 || side ? i + 1 : ""}</th>${cells.join("")}</tr>`);
  }
  const heads = Array.from(
    { length: across },
    (_, j) => `<th scope="col">${top ? j + 1 : ""}</th>`,
  );
  const name = notated(title(key)) + (turned ? "ᵀ" : "");
  const told = block === null ? `(${down}, ${across})` : `(${down}, ${across}) each`;
  return `<figure class="matrix${isResult ? " result" : ""}" data-key="${key}">
    <figcaption>${name} <span class="shape">${told}</span></figcaption>
    <table role="grid" aria-label="${title(key)}${turned ? " transposed" : ""}, ${down} by ${across}">
      <thead><tr><td class="corner">${corner(side, top)}</td>${heads.join("")}</tr></thead>
      <tbody>${body.join("")}</tbody>
    </table></figure>`;
}

function corner(side, top) {
  return [side && `${side} ↓`, top && `${top} →`].filter(Boolean).join("<br>");
}

function cellOf(key, matrix, row, column, most, marks) {
  const value = matrix.values[row * matrix.shape[1] + column];
  const text = size(value ?? Number.NaN);
  const { classes, isFocus } = marks(key, row, column);
  const name = `${cell(key, row, column)} is ${text}`;
  return `<td class="${classes}" role="gridcell" tabindex="${isFocus ? 0 : -1}"
    data-row="${row}" data-column="${column}" style="${tint(value, most)}" aria-label="${name}"
    aria-selected="${classes.includes("chosen")}">${text}</td>`;
}
