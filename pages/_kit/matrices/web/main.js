// One step, line by line: the listing, the matrices of the line, a cell's sum, and the network.

import { clamp, escaped, put } from "../../player/web/format.js";
import { diagram } from "./diagram.js";
import { expression } from "./expression.js";
import { listing } from "./listing.js";
import { axes, blockOf, notated } from "./notation.js";
import { Pace } from "./pace.js";
import { Place, placeOf } from "./place.js";
import { light, moved, weightAt } from "./pointing.js";
import { sentence } from "./said.js";
import { entry, problemWith, sum } from "./sum.js";
import { Walk } from "./walk.js";
import { WAYS } from "./ways.js";

const PACE = 1100; // milliseconds a line while it plays
const GIVEN = /^(A0|Y|[Wb]\d+)$/;

class Debugger {
  constructor(root) {
    this.element = root.querySelector(".matrices");
    this.element.debugger = this; // for tests
    this.walk = new Walk();
    this.changed = new Map();
    this.trail = [];
    this.sample = 0;
    this.place = new Place("line");
    for (const name of [
      "where",
      "listing",
      "line",
      "expression",
      "caption",
      "sum",
      "network",
      "live",
    ])
      this[name] = root.querySelector(`[data-role=${name}]`);
    this.pace = new Pace(root.querySelector("[data-go=play]"), PACE, {
      isAtEnd: () => this.walk.isAtEnd,
      restart: () => this.to(0),
      next: () => this.to(this.walk.target("step")),
    });
    this.element.addEventListener("click", (event) => this.press(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("input", (event) => this.type(event));
    this.element.addEventListener("change", (event) => this.enter(event));
    for (const name of ["mouseover", "focusin"])
      this.element.addEventListener(name, (event) => this.point(event));
  }

  receive({ data, setTriggerValue }) {
    this.report = (said) => setTriggerValue("edit", said);
    this.refusal = data.refusal;
    this.first = data.first;
    if (data.version === this.version) {
      this.open(data.open, data.asked);
      this.paint();
      return;
    }
    this.changed = this.differences(data);
    this.version = data.version;
    Object.assign(this, {
      data,
      index: Object.fromEntries(data.keys.map((key, k) => [key, k])),
      sizes: data.sizes,
      activations: data.activations,
      steepest: data.steepest,
      saturated: data.saturated,
    });
    this.edited = new Set(data.edited.map((place) => place.join()));
    this.walk.load(data.lines);
    this.sample = Math.min(this.sample, data.m - 1);
    this.element.dataset.version = data.version;
    this.open(data.open, data.asked);
    this.paint();
  }

  // At the cell that the page wants to be seen, each time it asks for one.
  open(wanted, asked) {
    const now = `${wanted} ${asked}`;
    if (wanted && now !== this.opened) {
      const [key, row, column, line] = wanted;
      this.chosen = { key, row, column };
      this.walk.at = Math.max(0, this.walk.maker(line || key));
      this.trail = [];
    }
    this.opened = now;
    this.keep();
  }

  // Which cells have another number than before, where it was put in by hand.
  differences(data) {
    const found = new Map();
    if (this.data?.base !== data.base) return found;
    data.keys.forEach((key, k) => {
      const [old, now] = [this.data.matrices[k].values, data.matrices[k].values];
      const cells = now.flatMap((value, place) => (value === old[place] ? [] : [place]));
      if (cells.length) found.set(key, new Set(cells));
    });
    return found;
  }

  // --- numbers, as the parts read them ---

  of(key) {
    return this.data.matrices[this.index[key]];
  }

  number(key, row, column) {
    const { shape, values } = this.of(key);
    return values[row * shape[1] + column] ?? Number.NaN;
  }

  keyAt(place) {
    return this.data.keys[place[0]];
  }

  unfolded(key, row, column) {
    const { shape } = this.of(key);
    return this.data.cells[this.index[key]][row * shape[1] + column];
  }

  get reader() {
    return {
      key: (place) => this.keyAt(place),
      value: (place) => this.number(this.keyAt(place), place[1], place[2]),
      number: (...place) => this.number(...place),
      unfolded: (...place) => this.unfolded(...place),
    };
  }

  // --- going on ---

  go(way) {
    if (way === "play") {
      this.pace.toggle();
      return;
    }
    this.pace.stop();
    this.to(this.walk.target(way));
  }

  to(line) {
    this.walk.at = line;
    this.trail = [];
    this.rest();
    this.paint();
  }

  // Unfold a cell of the line: that of the sample one looks at, and of the unit before.
  rest() {
    const key = this.walk.line.result;
    const [rows, columns] = this.of(key).shape;
    const isBySample = axes(key).columns === "sample" && columns > 1;
    const row = Math.min(this.chosen?.row ?? 1, rows - 1);
    this.choose(
      key,
      row,
      isBySample ? this.sample : Math.min(this.chosen?.column ?? 0, columns - 1),
    );
  }

  // The cell chosen before, as far as there still is one.
  keep() {
    const { key, row, column } = this.chosen;
    const shape = this.index[key] === undefined ? null : this.of(key).shape;
    if (!shape || row >= shape[0] || column >= shape[1]) this.rest();
    else this.choose(key, row, column);
  }

  choose(key, row, column) {
    this.chosen = { key, row, column };
    const isBySample = axes(key).columns === "sample" && this.of(key).shape[1] === this.data.m;
    if (isBySample) this.sample = column;
    const n = blockOf(key);
    if (n) this.sample = Math.floor(row / n);
  }

  // To where a factor came from: the line that makes it, or where it is put in.
  follow(key, row, column) {
    this.trail.push({ at: this.walk.at, chosen: this.chosen });
    const maker = this.walk.maker(key);
    if (maker >= 0) this.walk.at = maker;
    this.choose(key, row, column);
    this.paint();
  }

  // --- gestures ---

  press(event) {
    const { target } = event;
    const go = target.closest("[data-go]");
    if (go) this.go(go.dataset.go);
    const line = target.closest("[data-line]");
    if (line) {
      this.pace.stop();
      this.to(Number(line.dataset.line));
    }
    const factor = target.closest(".factor[data-key], .inline[data-key]");
    if (factor) {
      this.pace.stop();
      this.follow(factor.dataset.key, Number(factor.dataset.row), Number(factor.dataset.column));
    }
    if (target.closest("[data-back]")) {
      const { at, chosen } = this.trail.pop();
      this.walk.at = at;
      this.choose(chosen.key, chosen.row, chosen.column);
      this.paint();
    }
    const cell = target.closest("td[data-row]");
    if (cell) this.pick(cell);
    const edge = target.closest(".edge");
    if (edge) this.choosePointed();
    if (target.closest("[data-sample]")) {
      const by = Number(target.closest("[data-sample]").dataset.sample);
      this.sample = (this.sample + by + this.data.m) % this.data.m;
      this.rest();
      this.paint();
    }
  }

  pick(cell) {
    this.trail = [];
    this.choose(
      cell.closest("[data-key]").dataset.key,
      Number(cell.dataset.row),
      Number(cell.dataset.column),
    );
    this.paint();
  }

  choosePointed() {
    const { l, i, j } = this.pointed;
    const isBack = ["backward", "update"].includes(this.walk.line.part);
    this.trail = [];
    this.choose(`${isBack ? "d" : ""}W${l}`, i, j);
    this.paint();
  }

  key(event) {
    const { target, key } = event;
    if (target.matches("input")) return;
    if (target.matches("td[data-row]")) {
      this.keyInGrid(event);
      return;
    }
    if (key === " " && !target.matches("button")) this.go("play");
    else if (WAYS[key]) this.go(WAYS[key]);
    else return;
    event.preventDefault();
    if (target.matches("[data-line]")) this.listing.querySelector("[tabindex='0']").focus();
  }

  keyInGrid(event) {
    const { target, key } = event;
    if (key === "Enter" || key === " ") {
      this.pick(target);
      this.sum.querySelector("input")?.focus();
    } else if (!moved(target, key)) return;
    event.preventDefault();
  }

  type({ target }) {
    if (target.dataset.role !== "entry") return;
    const problem = problemWith(this.chosen.key, target.value, this.output, this.data.most);
    target.setAttribute("aria-invalid", Boolean(problem));
    this.sum.querySelector("[data-role=refusal]").textContent = problem;
  }

  get output() {
    const name = this.activations.at(-1);
    return name === "linear" ? "linear" : "labels";
  }

  enter({ target }) {
    if (target.dataset.role !== "entry") return;
    if (problemWith(this.chosen.key, target.value, this.output, this.data.most)) return;
    const value = Number(target.value.replace("−", "-").replace(",", "."));
    if (value !== this.number(this.chosen.key, this.chosen.row, this.chosen.column))
      this.report({ ...this.chosen, value });
  }

  point({ target }) {
    const weight = weightAt(target);
    const now = weight && [weight.l, weight.i, weight.j].join();
    if (now === this.pointedText) return;
    this.pointedText = now;
    this.pointed = weight;
    light(this.element, weight);
  }

  // --- painting ---

  paint() {
    const start = performance.now();
    const { line, lines, at } = this.walk;
    const focus = this.focused();
    put(this.where, `${at + 1} of ${lines.length}`);
    this.paintListing(lines, at);
    this.line.innerHTML = `<strong>${notated(line.notes)}</strong> <span>${line.meaning}</span>
      <code>${escaped(line.code)}</code>`;
    this.expression.innerHTML = expression(this, line);
    this.expression.classList.toggle("many", this.data.m > 5);
    put(this.caption, sentence(this, line));
    this.sum.innerHTML = this.unfolding();
    this.network.innerHTML = this.picture(line);
    this.scrollToNow();
    this.restore(focus);
    put(this.live, `${line.notes}. ${sentence(this, line)}`);
    const place = placeOf(line, this.chosen);
    this.place.tell(place === this.first ? "" : place);
    Object.assign(this.element.dataset, {
      shown: line.result,
      painted: performance.now(),
      paint: (performance.now() - start).toFixed(1),
    });
  }

  // The lines are written once for each step, and then only marked.
  paintListing(lines, at) {
    if (this.listed !== this.version) {
      this.listed = this.version;
      this.listing.innerHTML = listing(lines, this.changed);
      this.rows = [...this.listing.querySelectorAll("[data-line]")];
    }
    this.rows.forEach((button, k) => {
      const isNow = k === at;
      button.tabIndex = isNow ? 0 : -1;
      button.parentElement.classList.toggle("now", isNow);
      if (isNow) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }

  unfolding() {
    const { key, row, column } = this.chosen;
    const back = this.trail.length
      ? '<button type="button" class="return" data-back>← back to where you were</button>'
      : "";
    const shown = GIVEN.test(key)
      ? entry(this.reader, key, row, column, this.refusal ?? "")
      : sum(this.reader, key, row, column);
    return back + shown;
  }

  picture(line) {
    const { m } = this.data;
    const buttons = `<figcaption><button type="button" data-sample="-1" aria-label="The sample before">‹</button>
      sample ${this.sample + 1} of ${m}
      <button type="button" data-sample="1" aria-label="The next sample">›</button></figcaption>`;
    return diagram(this, line, this.sample, this.pointed) + (m > 1 ? buttons : "");
  }

  scrollToNow() {
    const now = this.listing.querySelector(".now");
    if (!now || this.listing.scrollHeight <= this.listing.clientHeight) return;
    const top = now.offsetTop - this.listing.offsetTop;
    const middle = top - (this.listing.clientHeight - now.offsetHeight) / 2;
    this.listing.scrollTop = clamp(middle, 0, this.listing.scrollHeight);
  }

  // What has the focus is drawn anew with everything else, and gets it back.
  focused() {
    const active = this.element.getRootNode().activeElement;
    if (!active || !this.element.contains(active)) return null;
    if (active.matches("td[data-row]")) return "td.chosen";
    if (active.matches("[data-line]")) return ".now [data-line]";
    if (active.matches("[data-sample]")) return `[data-sample="${active.dataset.sample}"]`;
    if (active.matches("[data-back], .factor, .inline"))
      return "[data-back], .factor, .inline, td.chosen";
    return active.matches("input") ? "[data-role=entry]" : null;
  }

  restore(selector) {
    if (selector) this.element.querySelector(selector)?.focus({ preventScroll: true });
  }

  dispose() {
    this.place.forget();
    this.pace.stop();
  }
}

export default function (component) {
  const root = component.parentElement;
  const shown = root.querySelector(".matrices").debugger ?? new Debugger(root);
  shown.receive(component);
  return () => shown.dispose();
}
