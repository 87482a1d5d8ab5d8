// Histograms as small multiples: a row per layer, a column for what is counted, say activations and
// gradients.

import { Sheet } from "../../player/web/canvas.js";
import { power, size } from "../../player/web/format.js";

const STRIP = { left: 16, gap: 12, top: 18, bottom: 32 };
const ROW = { few: 34, some: 24, many: 18 };

export class Strips {
  constructor(lineup, box) {
    this.lineup = lineup;
    this.box = box;
    this.sheet = new Sheet(box.querySelector("canvas"), () => lineup.redraw());
  }

  load(entry) {
    const depth = Math.max(0, ...Object.values(entry.layers).map((held) => held.depth));
    this.row = rowHeight(depth);
    this.box.hidden = !depth;
    this.box.style.height = `${STRIP.top + STRIP.bottom + depth * this.row}px`;
  }

  draw(entry, k) {
    const { sheet, lineup } = this;
    if (this.box.hidden || !sheet.width) return;
    const pen = sheet.begin();
    if (k < 0) return;
    const { palette } = lineup;
    const columns = Object.entries(entry.layers);
    const width = (sheet.width - STRIP.left - STRIP.gap * (columns.length - 1)) / columns.length;
    columns.forEach(([title, held], c) => {
      const left = STRIP.left + c * (width + STRIP.gap);
      this.drawColumn(pen, palette, entry, title, held, k, left, width);
    });
    this.drawNumbers(pen, palette, Math.max(...columns.map(([, { depth }]) => depth)));
    this.describe(columns, k);
  }

  drawColumn(pen, palette, entry, title, { depth, bins, counts, edges }, k, left, width) {
    pen.font = `500 11.5px ${palette.font}`;
    pen.fillStyle = palette.muted;
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText(title, left, 0, width);
    for (let l = 0; l < depth; l++) {
      const floor = STRIP.top + (l + 1) * this.row - 2;
      pen.fillStyle = palette.grid;
      pen.fillRect(left, floor, width, 1);
      pen.fillStyle = palette.ink(entry.colour);
      const start = (k * depth + l) * bins;
      for (let b = 0; b < bins; b++) {
        if (!counts[start + b]) continue;
        // Roots: what is rare is seen too, beside the many units that are 0.
        const height = Math.max(1, (this.row - 4) * Math.sqrt(counts[start + b] / 255));
        pen.fillRect(left + (width * b) / bins, floor - height, width / bins - 0.5, height);
      }
    }
    pen.font = `11px ${palette.font}`;
    pen.fillStyle = palette.muted;
    pen.textBaseline = "top";
    const below = STRIP.top + depth * this.row + 2;
    const [from, to] = edges.subarray(2 * k, 2 * k + 2);
    if (from === -to) {
      // one number for both ends, where two would not fit side by side
      pen.textAlign = "center";
      pen.fillText(`±${rangeText(to)}`, left + width / 2, below);
      return;
    }
    pen.fillText(rangeText(from), left, below);
    pen.textAlign = "right";
    pen.fillText(rangeText(to), left + width, below);
  }

  // The layers' numbers, l = 1, 2, ..., left of their rows.
  drawNumbers(pen, palette, depth) {
    pen.fillStyle = palette.muted;
    pen.font = `11px ${palette.font}`;
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    for (let l = 1; l <= depth; l++) pen.fillText(String(l), 0, STRIP.top + l * this.row - 2);
    pen.fillText("l", 0, 10);
    const { height, width } = this.sheet;
    pen.fillText("a row per layer l; height: √ of the count", 0, height - 4, width);
  }

  describe(columns, k) {
    if (this.lineup.playing) return;
    const words = columns.map(([title, { depth, deviation, measure }]) => {
      const numbers = Array.from(deviation.subarray(k * depth, (k + 1) * depth), size);
      return `${title}, ${measure} by layer: ${numbers.join(", ")}`;
    });
    this.sheet.canvas.setAttribute("aria-label", `Histograms by layer. ${words.join(". ")}.`);
  }
}

function rowHeight(depth) {
  if (depth <= 3) return ROW.few;
  return depth <= 6 ? ROW.some : ROW.many;
}

// Two digits or one: several such numbers stand side by side under a tile.
function rangeText(value) {
  const far = value && !(Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4);
  return far ? power(value, 1) : String(Number(value.toPrecision(2))).replace("-", "−");
}
