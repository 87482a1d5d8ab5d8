// A digit: the strokes and what is tried on them. It is never changed, only replaced.

import { ink } from "./ink.js";
import { noisy } from "./noise.js";
import { normalise } from "./normalise.js";
import { penWidth, turned } from "./strokes.js";

// With 2.5 pixels the lines are as wide as MNIST's.
export const PLAIN = { angle: 0, pen: 2.5, noise: 0, seed: 0 };

export const BLANK = { strokes: [], ...PLAIN };

// What the visitor finds before anything is drawn: a 3.
export const EXAMPLE = {
  ...PLAIN,
  strokes: [
    [
      336, 273, 351, 259, 372, 239, 397, 217, 424, 199, 451, 190, 482, 192, 518, 200, 554, 213, 585,
      230, 606, 249, 618, 272, 624, 301, 624, 331, 616, 360, 602, 385, 573, 404, 529, 420, 482, 434,
      445, 447, 430, 461, 445, 475, 481, 487, 528, 500, 574, 514, 606, 532, 626, 555, 641, 580, 651,
      608, 654, 636, 649, 662, 635, 689, 612, 719, 583, 747, 550, 769, 516, 780, 476, 777, 428, 762,
      379, 741, 337, 722, 307, 709,
    ],
  ],
};

// Everything that lies between the strokes and the network: {lines, width, ink, steps, picture};
// null while blank.
export function develop({ strokes, angle, pen, noise, seed }) {
  if (!strokes.length) return null;
  const lines = turned(strokes, angle);
  const width = penWidth(strokes, pen);
  const sheet = ink(lines, width);
  const steps = normalise(sheet);
  return { lines, width, ink: sheet, steps, picture: noisy(steps.picture, noise, seed) };
}
