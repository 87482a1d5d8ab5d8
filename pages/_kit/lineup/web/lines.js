// One chart with a line per entry: over the epochs, where dragging scrubs, or over the layers at
// one epoch.

import {
  decades,
  drawAxes,
  fraction,
  horizontalMarks,
  rangeOf,
  valueAt,
  verticalMarks,
  widest,
} from "../../player/web/axes.js";
import { Sheet } from "../../player/web/canvas.js";
import { clamp, number, percent, put, size } from "../../player/web/format.js";
import { scrubOn } from "../../player/web/scrubbing.js";
import { nearest } from "../../player/web/wire.js";
import { beyond, ceilingOf, peaksOf, within } from "./cuts.js";
import { setApart } from "./letters.js";

const LINES_MARGIN = { left: 44, top: 12, bottom: 34 };
// Pixels between a line's end and its letter; for the letter, and for one with its split behind it.
const LEAD = 14;
const ROOM = { letter: 14, split: 40 };
const HELD_OUT = [6, 4];
const PEAK = { size: 4.5, apart: 10 }; // pixels of the mark of a line that goes beyond the axis
const WIDE = 20; // times the smallest entry's largest value: beyond, an axis starts out logarithmic
// Times where most points of the lines are: what is beyond does not stretch the axis.
const SPIKE = { linear: 2, logarithmic: 20 };
const FAINT = 1e-12; // of the largest layer's value, the floor of the axis over the layers

const FIGURE =
  '<figcaption><strong></strong><span class="muted"></span><span class="muted when"></span>' +
  '<span class="legend"></span></figcaption><div class="plot"><canvas role="img"></canvas></div>';
const TITLES = {
  cost: ["Cost", "mean −ln p"],
  accuracy: ["Accuracy", "%"],
};

class Lines {
  constructor(lineup, title, unit) {
    this.lineup = lineup;
    this.element = document.createElement("figure");
    this.element.innerHTML = FIGURE;
    const find = (selector) => this.element.querySelector(selector);
    find("strong").textContent = this.title = title;
    this.unit = unit;
    this.legend = find(".legend");
    this.when = find(".when");
    this.sheet = new Sheet(find("canvas"), () => lineup.redraw());
    this.canvas = this.sheet.canvas;
    this.backdrop = document.createElement("canvas");
    this.left = LINES_MARGIN.left; // more where the numbers on the axis need it
    this.right = LEAD + ROOM.letter;
  }

  get plot() {
    const { width, height } = this.sheet;
    return {
      left: this.left,
      top: LINES_MARGIN.top,
      width: Math.max(1, width - this.left - this.right),
      height: Math.max(1, height - LINES_MARGIN.top - LINES_MARGIN.bottom),
    };
  }

  // Cuts the axis where a few points would rule it, and says beside the unit what goes beyond.
  cut(lines, isLogarithmic) {
    const series = lines.map(({ ys }) => ys);
    this.ceiling = ceilingOf(series, isLogarithmic ? SPIKE.logarithmic : SPIKE.linear);
    this.settled = within(series, this.ceiling);
    this.cutOff = beyond(lines, this.ceiling, size);
    const words = [this.unit, this.splits, this.cutOff].filter(Boolean).join(" · ");
    put(this.element.querySelector(".muted"), words);
  }

  toX(value) {
    const { left, width } = this.plot;
    return left + width * (this.domain.high > this.domain.low && fraction(value, this.domain));
  }

  toY(value) {
    const { top, height } = this.plot;
    return top + height * (1 - clamp(fraction(value, this.range), -0.02, 1.02));
  }

  // Axes, lines and letters are drawn once and kept while `key` stays.
  drawBackdrop(key, lines, xTitle) {
    if (this.drawn === key) return;
    this.drawn = key;
    const { backdrop, canvas, sheet } = this;
    const { palette } = this.lineup;
    Object.assign(backdrop, { width: canvas.width, height: canvas.height });
    const pen = backdrop.getContext("2d");
    pen.setTransform(canvas.width / sheet.width, 0, 0, canvas.height / sheet.height, 0, 0);
    const yMarks = verticalMarks(this.range, this.quantity === "accuracy");
    this.left = Math.max(LINES_MARGIN.left, widest(pen, palette, yMarks) + 10);
    const { plot } = this;
    drawAxes(pen, palette, plot, {
      xMarks: this.xMarks(),
      yMarks,
      title: xTitle,
      toX: (value) => this.toX(value),
      toY: (value) => this.toY(value),
    });
    pen.save();
    pen.beginPath();
    pen.rect(plot.left, plot.top - 2, plot.width + this.right, plot.height + 4);
    pen.clip();
    pen.lineJoin = "round";
    for (const line of lines.toReversed()) this.stroke(pen, line);
    pen.restore();
    this.drawPeaks(pen, lines);
    this.drawLetters(pen, lines);
  }

  stroke(pen, { xs, ys, colour, heldOut, marked }) {
    pen.strokeStyle = pen.fillStyle = this.lineup.palette.ink(colour);
    pen.lineWidth = heldOut ? 1.5 : 2;
    pen.setLineDash(heldOut ? HELD_OUT : []);
    pen.beginPath();
    const points = xs
      .map((x, k) => [this.toX(x), this.toY(ys[k]), ys[k]])
      .filter(([, , y]) => Number.isFinite(y));
    for (const [x, y] of points) pen.lineTo(x, y);
    if (points.length === 1) pen.lineTo(points[0][0] + 3, points[0][1]);
    pen.stroke();
    if (!marked) return;
    for (const [x, y] of points) {
      pen.beginPath();
      pen.arc(x, y, 3, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  // Where a line goes beyond the axis, a mark at the top; two at the same place stand side by side.
  drawPeaks(pen, lines) {
    const { top } = this.plot;
    const taken = [];
    for (const { xs, ys, colour } of lines) {
      pen.fillStyle = this.lineup.palette.ink(colour);
      for (const k of peaksOf(ys, this.ceiling)) {
        let x = this.toX(xs[k]);
        while (taken.some((other) => Math.abs(other - x) < PEAK.apart)) x += PEAK.apart;
        taken.push(x);
        pen.beginPath();
        pen.moveTo(x, top - PEAK.size - 5);
        pen.lineTo(x + PEAK.size, top - 2);
        pen.lineTo(x - PEAK.size, top - 2);
        pen.fill();
      }
    }
  }

  // Each entry's letter at its line's end, and what held-out samples its line is of.
  drawLetters(pen, lines) {
    const { palette } = this.lineup;
    const { top, height } = this.plot;
    const ends = lines.flatMap(({ xs, ys, letter, colour, heldOut, split }) => {
      const end = ys.findLastIndex((y) => Number.isFinite(y));
      if (end < 0) return [];
      const text = heldOut ? `${letter} ${split}` : letter;
      return [{ text, colour, heldOut, x: this.toX(xs[end]), y: this.toY(ys[end]) }];
    });
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    for (const { text, colour, heldOut, x, y, at, isMoved } of setApart(ends, top, top + height)) {
      pen.strokeStyle = pen.fillStyle = palette.ink(colour);
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(x + 2, y);
      pen.lineTo(x + LEAD - 2, at);
      if (isMoved) pen.stroke();
      pen.font = `${heldOut ? 500 : 700} 12.5px ${palette.font}`;
      pen.strokeStyle = palette.halo;
      pen.lineWidth = 3;
      pen.strokeText(text, x + LEAD, at);
      pen.fillText(text, x + LEAD, at);
    }
  }

  // The legend carries each entry's number, so nothing has to float above the lines.
  describe(numbers) {
    const { lineup } = this;
    const { palette } = lineup;
    const item = ({ letter, colour }) =>
      `<span><i style="color: ${palette.ink(colour)}">${letter}</i> <b></b></span>`;
    put(this.legend, numbers.map(({ letter }) => letter).join() + palette.key, () =>
      numbers.map(item).join(""),
    );
    numbers.forEach(({ text }, k) => {
      put(this.legend.children[k].lastChild, text);
    });
    if (lineup.playing) return;
    const words = numbers.map(({ letter, name, text }) => `${letter} ${name} ${text}`).join(", ");
    const cutOff = this.cutOff && ` ${this.cutOff}.`;
    this.canvas.setAttribute("aria-label", `${this.title} ${this.place}: ${words}.${cutOff}`);
  }
}

export class EpochChart extends Lines {
  constructor(lineup, quantity) {
    const [title, unit] = TITLES[quantity] ?? [quantity[0].toUpperCase() + quantity.slice(1), ""];
    super(lineup, title, unit);
    this.quantity = quantity;
    if (quantity !== "accuracy") this.addToggle();
    scrubOn(this, lineup, (share) => valueAt(share, this.domain));
  }

  addToggle() {
    const label = document.createElement("label");
    label.className = "toggle";
    label.innerHTML = '<input type="checkbox" />Log scale';
    this.element.querySelector("figcaption").append(label);
    this.toggle = label.firstChild;
    this.toggle.addEventListener("change", () => {
      this.touched = true;
      this.lineup.redraw();
    });
  }

  load() {
    const { entries, epochs, frames, clock } = this.lineup.movie;
    this.lines = entries.flatMap(({ letter, colour, curves }) =>
      Object.entries(curves)
        .filter(([name]) => name.endsWith(`_${this.quantity}`))
        .map(([name, { epochs: xs, values }]) => ({
          letter,
          colour,
          split: name.split("_")[0],
          heldOut: !name.startsWith("train_"),
          xs: Array.from(xs),
          ys: values,
        })),
    );
    const ends = this.lines.map(({ xs }) => xs.at(-1) ?? 0);
    this.domain = clock.domain ?? { low: 0, high: Math.max(1, epochs[frames - 1], ...ends) };
    const heldOut = this.lines.find((line) => line.heldOut)?.split;
    this.splits = heldOut ? `solid training, dashed ${heldOut}` : "";
    this.right = LEAD + (heldOut ? ROOM.split : ROOM.letter);
    this.cut(this.lines, false);
    if (this.toggle && !this.touched) this.toggle.checked = this.isWide();
    this.cutAs = false;
  }

  isWide() {
    const largest = this.settled
      .filter((values) => values.length)
      .map((values) => Math.max(...values));
    return Math.max(...largest) > WIDE * Math.min(...largest);
  }

  xMarks() {
    const { low, high, logarithmic } = this.domain;
    return logarithmic ? decades(low, high) : horizontalMarks(low, high, this.plot.width);
  }

  draw() {
    const { sheet, lineup, canvas } = this;
    if (!sheet.width) return;
    const { palette, movie } = lineup;
    const pen = sheet.begin();
    const logarithmic = Boolean(this.toggle?.checked);
    if (this.cutAs !== logarithmic) this.cut(this.lines, logarithmic);
    this.cutAs = logarithmic;
    this.range = rangeOf(this.settled, this.quantity, logarithmic);
    const key = [
      sheet.width,
      sheet.height,
      canvas.width,
      palette.key,
      movie.version,
      movie.clock.axis,
      logarithmic,
    ].join();
    this.drawBackdrop(key, this.lines, movie.clock.axis);
    pen.drawImage(this.backdrop, 0, 0, sheet.width, sheet.height);
    const epoch = this.hover ?? lineup.epoch;
    if (this.hover !== undefined) this.drawCursor(pen, this.hover, palette.muted, 1);
    this.drawCursor(pen, lineup.epoch, palette.text, 1.5);
    const text = this.quantity === "accuracy" ? percent : number;
    this.place = `at ${movie.clock.at(epoch)}`;
    put(this.when, this.hover === undefined ? "" : this.place);
    this.describe(
      movie.entries.map(({ letter, name, colour }) => ({
        letter,
        name,
        colour,
        text: this.valueText(letter, epoch, text),
      })),
    );
  }

  // What the entry's solid line says at an epoch; after its end, what it said last.
  valueText(letter, epoch, text) {
    const line = this.lines.find((curve) => curve.letter === letter && !curve.heldOut);
    return line?.xs.length ? text(line.ys[nearest(line.xs, epoch)]) : "–";
  }

  drawCursor(pen, epoch, colour, thickness) {
    const { top, height } = this.plot;
    const x = this.toX(epoch);
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.beginPath();
    pen.moveTo(x, top);
    pen.lineTo(x, top + height);
    pen.stroke();
  }
}

export class LayerChart extends Lines {
  constructor(lineup, layers) {
    super(lineup, layers, "");
    this.layers = layers;
    this.element.classList.add("still");
  }

  load() {
    const held = this.lineup.movie.entries.map(({ layers }) => layers[this.layers]).filter(Boolean);
    const most = Math.max(...held.map(({ depth }) => depth));
    this.domain = { low: 1, high: most };
    this.unit = held[0].measure;
    const lines = this.lineup.movie.entries
      .filter(({ layers }) => layers[this.layers])
      .map(({ letter, layers }) => ({ letter, ys: layers[this.layers].deviation }));
    this.cut(lines, true);
    // One axis for all frames, or the eye could not follow a line that moves.
    this.range = rangeOf(this.settled, "deviation", true, FAINT);
    this.last = most;
  }

  xMarks() {
    const stride = Math.ceil(this.last / Math.max(2, Math.floor(this.plot.width / 34)));
    return Array.from({ length: this.last }, (_, k) => k + 1)
      .filter((l) => (l - 1) % stride === 0)
      .map((value) => ({ value, text: String(value) }));
  }

  draw() {
    const { sheet, lineup, canvas } = this;
    if (!sheet.width) return;
    const { palette, movie, frame } = lineup;
    const pen = sheet.begin();
    const lines = movie.entries
      .filter(({ layers, frames }) => layers[this.layers] && frames)
      .map((entry) => {
        const { depth, deviation } = entry.layers[this.layers];
        const k = Math.min(frame, entry.frames - 1);
        return {
          ...entry,
          marked: true,
          xs: Array.from({ length: depth }, (_, l) => l + 1),
          ys: deviation.subarray(k * depth, (k + 1) * depth),
        };
      });
    const key = [sheet.width, sheet.height, canvas.width, palette.key, movie.version, frame].join();
    this.drawBackdrop(key, lines, "layer l");
    pen.drawImage(this.backdrop, 0, 0, sheet.width, sheet.height);
    this.place = `by layer at ${movie.clock.at(lineup.epoch)}`;
    this.describe(
      lines.map(({ letter, name, colour, ys }) => ({
        letter,
        name,
        colour,
        text: `${size(ys[0])} → ${size(ys.at(-1))}`,
      })),
    );
  }
}
