// The first hidden layer as a strip: one cell a unit, on the diverging scale.

import { Sheet } from "../../../_kit/player/web/canvas.js";
import { number, put } from "../../../_kit/player/web/format.js";

const CELL = 16; // pixels on screen
const GAP = 2;
const NO_LAYER = "This network has no hidden layer: its outputs are sums of the pixels themselves.";

export class Units {
  constructor(drawing, root) {
    this.drawing = drawing;
    this.figure = root.querySelector(".units");
    this.box = this.figure.querySelector("div");
    this.canvas = this.figure.querySelector("canvas");
    this.range = this.figure.querySelector("[data-role=range]");
    this.words = this.figure.querySelector("p");
    this.sheet = new Sheet(this.canvas, () => drawing.redraw());
    this.pointed = null;
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.point(null));
  }

  get columns() {
    return Math.max(1, Math.floor((this.sheet.width + GAP) / (CELL + GAP)));
  }

  point(event) {
    const cell = (value) => Math.floor(value / (CELL + GAP));
    const [column, row] = event ? [cell(event.offsetX), cell(event.offsetY)] : [Infinity, 0];
    this.pointed = column < this.columns ? row * this.columns + column : null;
    this.drawing.redraw();
  }

  draw() {
    const { drawing, sheet } = this;
    const [, width] = drawing.reader.sizes;
    const hasLayer = drawing.reader.sizes.length > 2;
    this.box.hidden = this.range.hidden = !hasLayer;
    if (!hasLayer) return put(this.words, NO_LAYER);
    this.box.style.height = `${Math.ceil(width / this.columns) * (CELL + GAP) - GAP}px`;
    const values = drawing.reading?.hidden ?? new Array(width).fill(0);
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const pen = sheet.begin();
    values.forEach((value, unit) => {
      const x = (unit % this.columns) * (CELL + GAP);
      const y = Math.floor(unit / this.columns) * (CELL + GAP);
      pen.fillStyle = drawing.palette.colour(0.5 + (0.5 * value) / (most || 1));
      pen.fillRect(x, y, CELL, CELL);
      pen.strokeStyle = unit === this.pointed ? drawing.palette.text : drawing.palette.faint;
      pen.strokeRect(x + 0.5, y + 0.5, CELL - 1, CELL - 1);
    });
    this.say(values, most);
  }

  say(values, most) {
    const { palette, reading } = this.drawing;
    const signed = values.some((value) => value < 0);
    const from = signed ? number(-most) : "0";
    const bar = `<i style="background: ${palette.gradient(signed ? 0 : 0.5)}"></i>`;
    const scale = `${from} ${bar} ${number(most)}`;
    put(this.range, scale, () => scale);
    const sentence = reading ? summary(values, most) : "No digit, no activation to show.";
    this.canvas.setAttribute("aria-label", sentence);
    const chosen = reading && this.pointed !== null && this.pointed < values.length;
    const unit = () => `Unit ${this.pointed + 1}: a = ${number(values[this.pointed])}.`;
    put(this.words, chosen ? unit() : sentence);
  }
}

function summary(values, most) {
  const active = values.filter((value) => value > 0).length;
  const strongest = values.findIndex((value) => Math.abs(value) === most);
  const above = `${active} of ${values.length} units ${active === 1 ? "is" : "are"} above zero`;
  return `${above}; unit ${strongest + 1} is the strongest with ${number(values[strongest])}.`;
}
