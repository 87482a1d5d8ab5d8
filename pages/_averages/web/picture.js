// A series and its exponentially weighted average: β and the day are dragged, all else follows.

import { percent, put, size } from "../../_kit/player/web/format.js";
import { setStop } from "../../_kit/plots/web/dial.js";
import { toggled } from "../../_kit/plots/web/pins.js";
import { Shared } from "../../_kit/site/shared.js";
import { halfLife, meanAge, wholeWindow } from "./averages.js";
import { dayTold, overDays } from "./drawing.js";
import { comparedAt } from "./pinnedAverages.js";
import { days, plainly, told } from "./said.js";
import { Series } from "./series.js";
import { Weights } from "./weights.js";
import { workedOut } from "./worked.js";

const HOW = "moved back by so many days it fits the two-sided average best";

// Half the width of a slider's grip, in pixels.
const GRIP = 10;

class Picture {
  constructor(parent) {
    const find = (selector) => parent.querySelector(selector);
    this.root = find(".averages-panel");
    this.root.picture = this;
    this.find = find;
    this.shared = new Shared(() => this.paint());
    this.plot = find(".plot");
    this.weights = new Weights(find(".weights"));
    this.dial("beta", (at) => ({ beta: this.stops[at] }));
    this.dial("t", (t) => ({ t }));
    find(".series").onchange = ({ target }) => this.shared.turn({ series: target.value }, true);
    find(".lines").onchange = () => this.shared.turn({ lines: this.checked() }, true);
    find(".year").onclick = () =>
      this.shared.turn({ year: (this.shared.state.year + 1) % this.draws }, true);
    find(".beside").onclick = ({ target }) => this.pin(target.closest("button"));
    for (const type of ["pointerdown", "pointermove", "pointerup"])
      this.plot.addEventListener(type, (event) => this.drag(event));
    new ResizeObserver(() => this.series && this.paint()).observe(this.plot);
  }

  // A slider that turns something while it is dragged, and tells it when it is let go.
  dial(name, change) {
    this[name] = this.find(`.${name}`);
    this[name].oninput = () => this.shared.turn(change(Number(this[name].value)), false);
    this[name].onchange = () => this.shared.turn(change(Number(this[name].value)), true);
  }

  receive(component) {
    const { values, unit, choices, stops, titles, draws } = component.data;
    Object.assign(this, { unit, stops, draws });
    if (String(values) !== String(this.series?.values)) this.series = new Series(values);
    this.shared.receive(component);
    const radios = Object.entries(choices).map(
      ([name, title]) =>
        `<label><input type="radio" name="series" value="${name}" />${title}</label>`,
    );
    put(this.find(".series"), radios.join(""), () => radios.join(""));
    const lines = Object.entries(titles).map(
      ([name, title]) =>
        `<label class="${name}"><input type="checkbox" value="${name}" /><span>${title}</span></label>`,
    );
    const day = `<span class="day">each day, θ${unit && ` in ${unit}`}</span>`;
    put(this.find(".lines"), day + lines.join(""), () => day + lines.join(""));
    this.paint();
  }

  checked() {
    return [...this.find(".lines").querySelectorAll(":checked")].map(({ value }) => value);
  }

  drag(event) {
    if (event.type === "pointerdown") this.plot.setPointerCapture(event.pointerId);
    if (!this.plot.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.plot.getBoundingClientRect();
    const day = Math.round(this.drawn.at(event.clientX - left, width));
    const t = Math.min(this.series.values.length, Math.max(1, day));
    this.shared.turn({ t }, event.type === "pointerup");
    this.t.focus({ preventScroll: true });
  }

  pin(button) {
    const { beta, beside } = this.shared.state;
    if (!button) return;
    const chosen = button.dataset.unpin ? Number(button.dataset.unpin) : beta;
    this.shared.turn({ beside: toggled(beside, chosen) }, true);
  }

  paint() {
    const start = performance.now();
    const { series, unit } = this;
    const { beta, beside, ...others } = this.shared.state;
    const t = Math.min(others.t, series.values.length);
    const state = { ...others, t, beta, beside: beside.filter((other) => other !== beta) };
    this.controls(state);
    this.drawn = overDays(series, state, Math.max(280, this.plot.clientWidth));
    this.beneath();
    this.plot.innerHTML = this.drawn.svg(dayTold(series, state, unit));
    this.weights.paint(state);
    put(this.find(".verdict"), told(beta, t));
    this.facts(beta);
    this.compare(state, beside.includes(beta));
    const steps = workedOut(series.values, series.of(beta).plain, beta, t).map(
      ({ reason, markup: line }) => `<li><p>${reason}</p>${line}</li>`,
    );
    put(this.find(".steps"), steps.join(""), () => steps.join(""));
    this.root.dataset.paint = (performance.now() - start).toFixed(1);
  }

  controls({ beta, t, series, lines }) {
    setStop(this.beta, this.stops, beta);
    put(this.find(".dial output"), plainly(beta));
    const over = days(wholeWindow(beta));
    this.beta.setAttribute("aria-valuetext", `β = ${plainly(beta)}, about ${over}`);
    this.find(".year").hidden = series === "own";
    this.t.max = this.series.values.length;
    this.t.value = t;
    this.t.style.setProperty("--done", `${(100 * (t - 1)) / (this.series.values.length - 1)}%`);
    this.t.setAttribute(
      "aria-valuetext",
      `day ${t}, ${size(this.series.values[t - 1])} ${this.unit}`,
    );
    for (const input of this.root.querySelectorAll(".series input"))
      input.checked = input.value === series;
    for (const input of this.root.querySelectorAll(".lines input"))
      input.checked = lines.includes(input.value);
  }

  // The day's slider below the plot, its grip under the day.
  beneath() {
    const scale = this.plot.clientWidth / this.drawn.width;
    const [first, last] = [1, this.series.values.length].map((t) => scale * this.drawn.right(t));
    this.t.style.marginLeft = `${first - GRIP}px`;
    this.t.style.width = `${last - first + 2 * GRIP}px`;
  }

  facts(beta) {
    const { unrest, lag } = this.series.of(beta);
    const rows = [
      ["window 1/(1 − β)", days(wholeWindow(beta)), `half-life ${days(halfLife(beta))}`],
      ["late by β/(1 − β)", days(meanAge(beta)), `<span title="${HOW}">measured: ${lag}</span>`],
      ["day-to-day changes left", percent(unrest), ""],
    ];
    const markup = rows.map(
      ([name, value, note]) => `<div><dt>${name}</dt><dd><b>${value}</b> ${note}</dd></div>`,
    );
    put(this.find(".facts"), markup.join(""), () => markup.join(""));
  }

  compare({ beta, beside, t }, isPinned) {
    put(this.find(".pin"), `${isPinned ? "Unpin" : "Pin"} β = ${plainly(beta)}`);
    const markup = beside.length ? comparedAt(this.series, beta, beside, t) : "";
    put(this.find(".compared"), markup, () => markup);
  }
}

export default function (component) {
  const { parentElement } = component;
  const shown =
    parentElement.querySelector(".averages-panel").picture ?? new Picture(parentElement);
  shown.receive(component);
}
