// The step on a mini-batch: lines as for small networks, matrices as pictures, sums by their ends.

import { listing } from "../../../_kit/matrices/web/listing.js";
import { cell, notated, title } from "../../../_kit/matrices/web/notation.js";
import { sum } from "../../../_kit/matrices/web/sum.js";
import { Walk } from "../../../_kit/matrices/web/walk.js";
import { put, size } from "../../../_kit/player/web/format.js";
import { hex, Palette } from "../../../_kit/player/web/palette.js";
import { unseal } from "../../../_kit/player/web/wire.js";
import { layout } from "./picture.js";

const REST = 300; // milliseconds
const WAYS = { ArrowRight: "step", ArrowLeft: "back", Home: "start", End: "end" };
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

class Digits {
  constructor(root) {
    this.element = root.querySelector(".digits");
    this.element.digits = this; // for tests
    this.walk = new Walk();
    for (const name of ["where", "listing", "line", "pictures", "sum", "live"])
      this[name] = root.querySelector(`[data-role=${name}]`);
    this.element.addEventListener("click", (event) => this.press(event));
    this.element.addEventListener("keydown", (event) => this.type(event));
  }

  receive({ data, setTriggerValue }) {
    this.report = (said) => setTriggerValue("pressed", said);
    const { header, array } = unseal(data);
    this.header = header;
    this.array = array;
    this.palette = new Palette(this.element);
    this.walk.load(header.lines);
    this.cursor = null;
    this.paint();
    this.element.dataset.chosen = header.chosen.join();
  }

  press({ target, offsetX, offsetY }) {
    const go = target.closest("[data-go]");
    if (go) this.to(this.walk.target(go.dataset.go));
    const line = target.closest("[data-line]");
    if (line) this.to(Number(line.dataset.line));
    const factor = target.closest(".factor[data-key], .inline[data-key]");
    if (factor) this.ask(factor.dataset.key, +factor.dataset.row, +factor.dataset.column);
    if (!target.matches("canvas")) return;
    const { key } = target.dataset;
    const ratio = this.layouts[key].width / target.clientWidth;
    const place = this.layouts[key].at(offsetX * ratio, offsetY * ratio);
    if (place) this.ask(key, ...place);
  }

  // The server adds up: it has all the numbers. The line that makes the cell is shown.
  ask(key, row, column) {
    const maker = this.walk.maker(key);
    if (maker >= 0) this.walk.at = maker;
    this.report({ key, row, column });
  }

  to(at) {
    this.walk.at = at;
    this.cursor = null;
    this.paint();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), REST);
  }

  // Where one comes to rest, the line's own cell is unfolded: that of the same unit and digit.
  rest() {
    const key = this.walk.line.result;
    if (key === this.header.chosen[0]) return;
    const [rows, columns] = this.header.pictures[key].cells.shape;
    const [, row, column] = this.header.chosen;
    this.report({ key, row: Math.min(row, rows - 1), column: Math.min(column, columns - 1) });
  }

  dispose() {
    clearTimeout(this.resting);
  }

  type(event) {
    const { target, key } = event;
    if (target.matches("canvas")) this.move(event);
    else if (WAYS[key]) {
      event.preventDefault();
      this.to(this.walk.target(WAYS[key]));
    }
  }

  move(event) {
    const { key, target } = event;
    const [rows, columns] = this.header.pictures[target.dataset.key].cells.shape;
    const [row, column] = this.cursor ?? [0, 0];
    const by = STEPS[key];
    if (by) {
      const clamped = (value, count) => Math.min(count - 1, Math.max(0, value));
      this.cursor = [clamped(row + by[0], rows), clamped(column + by[1], columns)];
      this.draw(target, this.cursor);
      put(this.live, cell(target.dataset.key, ...this.cursor));
    } else if (key === "Enter" || key === " ") this.ask(target.dataset.key, row, column);
    else return;
    event.preventDefault();
  }

  paint() {
    const start = performance.now();
    const { line, lines, at } = this.walk;
    put(this.where, `${at + 1} of ${lines.length}`);
    if (this.listed !== this.header.version) {
      this.listed = this.header.version;
      this.listing.innerHTML = listing(lines, new Set());
    }
    this.listing.querySelectorAll("[data-line]").forEach((button, k) => {
      button.parentElement.classList.toggle("now", k === at);
      button.tabIndex = k === at ? 0 : -1;
    });
    this.line.innerHTML = `<strong>${notated(line.notes)}</strong> <span>${line.meaning}</span>`;
    this.paintPictures(line);
    this.sum.innerHTML = this.unfolded();
    put(this.live, line.notes);
    Object.assign(this.element.dataset, {
      shown: line.result,
      paint: (performance.now() - start).toFixed(1),
    });
  }

  paintPictures({ operands, result }) {
    const keys = [...new Set([...operands, result])].filter((key) => this.header.pictures[key]);
    this.layouts = {};
    const figures = keys.map((key) => {
      const { bound, cells } = this.header.pictures[key];
      const found = layout(cells.shape);
      this.layouts[key] = found;
      const shape = cells.shape.join(", ");
      const words = `${title(key)}, ${cells.shape.join(" by ")}, from −${size(bound)} to ${size(bound)}`;
      return `<figure class="${key === result ? "result" : ""}"><figcaption>${notated(title(key))}
        <span class="shape">(${shape})</span></figcaption>
        <canvas data-key="${key}" width="${found.width}" height="${found.height}" tabindex="0"
        role="img" aria-label="${words}; arrow keys choose a cell, Enter unfolds it"></canvas>
        <div class="hint">${found.kind}; colours end at ±${size(bound)}</div></figure>`;
    });
    this.pictures.innerHTML = figures.join("");
    const [key, row, column] = this.header.chosen;
    for (const canvas of this.pictures.querySelectorAll("canvas"))
      this.draw(canvas, canvas.dataset.key === key ? [row, column] : null);
  }

  draw(canvas, marked) {
    const { key } = canvas.dataset;
    const { cells } = this.header.pictures[key];
    const [rows, columns] = cells.shape;
    const values = this.array(cells);
    const pen = canvas.getContext("2d");
    const { box } = this.layouts[key];
    pen.clearRect(0, 0, canvas.width, canvas.height);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        pen.fillStyle = this.colour(values[row * columns + column]);
        pen.fillRect(...box(row, column));
      }
    if (!marked) return;
    const [x, y, width, height] = box(...marked);
    pen.strokeStyle = this.palette.text;
    pen.lineWidth = 2;
    pen.strokeRect(x - 1, y - 1, width + 2, height + 2);
  }

  colour(level) {
    this.colours ??= new Map();
    const place = `${this.palette.key} ${level}`;
    if (!this.colours.has(place)) this.colours.set(place, hex(this.palette.scale[level]));
    return this.colours.get(place);
  }

  unfolded() {
    const [key, row, column] = this.header.chosen;
    const { sum: told, value } = this.header;
    const reader = {
      key: ([k]) => told.values[k].key,
      value: ([k]) => told.values[k].value,
      number: () => value,
      unfolded: () => told?.found,
    };
    return sum(reader, key, row, column);
  }
}

export default function (component) {
  const root = component.parentElement;
  const shown = root.querySelector(".digits").digits ?? new Digits(root);
  shown.receive(component);
  return () => shown.dispose();
}
