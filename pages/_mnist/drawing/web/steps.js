// How the strokes become the network's input: four pictures, a sentence each.

import { number, percent, put } from "../../../_kit/player/web/format.js";
import { PER_UNIT } from "./ink.js";
import { BOX, PICTURE } from "./normalise.js";
import { SIDE } from "./strokes.js";

const CANVAS = SIDE * PER_UNIT;
const NOTHING = new Uint8Array(PICTURE * PICTURE);

export class Steps {
  constructor(drawing, root) {
    this.drawing = drawing;
    this.figures = Object.fromEntries(
      ["drawn", "cropped", "scaled", "centred"].map((name) => [
        name,
        root.querySelector(`[data-step=${name}]`),
      ]),
    );
  }

  draw() {
    const { digit, picture } = this.drawing;
    if (!picture) return this.drawNothing();
    const { ink, steps } = picture;
    const { box, small, mass, shift } = steps;
    // Shown in the middle, wherever it is computed.
    const aside = Math.floor((BOX - box.width / steps.step) / 2);
    const below = Math.floor((BOX - box.height / steps.step) / 2);
    const all = { columns: CANVAS, rows: CANVAS, x: ink.left, y: ink.top };
    const drawn = `A pen that leaves lines ${digit.pen.toFixed(1)} pixels wide in the end.`;
    this.show("drawn", ink.pixels, ink.width, all, drawn);
    const cut = { columns: box.width, rows: box.height, x: -box.left, y: -box.top };
    const extent = `${box.width} × ${box.height} of the canvas's ${CANVAS} × ${CANVAS}`;
    this.show("cropped", ink.pixels, ink.width, cut, `The box around the ink: ${extent}.`);
    const middle = { columns: BOX, rows: BOX, x: aside, y: below };
    const times = `Times ${number(1 / steps.step)}, so that the longer side has 20 pixels`;
    this.show("scaled", small, BOX, middle, `${times}; edges turn grey.`);
    const noise = digit.noise ? ` Then noise, ${percent(digit.noise)} of full ink.` : "";
    const moved = "Moved until the centre of mass (+) is in the middle: the 784 inputs.";
    this.show("centred", picture.picture, PICTURE, {}, moved + noise);
    this.mark("scaled", mass.row + below, mass.column + aside, BOX);
    this.mark("centred", mass.row + shift.row, mass.column + shift.column, PICTURE);
  }

  drawNothing() {
    for (const name of ["drawn", "cropped", "scaled", "centred"]) {
      this.show(name, NOTHING, PICTURE, {}, "");
      this.figures[name].querySelector("i")?.setAttribute("hidden", "");
    }
  }

  show(name, levels, width, place, sentence) {
    const figure = this.figures[name];
    this.drawing.paper.paint(figure.querySelector("canvas"), levels, width, place);
    put(figure.querySelector("p"), sentence);
  }

  // A cross at the middle of a pixel, which need not be a whole one.
  mark(name, row, column, side) {
    const cross = this.figures[name].querySelector("i");
    cross.removeAttribute("hidden");
    cross.style.left = `${(100 * (column + 0.5)) / side}%`;
    cross.style.top = `${(100 * (row + 0.5)) / side}%`;
  }
}
