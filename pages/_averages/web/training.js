// A real training's gradients, averaged as momentum and RMSprop do it.

import { escaped, put, size } from "../../_kit/player/web/format.js";
import { setStop } from "../../_kit/plots/web/dial.js";
import { Plot } from "../../_kit/plots/web/plot.js";
import { Shared } from "../../_kit/site/shared.js";
import { sizeOfBatch, stepsOf, toldOfMomentum, toldOfSquares } from "./gradients.js";
import { plainly } from "./said.js";

const DIALS = ["batch", "beta1", "beta2"];

class Training {
  constructor(parent) {
    this.root = parent.querySelector(".training-panel");
    this.root.training = this;
    this.find = (selector) => this.root.querySelector(selector);
    this.shared = new Shared(() => this.paint());
    for (const name of DIALS) {
      const input = this.find(`.${name}`);
      const change = () => ({ [name]: this.stops[name][Number(input.value)] });
      input.oninput = () => this.shared.turn(change(), false);
      input.onchange = () => this.shared.turn(change(), true);
    }
    this.find("select").onchange = ({ target }) =>
      this.shared.turn({ weight: target.selectedIndex + 1 }, true);
    new ResizeObserver(() => this.gradient && this.paint()).observe(this.find(".momentum"));
  }

  receive(component) {
    const { gradient, sizes, spread, weights, stops } = component.data;
    Object.assign(this, { gradient, sizes, spread, weights, stops });
    this.shared.receive(component);
    const options = weights.map((name) => `<option>${escaped(name)}</option>`).join("");
    put(this.find("select"), options, () => options);
    this.paint();
  }

  paint() {
    const start = performance.now();
    const { beta1, beta2, weight } = this.shared.state;
    this.controls();
    const { v, root, step } = stepsOf(this.gradient, beta1, beta2);
    const name = this.weights[weight - 1];
    this.draw(".momentum", 190, this.gradient, [[v, "value"]], `dθ of ${name} and its average`);
    const sizes = this.gradient.map(Math.abs);
    this.draw(".squares", 150, sizes, [[root, "slope"]], `|dθ| of ${name} and √s`);
    this.draw(".steps-of", 150, step, [], `dθ/(√s + ε) of ${name}`);
    const [, ...spread] = this.spread.find(([beta]) => beta === beta2) ?? this.spread[0];
    put(this.find(".of-momentum"), toldOfMomentum(this.gradient, v, beta1));
    put(this.find(".of-squares"), toldOfSquares(this.sizes, spread, beta2, step.length));
    this.root.dataset.paint = (performance.now() - start).toFixed(1);
  }

  controls() {
    const { state } = this.shared;
    for (const name of DIALS) {
      const input = this.find(`.${name}`);
      setStop(input, this.stops[name], state[name]);
      const text = name === "batch" ? sizeOfBatch(state[name]) : plainly(state[name]);
      input.setAttribute("aria-valuetext", text);
      put(input.nextElementSibling, text);
    }
    this.find("select").selectedIndex = state.weight - 1;
  }

  draw(selector, height, raw, lines, label) {
    const figure = this.find(selector);
    const all = [raw, ...lines.map(([values]) => values)].flat();
    const [low, high] = [Math.min(0, ...all), Math.max(...all)];
    const aside = 0.06 * (high - low) || 1;
    const plot = new Plot({
      x: [0, raw.length + 1],
      y: [low - (low < 0 ? aside : 0), high + aside],
      width: Math.max(280, figure.clientWidth),
      height,
      titles: { x: "mini-batch", id: selector.slice(1) },
    });
    plot.through(raw, "raw");
    for (const [values, className] of lines) plot.through(values, className);
    const last = lines.length ? `, at last ${size(lines[0][0].at(-1))}` : "";
    figure.innerHTML = plot.svg(`${label}${last}`);
  }
}

export default function (component) {
  const { parentElement } = component;
  const shown =
    parentElement.querySelector(".training-panel").training ?? new Training(parentElement);
  shown.receive(component);
}
