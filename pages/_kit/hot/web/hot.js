// The hot knobs, drawn with the browser's own controls, and what to try.

import { Pacing } from "./pacing.js";

class Hot {
  constructor(root) {
    this.tries = root.querySelector("[data-role=tries]");
    this.places = root.querySelector("[data-role=knobs]");
    this.element = root.querySelector(".hot");
    this.element.hot = this; // for tests
    this.knobs = [];
    this.pacing = new Pacing((turn) => this.setStateValue("turn", turn));
  }

  receive({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { setStateValue, setTriggerValue });
    this.pacing.isLive = data.live;
    this.pacing.hear(data.answered);
    this.drawTries(data.tries);
    const shape = JSON.stringify(data.knobs.map(({ name, kind }) => [name, kind]));
    if (shape !== this.shape) {
      this.shape = shape;
      this.knobs = data.knobs.map((knob) => new KINDS[knob.kind](this.pacing, knob));
      this.places.replaceChildren(...this.knobs.map(({ element }) => element));
    }
    this.knobs.forEach((knob, k) => {
      knob.take(data.knobs[k]);
    });
    this.pacing.go();
  }

  drawTries(labels) {
    const wanted = JSON.stringify(labels);
    if (wanted === this.labels) return;
    this.labels = wanted;
    for (const button of this.tries.querySelectorAll("button")) button.remove();
    this.tries.hidden = !labels.length;
    labels.forEach(([label, help], k) => {
      const button = make("button", { type: "button", textContent: label, title: help });
      button.onclick = () => this.setTriggerValue("tried", k);
      this.tries.append(button);
    });
  }
}

// A knob's label, and below it the control that its kind has.
class Knob {
  constructor(pacing, { name, label, kind, meaning }) {
    Object.assign(this, { pacing, name, label });
    this.element = make("div", { className: `knob ${kind}`, title: meaning });
    this.output = make("output");
    const words = make("span", { textContent: label });
    const head = make("div", { className: "head" });
    head.append(words, this.output);
    this.element.append(head);
  }

  take({ stops, at }) {
    this.stops = stops;
    if (!this.pacing.isUnderWay) this.show(at);
  }

  turn(at, isOver) {
    this.show(at);
    this.pacing.turn(this.name, this.stops[at].value, isOver);
  }

  show(at) {
    this.at = at;
    this.output.textContent = this.stops[at].text;
  }
}

class Range extends Knob {
  constructor(pacing, knob) {
    super(pacing, knob);
    this.input = make("input", { type: "range", min: 0, step: 1, ariaLabel: this.label });
    this.input.oninput = () => this.turn(Number(this.input.value), false);
    this.input.onchange = () => this.turn(Number(this.input.value), true);
    this.element.append(this.input);
  }

  show(at) {
    super.show(at);
    this.input.max = this.stops.length - 1;
    this.input.value = at;
    this.input.style.setProperty("--done", `${(100 * at) / (this.stops.length - 1)}%`);
    this.input.setAttribute("aria-valuetext", this.stops[at].text);
  }
}

class Select extends Knob {
  constructor(pacing, knob) {
    super(pacing, knob);
    this.select = make("select", { ariaLabel: this.label });
    this.select.onchange = () => this.turn(this.select.selectedIndex, true);
    this.output.remove();
    this.element.append(this.select);
  }

  show(at) {
    this.at = at;
    const texts = this.stops.map(({ text }) => text);
    if (this.texts !== String(texts)) {
      this.texts = String(texts);
      this.select.replaceChildren(...texts.map((text) => make("option", { textContent: text })));
    }
    this.select.selectedIndex = at;
  }
}

// The stops are those before and after, if there are any.
class Step extends Knob {
  constructor(pacing, knob) {
    super(pacing, knob);
    this.less = make("button", { type: "button", textContent: "−" });
    this.more = make("button", { type: "button", textContent: "+" });
    this.less.ariaLabel = `${this.label}: one less`;
    this.more.ariaLabel = `${this.label}: one more`;
    this.less.onclick = () => this.by(-1);
    this.more.onclick = () => this.by(1);
    const steps = make("div", { className: "steps" });
    steps.append(this.less, this.more);
    this.element.append(steps);
  }

  by(count) {
    if (!this.pacing.isUnderWay && this.stops[this.at + count]) this.turn(this.at + count, true);
  }

  show(at) {
    super.show(at);
    this.less.disabled = at === 0;
    this.more.disabled = at === this.stops.length - 1;
  }
}

const KINDS = { range: Range, select: Select, step: Step };

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

export default function (component) {
  const root = component.parentElement;
  const hot = root.querySelector(".hot").hot ?? new Hot(root);
  hot.receive(component);
  return () => hot.pacing.dispose();
}
