// The picture: a field over the plane, the line where it turns, the points, the axes, and the
// sample being probed.

import { ACTIVATIONS } from "./activations.js";
import { Raster, Sheet } from "./canvas.js";
import { margins, probabilities, regions } from "./classes.js";
import { contour } from "./contour.js";
import { colourLogit, colourRegions, colourShare, colourSigned, span } from "./field.js";
import { clamp, number, put, subscript, ticks, tickText, ZERO } from "./format.js";
import { Markers, markerIcon, markerRadius } from "./markers.js";
import { hex } from "./palette.js";

const CROSS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];
const PLANE_MARGIN = { left: 38, right: 8, top: 8, bottom: 36 };

export class Boundary {
  constructor(player, root) {
    this.player = player;
    this.sheet = new Sheet(root.querySelector("[data-role=boundary]"), () => player.redraw());
    this.canvas = this.sheet.canvas;
    this.raster = new Raster();
    this.markers = new Markers();
    this.words = Object.fromEntries(
      ["shown", "flat", "low", "high", "gradient", "quantity", "marks", "tip", "held-out"].map(
        (role) => [role, root.querySelector(`[data-role=${role}]`)],
      ),
    );
    for (const name of ["discrete", "heldOut"]) {
      root.querySelector(`[name=${name}]`).addEventListener("change", (event) => {
        player[name] = event.target.checked;
        player.redraw();
      });
    }
  }

  get plot() {
    const { width, height } = this.sheet;
    return {
      left: PLANE_MARGIN.left,
      top: PLANE_MARGIN.top,
      width: Math.max(1, width - PLANE_MARGIN.left - PLANE_MARGIN.right),
      height: Math.max(1, height - PLANE_MARGIN.top - PLANE_MARGIN.bottom),
    };
  }

  toPixel(x1, x2) {
    const { left, top, width, height } = this.plot;
    const [from1, to1, from2, to2] = this.player.movie.view;
    return [
      left + (width * (x1 - from1)) / (to1 - from1),
      top + (height * (to2 - x2)) / (to2 - from2),
    ];
  }

  // The point of the plane under a pixel, kept inside the view.
  toPlane(x, y) {
    const { left, top, width, height } = this.plot;
    const [from1, to1, from2, to2] = this.player.movie.view;
    return {
      x1: from1 + (to1 - from1) * clamp((x - left) / width, 0, 1),
      x2: to2 - (to2 - from2) * clamp((y - top) / height, 0, 1),
    };
  }

  contains(x, y) {
    const { left, top, width, height } = this.plot;
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  draw() {
    if (!this.sheet.width) return;
    const pen = this.sheet.begin();
    const { palette } = this.player;
    this.drawField(pen);
    this.drawPoints(pen);
    this.drawProbe(pen);
    this.drawAxes(pen, palette);
    this.describe();
  }

  // What the output says, or the map of the neuron pointed at; the line is where that turns.
  drawField(pen) {
    const { palette } = this.player;
    const { left, top, width, height } = this.plot;
    const { l, j } = this.player.shown;
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
    if (j === null) this.drawRegions(pen);
    else this.drawNeuron(pen, l, j);
    pen.restore();
    pen.strokeStyle = palette.faint;
    pen.lineWidth = 1;
    pen.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  }

  drawNeuron(pen, l, j) {
    const { network, palette, discrete, large } = this.player;
    const { side } = large;
    const isClass = l === network.depth && !network.isBinary;
    const values = isClass ? probabilities(large, j) : large.layers[l][j];
    const turning = isClass ? margins(large, j) : this.turning(values, l);
    const { line, region } = this.contour(turning, side);
    this.limit = l === network.depth ? 1 : span(network, l, values);
    if (discrete) {
      this.fillPlane(pen, isClass ? hex(palette.classScale(j)[0]) : palette.colour(0.14));
      pen.fillStyle = isClass ? hex(palette.classScale(j)[220]) : palette.colour(0.86);
      pen.fill(region);
    } else {
      const { pixels } = this.raster.resize(side, side);
      if (isClass) colourShare(values, side, palette.classScale(j), pixels, 0, side);
      else if (l === network.depth) colourLogit(values, side, palette.scale, pixels, 0, side);
      else colourSigned(values, side, palette.scale, this.limit, pixels, 0, side);
      this.drawRaster(pen, side);
    }
    this.drawLine(pen, line);
  }

  // Several classes: the one that is named everywhere, and the borders between them.
  drawRegions(pen) {
    const { network, palette, discrete, large } = this.player;
    const { side } = large;
    const labels = network.labels;
    const borders = labels.map((label) => this.contour(margins(large, label), side));
    if (discrete) {
      borders.forEach(({ region }, label) => {
        pen.fillStyle = hex(palette.classScale(label)[200]);
        pen.fill(region);
      });
    } else {
      const scales = labels.map((label) => palette.regionScale(label, labels.length));
      const { pixels } = this.raster.resize(side, side);
      colourRegions(regions(large), side, scales, pixels);
      this.drawRaster(pen, side);
    }
    for (const { line } of borders) this.drawLine(pen, line);
  }

  contour(values, side) {
    const { left, top, width, height } = this.plot;
    return contour(values, side, (column, row) => [
      left + (width * column) / (side - 1),
      top + (height * row) / (side - 1),
    ]);
  }

  fillPlane(pen, colour) {
    const { left, top, width, height } = this.plot;
    pen.fillStyle = colour;
    pen.fillRect(left, top, width, height);
  }

  drawRaster(pen, side) {
    const { left, top, width, height } = this.plot;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.raster.flush(), 0.5, 0.5, side - 1, side - 1, left, top, width, height);
  }

  drawLine(pen, line) {
    const { palette } = this.player;
    pen.lineCap = "round";
    pen.strokeStyle = palette.halo;
    pen.globalAlpha = 0.55;
    pen.lineWidth = 4;
    pen.stroke(line);
    pen.globalAlpha = 1;
    pen.strokeStyle = palette.text;
    pen.lineWidth = 1.75;
    pen.stroke(line);
  }

  // Activations that say where z changes sign: a sigmoid is one half there, a ReLU leaves zero.
  turning(values, l) {
    const { network } = this.player;
    if (l === 0 || l === network.depth) return values;
    const { turn } = ACTIVATIONS[network.activations[l]];
    if (turn) return values.map((value) => value - turn);
    return values.map((value) => (Math.abs(value) < ZERO ? 0 : value));
  }

  drawPoints(pen) {
    const { player } = this;
    const radius = this.radius;
    const sets = [["train", true]];
    if (player.heldOut) sets.unshift(["test", false], ["dev", false]);
    for (const [split, solid] of sets) {
      (player.points[split] ?? []).forEach(({ x1, x2, label }) => {
        const [x, y] = this.toPixel(x1, x2);
        this.markers.stamp(pen, x, y, label, solid, radius, player.palette);
      });
    }
    pen.strokeStyle = player.palette.text;
    pen.lineWidth = 1.6;
    for (const { x1, x2 } of player.wrong) {
      const [x, y] = this.toPixel(x1, x2);
      pen.beginPath();
      pen.arc(x, y, radius + 3.6, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  get radius() {
    return markerRadius(this.player.editablePoints.length, this.sheet.width);
  }

  drawProbe(pen) {
    const { probe, palette } = this.player;
    const [x, y] = this.toPixel(probe.x1, probe.x2);
    for (const [style, width] of [
      [palette.halo, 4],
      [palette.text, 1.6],
    ]) {
      pen.strokeStyle = style;
      pen.lineWidth = width;
      pen.beginPath();
      for (const [dx, dy] of CROSS) {
        const reach = this.radius + 4;
        pen.moveTo(x + reach * dx, y + reach * dy);
        pen.lineTo(x + (reach + 6) * dx, y + (reach + 6) * dy);
      }
      pen.stroke();
    }
  }

  drawAxes(pen, palette) {
    const { left, top, width, height } = this.plot;
    const { view, labels } = this.player.movie;
    pen.font = `12px ${palette.font}`;
    pen.fillStyle = palette.muted;
    pen.strokeStyle = palette.muted;
    pen.lineWidth = 1;
    const wanted = width < 260 ? 3 : 5;
    const x1 = ticks(view[0], view[1], wanted);
    const x2 = ticks(view[2], view[3], wanted);
    pen.beginPath();
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const value of x1.values) {
      const x = Math.round(this.toPixel(value, 0)[0]) + 0.5;
      pen.moveTo(x, top + height + 1);
      pen.lineTo(x, top + height + 5);
      const inside = clamp(x, left + 6, left + width - 8);
      pen.fillText(tickText(value, x1.step), inside, top + height + 7);
    }
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const value of x2.values) {
      const y = Math.round(this.toPixel(0, value)[1]) + 0.5;
      pen.moveTo(left - 1, y);
      pen.lineTo(left - 5, y);
      pen.fillText(tickText(value, x2.step), left - 8, clamp(y, top + 6, top + height - 6));
    }
    pen.stroke();
    pen.fillStyle = palette.text;
    pen.font = `500 13px ${palette.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.fillText(labels[0], left + width / 2, top + height + PLANE_MARGIN.bottom);
    pen.save();
    pen.translate(12, top + height / 2);
    const isLong = labels[1].length > 2;
    const besideTick = !isLong && x2.values.length % 2; // which would stand in the middle as well
    if (isLong) pen.rotate(-Math.PI / 2);
    else pen.translate(-5, 0);
    pen.textBaseline = "middle";
    pen.fillText(labels[1], 0, besideTick ? 18 : 0);
    pen.restore();
  }

  // Titles and legends in words; the document is touched only where something changed.
  describe() {
    const { player, words } = this;
    const { network } = player;
    const { l, j } = player.shown;
    const output = l === network.depth;
    const title = this.title(l, j);
    put(words.shown, title);
    put(words.flat, network.isBinary ? "Two colours" : "Flat colours");
    words.gradient.parentElement.hidden = j === null; // a legend names the classes instead
    const nonnegative = ACTIVATIONS[network.activations[l]]?.low >= 0;
    if (j !== null) {
      put(words.low, output || nonnegative ? "0" : number(-this.limit));
      put(words.high, number(this.limit));
      put(words.quantity, this.quantity(l, j));
      const gradient = this.gradient(l, j, nonnegative);
      if (words.gradient.style.background !== gradient) words.gradient.style.background = gradient;
    }
    const held = Boolean(player.points.dev?.length || player.points.test?.length);
    words["held-out"].hidden = !held;
    const kind = [network.labels.length, player.heldOut && held, player.palette.key].join();
    put(words.marks, kind, () => marks(player, held));
    const edits = ", Enter adds a point, Delete removes the nearest";
    const keys = `Arrow keys move the probe${player.options.editable ? edits : ""}`;
    this.canvas.setAttribute("aria-label", `${title}. ${keys}.`);
  }

  title(l, j) {
    const { network } = this.player;
    if (j === null) return "Decision regions";
    return l === network.depth && network.isBinary ? "Decision boundary" : network.neuronName(l, j);
  }

  quantity(l, j) {
    const { network } = this.player;
    if (l === 0) return network.features[j].label;
    if (l < network.depth) return `a${subscript(j + 1)}`;
    return `p(y = ${network.isBinary ? 1 : j})`;
  }

  gradient(l, j, nonnegative) {
    const { network, palette } = this.player;
    if (l === network.depth && !network.isBinary) return palette.classGradient(j);
    return palette.gradient(nonnegative ? 0.5 : 0);
  }

  showProbability(x, y, { x1, x2 }) {
    const { player } = this;
    const { label, p } = player.network.predict(player.theta, x1, x2);
    const [first, second] = player.movie.labels;
    const sample = `${first} = ${number(x1)}   ${second} = ${number(x2)}`;
    this.showTip(x, y, `${sample}\np(y = ${label}) = ${number(p)}`);
  }

  showTip(x, y, text) {
    const { tip } = this.words;
    tip.hidden = false;
    tip.textContent = text;
    const flip = x > this.sheet.width - 150;
    const left = flip ? x - 12 : x + 14;
    const top = clamp(y - 48, 2, this.sheet.height - 50);
    tip.style.transform = `translate(${left}px, ${top}px) translateX(${flip ? -100 : 0}%)`;
  }

  hideTip() {
    this.words.tip.hidden = true;
  }
}

function marks(player, held) {
  const entries = player.network.labels.map((label) => {
    const icon = markerIcon(label, player.palette.class(label));
    return `${icon}class ${label}`;
  });
  entries.push('<i class="dot ring"></i>misclassified');
  if (player.heldOut && held) entries.push('<i class="dot hollow"></i>held out');
  return entries.map((entry) => `<span>${entry}</span>`).join("");
}
