// An activation and its slope: z is dragged, and value, tangent, derivation and stack follow.

import { closely } from "../../_kit/matrices/web/closely.js";
import { ACTIVATIONS } from "../../_kit/player/web/activations.js";
import { put, size } from "../../_kit/player/web/format.js";
import { filled, formula } from "../../_kit/plots/web/formula.js";
import { toggled } from "../../_kit/plots/web/pins.js";
import { Plot } from "../../_kit/plots/web/plot.js";
import { Shared } from "../../_kit/site/shared.js";
import { judged, stacked } from "./judged.js";
import { compared, drawPinned } from "./pinned.js";
import { flats } from "./regions.js";
import { QUANTITIES, SLOPES } from "./slopes.js";

const [LOW, HIGH] = [-8, 8];

class Curve {
  constructor(parent) {
    const find = (selector) => parent.querySelector(selector);
    this.root = find(".curve-panel");
    this.root.curve = this;
    this.shared = new Shared(() => this.paint());
    this.plot = find(".plot");
    this.z = find(".z");
    this.layers = find(".layers");
    this.z.oninput = () => this.shared.turn({ z: Number(this.z.value) }, false);
    this.z.onchange = () => this.shared.turn({ z: Number(this.z.value) }, true);
    this.layers.oninput = () => this.shared.turn({ L: Number(this.layers.value) }, false);
    this.layers.onchange = () => this.shared.turn({ L: Number(this.layers.value) }, true);
    this.choice = find(".choice");
    this.choice.onchange = ({ target }) => this.shared.turn({ g: target.value }, true);
    find(".beside").onclick = ({ target }) => this.pin(target.closest("button"));
    for (const type of ["pointerdown", "pointermove", "pointerup"])
      this.plot.addEventListener(type, (event) => this.drag(event));
    new ResizeObserver(() => this.rows && this.paint()).observe(this.plot);
  }

  receive(component) {
    this.shared.receive(component);
    this.rows = component.data.rows;
    const buttons = Object.entries(this.rows).map(
      ([name, { title }]) =>
        `<label><input type="radio" name="g" value="${name}" />${title}</label>`,
    );
    put(this.choice, buttons.join(""), () => buttons.join(""));
    this.paint();
  }

  drag(event) {
    if (event.type === "pointerdown") this.plot.setPointerCapture(event.pointerId);
    if (!this.plot.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.plot.getBoundingClientRect();
    const z = Math.round(this.drawn.at(event.clientX - left, width) * 20) / 20;
    this.shared.turn({ z }, event.type === "pointerup");
    this.z.focus({ preventScroll: true });
  }

  pin(button) {
    const { g, beside } = this.shared.state;
    const name = button?.dataset.unpin ?? (button ? g : null);
    if (name) this.shared.turn({ beside: toggled(beside, name) }, true);
  }

  // What is pinned, and its numbers beside those of the curve.
  compare(g, z, layers) {
    const { beside } = this.shared.state;
    const others = beside.filter((name) => name !== g);
    const is = beside.includes(g) ? "Unpin" : "Pin";
    put(this.root.querySelector(".pin"), `${is} ${this.rows[g].title}`);
    const markup = others.length ? compared(this.rows, g, others, z, layers) : "";
    put(this.root.querySelector(".compared"), markup, () => markup);
    return others;
  }

  paint() {
    const start = performance.now();
    const { g, z, L } = this.shared.state;
    const row = { ...this.rows[g], isStraight: g === "linear" };
    const [value, slope] = [ACTIVATIONS[g].of(z), SLOPES[g](z)];
    for (const input of this.choice.querySelectorAll("input")) input.checked = input.value === g;
    this.z.value = z;
    this.layers.value = L;
    this.z.style.setProperty("--done", `${(100 * (z - LOW)) / (HIGH - LOW)}%`);
    this.layers.style.setProperty("--done", `${(100 * (L - 1)) / 49}%`);
    put(this.root.querySelector(".stack output"), String(L));
    put(this.root.querySelector(".where"), `z = ${size(z)}`);
    this.draw(g, row, z, value, slope, this.compare(g, z, L));
    const facts = [
      ["a = g(z)", value],
      ["slope g′(z)", slope],
    ].map(([name, found]) => `<div class="fact">${name}<b>${size(found)}</b></div>`);
    put(this.root.querySelector(".facts"), facts.join(""), () => facts.join(""));
    const verdict = this.root.querySelector(".verdict");
    const { text, warns } = judged(row, z, slope);
    put(verdict, text);
    verdict.classList.toggle("warns", warns);
    put(this.root.querySelector(".depth"), stacked(slope, L));
    this.derive(row, z, value, slope);
    this.z.setAttribute(
      "aria-valuetext",
      `z = ${size(z)}, a = ${size(value)}, slope ${size(slope)}`,
    );
    this.root.dataset.paint = (performance.now() - start).toFixed(1);
  }

  draw(g, row, z, value, slope, pinned) {
    const width = Math.max(280, this.plot.clientWidth);
    const plot = new Plot({
      x: [LOW, HIGH],
      y: room([g, ...pinned]),
      width,
      height: width < 500 ? 210 : 290,
      titles: { x: "z", id: "curve" },
    });
    for (const [from, to] of flats(SLOPES[g], row, [LOW, HIGH]))
      plot.band(from, to, row.silent ? "silent" : "flat");
    if (row.kink) plot.name(0, ACTIVATIONS[g].of(0), "kink");
    plot.upright(z, "now");
    drawPinned(plot, pinned);
    plot.curve(ACTIVATIONS[g].of, "value");
    plot.curve(SLOPES[g], "slope", { jump: 0.5 });
    if (!(row.kink && z === 0)) plot.tangent(z, value, slope, "tangent");
    plot.point(z, slope, "point slope", true);
    plot.point(z, value, "value");
    this.drawn = plot;
    const told = `${row.title} and its slope: at z = ${size(z)} the value is ${size(value)}, the slope ${size(slope)}`;
    this.plot.innerHTML = plot.svg(told);
  }

  derive(row, z, value, slope) {
    const side = "<=>"[Math.sign(z) + 1];
    const { steps } = row.cases.find(({ where }) => !where || where.includes(side));
    const found = { a: value, g: slope };
    for (const [name, of] of Object.entries(QUANTITIES)) found[name] = of(z);
    const texts = Object.fromEntries(
      Object.entries(found).map(([name, number]) => [name, closely(number)]),
    );
    const items = steps.map(([reason, symbols, numbers, gives]) => {
      const end = texts[gives];
      const withNumbers = /@/.test(numbers) ? formula(`= ${filled(numbers, texts)}`) : "";
      const isSame = filled(numbers, texts).replace(/[()]|\\num\{|\}/g, "") === end;
      const last = isSame ? "" : formula(`= \\num{${end}}`);
      return `<li><p>${reason}</p>${formula(symbols)} ${withNumbers} ${last}</li>`;
    });
    put(this.root.querySelector(".steps"), items.join(""), () => items.join(""));
  }
}

// The part of the y-axis that curves and their slopes need, at most as far as z itself goes.
function room(names) {
  const values = [];
  for (const g of names)
    for (let z = LOW; z <= HIGH; z += 0.1) values.push(ACTIVATIONS[g].of(z), SLOPES[g](z));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const top = low < -2 ? high : Math.min(high, 4);
  return [low - 0.12 * (top - low), top + 0.12 * (top - low)];
}

export default function (component) {
  const { parentElement } = component;
  const curve = parentElement.querySelector(".curve-panel").curve ?? new Curve(parentElement);
  curve.receive(component);
}
