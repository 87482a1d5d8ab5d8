// Cost and accuracy over the epochs: axes, units, one dash pattern a split, values at the cursor; dragging scrubs.

import { clamp, epochText, number, percent, put, tickText, ticks } from "./format.js";
import { nearest } from "./wire.js";
import { Sheet } from "./canvas.js";

const DASHES = { train: [], dev: [7, 4], test: [1.5, 3.5] };
const CHART_MARGIN = { left: 44, right: 12, top: 8, bottom: 34 };

export class Curves {
  constructor(player, root) {
    this.player = player;
    this.charts = ["cost", "accuracy"].map((kind) => new Chart(player, root.querySelector(`figure[data-role=${kind}]`), kind));
    root.querySelector("[name=log]").addEventListener("change", ({ target }) => {
      player.log = target.checked;
      player.redraw();
    });
  }

  draw() {
    this.charts.forEach((chart) => chart.draw());
  }
}

class Chart {
  constructor(player, figure, kind) {
    this.player = player;
    this.kind = kind;
    this.legend = figure.querySelector(".legend");
    this.when = figure.querySelector(".when");
    this.sheet = new Sheet(figure.querySelector("canvas"), () => player.redraw());
    this.canvas = this.sheet.canvas;
    this.backdrop = document.createElement("canvas"); // the curves, drawn once
    this.listen();
  }

  get logarithmic() {
    return this.kind === "cost" && this.player.log;
  }

  // The splits recorded for this chart, training first.
  get series() {
    const { history } = this.player.movie;
    return Object.keys(DASHES)
      .filter((split) => history[`${split}_${this.kind}`])
      .map((split) => ({ split, values: history[`${split}_${this.kind}`] }));
  }

  get plot() {
    const { width, height } = this.sheet;
    return {
      left: CHART_MARGIN.left,
      top: CHART_MARGIN.top,
      width: Math.max(1, width - CHART_MARGIN.left - CHART_MARGIN.right),
      height: Math.max(1, height - CHART_MARGIN.top - CHART_MARGIN.bottom),
    };
  }

  get lastEpoch() {
    const { movie } = this.player;
    return Math.max(movie.history.epoch.at(-1), movie.epochs.at(-1), 1);
  }

  toX(epoch) {
    const { left, width } = this.plot;
    return left + (width * epoch) / this.lastEpoch;
  }

  toY(value) {
    const { top, height } = this.plot;
    const { low, high } = this.range;
    const f = this.logarithmic ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
    return top + height * (1 - clamp(f, -0.02, 1.02));
  }

  // What the vertical axis spans: cost from 0 (or a power of ten), accuracy to 100 %.
  measure() {
    let [low, high, positive] = [Infinity, -Infinity, Infinity];
    for (const { values } of this.series) {
      for (const value of values) {
        if (!Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
        if (value > 0) positive = Math.min(positive, value);
      }
    }
    if (!(high > -Infinity)) return { low: 0, high: 1 };
    if (this.kind === "accuracy") return { low: Math.min(0.9, Math.floor(low * 10 - 1e-6) / 10), high: 1 };
    if (!this.logarithmic) return { low: 0, high: high * 1.06 || 1 };
    return { low: 10 ** Math.floor(Math.log10(Math.max(positive, high * 1e-6))), high: 10 ** Math.ceil(Math.log10(high) + 1e-9) };
  }

  draw() {
    const { sheet, player } = this;
    if (!sheet.width) return;
    const { palette, movie } = player;
    const pen = sheet.begin();
    const key = [sheet.width, sheet.height, this.canvas.width, palette.key, movie.version, this.logarithmic].join();
    if (this.drawn !== key) this.drawBackdrop(key);
    pen.drawImage(this.backdrop, 0, 0, sheet.width, sheet.height);
    this.drawCursor(pen, player.epoch, palette.text, 1.5);
    if (this.hover !== undefined) this.drawCursor(pen, this.hover, palette.muted, 1);
    this.describe();
  }

  drawBackdrop(key) {
    const { backdrop, canvas, sheet, player } = this;
    const { palette, movie } = player;
    this.drawn = key;
    this.range = this.measure();
    backdrop.width = canvas.width;
    backdrop.height = canvas.height;
    const pen = backdrop.getContext("2d");
    pen.setTransform(canvas.width / sheet.width, 0, 0, canvas.height / sheet.height, 0, 0);
    this.drawAxes(pen, palette);
    const { left, top, width, height } = this.plot;
    pen.beginPath();
    pen.rect(left, top - 2, width + CHART_MARGIN.right, height + 4);
    pen.clip();
    pen.strokeStyle = palette.run;
    pen.lineJoin = "round";
    for (const { split, values } of this.series.reverse()) {
      pen.lineWidth = split === "train" ? 2 : 1.8;
      pen.lineCap = split === "test" ? "round" : "butt";
      pen.setLineDash(DASHES[split]);
      pen.beginPath();
      values.forEach((value, k) => {
        if (Number.isFinite(value)) pen.lineTo(this.toX(movie.history.epoch[k]), this.toY(value));
      });
      pen.stroke();
    }
  }

  drawAxes(pen, palette) {
    const { left, top, width, height } = this.plot;
    const { low, high } = this.range;
    pen.font = `12px ${palette.font}`;
    pen.fillStyle = palette.muted;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    const marks = this.logarithmic ? decades(low, high) : linear(low, high, this.kind);
    for (const { value, text } of marks) {
      const y = Math.round(this.toY(value)) + 0.5;
      pen.strokeStyle = palette.grid;
      pen.beginPath();
      pen.moveTo(left, y);
      pen.lineTo(left + width, y);
      pen.stroke();
      pen.fillText(text, left - 7, y);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const axis = ticks(0, this.lastEpoch, width < 240 ? 3 : 5);
    pen.strokeStyle = palette.muted;
    pen.beginPath();
    pen.moveTo(left, top + height + 0.5);
    pen.lineTo(left + width, top + height + 0.5);
    for (const value of axis.values) {
      const x = Math.round(this.toX(value)) + 0.5;
      pen.moveTo(x, top + height);
      pen.lineTo(x, top + height + 4);
      const text = axis.step >= 1 ? Math.round(value).toLocaleString("en") : tickText(value, axis.step);
      pen.fillText(text, Math.min(x, left + width - 6), top + height + 6);
    }
    pen.stroke();
    pen.fillText("epoch", left + width / 2, top + height + 21);
  }

  drawCursor(pen, epoch, colour, thickness) {
    const { palette, movie } = this.player;
    const { top, height } = this.plot;
    const x = this.toX(epoch);
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.beginPath();
    pen.moveTo(x, top);
    pen.lineTo(x, top + height);
    pen.stroke();
    const k = nearest(movie.history.epoch, epoch);
    for (const { values } of this.series) {
      if (!Number.isFinite(values[k])) continue;
      pen.beginPath();
      pen.arc(x, this.toY(values[k]), 3.6, 0, 2 * Math.PI);
      pen.fillStyle = palette.background;
      pen.fill();
      pen.strokeStyle = palette.run;
      pen.lineWidth = 2;
      pen.stroke();
    }
  }

  // The legend carries the values at the cursor, so nothing has to float above the curves.
  describe() {
    const { movie, epoch } = this.player;
    const { series } = this;
    put(this.legend, series.map(({ split }) => split).join(), () =>
      series.map(({ split }) => `<span>${lineSample(split)}${split} <b></b></span>`).join(""),
    );
    const at = this.hover ?? epoch;
    const k = nearest(movie.history.epoch, at);
    const text = this.kind === "accuracy" ? percent : number;
    series.forEach(({ values }, s) => put(this.legend.children[s].lastChild, text(values[k])));
    put(this.when, this.hover === undefined ? "" : `at epoch ${epochText(movie.history.epoch[k])}`);
    const train = series.find(({ split }) => split === "train");
    if (train) this.canvas.setAttribute("aria-label", `${this.kind} by epoch: training from ${text(train.values[0])} to ${text(train.values.at(-1))}.`);
  }

  listen() {
    const { canvas, player } = this;
    const epochAt = ({ clientX }) => {
      const { left, width } = this.plot;
      return this.lastEpoch * clamp((clientX - canvas.getBoundingClientRect().left - left) / width, 0, 1);
    };
    const scrub = (event) => player.seek(nearest(player.movie.epochs, epochAt(event)));
    canvas.addEventListener("pointermove", (event) => {
      this.hover = event.buttons ? undefined : epochAt(event);
      if (event.buttons) scrub(event);
      else player.redraw();
    });
    canvas.addEventListener("pointerleave", () => {
      this.hover = undefined;
      player.redraw();
    });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.hover = undefined;
      player.pause();
      scrub(event);
    });
    canvas.addEventListener("pointerup", () => player.rest());
  }
}

function linear(low, high, kind) {
  const { values, step } = ticks(low, high, 4);
  return values.map((value) => ({ value, text: kind === "accuracy" ? tickText(100 * value, 100 * step) : tickText(value, step) }));
}

function decades(low, high) {
  const from = Math.round(Math.log10(low));
  const to = Math.round(Math.log10(high));
  const stride = Math.ceil((to - from) / 5);
  const marks = [];
  for (let power = from; power <= to; power += stride) {
    const text = power >= -2 && power <= 3 ? String(Number((10 ** power).toPrecision(1))) : `10${String(power).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]))}`;
    marks.push({ value: 10 ** power, text });
  }
  return marks;
}

function lineSample(split) {
  const cap = split === "test" ? "round" : "butt";
  return `<svg class="sample" viewBox="0 0 20 6"><path d="M1 3h18" stroke-dasharray="${DASHES[split].join(" ")}" stroke-linecap="${cap}" /></svg>`;
}
