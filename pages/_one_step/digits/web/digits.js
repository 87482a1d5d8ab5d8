// The step on a mini-batch: lines as for small networks, matrices as pictures, sums by their ends.

import { listing } from "../../../_kit/matrices/web/listing.js";
import { cell, notated, title } from "../../../_kit/matrices/web/notation.js";
import { Pace } from "../../../_kit/matrices/web/pace.js";
import { Place, placeOf } from "../../../_kit/matrices/web/place.js";
import { sum } from "../../../_kit/matrices/web/sum.js";
import { Walk } from "../../../_kit/matrices/web/walk.js";
import { WAYS } from "../../../_kit/matrices/web/ways.js";
import { clamp, put, size } from "../../../_kit/player/web/format.js";
import { Palette } from "../../../_kit/player/web/palette.js";
import { unseal } from "../../../_kit/player/web/wire.js";
import { Numbers } from "./numbers.js";
import { layout, painted } from "./picture.js";
import { largest, unfold } from "./unfold.js";

const PACE = 1100; // milliseconds a line while it plays
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

class Digits {
  constructor(root) {
    this.element = root.querySelector(".digits");
    this.element.digits = this; // for tests
    this.walk = new Walk();
    this.place = new Place("cell");
    for (const name of ["where", "listing", "line", "pictures", "sum", "live"])
      this[name] = root.querySelector(`[data-role=${name}]`);
    this.pace = new Pace(root.querySelector("[data-go=play]"), PACE, {
      isAtEnd: () => this.walk.isAtEnd,
      restart: () => this.to(0),
      next: () => this.to(this.walk.target("step")),
    });
    this.element.addEventListener("click", (event) => this.press(event));
    this.element.addEventListener("keydown", (event) => this.type(event));
  }

  receive({ data }) {
    const { header, array } = unseal(data);
    if (header.version !== this.version) {
      this.version = header.version;
      this.told = header.told;
      this.numbers = new Numbers(header, array);
      this.walk.load(header.lines);
      this.listing.innerHTML = listing(this.walk.lines, new Set());
    }
    this.palette = new Palette(this.element);
    this.first = header.first;
    if (String(header.open) === this.opened) this.paint();
    else this.choose(...header.open);
    this.opened = String(header.open);
  }

  press({ target, offsetX, offsetY }) {
    const go = target.closest("[data-go]")?.dataset.go;
    if (go === "play") this.pace.toggle();
    else if (go) this.go(this.walk.target(go));
    const line = target.closest("[data-line]");
    if (line) this.go(Number(line.dataset.line));
    const factor = target.closest(".factor[data-key], .inline[data-key]");
    if (factor) this.choose(factor.dataset.key, +factor.dataset.row, +factor.dataset.column);
    if (!target.matches("canvas")) return;
    const { key } = target.dataset;
    const ratio = this.layouts[key].width / target.clientWidth;
    const place = this.layouts[key].at(offsetX * ratio, offsetY * ratio);
    if (place) this.choose(key, ...place);
  }

  // A cell, and the line that makes it.
  choose(key, row, column) {
    this.pace.stop();
    const maker = this.walk.maker(key);
    if (maker >= 0) this.walk.at = maker;
    this.chosen = [key, row, column];
    this.cursor = null;
    this.paint();
  }

  go(at) {
    this.pace.stop();
    this.to(at);
  }

  // To a line, whose own cell is unfolded: that of the same unit and digit.
  to(at) {
    this.walk.at = at;
    const key = this.walk.line.result;
    const [, row, column] = this.chosen;
    const [rows, columns] = this.numbers.shape(key);
    this.chosen = [key, Math.min(row, rows - 1), Math.min(column, columns - 1)];
    this.cursor = null;
    this.paint();
  }

  dispose() {
    this.place.forget();
    this.pace.stop();
  }

  type(event) {
    const { target, key } = event;
    if (target.matches("canvas")) this.move(event);
    else if (key === " " && !target.matches("button")) {
      event.preventDefault();
      this.pace.toggle();
    } else if (WAYS[key]) {
      event.preventDefault();
      this.go(this.walk.target(WAYS[key]));
      if (target.matches("[data-line]")) this.listing.querySelector("[tabindex='0']").focus();
    }
  }

  move(event) {
    const { key, target } = event;
    const [rows, columns] = this.numbers.shape(target.dataset.key);
    const [row, column] = this.cursor ?? [0, 0];
    const by = STEPS[key];
    if (by) {
      this.cursor = [clamp(row + by[0], 0, rows - 1), clamp(column + by[1], 0, columns - 1)];
      this.draw(target, this.cursor);
      const value = this.numbers.at(target.dataset.key, ...this.cursor);
      put(this.live, `${cell(target.dataset.key, ...this.cursor)} is ${size(value)}`);
    } else if (key === "Enter" || key === " ") {
      this.choose(target.dataset.key, row, column);
      this.pictures.querySelector(`canvas[data-key="${this.chosen[0]}"]`)?.focus();
    } else return;
    event.preventDefault();
  }

  paint() {
    const start = performance.now();
    const { line, lines, at } = this.walk;
    put(this.where, `${at + 1} of ${lines.length}`);
    this.listing.querySelectorAll("[data-line]").forEach((button, k) => {
      button.parentElement.classList.toggle("now", k === at);
      button.tabIndex = k === at ? 0 : -1;
    });
    this.line.innerHTML = `<strong>${notated(line.notes)}</strong> <span>${line.meaning}</span>`;
    this.paintPictures(line);
    this.sum.innerHTML = this.unfolded();
    put(this.live, line.notes);
    const [key, row, column] = this.chosen;
    const place = placeOf({ result: key }, { key, row, column });
    this.place.tell(place === this.first ? "" : place);
    Object.assign(this.element.dataset, {
      shown: line.result,
      chosen: this.chosen.join(),
      paint: (performance.now() - start).toFixed(1),
    });
  }

  paintPictures({ operands, result }) {
    const keys = [...new Set([...operands, result])].filter((key) => this.numbers.has(key));
    this.layouts = {};
    const figures = keys.map((key) => {
      const { bound, shape } = this.numbers.places[key];
      const found = layout(shape);
      this.layouts[key] = found;
      const words = `${title(key)}, ${shape.join(" by ")}, from −${size(bound)} to ${size(bound)}`;
      return `<figure class="${key === result ? "result" : ""}"><figcaption>${notated(title(key))}
        <span class="shape">(${shape.join(", ")})</span></figcaption>
        <canvas data-key="${key}" width="${found.width}" height="${found.height}" tabindex="0"
        role="img" aria-label="${words}; arrow keys choose a cell, Enter unfolds it"></canvas>
        <div class="hint">${found.kind}; colours end at ±${size(bound)}</div></figure>`;
    });
    this.pictures.innerHTML = figures.join("");
    const [key, row, column] = this.chosen;
    for (const canvas of this.pictures.querySelectorAll("canvas"))
      this.draw(canvas, canvas.dataset.key === key ? [row, column] : null);
  }

  draw(canvas, marked) {
    const { key } = canvas.dataset;
    const { bound, shape } = this.numbers.places[key];
    painted(canvas.getContext("2d"), this.layouts[key], {
      ...{ shape, bound, marked, values: this.numbers.of(key) },
      ...{ words: this.palette.scale, ink: this.palette.text },
    });
  }

  unfolded() {
    const value = ([key, row, column]) => this.numbers.at(key, row, column);
    const reader = {
      value,
      key: ([key]) => key,
      number: (...place) => value(place),
      unfolded: (...place) => {
        const found = unfold(this.numbers, this.told, ...place);
        const product = ([factor, ...places]) =>
          places.reduce((so, each) => so * value(each), factor);
        return found?.terms ? { ...found, ...largest(found.terms, product) } : found;
      },
    };
    return sum(reader, ...this.chosen);
  }
}

export default function (component) {
  const root = component.parentElement;
  const shown = root.querySelector(".digits").digits ?? new Digits(root);
  shown.receive(component);
  return () => shown.dispose();
}
