// The lines of the step: as the notes write them, and beside it in NumPy.

import { escaped } from "../../player/web/format.js";
import { notated } from "./notation.js";

const PARTS = { forward: "Forwards", backward: "Backwards", update: "Update", after: "After" };

export function listing({ lines, at }, changed) {
  let part = "";
  return lines
    .map((line, k) => {
      const head = line.part === part ? "" : `<li class="part">${PARTS[line.part]}</li>`;
      part = line.part;
      const state = ["done", "now", ""][Math.sign(k - at) + 1];
      const mark = changed.has(line.result) ? '<span class="mark" title="changed">●</span>' : "";
      return `${head}<li class="${state} ${line.part}"><button type="button" data-line="${k}"
        ${k === at ? 'aria-current="step" tabindex="0"' : 'tabindex="-1"'} title="${line.meaning}">
        <span class="notes">${notated(line.notes)}${mark}</span>
        <code>${escaped(line.code)}</code></button></li>`;
    })
    .join("");
}
