// Strokes of a pen as people make them: [x, y, x, y, ...] in thousandths of the canvas, y
// downwards.

import { BOX } from "./normalise.js";

export const SIDE = 1000;

const SMALLEST = 250; // what is drawn smaller than this has a pen as wide as if it were this large

// The smallest box around all points, or null without any.
export function bounds(strokes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const stroke of strokes) {
    for (let k = 0; k < stroke.length; k += 2) {
      box.left = Math.min(box.left, stroke[k]);
      box.right = Math.max(box.right, stroke[k]);
      box.top = Math.min(box.top, stroke[k + 1]);
      box.bottom = Math.max(box.bottom, stroke[k + 1]);
    }
  }
  return box.left <= box.right ? box : null;
}

// The strokes turned about the middle of their box, clockwise, in degrees.
export function turned(strokes, degrees) {
  const box = bounds(strokes);
  if (!degrees || !box) return strokes;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return strokes.map((stroke) =>
    stroke.map((_, k) => {
      const x = stroke[k - (k % 2)] - middleX;
      const y = stroke[k - (k % 2) + 1] - middleY;
      return Math.round(k % 2 ? middleY + sin * x + cos * y : middleX + cos * x - sin * y);
    }),
  );
}

// How wide a pen must be to leave a line of so many pixels once the digit, line and all, is scaled
// to the box.
export function penWidth(strokes, pixels) {
  const box = bounds(strokes);
  const extent = box ? Math.max(box.right - box.left, box.bottom - box.top, SMALLEST) : SMALLEST;
  return (pixels * extent) / (BOX - pixels);
}

export function pointCount(strokes) {
  return strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
}
