// The lines of the step: as the notes write them, and beside it in NumPy.

import { escaped } from "../../player/web/format.js";
import { notated } from "./notation.js";

const PARTS = { forward: "Forwards", backward: "Backwards", update: "Update", after: "After" };

export function listing(lines, changed) {
  let part = "";
  return lines
    .map((line, k) => {
      const head = line.part === part ? "" : `<li class="part">${PARTS[line.part]}</li>`;
      part = line.part;
      const mark = changed.has(line.result) ? '<span class="mark" title="changed">●</span>' : "";
      return `${head}<li class="${line.part}"><button type="button" data-line="${k}"
        tabindex="-1" title="${line.meaning}">
        <span class="notes">${notated(line.notes)}${mark}</span>
        <code>${escaped(line.code)}</code></button></li>`;
    })
    .join("");
}
