// A loss as a function of a and as a function of z, with its slopes; z is dragged.

import { put, size } from "../../_kit/player/web/format.js";
import { formula } from "../../_kit/plots/web/formula.js";
import { Plot } from "../../_kit/plots/web/plot.js";
import { Shared } from "../../_kit/site/shared.js";
import { chained, meaning } from "./chained.js";
import { look, OUTPUTS } from "./losses.js";

const [LEAST, MOST] = [-8, 8];
const OTHER_THAN = { bce: "squared", cce: "squared", squared: "bce" };
const CALLED = { squared: "slope of squared error", bce: "slope of cross-entropy" };

class LossesPanel {
  constructor(parent) {
    this.root = parent.querySelector(".losses-panel");
    this.root.panel = this;
    this.find = (selector) => this.root.querySelector(selector);
    this.shared = new Shared(() => this.paint());
    const z = this.find(".z");
    z.oninput = () => this.shared.turn({ at: Number(z.value) }, false);
    z.onchange = () => this.shared.turn({ at: Number(z.value) }, true);
    this.find(".outputs").onchange = ({ target }) => this.shared.turn({ loss: target.value }, true);
    this.find(".labels").onchange = ({ target }) =>
      this.shared.turn({ y: Number(target.value) }, true);
    new ResizeObserver(() => this.rows && this.paint()).observe(this.find(".in-z"));
  }

  receive(component) {
    this.shared.receive(component);
    this.rows = component.data.rows;
    const buttons = Object.entries(this.rows).map(
      ([name, { title }]) =>
        `<label><input type="radio" name="loss" value="${name}" />${title}</label>`,
    );
    put(this.find(".outputs"), buttons.join(""), () => buttons.join(""));
    this.paint();
  }

  paint() {
    const start = performance.now();
    const { loss: name, y, at: z } = this.shared.state;
    for (const input of this.root.querySelectorAll("input[type=radio]"))
      input.checked = input.value === (input.name === "y" ? String(y) : name);
    const slider = this.find(".z");
    slider.value = z;
    slider.style.setProperty("--done", `${(100 * (z - LEAST)) / (MOST - LEAST)}%`);
    const seen = look(name, z, y);
    slider.setAttribute(
      "aria-valuetext",
      `z = ${size(z)}, loss ${size(seen.loss)}, slope ${size(seen.slopeZ)}`,
    );
    const other = OTHER_THAN[name];
    put(this.find(".key .third"), CALLED[other]);
    put(this.find(".where"), `z = ${size(z)}, a = ${size(seen.a)}, ℒ = ${size(seen.loss)}`);
    const tex = this.rows[name].formula;
    put(this.find(".formula"), tex, () => formula(tex));
    this.drawInZ(name, other, y, z, seen);
    this.drawInA(name, y, seen);
    const { text, warns } = meaning(name, z, y);
    put(this.find(".verdict"), text);
    this.find(".verdict").classList.toggle("warns", warns);
    const steps = chained(name, z, y).map(
      ({ reason, markup }) => `<li><p>${reason}</p>${markup}</li>`,
    );
    put(this.find(".steps"), steps.join(""), () => steps.join(""));
    this.root.dataset.paint = (performance.now() - start).toFixed(1);
  }

  drawInZ(name, other, y, z, seen) {
    const figure = this.find(".in-z");
    const plot = new Plot({
      x: [LEAST, MOST],
      y: room(name),
      width: Math.max(280, figure.clientWidth),
      height: 250,
      titles: { x: "logit z", id: "in-z" },
    });
    plot.upright(z, "now");
    plot.curve((x) => OUTPUTS[name].loss(x, y), "value");
    plot.curve((x) => look(other, x, y).slopeZ, "third");
    plot.curve((x) => look(name, x, y).slopeZ, "slope");
    plot.tangent(z, seen.loss, seen.slopeZ, "tangent", 60);
    plot.point(z, seen.slopeZ, "point slope", true);
    plot.point(z, seen.loss, "value");
    figure.innerHTML = plot.svg(
      `The loss and its slope as functions of z: at z = ${size(z)} the loss is ${size(seen.loss)}, the slope ${size(seen.slopeZ)}`,
    );
  }

  drawInA(name, y, seen) {
    const figure = this.find(".in-a");
    const plot = new Plot({
      x: [0, 1],
      y: [0, room(name)[1]],
      width: Math.max(280, figure.clientWidth),
      height: 190,
      titles: { x: "output a", id: "in-a" },
    });
    plot.upright(seen.a, "now");
    plot.curve((a) => (a > 0 && a < 1 ? OUTPUTS[name].ofA(a, y) : Number.NaN), "value");
    plot.tangent(seen.a, seen.loss, seen.slopeA, "tangent", 45);
    plot.point(seen.a, seen.loss, "value");
    figure.innerHTML = plot.svg(
      `The loss as a function of a: at a = ${size(seen.a)} its slope is ${size(seen.slopeA)}`,
    );
  }
}

// The part of the axis that a loss and its slopes need.
function room(name) {
  return name === "squared" ? [-1.1, 1.1] : [-1.4, 8.4];
}

export default function (component) {
  const { parentElement } = component;
  const root = parentElement.querySelector(".losses-panel");
  (root.panel ?? new LossesPanel(parentElement)).receive(component);
}
