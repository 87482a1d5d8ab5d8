// Cost and accuracy over the epochs: axes, units, one dash pattern a split, values at the cursor;
// dragging scrubs.

import { drawAxes, fraction, horizontalMarks, rangeOf, verticalMarks, widest } from "./axes.js";
import { Sheet } from "./canvas.js";
import { clamp, epochText, number, percent, put } from "./format.js";
import { scrubOn } from "./scrubbing.js";
import { mapped, nearest } from "./wire.js";

const DASHES = { train: [], dev: [7, 4], test: [1.5, 3.5] };
const CHART_MARGIN = { left: 44, right: 12, top: 8, bottom: 34 };

export class Curves {
  constructor(player, root) {
    this.player = player;
    this.charts = ["cost", "accuracy"].map(
      (kind) => new Chart(player, root.querySelector(`figure[data-role=${kind}]`), kind),
    );
    root.querySelector("[name=log]").addEventListener("change", ({ target }) => {
      player.log = target.checked;
      player.redraw();
    });
  }

  draw() {
    for (const chart of this.charts) chart.draw();
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
    this.left = CHART_MARGIN.left; // more where the numbers on the axis need it
    scrubOn(this, player, (share) => share * this.lastEpoch);
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
      left: this.left,
      top: CHART_MARGIN.top,
      width: Math.max(1, width - this.left - CHART_MARGIN.right),
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
    return top + height * (1 - clamp(fraction(value, this.range), -0.02, 1.02));
  }

  draw() {
    const { sheet, player } = this;
    if (!sheet.width) return;
    const { palette, movie } = player;
    const pen = sheet.begin();
    const key = [
      sheet.width,
      sheet.height,
      this.canvas.width,
      palette.key,
      movie.version,
      this.logarithmic,
    ].join();
    if (this.drawn !== key) this.drawBackdrop(key);
    pen.drawImage(this.backdrop, 0, 0, sheet.width, sheet.height);
    this.drawCursor(pen, player.epoch, palette.text, 1.5, this.edited);
    if (this.hover !== undefined) this.drawCursor(pen, this.hover, palette.muted, 1, {});
    this.describe();
  }

  drawBackdrop(key) {
    const { backdrop, canvas, sheet, player } = this;
    const { palette, movie } = player;
    this.drawn = key;
    this.range = rangeOf(
      this.series.map(({ values }) => values),
      this.kind,
      this.logarithmic,
    );
    backdrop.width = canvas.width;
    backdrop.height = canvas.height;
    const pen = backdrop.getContext("2d");
    pen.setTransform(canvas.width / sheet.width, 0, 0, canvas.height / sheet.height, 0, 0);
    const yMarks = verticalMarks(this.range, this.kind === "accuracy");
    this.left = Math.max(CHART_MARGIN.left, widest(pen, palette, yMarks) + 10);
    const { left, top, width, height } = this.plot;
    const xMarks = horizontalMarks(0, this.lastEpoch, width);
    drawAxes(pen, palette, this.plot, {
      xMarks,
      yMarks,
      title: "epoch",
      toX: (epoch) => this.toX(epoch),
      toY: (value) => this.toY(value),
    });
    pen.beginPath();
    pen.rect(left, top - 2, width + CHART_MARGIN.right, height + 4);
    pen.clip();
    if (this.kind === "accuracy") this.drawChance(pen);
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

  // The share of the most common class among the training points, below which nothing has been
  // learned.
  drawChance(pen) {
    const { palette, chance } = this.player;
    const { left, width, top, height } = this.plot;
    if (!(chance.train >= this.range.low)) return;
    const y = this.toY(chance.train);
    pen.strokeStyle = pen.fillStyle = palette.muted;
    pen.lineWidth = 1;
    pen.setLineDash([1, 3]);
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(left + width, y);
    pen.stroke();
    pen.setLineDash([]);
    pen.font = `11px ${palette.font}`;
    pen.textAlign = "right";
    const isLow = y > top + height - 16;
    pen.textBaseline = isLow ? "bottom" : "top";
    const words = `most common class ${percent(chance.train)}`;
    pen.fillText(words, left + width - 4, isLow ? y - 3 : y + 3);
  }

  // What the network edited by hand reaches, by split; nothing where it is the recorded one.
  get edited() {
    const { isEdited, scores } = this.player;
    return isEdited ? mapped(scores, (score) => score[this.kind]) : {};
  }

  // A line at an epoch, and on it a mark for each split: at its curve, or where `edited` puts it.
  drawCursor(pen, epoch, colour, thickness, edited) {
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
    for (const { split, values } of this.series) {
      const value = edited[split] ?? values[k];
      if (!Number.isFinite(value)) continue;
      pen.beginPath();
      pen.arc(x, this.toY(value), 3.6, 0, 2 * Math.PI);
      pen.fillStyle = palette.background;
      pen.fill();
      pen.strokeStyle = palette.run;
      pen.lineWidth = 2;
      pen.stroke();
    }
  }

  // The legend carries the values at the cursor, so nothing has to float above the curves.
  describe() {
    const { movie, epoch, isEdited } = this.player;
    const { series, edited } = this;
    put(this.legend, series.map(({ split }) => split).join(), () =>
      series.map(({ split }) => `<span>${lineSample(split)}${split} <b></b></span>`).join(""),
    );
    const at = this.hover ?? epoch;
    const k = nearest(movie.history.epoch, at);
    const text = this.kind === "accuracy" ? percent : number;
    const isHovered = this.hover !== undefined;
    series.forEach(({ split, values }, s) => {
      const value = (isHovered ? undefined : edited[split]) ?? values[k];
      put(this.legend.children[s].lastChild, text(value));
    });
    put(this.when, this.moment(movie.history.epoch[k]));
    const train = series.find(({ split }) => split === "train");
    const now = isEdited ? `, after your change ${text(edited.train)}` : "";
    if (train) {
      const way = `from ${text(train.values[0])} to ${text(train.values.at(-1))}`;
      this.canvas.setAttribute("aria-label", `${this.kind} by epoch: training ${way}${now}.`);
    }
  }

  // What the legend's values belong to; nothing where that goes without saying.
  moment(epoch) {
    const { isEdited } = this.player;
    if (this.hover === undefined) return isEdited ? "after your change" : "";
    return `at epoch ${epochText(epoch)}${isEdited ? ", before your change" : ""}`;
  }
}

function lineSample(split) {
  const dashes = DASHES[split].join(" ");
  const cap = split === "test" ? "round" : "butt";
  const stroke = `stroke-dasharray="${dashes}" stroke-linecap="${cap}"`;
  return `<svg class="sample" viewBox="0 0 20 6"><path d="M1 3h18" ${stroke} /></svg>`;
}
