// Softmax under one's hands: logits dragged, the Jacobian opened, the loss that collapses.

import { tint } from "../../_kit/matrices/web/tint.js";
import { brief, put, size } from "../../_kit/player/web/format.js";
import { setStop } from "../../_kit/plots/web/dial.js";
import { Shared } from "../../_kit/site/shared.js";
import { hundredths } from "./hundredths.js";
import { quotient, summed } from "./quotient.js";
import { asWritten, collapse, jacobian, OVERFLOWS, probabilities, shifted } from "./softmax.js";

const [LOW, HIGH] = [-5, 5];
const MANY = 5; // so many classes at most have room for every digit
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

class SoftmaxPanel {
  constructor(parent) {
    this.root = parent.querySelector(".softmax-panel");
    this.root.panel = this;
    this.find = (selector) => this.root.querySelector(selector);
    this.shared = new Shared(() => this.paint());
    this.root.addEventListener("click", (event) => this.press(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("input", (event) => this.slide(event, false));
    this.root.addEventListener("change", (event) => this.slide(event, true));
  }

  receive(component) {
    this.limits = component.data.limits;
    this.shared.receive(component);
    // A link may name a class that there is not.
    const { state } = this.shared;
    for (const name of ["i", "j", "true"]) state[name] = Math.min(state[name], state.logits.length);
    this.paint();
  }

  press({ target }) {
    const { logits, add, i, j, true: k } = this.shared.state;
    const { count, add: by } = target.closest("button")?.dataset ?? {};
    const cell = target.closest("td[data-i]");
    if (count) {
      const n = logits.length + Number(count);
      const kept = count > 0 ? [...logits, 0] : logits.slice(0, n);
      const [row, column, label] = [i, j, k].map((each) => Math.min(each, n));
      this.shared.turn({ logits: kept, i: row, j: column, true: label }, true);
    } else if (by) this.shared.turn({ add: add + Number(by) }, true);
    else if (cell) this.shared.turn({ i: Number(cell.dataset.i), j: Number(cell.dataset.j) }, true);
  }

  key(event) {
    const cell = event.target.closest("td[data-i]");
    const move = MOVES[event.key];
    if (!cell || !move) return;
    event.preventDefault();
    const n = this.shared.state.logits.length;
    const inside = (value) => Math.min(n, Math.max(1, value));
    const i = inside(Number(cell.dataset.i) + move[0]);
    const j = inside(Number(cell.dataset.j) + move[1]);
    this.shared.turn({ i, j }, true);
    this.find(".jacobian [aria-selected=true]").focus();
  }

  slide({ target }, isOver) {
    const { logits } = this.shared.state;
    const { index } = target.dataset;
    if (index !== undefined) {
      const turned = logits.map((z, i) => (i === Number(index) ? Number(target.value) : z));
      this.shared.turn({ logits: turned }, isOver);
    } else if (target.id === "temperature")
      this.shared.turn({ T: this.limits.temperatures[Number(target.value)] }, isOver);
    else if (target.name === "true") this.shared.turn({ true: Number(target.value) }, true);
  }

  paint() {
    const start = performance.now();
    const { logits, T, add, true: label } = this.shared.state;
    const z = logits.map((value) => value + add);
    const a = probabilities(z, T);
    this.sliders(logits, T, add);
    this.rows(z, T, a, label - 1);
    put(this.find(".verdict"), verdict(z, T, a));
    const slopes = jacobian(a, T);
    this.matrix(slopes);
    this.open(a, shifted(z, T), slopes);
    this.through(a, slopes, label - 1, T);
    this.root.dataset.paint = (performance.now() - start).toFixed(1);
  }

  // Sliders stay the same elements while they are dragged.
  sliders(logits, T, add) {
    const n = logits.length;
    const rows = Array.from({ length: n }, (_, i) => sliderRow(i));
    put(this.find(".logits tbody"), String(n), () => rows.join(""));
    logits.forEach((value, i) => {
      const input = this.find(`[data-index="${i}"]`);
      input.value = value;
      input.style.setProperty("--done", `${(100 * (value - LOW)) / (HIGH - LOW)}%`);
    });
    const { temperatures, fewest, most, add: furthest } = this.limits;
    const input = this.find("#temperature");
    setStop(input, temperatures, T);
    put(this.find(".temperature output"), size(T));
    for (const power of this.root.querySelectorAll(".logits .arg"))
      put(power, T === 1 ? "z" : "z/T");
    this.find("[data-count='1']").disabled = n >= most;
    this.find("[data-count='-1']").disabled = n <= fewest;
    this.find("[data-add='100']").disabled = add + 100 > furthest;
    this.find("[data-add='-100']").disabled = add - 100 < -furthest;
    put(this.find(".added"), add ? `${size(add)} is added to each` : "");
  }

  rows(z, T, a, k) {
    const written = asWritten(z, T);
    const powers = shifted(z, T);
    const total = powers.reduce((sum, power) => sum + power, 0);
    z.forEach((value, i) => {
      const line = this.find(`.logits tbody tr:nth-child(${i + 1})`);
      line.classList.toggle("true", i === k);
      const [, slider, power, quotientCell, small, meter] = line.children;
      put(slider.querySelector("output"), size(value));
      put(power, big(written.powers[i]));
      put(quotientCell, Number.isNaN(written.a[i]) ? "NaN" : size(written.a[i]));
      power.classList.toggle("broken", !Number.isFinite(written.powers[i]));
      quotientCell.classList.toggle("broken", Number.isNaN(written.a[i]));
      put(small, size(powers[i]));
      meter.querySelector("i").style.setProperty("--share", `${100 * a[i]}%`);
      put(meter.querySelector("span"), size(a[i]));
    });
    const cells = ["", "sum S", big(written.total), "", size(total), "1"];
    const foot = `<tr>${cells.map((text) => `<td class="quiet">${text}</td>`).join("")}</tr>`;
    put(this.find(".logits tfoot"), foot, () => foot);
  }

  matrix(slopes) {
    const { i: row_, j: column } = this.shared.state;
    const n = slopes.length;
    const most = Math.max(...slopes.flat().map(Math.abs));
    const text = n > MANY ? briefly : size;
    const isFocused = this.find(".jacobian")?.contains(this.root.getRootNode().activeElement);
    const heads = slopes.map((_, j) => `<th scope="col">z<sub>${j + 1}</sub></th>`);
    const body = slopes.map((line, i) => {
      const cells = line.map((value, j) => {
        const isChosen = i + 1 === row_ && j + 1 === column;
        return `<td role="gridcell" data-i="${i + 1}" data-j="${j + 1}" style="${tint(value, most)}"
          tabindex="${isChosen ? 0 : -1}" aria-selected="${isChosen}"
          aria-label="slope of a${i + 1} in z${j + 1}: ${size(value)}">${text(value)}</td>`;
      });
      return `<tr><th scope="row">a<sub>${i + 1}</sub></th>${cells.join("")}</tr>`;
    });
    const table = this.find(".jacobian");
    this.find(".right").classList.toggle("many", n > MANY);
    const markup = `<thead><tr><td></td>${heads.join("")}</tr></thead><tbody>${body.join("")}</tbody>`;
    put(table, markup, () => markup);
    if (isFocused) this.find(".jacobian [aria-selected=true]")?.focus({ preventScroll: true });
  }

  open(a, powers, slopes) {
    const { i, j, T } = this.shared.state;
    const lines = quotient({ i: i - 1, j: j - 1, a, powers, slopes, temperature: T });
    const markup = lines.map(({ reason, markup }) => `<li><p>${reason}</p>${markup}</li>`).join("");
    put(this.find(".steps"), markup, () => markup);
  }

  through(a, slopes, k, T) {
    const chosen = this.shared.state.j - 1;
    const { slope, total } = collapse(a, k, T);
    const heads = ["i", "true class", "y", "∂ℒ/∂a", "∂ℒ/∂z", T === 1 ? "a − y" : "(a − y) / T"];
    const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
    const lines = a.map((value, i) => {
      const y = i === k ? 1 : 0;
      const radio = `<input type="radio" name="true" value="${i + 1}" ${y ? "checked" : ""}
        aria-label="Class ${i + 1} is the true one" />`;
      const cells = [i + 1, radio, y, size(slope[i]), size(total[i]), size((value - y) / T)];
      return `<tr class="${i === chosen ? "chosen" : ""}">${cells.map((c) => `<td>${c}</td>`).join("")}</tr>`;
    });
    const hadFocus = this.root.getRootNode().activeElement?.name === "true";
    const markup = `<thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody>`;
    put(this.find(".slopes"), markup, () => markup);
    if (hadFocus) this.find(".slopes input:checked").focus({ preventScroll: true });
    const found = summed({ i: chosen, k, slope, slopes, total, a, temperature: T });
    const terms = found.terms.map(({ text, isZero }) =>
      isZero ? `<span class="zero">${text}</span>` : `<b>${text}</b>`,
    );
    const name = `z<sub>${chosen + 1}</sub>`;
    const sum = `∂ℒ/∂${name} = Σ<sub>k</sub> ∂ℒ/∂a<sub>k</sub> · ∂a<sub>k</sub>/∂${name} =
      ${terms.join(" + ")} = <b>${found.end}</b>, which is ${found.short}.`;
    put(this.find(".sum"), sum, () => sum);
  }
}

function sliderRow(i) {
  return `<tr><td>${i + 1}</td><td><div class="slide"><input type="range" data-index="${i}" min="${LOW}"
    max="${HIGH}" step="0.1" aria-label="logit z${i + 1}" /><output></output></div></td><td></td><td></td>
    <td></td><td><div class="meter"><i></i><span></span></div></td></tr>`;
}

// A number of a large matrix: shorter, and where the screen is narrow in hundredths.
function briefly(value) {
  return `<span class="roomy">${brief(value)}</span><span class="narrow">${hundredths(value)}</span>`;
}

function big(value) {
  return value === Number.POSITIVE_INFINITY ? "∞" : size(value);
}

// What has become of the notes' formula, or which class is the likeliest.
export function verdict(z, T, a) {
  const written = asWritten(z, T);
  const top = Math.max(...a);
  const likeliest = `Class ${a.indexOf(top) + 1} is the likeliest, at ${size(top)}.`;
  if (written.total === Number.POSITIVE_INFINITY)
    return `${likeliest} As written, e^z overflows from z = ${OVERFLOWS.toFixed(2)} on, and ∞/∞ is not a number. With the largest z taken off each nothing can overflow: the engine does that.`;
  if (written.total === 0)
    return `${likeliest} As written, every e^z is too small for float64, and 0/0 is not a number. With the largest z taken off each, one power is always 1.`;
  if (T !== 1)
    return `${likeliest} Each z is divided by T = ${size(T)} first: ${T > 1 ? "the classes come nearer to each other" : "they move apart, towards the largest"}.`;
  return `${likeliest} What is added to every z stands above and below as the same factor, and cancels.`;
}

export default function (component) {
  const { parentElement } = component;
  const root = parentElement.querySelector(".softmax-panel");
  (root.panel ?? new SoftmaxPanel(parentElement)).receive(component);
}
