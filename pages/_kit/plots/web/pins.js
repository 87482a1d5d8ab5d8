// Curves that are kept beside the one that is dragged, to be compared with it.

import { escaped } from "../../player/web/format.js";

export const PINS = "AB";

// What is pinned with one more, or without one that is there already; the oldest makes room.
export function toggled(pinned, name) {
  if (pinned.includes(name)) return pinned.filter((other) => other !== name);
  return [...pinned, name].slice(-PINS.length);
}

// The markup of a table: what is dragged first, then what is pinned, each with its letter and a way
// to unpin it. A line is { name, title, cells }.
export function comparison(heads, dragged, pinned) {
  const line = ({ name, title, cells }, letter) => {
    const way = letter
      ? `<button type="button" data-unpin="${name}" aria-label="Unpin ${escaped(title)}">×</button>`
      : "";
    const numbers = cells.map((text) => `<td>${text}</td>`).join("");
    return `<tr><th scope="row">${letter && `<b>${letter}</b> `}${escaped(title)}${way}</th>${numbers}</tr>`;
  };
  return `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
    <tbody>${line(dragged, "")}${pinned.map((each, k) => line(each, PINS[k])).join("")}</tbody>`;
}
