// Ink: what the pen leaves on a grid much finer than the network's picture, 0 (paper) to 255.

import { bounds } from "./strokes.js";

// Pixels of ink per thousandth of the canvas: the whole canvas is 280 wide.
export const PER_UNIT = 0.28;

// The ink of lines with round ends: {pixels, width, height}, and where on the canvas's grid it
// begins.
export function ink(strokes, penWidth) {
  const radius = (penWidth * PER_UNIT) / 2;
  const box = bounds(strokes);
  const left = Math.floor(box.left * PER_UNIT - radius) - 1;
  const top = Math.floor(box.top * PER_UNIT - radius) - 1;
  const width = Math.ceil(box.right * PER_UNIT + radius) + 1 - left;
  const height = Math.ceil(box.bottom * PER_UNIT + radius) + 1 - top;
  const sheet = { pixels: new Uint8Array(width * height), width, height, left, top };
  for (const stroke of strokes) {
    const at = (k) => [stroke[k] * PER_UNIT - left, stroke[k + 1] * PER_UNIT - top];
    if (stroke.length === 2) line(sheet, at(0), at(0), radius);
    for (let k = 2; k < stroke.length; k += 2) line(sheet, at(k - 2), at(k), radius);
  }
  return sheet;
}

// A pixel is covered as far as its middle lies inside the line, from none to all across one pixel
// of its edge.
function line({ pixels, width, height }, [x1, y1], [x2, y2], radius) {
  const reach = radius + 0.5;
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squared = dx * dx + dy * dy;
  const [fromX, toX] = span(x1, x2, reach, width);
  const [fromY, toY] = span(y1, y2, reach, height);
  for (let row = fromY; row < toY; row++) {
    for (let column = fromX; column < toX; column++) {
      const [x, y] = [column + 0.5 - x1, row + 0.5 - y1];
      const along = squared ? Math.min(1, Math.max(0, (x * dx + y * dy) / squared)) : 0;
      const distance = Math.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2);
      const level = Math.round(255 * Math.min(1, reach - distance));
      const place = row * width + column;
      if (level > pixels[place]) pixels[place] = level;
    }
  }
}

function span(a, b, reach, most) {
  return [
    Math.max(0, Math.floor(Math.min(a, b) - reach)),
    Math.min(most, Math.ceil(Math.max(a, b) + reach)),
  ];
}
