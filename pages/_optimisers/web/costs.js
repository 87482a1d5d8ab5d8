// The cost of each of the seven over the steps, on a logarithmic axis, with the step that is shown.

import { horizontalMarks } from "../../_kit/player/web/axes.js";
import { Sheet } from "../../_kit/player/web/canvas.js";
import { clamp, decade } from "../../_kit/player/web/format.js";
import { marks } from "./shapes.js";

const [BEFORE, AFTER, ABOVE, BELOW] = [46, 10, 8, 32];
const DEPTH = 1e-8; // of the highest cost: what is smaller lies on the floor

export class Costs {
  constructor(race, canvas) {
    this.race = race;
    this.canvas = canvas;
    this.sheet = new Sheet(canvas, () => race.redraw());
    for (const type of ["pointerdown", "pointermove"])
      canvas.addEventListener(type, (event) => this.scrub(event));
  }

  scrub(event) {
    if (event.type === "pointerdown") this.canvas.setPointerCapture(event.pointerId);
    if (!this.canvas.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.canvas.getBoundingClientRect();
    const share = clamp((event.clientX - left - BEFORE) / (width - BEFORE - AFTER), 0, 1);
    this.race.pause();
    this.race.leap(Math.round(share * (this.race.movie.frames - 1)));
  }

  // From which power of ten to which the costs above the least go.
  span() {
    const { movie } = this.race;
    let [low, high] = [Infinity, 0];
    for (const k of this.race.shown)
      for (const cost of movie.costs[k]) {
        const above = cost - movie.least;
        if (!(above > 0)) continue;
        low = Math.min(low, above);
        high = Math.max(high, above);
      }
    // Who has left is far above all others: the start is what the axis has to hold.
    high = Math.min(high, 100 * Math.max(movie.costs[0][0] - movie.least, 1e-12)) || 1;
    low = Math.max(Math.min(low, high), DEPTH * high);
    return [
      Math.floor(Math.log10(low)),
      Math.max(Math.ceil(Math.log10(high)), Math.floor(Math.log10(low)) + 1),
    ];
  }

  draw() {
    const { race, sheet } = this;
    const { movie, frame, palette } = race;
    const pen = sheet.begin();
    const { width, height } = sheet;
    if (!width) return;
    const [from, to] = this.span();
    const last = movie.frames - 1;
    const across = (t) => BEFORE + (t / last) * (width - BEFORE - AFTER);
    const down = (cost) => {
      const exponent = Math.log10(Math.max(cost - movie.least, 1e-300));
      return ABOVE + clamp((to - exponent) / (to - from), 0, 1) * (height - ABOVE - BELOW);
    };
    pen.font = `11px ${palette.font}`;
    pen.fillStyle = palette.muted;
    pen.strokeStyle = palette.grid;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    const stride = Math.ceil((to - from) / 5);
    for (let exponent = to; exponent >= from; exponent -= stride) {
      const y = ABOVE + ((to - exponent) / (to - from)) * (height - ABOVE - BELOW);
      line(pen, BEFORE, y, width - AFTER, y);
      pen.fillText(decade(exponent), BEFORE - 5, y);
    }
    pen.textAlign = "center";
    for (const { value, text } of horizontalMarks(0, last, width)) {
      pen.fillText(text, across(value), height - BELOW + 9);
    }
    pen.fillText(movie.costTitle, (BEFORE + width - AFTER) / 2, height - 7);
    for (const k of race.shown) {
      const { colour, dash } = marks(k);
      pen.strokeStyle = palette.ink(colour);
      pen.lineWidth = 1.8;
      pen.setLineDash(dash);
      pen.beginPath();
      movie.costs[k].forEach((cost, t) => {
        pen.lineTo(across(t), down(cost));
      });
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.strokeStyle = palette.text;
    pen.lineWidth = 1;
    line(pen, across(frame), ABOVE, across(frame), height - BELOW);
    this.canvas.setAttribute("aria-label", `${movie.costTitle}, one line for each optimiser.`);
  }
}

function line(pen, x0, y0, x1, y1) {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
