// A tile: one entry's decision field with the points on it, its numbers, its histograms and its
// verdict.

import { Raster, Sheet } from "../../player/web/canvas.js";
import { contour } from "../../player/web/contour.js";
import { count, number, percent, points, put, unbroken } from "../../player/web/format.js";
import { Markers, markerRadius } from "../../player/web/markers.js";
import { Strips } from "./strips.js";

const FORMS = { percent, points, number, count };

// What a level of the field stands for: 2p - 1, finest around 0.
const SIGNED = Float32Array.from({ length: 256 }, (_, level) => {
  const square = ((level - 127.5) / 128) ** 2;
  return level >= 128 ? square : -square;
});
const SHADES = Uint8Array.from(SIGNED, (signed) => Math.round(127.5 + 127.5 * signed));

export class Tile {
  constructor(lineup) {
    this.lineup = lineup;
    this.element = document.createElement("article");
    this.element.className = "tile";
    this.element.innerHTML = `<header><b class="letter"></b><strong></strong></header>
      <div class="square"><canvas role="img"></canvas><p class="note" hidden></p></div>
      <p class="note plain" hidden></p>
      <dl></dl>
      <div class="strips"><canvas role="img"></canvas></div>
      <p class="verdict"><span><b></b> <span></span></span><span></span></p>`;
    const find = (selector) => this.element.querySelector(selector);
    this.parts = {
      letter: find(".letter"),
      name: find("strong"),
      square: find(".square"),
      over: find(".note"),
      plain: find(".plain"),
      readings: find("dl"),
      ended: find(".verdict > :first-child"),
      when: find(".verdict b"),
      verdict: find(".verdict span span"),
      meanwhile: find(".verdict > :last-child"),
    };
    this.sheet = new Sheet(find(".square canvas"), () => lineup.redraw());
    this.strips = new Strips(lineup, find(".strips"));
    this.raster = new Raster();
  }

  load(entry) {
    this.entry = entry;
    const { letter, name, square, readings, verdict } = this.parts;
    put(letter, entry.letter);
    put(name, entry.name);
    put(verdict, unbroken(entry.verdict));
    square.hidden = !this.lineup.hasFields;
    put(readings, entry.readings.map(({ title }) => title).join(), () =>
      entry.readings.map(() => "<div><dt></dt><dd></dd></div>").join(""),
    );
    entry.readings.forEach(({ title }, r) => {
      put(readings.children[r].firstChild, title);
    });
    this.strips.load(entry);
  }

  draw() {
    const { entry, lineup } = this;
    const k = lineup.frameOf(entry);
    this.element.style.setProperty("--run", lineup.palette.ink(entry.colour));
    this.drawField(k);
    const numbers = entry.readings.map(({ values, form }) => this.text(values[k], form));
    numbers.forEach((text, r) => {
      put(this.parts.readings.children[r].lastChild, text);
    });
    this.strips.draw(entry, k);
    this.judge(entry.readings.map(({ title }, r) => `${title.toLowerCase()} ${numbers[r]}`));
    const note = lineup.isBeyond(entry) ? entry.note : "";
    const { over, plain } = this.parts;
    put(over, note);
    put(plain, note);
    over.hidden = !note || !lineup.hasFields;
    plain.hidden = !note || lineup.hasFields;
  }

  // The verdict is that on the end, and so it is told there alone; its place is kept.
  judge(numbers) {
    const { lineup, entry } = this;
    const { ended, when, meanwhile } = this.parts;
    const hasEnded = lineup.hasEnded(entry);
    ended.style.visibility = hasEnded ? "" : "hidden";
    meanwhile.style.visibility = hasEnded ? "hidden" : "";
    const last = Object.values(entry.curves)[0]?.epochs.at(-1) ?? lineup.epoch;
    const { at } = lineup.movie.clock;
    put(when, entry.frames ? `After ${at(last)}.` : "");
    const words = `After ${at(lineup.epoch)}: ${numbers.join(", ")}.`;
    put(meanwhile, hasEnded ? "" : unbroken(words));
  }

  text(value, form) {
    return Number.isFinite(value) ? FORMS[form](value) : "–";
  }

  drawField(k) {
    const { sheet, lineup, entry } = this;
    if (!lineup.hasFields || !sheet.width) return;
    const { palette } = lineup;
    const { width, height } = sheet;
    const pen = sheet.begin();
    if (k >= 0 && entry.fields) {
      const { side, levels } = entry.fields;
      const values = levels.subarray(k * side * side, (k + 1) * side * side);
      const { pixels } = this.raster.resize(side, side);
      for (let q = 0; q < pixels.length; q++) pixels[q] = palette.scale[SHADES[values[q]]];
      pen.imageSmoothingQuality = "high";
      pen.drawImage(this.raster.flush(), 0, 0, width, height);
      this.drawLine(pen, values, side);
      this.describe(values);
    } else {
      pen.fillStyle = palette.grid;
      pen.fillRect(0, 0, width, height);
    }
    pen.drawImage(lineup.overlay.picture(width, height), 0, 0, width, height);
  }

  drawLine(pen, values, side) {
    const { width, height } = this.sheet;
    const { palette } = this.lineup;
    const signed = Float32Array.from(values, (level) => SIGNED[level]);
    const { line } = contour(signed, side, (column, row) => [
      (width * (column + 0.5)) / side,
      (height * (row + 0.5)) / side,
    ]);
    pen.lineCap = "round";
    for (const [style, thickness, alpha] of [
      [palette.halo, 4, 0.55],
      [palette.text, 1.5, 1],
    ]) {
      Object.assign(pen, { strokeStyle: style, lineWidth: thickness, globalAlpha: alpha });
      pen.stroke(line);
    }
  }

  describe(values) {
    if (this.lineup.playing) return;
    const share = values.reduce((count, value) => count + (value >= 128), 0) / values.length;
    const name = `Decision field of ${this.entry.letter} ${this.entry.name}`;
    const label = `${name}: class 1 on ${percent(share)} of the plane.`;
    this.sheet.canvas.setAttribute("aria-label", label);
  }
}

// The points and the axes' names, the same on every tile, drawn once.
export class Overlay {
  constructor(lineup) {
    this.lineup = lineup;
    this.markers = new Markers();
    this.canvas = document.createElement("canvas");
  }

  picture(width, height) {
    const { movie, palette } = this.lineup;
    const ratio = window.devicePixelRatio || 1;
    const key = [width, height, ratio, palette.key, movie.version].join();
    if (this.drawn !== key) {
      this.drawn = key;
      Object.assign(this.canvas, {
        width: Math.round(width * ratio),
        height: Math.round(height * ratio),
      });
      const pen = this.canvas.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.drawPoints(pen, width, height);
      this.drawNames(pen, width, height);
    }
    return this.canvas;
  }

  drawPoints(pen, width, height) {
    const {
      points,
      view: [from1, to1, from2, to2],
    } = this.lineup.movie;
    const radius = markerRadius(points.train?.length ?? 0, width);
    for (const split of ["test", "dev", "train"]) {
      for (const { x1, x2, label } of points[split] ?? []) {
        const x = (width * (x1 - from1)) / (to1 - from1);
        const y = (height * (to2 - x2)) / (to2 - from2);
        this.markers.stamp(pen, x, y, label, split === "train", radius, this.lineup.palette);
      }
    }
  }

  drawNames(pen, width, height) {
    const { palette } = this.lineup;
    pen.font = `500 12px ${palette.font}`;
    pen.lineWidth = 3;
    pen.strokeStyle = palette.halo;
    pen.fillStyle = palette.text;
    for (const [text, x, y, align] of [
      ["x₁", width - 5, height - 6, "right"],
      ["x₂", 5, 14, "left"],
    ]) {
      pen.textAlign = align;
      pen.strokeText(text, x, y);
      pen.fillText(text, x, y);
    }
  }
}
