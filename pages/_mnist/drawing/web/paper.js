// Grey levels on the page's own paper: the background is 0, the text's colour is full ink.

import { hex } from "../../../_kit/player/web/palette.js";

export class Paper {
  constructor({ background, text }) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 256, height: 1 });
    const pen = canvas.getContext("2d");
    const scale = pen.createLinearGradient(0.5, 0, 255.5, 0);
    scale.addColorStop(0, background);
    scale.addColorStop(1, text);
    pen.fillStyle = scale;
    pen.fillRect(0, 0, 256, 1);
    this.colours = new Uint32Array(pen.getImageData(0, 0, 256, 1).data.buffer);
  }

  // Show grey levels (width wide) on a canvas of this size, their corner at x, y.
  paint(
    canvas,
    levels,
    width,
    { columns = width, rows = levels.length / width, x = 0, y = 0 } = {},
  ) {
    paint(canvas, this.colours, levels, width, { columns, rows, x, y });
  }
}

// MNIST's own greys: paper is black, ink is white.
export const MNIST_GREYS = Uint32Array.from(
  { length: 256 },
  (_, k) => ((255 << 24) | (k << 16) | (k << 8) | k) >>> 0,
);

export function paint(canvas, colours, levels, width, { columns, rows, x, y }) {
  if (canvas.width !== columns || canvas.height !== rows) {
    Object.assign(canvas, { width: columns, height: rows });
  }
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, levels.length / width);
  new Uint32Array(image.data.buffer).set(Array.from(levels, (level) => colours[level]));
  pen.fillStyle = hex(colours[0]);
  pen.fillRect(0, 0, columns, rows);
  pen.putImageData(image, x, y);
}
