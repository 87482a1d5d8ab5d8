// Two shapes typed by hand, and what NumPy makes of them.

import { put } from "../../../_kit/player/web/format.js";
import { Shared } from "../../../_kit/site/shared.js";
import { canBeDrawn, drawn } from "./ghosts.js";
import { align, fitted, together } from "./rule.js";
import { asTuple, typed } from "./typed.js";

class Shapes {
  constructor(parent) {
    this.root = parent.querySelector(".shapes");
    this.root.shapes = this; // for tests
    this.shared = new Shared(() => this.paint());
    this.inputs = Object.fromEntries(
      ["left", "right"].map((name) => [name, this.root.querySelector(`[name=${name}]`)]),
    );
    this.root.addEventListener("input", ({ target }) => this.type(target, false));
    this.root.addEventListener("change", ({ target }) => this.type(target, true));
  }

  receive(component) {
    const { version } = this.shared;
    this.limits = component.data.limits;
    this.shared.receive(component);
    if (version !== this.shared.version)
      for (const [name, input] of Object.entries(this.inputs)) {
        input.value = asTuple(this.shared.state[name]);
        this.complain(input, "");
      }
    this.paint();
  }

  type(input, isOver) {
    const { shape, problem } = typed(input.value, this.limits);
    this.complain(input, problem ?? "");
    if (shape) this.shared.turn({ [input.name]: shape }, isOver);
  }

  complain(input, problem) {
    input.setAttribute("aria-invalid", Boolean(problem));
    put(this.root.querySelector(`[data-of=${input.name}]`), problem);
  }

  paint() {
    const { left, right } = this.shared.state;
    const axes = align(left, right);
    const whole = together(axes);
    const rows = axes.map(
      ({ left: a, right: b, result, told }, k) => `<tr class="${result === null ? "refused" : ""}">
        <th scope="row">−${k + 1}</th><td>${a ?? "–"}</td><td>${b ?? "–"}</td><td>${told}</td></tr>`,
    );
    const markup =
      rows.join("") || "<tr><td colspan='4'>no axis at all: two single numbers</td></tr>";
    put(this.root.querySelector("tbody"), markup, () => markup);
    put(this.root.querySelector(".verdict"), fitted(left, right));
    const picture = this.root.querySelector(".ghosts");
    const drawing = whole ? pictures(left, right, whole) : "";
    put(picture, drawing, () => drawing);
  }
}

function pictures(left, right, whole) {
  if (!canBeDrawn(whole)) return "<p>Too many cells or axes to draw; the rule is the same.</p>";
  return (
    drawn(`${asTuple(left)}, stretched`, left, whole) +
    drawn(`${asTuple(right)}, stretched`, right, whole)
  );
}

export default function (component) {
  const { parentElement } = component;
  const shapes = parentElement.querySelector(".shapes").shapes ?? new Shapes(parentElement);
  shapes.receive(component);
}
