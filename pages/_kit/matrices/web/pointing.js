// An edge of the network and its entry of W are one thing: pointing at either lights the other.

// The weight that an element stands for, if it does: layer l, row i, column j.
export function weightAt(target) {
  const edge = target.closest(".edge");
  if (edge) return { l: Number(edge.dataset.l), i: +edge.dataset.i, j: +edge.dataset.j };
  const cell = target.closest("td[data-row], .factor[data-key]");
  const key = cell?.dataset.key ?? cell?.closest("[data-key]")?.dataset.key;
  const layer = key?.match(/^d?W(\d+)\+?$/);
  return layer && { l: Number(layer[1]), i: +cell.dataset.row, j: +cell.dataset.column };
}

// Light a weight's entries and its edge within an element, and nothing else.
export function light(element, weight) {
  for (const cell of element.querySelectorAll(".pointed")) cell.classList.remove("pointed");
  for (const edge of element.querySelectorAll(".edge.at")) edge.classList.remove("at");
  if (!weight) return;
  const { l, i, j } = weight;
  const place = `td[data-row="${i}"][data-column="${j}"]`;
  for (const key of [`W${l}`, `dW${l}`, `W${l}+`])
    for (const cell of element.querySelectorAll(`[data-key="${key}"] ${place}`))
      cell.classList.add("pointed");
  const edge = `.edge[data-l="${l}"][data-i="${i}"][data-j="${j}"]`;
  element.querySelector(edge)?.classList.add("at");
}

const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

// Let an arrow key move the focus within a matrix; return whether it was one.
export function moved(cell, key) {
  const move = MOVES[key];
  if (!move) return false;
  const rows = [...cell.closest("table").tBodies[0].rows];
  const cells = rows.map((row) => [...row.querySelectorAll("td")]);
  const row = cells.findIndex((line) => line.includes(cell));
  const next = cells[row + move[0]]?.[cells[row].indexOf(cell) + move[1]];
  if (next) {
    for (const other of cell.closest("table").querySelectorAll("td[tabindex='0']"))
      other.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
  return true;
}
