// The ten probabilities as bars with numbers, and the answer in words.

import { percent, put } from "../../../_kit/player/web/format.js";
import { named, verdict } from "./words.js";

export class Bars {
  constructor(drawing, root) {
    this.drawing = drawing;
    this.verdict = root.querySelector(".verdict");
    const list = root.querySelector(".bars");
    list.innerHTML = Array.from(
      { length: 10 },
      (_, digit) => `<li><b>${digit}</b><span><i></i></span><output></output></li>`,
    ).join("");
    this.rows = [...list.children];
  }

  draw() {
    const { reading } = this.drawing;
    this.rows.forEach((row, digit) => {
      const p = reading?.probabilities[digit];
      row.classList.toggle("first", digit === reading?.digit);
      row.querySelector("i").style.width = `${100 * (p ?? 0)}%`;
      put(row.querySelector("output"), reading ? percent(p) : "–");
    });
    const answered = reading ? answer(reading) : "Nothing is drawn yet.";
    put(this.verdict, answered, () => answered);
  }
}

function answer(reading) {
  const { digit, probability, probabilities } = reading;
  const others = probabilities.map((p, other) => [p, other]).filter(([, other]) => other !== digit);
  const [[second, next]] = others.sort(([a], [b]) => b - a);
  if (second === probability) return verdict(reading);
  const first = named(digit).replace(/\d/, "<b>$&</b>");
  const runnerUp = `<span>Next: ${named(next)}, ${percent(second)}.</span>`;
  return `It looks like ${first}, ${percent(probability)}. ${runnerUp}`;
}
