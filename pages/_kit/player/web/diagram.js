// The diagram: a thumbnail per neuron of what it computes over the plane, an edge per weight, a
// chip per bias.

import { ACTIVATIONS } from "./activations.js";
import { Builder } from "./builder.js";
import { Raster, Sheet } from "./canvas.js";
import { probabilities } from "./classes.js";
import { Edge, EdgeLayer, isSparse } from "./edges.js";
import { colourLogit, colourShare, colourSigned, span } from "./field.js";
import { brief, number, subscript, superscript, ZERO } from "./format.js";
import { largest } from "./network.js";

const NEIGHBOURS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LABEL_SPOTS = [0.5, 0.42, 0.34, 0.28, 0.58, 0.66, 0.72]; // along an edge, the best first

export class Diagram {
  constructor(player, root) {
    this.player = player;
    this.box = root.querySelector("[data-role=diagram]");
    this.sheet = new Sheet(this.box.querySelector("canvas"), () => {
      this.place();
      player.redraw();
    });
    this.raster = new Raster();
    this.edgeLayer = new EdgeLayer();
    this.neurons = root.querySelector("[data-role=neurons]");
    this.architecture = root.querySelector("[data-role=architecture]");
    this.weights = root.querySelector("[data-role=weights]");
    this.builder = new Builder(player, root);
    this.listen();
  }

  load() {
    const { network, movie } = this.player;
    const most = movie.thetas.reduce((sofar, theta) => Math.max(sofar, largest(theta)), 0);
    this.largest = most < ZERO ? 1 : most;
    const names = network.activations.slice(1).map((name) => ACTIVATIONS[name].word);
    const shown = new Set(names).size === 1 ? names[0] : names.join("-");
    this.architecture.textContent = network.sizes.join("-") + (shown && `, ${shown}`);
    const tallest = Math.max(...network.sizes);
    this.box.style.setProperty("--rows", tallest);
    this.box.parentElement.style.setProperty("--formula", tallest > 4 ? "178px" : "138px");
    this.box.closest(".player").classList.toggle("deep", network.sizes.length > 5);
    this.makeButtons();
    this.builder.load();
    this.place();
  }

  // One real button a neuron, so that it can be tabbed to, pressed and named.
  makeButtons() {
    const { network } = this.player;
    this.buttons = [];
    this.neurons.replaceChildren();
    network.sizes.forEach((size, l) => {
      const layer = [];
      for (let j = 0; j < size; j++) {
        const button = document.createElement("button");
        button.type = "button";
        button.tabIndex = l === network.depth ? 0 : -1;
        Object.assign(button.dataset, { l, j });
        layer.push(button);
        this.neurons.append(button);
      }
      this.buttons.push(layer);
    });
  }

  // Where everything stands, from the size of the box alone.
  place() {
    const { network } = this.player;
    const { width, height } = this.sheet;
    if (!network || !width) return;
    const { sizes } = network;
    const gap = width / sizes.length;
    const head = 24;
    const beside = gap > 104; // room for the inputs' names on their left
    this.chipFont = chipFont(gap);
    this.chipHeight = this.chipFont + 5;
    const below = (l) => (l === 0 && beside ? 0 : this.chipHeight + 3);
    const pitches = sizes.map((size) => Math.min((height - head) / size, 130));
    const side = Math.max(
      12,
      Math.min(72, gap * 0.5, ...pitches.map((pitch, l) => pitch - below(l) - 6)),
    );
    const left = beside ? side / 2 + 54 : Math.min(gap / 2, side / 2 + 20);
    const right = Math.min(gap / 2, side / 2 + 28);
    this.columns = sizes.map((size, l) => {
      const x = left + ((width - left - right) * l) / (sizes.length - 1);
      const middle = head + (height - head - below(l)) / 2;
      return Array.from({ length: size }, (_, j) => ({
        x,
        y: middle + (j - (size - 1) / 2) * pitches[l],
      }));
    });
    this.geometry = { side, gap, beside };
    const straight = !isSparse(sizes);
    this.strips = this.columns.slice(1).map((column, k) =>
      column.flatMap((to, j) =>
        this.columns[k].map((from, i) => {
          const index = network.weightIndex(k + 1, j, i);
          return new Edge({ l: k + 1, j, i, index, from, to, half: side / 2, straight });
        }),
      ),
    );
    for (const strip of this.strips) {
      const t = this.labelSpot(strip);
      for (const edge of strip) edge.label = t === null ? null : edge.at(t);
    }
    this.edges = this.strips.flat();
    this.placeButtons();
  }

  placeButtons() {
    const { side } = this.geometry;
    this.columns.forEach((column, l) => {
      column.forEach(({ x, y }, j) => {
        Object.assign(this.buttons[l][j].style, {
          left: `${x - side / 2}px`,
          top: `${y - side / 2}px`,
          width: `${side}px`,
          height: `${side}px`,
        });
      });
    });
  }

  // How far along the edges of a layer their numbers can stand without touching; null if nowhere.
  labelSpot(strip) {
    const { gap, side } = this.geometry;
    if (gap - Math.max(side, 60) < 52 || strip.length > 40) return null;
    let best = { room: 15, t: null };
    const margin = 28 / (gap - side); // half a number's width
    for (const t of LABEL_SPOTS) {
      if (Math.min(t, 1 - t) < margin) continue;
      const heights = strip.map((edge) => edge.at(t)[1]).sort((a, b) => a - b);
      const room = Math.min(40, ...heights.slice(1).map((y, k) => y - heights[k]));
      if (room > best.room + 1) best = { room, t };
    }
    return best.t;
  }

  draw() {
    if (!this.sheet.width || !this.columns) return;
    const pen = this.sheet.begin();
    this.targets = []; // rectangles that can be clicked, in front of the edges
    this.drawHeads(pen);
    this.drawEdges(pen);
    this.drawThumbnails(pen);
    this.drawNumbers(pen);
    this.describe();
  }

  drawHeads(pen) {
    const { palette } = this.player;
    pen.font = `12px ${palette.font}`;
    pen.fillStyle = palette.muted;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const widths = this.columns.map(([{ x }], l) => {
      pen.fillText(this.head(l), x, 3);
      return [x, pen.measureText(this.head(l)).width];
    });
    this.builder.place(widths.slice(1, -1), this.geometry.gap);
  }

  // What stands above a layer's neurons, shorter where there is little room.
  head(l) {
    const roomy = this.geometry.gap > (this.builder.pairs.length ? 108 : 64);
    if (l === 0) return roomy ? "inputs" : "in";
    if (l === this.player.network.depth) {
      if (!this.player.network.isBinary) return roomy ? "classes" : "y";
      return roomy ? "output" : "out";
    }
    return roomy ? `hidden ${l}` : String(l);
  }

  drawEdges(pen) {
    const { player, sheet } = this;
    this.edgeLayer.draw(this.strips, sheet, player, this.largest);
    const { focus, palette } = player;
    const lit = focus?.i === undefined ? null : this.edges.find((edge) => edge.touches(focus));
    if (!lit) return;
    const path = new Path2D();
    lit.trace(path);
    pen.lineWidth = 1;
    pen.strokeStyle = palette.text;
    pen.stroke(path);
  }

  drawThumbnails(pen) {
    const { palette, small, focus, pinned } = this.player;
    const { side } = this.geometry;
    const cell = small.side;
    const atlas = this.atlas();
    let start = 0;
    pen.imageSmoothingQuality = "medium";
    this.columns.forEach((column, l) => {
      column.forEach((middle, j) => {
        const [x, y] = [middle.x - side / 2, middle.y - side / 2];
        const box = new Path2D();
        box.roundRect(x, y, side, side, side > 30 ? 8 : 3);
        pen.save();
        pen.clip(box);
        pen.drawImage(atlas, start + 0.5, 0.5, cell - 1, cell - 1, x, y, side, side);
        pen.restore();
        const marked = same({ l, j }, focus) || same({ l, j }, pinned);
        pen.strokeStyle = marked ? palette.text : palette.muted;
        pen.lineWidth = marked ? 2.5 : 1;
        pen.stroke(box);
        start += cell;
      });
    });
  }

  // All neurons' fields side by side in one picture, from the inputs to the output.
  atlas() {
    const { network, palette, small } = this.player;
    const cell = small.side;
    const width = cell * network.sizes.reduce((sum, size) => sum + size, 0);
    const { pixels } = this.raster.resize(width, cell);
    let start = 0;
    small.layers.forEach((layer, l) => {
      layer.forEach((values, j) => {
        if (l < network.depth) {
          const limit = span(network, l, values);
          colourSigned(values, cell, palette.scale, limit, pixels, start, width);
        } else if (network.isBinary) {
          colourLogit(values, cell, palette.scale, pixels, start, width);
        } else {
          const p = probabilities(small, j);
          colourShare(p, cell, palette.classScale(j), pixels, start, width);
        }
        start += cell;
      });
    });
    return this.raster.flush();
  }

  // The weights' numbers where there is room for them, and every bias: the output's too.
  drawNumbers(pen) {
    const { network, palette, theta } = this.player;
    const { side, gap } = this.geometry;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `11.5px ${palette.font}`;
    for (const { index, label } of this.edges) {
      if (label) this.chip(pen, number(theta[index]), ...label, index, false);
    }
    const roomy = gap > 76;
    this.columns.forEach((column, l) => {
      column.forEach(({ x, y }, j) => {
        const below = y + side / 2 + this.chipHeight / 2 + 3;
        if (l === 0) {
          this.drawInputName(pen, network.features[j].label, x, y, below);
          return;
        }
        const index = network.biasIndex(l, j);
        const text = roomy ? `b ${number(theta[index])}` : brief(theta[index]);
        pen.textAlign = "center";
        pen.font = `${this.chipFont}px ${palette.font}`;
        this.chip(pen, text, x, below, index, true);
      });
    });
  }

  drawInputName(pen, label, x, y, below) {
    const { palette } = this.player;
    const { side, beside } = this.geometry;
    pen.fillStyle = palette.text;
    pen.textAlign = beside ? "right" : "center";
    pen.font = `500 ${beside ? 13 : Math.max(9, this.chipFont)}px ${palette.font}`;
    if (beside) pen.fillText(label, x - side / 2 - 7, y);
    else pen.fillText(label, x, below);
  }

  chip(pen, text, x, y, index, framed) {
    const { palette, theta, edit } = this.player;
    const height = framed ? this.chipHeight : 16;
    const width = pen.measureText(text).width + (this.chipFont > 9 ? 10 : 4);
    const changed = edit?.frame === this.player.frame && edit.changed.has(index);
    pen.fillStyle = palette.background;
    pen.globalAlpha = 0.92;
    pen.beginPath();
    pen.roundRect(x - width / 2, y - height / 2, width, height, height / 2);
    pen.fill();
    pen.globalAlpha = 1;
    if (framed || changed) {
      pen.strokeStyle = changed ? palette.text : palette.faint;
      pen.lineWidth = changed ? 1.5 : 1;
      pen.stroke();
    }
    pen.fillStyle = palette.signInk(theta[index]);
    pen.fillText(text, x, y + 0.5);
    this.targets.push({ index, x, y, width: Math.max(width, 24), height: Math.max(height, 20) });
  }

  describe() {
    const { network, theta, playing } = this.player;
    let [low, high] = [Infinity, -Infinity];
    for (const { index } of this.edges) {
      low = Math.min(low, theta[index]);
      high = Math.max(high, theta[index]);
    }
    const text = `weights ${number(low)} to ${number(high)}`;
    if (this.weights.textContent !== text) this.weights.textContent = text;
    if (playing) return;
    this.buttons.forEach((layer, l) => {
      layer.forEach((button, j) => {
        const bias = l ? `, bias ${number(theta[network.biasIndex(l, j)])}` : "";
        button.setAttribute("aria-label", `${network.neuronName(l, j)}${bias}`);
        button.setAttribute("aria-pressed", String(same({ l, j }, this.player.pinned)));
      });
    });
  }

  parameterName(index) {
    const { l, j, i } = this.player.network.locate(index);
    const layer = this.player.network.depth > 1 ? `⁽${superscript(l)}⁾` : "";
    if (i === null) return `b${subscript(j + 1)}${layer}`;
    const comma = i > 8 || j > 8 ? "," : "";
    return `w${subscript(j + 1)}${comma}${subscript(i + 1)}${layer}`;
  }

  // What lies under a pixel: a number that can be edited, an edge, or nothing.
  hit(x, y) {
    const target = this.targets?.find(
      (t) => Math.abs(x - t.x) <= t.width / 2 && Math.abs(y - t.y) <= t.height / 2,
    );
    if (target) return { index: target.index };
    let best = { distance: 7, edge: null };
    for (const edge of this.edges ?? []) {
      const distance = edge.distance(x, y);
      if (distance < best.distance) best = { distance, edge };
    }
    return best.edge && { index: best.edge.index, edge: best.edge };
  }

  // A place for the editor of a parameter: by its number, its edge, or its neuron.
  spot(index) {
    const target = this.targets.find((t) => t.index === index);
    if (target) return [target.x, target.y];
    return this.edges.find((edge) => edge.index === index).at(0.5);
  }

  listen() {
    const { player, sheet } = this;
    const at = ({ clientX, clientY }) => {
      const { left, top } = sheet.canvas.getBoundingClientRect();
      return [clientX - left, clientY - top];
    };
    sheet.canvas.addEventListener("pointermove", (event) => {
      const found = this.hit(...at(event));
      sheet.canvas.style.cursor = found ? "pointer" : "";
      player.point(found ? asFocus(player.network.locate(found.index)) : null);
    });
    sheet.canvas.addEventListener("pointerleave", () => player.point(null));
    sheet.canvas.addEventListener("click", (event) => {
      const found = this.hit(...at(event));
      if (!found) return player.pin(null);
      player.pin(asFocus(player.network.locate(found.index)));
      player.editor.open(found.index, found.edge ? at(event) : this.spot(found.index));
    });
    const neuron = (event) => {
      const { l, j } = event.target.dataset;
      return l === undefined ? null : { l: Number(l), j: Number(j) };
    };
    this.neurons.addEventListener("pointerover", (event) => player.point(neuron(event)));
    this.neurons.addEventListener("pointerout", () => player.point(null));
    this.neurons.addEventListener("focusin", (event) =>
      player.point(event.target.matches(":focus-visible") ? neuron(event) : null),
    );
    this.neurons.addEventListener("focusout", () => player.point(null));
    this.neurons.addEventListener("click", (event) => {
      const chosen = neuron(event);
      if (chosen) player.pin(same(chosen, player.pinned) ? null : chosen);
    });
    this.neurons.addEventListener("keydown", (event) => {
      const here = neuron(event);
      const move = NEIGHBOURS[event.key];
      if (!here || !move) return;
      event.preventDefault();
      event.stopPropagation();
      const layer = this.buttons[here.l + move[0]] ?? this.buttons[here.l];
      const next = layer[Math.min(layer.length - 1, Math.max(0, here.j + move[1]))];
      for (const button of this.buttons.flat()) button.tabIndex = button === next ? 0 : -1;
      next.focus();
    });
  }
}

// What still fits below a neuron, `gap` being the pixels from one layer to the next.
function chipFont(gap) {
  if (gap > 66) return 11.5;
  return gap > 40 ? 10 : 8.5;
}

// A parameter as something to look at: a bias is its neuron, a weight its edge.
export function asFocus({ l, j, i }) {
  return i === null ? { l, j } : { l, j, i };
}

export function same(a, b) {
  return Boolean(a && b) && a.l === b.l && a.j === b.j && a.i === b.i;
}
