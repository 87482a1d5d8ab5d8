// What can be tried on a digit: turned, drawn with another pen, disturbed by noise.

import { number, percent, put } from "../../../_kit/player/web/format.js";
import { PLAIN } from "./digit.js";

const SHOWN = {
  angle: (value) => `${number(value)}°`,
  pen: (value) => `${value.toFixed(1)} px`,
  noise: (value) => percent(value),
};

export class Trials {
  constructor(drawing, root) {
    this.drawing = drawing;
    this.sliders = Object.keys(SHOWN).map((name) => root.querySelector(`input[name=${name}]`));
    this.again = root.querySelector("[data-act=reseed]");
    this.plain = root.querySelector("[data-act=plain]");
    for (const slider of this.sliders) {
      slider.addEventListener("input", () =>
        drawing.change({ [slider.name]: Number(slider.value) }),
      );
    }
    this.again.addEventListener("click", () =>
      drawing.change({ seed: (drawing.digit.seed + 1) % 1000 }),
    );
    this.plain.addEventListener("click", () => drawing.change(PLAIN));
  }

  draw() {
    const { digit } = this.drawing;
    for (const slider of this.sliders) {
      const value = digit[slider.name];
      const shown = SHOWN[slider.name](value);
      slider.value = value;
      slider.setAttribute("aria-valuetext", shown);
      slider.style.setProperty(
        "--done",
        `${(100 * (value - slider.min)) / (slider.max - slider.min)}%`,
      );
      put(slider.parentElement.querySelector("output"), shown);
    }
    this.again.disabled = !digit.noise;
    this.plain.disabled = Object.entries(PLAIN).every(([name, value]) => digit[name] === value);
  }
}
