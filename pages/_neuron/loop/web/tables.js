// The samples with what the loop has made of each, and the sums so far.

import { size } from "../../../_kit/player/web/format.js";
import { low, used } from "./filled.js";

// The markup of both tables at a position of the program.
export function tables(data, program, position) {
  const { line, turn } = program.at(position);
  const reads = new Set(used(data, line.key, turn).map(String));
  const given = new Set([...data.inputs, "y"]);
  const cell = (row, name) => {
    const isThere = given.has(name) || program.when(name, row) <= position;
    const isNow = row === turn && name === line.key;
    const classes = [isNow && "chosen", reads.has(String([row, name])) && "used"];
    const text = isThere ? size(data.turns[row][name]) : "";
    return `<td data-row="${row}" data-column="${name}" class="${classes.filter(Boolean).join(" ")}">${text}</td>`;
  };
  const rows = data.turns.map((_, row) => row);
  const sums = ["J", ...data.slopes, "db"];
  const isOver = position >= program.last;
  const mean = (name) =>
    `<td data-row="mean" class="${isOver ? "chosen" : ""}">${isOver ? size(data.mean[name]) : ""}</td>`;
  const last = `<tr><th scope="row">÷ ${data.m}</th>${sums.map(mean).join("")}</tr>`;
  return (
    table("The samples", [...data.inputs, "y", "z", "a", "dz"], rows, turn, cell, "") +
    table("The sums so far", sums, rows, turn, cell, last)
  );
}

function table(title, names, rows, turn, cell, foot) {
  const heads = names.map((name) => `<th scope="col">${low(name)}</th>`).join("");
  const body = rows.map((row) => {
    const cells = names.map((name) => cell(row, name)).join("");
    return `<tr class="${row === turn ? "now" : ""}"><th scope="row">${row + 1}</th>${cells}</tr>`;
  });
  return `<figure><figcaption>${title}</figcaption><table aria-label="${title}">
    <thead><tr><th scope="col">i</th>${heads}</tr></thead>
    <tbody>${body.join("")}</tbody><tfoot>${foot}</tfoot></table></figure>`;
}
