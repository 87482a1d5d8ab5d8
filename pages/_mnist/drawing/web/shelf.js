// The digits saved in this visit: each can be reopened and removed, and is read anew by every
// network.

import { percent, put } from "../../../_kit/player/web/format.js";
import { develop } from "./digit.js";
import { PICTURE } from "./normalise.js";
import { named } from "./words.js";

export const ROOM = 12;

const REMOVE = '<button type="button" title="Remove">×</button>';

export class Shelf {
  constructor(drawing, root) {
    this.drawing = drawing;
    this.part = root.querySelector(".shelf");
    this.list = this.part.querySelector("ul");
    this.pictures = new WeakMap(); // a digit never changes, so neither does its picture
  }

  picture(digit) {
    if (!this.pictures.has(digit)) this.pictures.set(digit, develop(digit).picture);
    return this.pictures.get(digit);
  }

  draw() {
    const { saved, reader, paper } = this.drawing;
    const now = [saved, reader, paper];
    if (now.every((part, k) => part === this.shown?.[k])) return;
    this.shown = now;
    this.part.hidden = !saved.length;
    while (this.list.children.length > saved.length) this.list.lastChild.remove();
    while (this.list.children.length < saved.length) {
      this.list.append(this.place(this.list.children.length));
    }
    saved.forEach((digit, k) => {
      const [open, remove] = this.list.children[k].querySelectorAll("button");
      const reading = reader.read(this.picture(digit));
      const said = `${named(reading.digit)}, ${percent(reading.probability)}`;
      paper.paint(open.querySelector("canvas"), this.picture(digit), PICTURE);
      put(open.querySelector("span"), `${reading.digit} · ${percent(reading.probability)}`);
      open.setAttribute("aria-label", `Open saved digit ${k + 1}, read as ${said}`);
      remove.setAttribute("aria-label", `Remove saved digit ${k + 1}`);
    });
  }

  place(k) {
    const item = document.createElement("li");
    item.innerHTML = `<button type="button"><canvas></canvas><span></span></button>${REMOVE}`;
    const [open, remove] = item.children;
    open.addEventListener("click", () => this.drawing.reopen(k));
    remove.addEventListener("click", () => {
      this.drawing.remove(k);
      const next = this.list.children[Math.min(k, this.drawing.saved.length - 1)];
      (next?.lastChild ?? this.drawing.pad.canvas).focus();
    });
    return item;
  }
}
