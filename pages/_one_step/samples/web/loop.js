// The step as a loop: one sample after the other, what it adds, and the sums so far.

import { grid } from "../../../_kit/matrices/web/grid.js";
import { notated } from "../../../_kit/matrices/web/notation.js";
import { Pace } from "../../../_kit/matrices/web/pace.js";
import { put, size } from "../../../_kit/player/web/format.js";

const PACE = 1300;
const KEYS = { ArrowRight: "step", ArrowLeft: "back", Home: "start", End: "end" };

class Loop {
  constructor(root) {
    this.element = root.querySelector(".loop");
    this.element.loop = this; // for tests
    for (const name of ["where", "turn", "totals", "columns", "live"])
      this[name] = root.querySelector(`[data-role=${name}]`);
    this.at = 1; // how many samples the sums have; one more: divided by m
    this.pace = new Pace(root.querySelector("[data-go=play]"), PACE, {
      isAtEnd: () => this.isOver,
      restart: () => this.to(0),
      next: () => this.to(this.at + 1),
    });
    this.element.addEventListener("click", ({ target }) => {
      const go = target.closest("[data-go]");
      if (go) this.go(go.dataset.go);
    });
    this.element.addEventListener("keydown", (event) => {
      const way = event.key === " " && !event.target.matches("button") ? "play" : KEYS[event.key];
      if (!way) return;
      event.preventDefault();
      this.go(way);
    });
  }

  receive({ data }) {
    this.data = data;
    this.at = Math.min(this.at, data.m + 1);
    this.paint();
  }

  go(way) {
    if (way === "play") this.pace.toggle();
    else {
      this.pace.stop();
      this.to({ start: 0, back: this.at - 1, step: this.at + 1, end: this.data.m + 1 }[way]);
    }
  }

  to(at) {
    this.at = Math.min(this.data.m + 1, Math.max(0, at));
    this.paint();
  }

  get isOver() {
    return this.at > this.data.m;
  }

  paint() {
    const { m, turns } = this.data;
    const turn = turns[Math.min(this.at, m) - 1];
    const where = ["Nothing is added yet", `i = ${this.at} of ${m}`, `Divided by m = ${m}`];
    put(this.where, where[this.isOver ? 2 : Math.min(1, this.at)]);
    this.turn.innerHTML = this.lines(turn);
    this.totals.innerHTML = this.sums(turn);
    this.columns.innerHTML = this.bias();
    put(this.live, this.where.textContent);
    this.element.dataset.at = this.at;
  }

  lines(turn) {
    const { lines, loss, sums, m } = this.data;
    const row = (notes, numbers = "", kind = "inside") =>
      `<li class="${kind}"><span>${notated(notes)}</span><span class="numbers">${numbers}</span></li>`;
    const isBack = ([, key]) => key.startsWith("d");
    const told = ([notes, key]) => row(notes, turn ? vector(turn.columns[key].values) : "");
    return [
      row(`${sums.map(named).join(", ")} = 0`, "", "outside"),
      row(`for i = 1, …, ${m}:`, this.at && !this.isOver ? `i = ${this.at}` : "", "outside"),
      ...lines.filter((line) => !isBack(line)).map(told),
      row(loss, turn ? size(turn.loss) : ""),
      ...lines.filter(isBack).map(told),
      ...sums.map((key) => row(`${named(key)} += ${piece(key)}`)),
      row(`${sums.map(named).join(", ")} divided by ${m}`, this.isOver ? "now" : "", "outside"),
    ].join("");
  }

  // Every running sum as a matrix; once divided, beside what the line of matrices makes.
  sums(turn) {
    const { sums, whole, m } = this.data;
    const nothing = ({ shape }) => ({ shape, values: Array(shape[0] * shape[1]).fill(0) });
    const divided = ({ shape, values }) => ({ shape, values: values.map((value) => value / m) });
    return sums
      .map((key) => {
        const sum = turn ? turn.sums[key] : nothing(whole[key]);
        const marks = (_, row, column) => ({
          classes:
            turn && !this.isOver && turn.added[key].values[row * sum.shape[1] + column]
              ? "changed"
              : "",
          isFocus: false,
        });
        const still = () => ({ classes: "", isFocus: false });
        const now = grid(key, this.isOver ? divided(sum) : sum, { marks });
        const line = this.isOver
          ? `<span class="sign">=</span>${grid(key, whole[key], { isResult: true, marks: still })}`
          : "";
        return `<div class="pair">${now}${line}</div>`;
      })
      .join("");
  }

  // The first bias of the last layer: its sum over the samples, those to come still pale.
  bias() {
    const { sums, turns, m } = this.data;
    const key = sums[2];
    const terms = turns.map(({ added }, k) => {
      const value = added[key].values[0];
      const text = value < 0 ? `(${size(value)})` : size(value);
      return `<span class="${k < this.at ? "" : "later"}">${k ? " + " : ""}${text}</span>`;
    });
    const total = this.isOver ? ` = <b>${size(this.data.whole[key].values[0])}</b>` : "";
    return `${notated(key.replace(/b(\d+)/, "b₁[$1]"))} = 1/${m} ( ${terms.join("")} )${total}`;
  }

  dispose() {
    this.pace.stop();
  }
}

function named(key) {
  return key.replace(/(\d+)$/, "[$1]");
}

// What a turn adds to a sum.
function piece(key) {
  if (key === "J") return "ℒ";
  const l = Number(key.slice(2));
  return key[1] === "b" ? `dz[${l}]` : `dz[${l}] ${l === 1 ? "x" : `a[${l - 1}]`}ᵀ`;
}

function vector(values) {
  const numbers = values.map((value) => size(value ?? Number.NaN));
  return numbers.length === 1 ? numbers[0] : `[${numbers.join(", ")}]`;
}

export default function (component) {
  const root = component.parentElement;
  const shown = root.querySelector(".loop").loop ?? new Loop(root);
  shown.receive(component);
  return () => shown.dispose();
}
