// Digits, their labels, and the columns of Y that are made of them, one after the other.

import { put } from "../../_kit/player/web/format.js";
import { Shared } from "../../_kit/site/shared.js";

const SIDE = 28;

class LabelsPanel {
  constructor(parent) {
    this.root = parent.querySelector(".labels-panel");
    this.root.panel = this;
    this.find = (selector) => this.root.querySelector(selector);
    this.shared = new Shared(() => this.paint());
    const slider = this.find("input");
    slider.oninput = () => this.shared.turn({ m: Number(slider.value) }, false);
    slider.onchange = () => this.shared.turn({ m: Number(slider.value) }, true);
    this.find(".choice").onchange = ({ target }) => this.shared.turn({ task: target.value }, true);
  }

  receive(component) {
    this.shared.receive(component);
    this.tasks = component.data.tasks;
    const buttons = Object.entries(this.tasks).map(
      ([name, { question }]) =>
        `<label><input type="radio" name="task" value="${name}" />${question}</label>`,
    );
    put(this.find(".choice"), buttons.join(""), () => buttons.join(""));
    this.paint();
  }

  paint() {
    const { task: name, m } = this.shared.state;
    const task = this.tasks[name];
    for (const input of this.find(".choice").querySelectorAll("input"))
      input.checked = input.value === name;
    const most = task.labels.length;
    const slider = this.find("#columns");
    slider.max = most;
    slider.value = m;
    slider.style.setProperty("--done", `${(100 * m) / most}%`);
    put(this.find("output"), String(m));
    const isFurther = this.drawn?.name === name && m > this.drawn.m;
    const since = isFurther ? this.drawn.m : m;
    this.drawn = { name, m };
    const table = this.find("table");
    table.innerHTML = rows(task, m, since);
    const ink = getComputedStyle(this.root).color;
    table.querySelectorAll("canvas").forEach((canvas, k) => {
      draw(canvas, task.pixels[k], ink);
    });
    put(this.find(".verdict"), told(task, m));
  }
}

// The markup of digits, labels, Y and what is read back; columns from `since` on are new.
export function rows(task, m, since) {
  const columns = Array.from({ length: m }, (_, k) => k);
  const of = (cell) => columns.map((k) => cell(k, k >= since ? "new" : "")).join("");
  const label = (k) => task.labels[k];
  const heads = of(
    (k) =>
      `<td><canvas width="${SIDE}" height="${SIDE}" role="img" aria-label="A ${label(k)}"></canvas></td>`,
  );
  const lines = task.Y.map((row, i) => {
    const cells = of((k, fresh) => `<td class="${row[k] ? "hot" : ""} ${fresh}">${row[k]}</td>`);
    return `<tr class="y"><th scope="row">${task.names[i]}</th>${cells}</tr>`;
  });
  return `<tbody><tr><th scope="row">digit</th>${heads}</tr>
    <tr><th scope="row">label</th>${of((k) => `<td>${label(k)}</td>`)}</tr>${lines.join("")}
    <tr><th scope="row">read back</th>${of((k) => `<td>${task.read[k]}</td>`)}</tr></tbody>`;
}

// What has been made, with its shapes.
export function told(task, m) {
  const columns = m === 1 ? "1 column" : `${m} columns`;
  return `${task.told} X is (${SIDE * SIDE}, ${m}), Y is (${task.Y.length}, ${m}): ${columns}, one for each digit, as A[L] has.`;
}

function draw(canvas, pixels, ink) {
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(SIDE, SIDE);
  const [red, green, blue] = ink.match(/[\d.]+/g).map(Number);
  for (const [k, darkness] of Array.from(atob(pixels), (sign) => sign.charCodeAt(0)).entries())
    image.data.set([red, green, blue, darkness], 4 * k);
  pen.putImageData(image, 0, 0);
}

export default function (component) {
  const { parentElement } = component;
  const root = parentElement.querySelector(".labels-panel");
  (root.panel ?? new LabelsPanel(parentElement)).receive(component);
}
