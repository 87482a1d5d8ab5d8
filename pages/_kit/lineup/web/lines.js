// One chart with a line per entry: over the epochs, where dragging scrubs, or over the layers at
// one epoch.

import {
  drawAxes,
  fraction,
  horizontalMarks,
  rangeOf,
  verticalMarks,
  widest,
} from "../../player/web/axes.js";
import { Sheet } from "../../player/web/canvas.js";
import { clamp, epochText, number, percent, put, size } from "../../player/web/format.js";
import { scrubOn } from "../../player/web/scrubbing.js";
import { nearest } from "../../player/web/wire.js";

const LINES_MARGIN = { left: 44, right: 24, top: 8, bottom: 34 };
const HELD_OUT = [6, 4];
const LETTER = 13; // pixels between two letters at the lines' ends
const WIDE = 20; // times the smallest entry's largest value: beyond, an axis starts out logarithmic
// Times what nine tenths of a line stay below: beyond, its peaks do not stretch the axis.
const PEAK = 20;
const FAINT = 1e-12; // of the largest layer's value, the floor of the axis over the layers

const FIGURE =
  '<figcaption><strong></strong><span class="muted"></span><span class="muted when"></span>' +
  '<span class="legend"></span></figcaption><div class="plot"><canvas role="img"></canvas></div>';
const TITLES = { cost: ["Cost", "nats"], accuracy: ["Accuracy", "%"] };

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
  }

  get plot() {
    const { width, height } = this.sheet;
    return {
      left: this.left,
      top: LINES_MARGIN.top,
      width: Math.max(1, width - this.left - LINES_MARGIN.right),
      height: Math.max(1, height - LINES_MARGIN.top - LINES_MARGIN.bottom),
    };
  }

  // Says beside the unit when something is larger than the axis holds.
  markPeaks(series) {
    const finite = series.map((values) => values.filter(Number.isFinite));
    const isCut = finite.some((values, k) => values.length > this.settled[k].length);
    const words = isCut ? `${this.unit}, peaks cut off` : this.unit;
    this.element.querySelector(".muted").textContent = words;
  }

  toX(value) {
    const { left, width } = this.plot;
    const [low, high] = this.domain;
    return left + (width * (value - low)) / (high - low || 1);
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
    pen.rect(plot.left, plot.top - 2, plot.width + LINES_MARGIN.right, plot.height + 4);
    pen.clip();
    pen.lineJoin = "round";
    for (const line of lines.toReversed()) this.stroke(pen, line);
    pen.restore();
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

  // Each entry's letter at its line's end; letters that would cover each other are moved apart.
  drawLetters(pen, lines) {
    const { palette } = this.lineup;
    const { top, height } = this.plot;
    const letters = [];
    for (const { xs, ys, letter, colour, heldOut } of lines) {
      const end = ys.findLastIndex((y) => Number.isFinite(y));
      if (!heldOut && end >= 0) {
        letters.push({ letter, colour, x: this.toX(xs[end]) + 8, y: this.toY(ys[end]) });
      }
    }
    spread(letters, top + height + 4);
    pen.font = `600 12.5px ${palette.font}`;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const { letter, colour, x, y } of letters) {
      pen.fillStyle = palette.ink(colour);
      pen.fillText(letter, x, y);
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
    this.canvas.setAttribute("aria-label", `${this.title} ${this.place}: ${words}.`);
  }
}

// What an axis has to hold of a line: all of it, or its start and nine tenths of the rest where a
// few values shoot far up.
function settled(values, start) {
  const finite = Array.from(values)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (!finite.length) return [];
  const begins = Array.from(values.slice(0, start)).filter(Number.isFinite);
  const limit = Math.max(finite[Math.floor(0.9 * (finite.length - 1))], ...begins);
  return finite.at(-1) > PEAK * limit ? finite.filter((value) => value <= limit) : finite;
}

// Move letters apart that stand at about the same x: downwards first, and back up from the floor.
function spread(letters, floor) {
  const close = (a, b) => Math.abs(a.x - b.x) < LETTER;
  letters.sort((a, b) => a.y - b.y);
  letters.forEach((letter, k) => {
    for (const other of letters.slice(0, k)) {
      if (close(letter, other)) letter.y = Math.max(letter.y, other.y + LETTER);
    }
  });
  letters.toReversed().forEach((letter, k, reversed) => {
    letter.y = Math.min(letter.y, floor);
    for (const other of reversed.slice(0, k)) {
      if (close(letter, other)) letter.y = Math.min(letter.y, other.y - LETTER);
    }
  });
}

export class EpochChart extends Lines {
  constructor(lineup, quantity) {
    const [title, unit] = TITLES[quantity] ?? [quantity[0].toUpperCase() + quantity.slice(1), ""];
    super(lineup, title, unit);
    this.quantity = quantity;
    if (quantity !== "accuracy") this.addToggle();
    scrubOn(this, lineup, () => this.domain[1]);
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
    const { entries, epochs, frames } = this.lineup.movie;
    this.lines = entries.flatMap(({ letter, colour, curves }) =>
      Object.entries(curves)
        .filter(([name]) => name.endsWith(`_${this.quantity}`))
        .map(([name, { epochs: xs, values }]) => ({
          letter,
          colour,
          name,
          heldOut: !name.startsWith("train_"),
          xs: Array.from(xs),
          ys: values,
        })),
    );
    this.domain = [
      0,
      Math.max(1, epochs[frames - 1], ...this.lines.map(({ xs }) => xs.at(-1) ?? 0)),
    ];
    this.settled = this.lines.map(({ ys }) => settled(ys, 1));
    this.markPeaks(this.lines.map(({ ys }) => ys));
    if (this.toggle && !this.touched) this.toggle.checked = this.isWide();
  }

  isWide() {
    const largest = this.settled
      .filter((values) => values.length)
      .map((values) => Math.max(...values));
    return Math.max(...largest) > WIDE * Math.min(...largest);
  }

  xMarks() {
    return horizontalMarks(...this.domain, this.plot.width);
  }

  draw() {
    const { sheet, lineup, canvas } = this;
    if (!sheet.width) return;
    const { palette, movie } = lineup;
    const pen = sheet.begin();
    const logarithmic = Boolean(this.toggle?.checked);
    this.range = rangeOf(this.settled, this.quantity, logarithmic);
    const key = [
      sheet.width,
      sheet.height,
      canvas.width,
      palette.key,
      movie.version,
      logarithmic,
    ].join();
    this.drawBackdrop(key, this.lines, "epoch");
    pen.drawImage(this.backdrop, 0, 0, sheet.width, sheet.height);
    const epoch = this.hover ?? lineup.epoch;
    if (this.hover !== undefined) this.drawCursor(pen, this.hover, palette.muted, 1);
    this.drawCursor(pen, lineup.epoch, palette.text, 1.5);
    const text = this.quantity === "accuracy" ? percent : number;
    this.place = `at epoch ${epochText(epoch)}`;
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
    this.domain = [1, most];
    this.unit = held[0].measure;
    const sizes = held.map(({ deviation }) => deviation);
    this.settled = held.map(({ deviation, depth }) => settled(deviation, depth));
    this.markPeaks(sizes);
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
    this.place = `by layer at epoch ${epochText(lineup.epoch)}`;
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
