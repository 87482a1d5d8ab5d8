// A plot as SVG: axes with round numbers, curves, a tangent, points, and where the pointer is in it.

import { ticks, tickText } from "../../player/web/format.js";

const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 10, 34];

export class Plot {
  // `x` and `y` are the ends of the axes, `width` and `height` pixels.
  constructor({ x, y, width, height, titles }) {
    Object.assign(this, { x, y, width, height, titles });
    this.parts = [this.axes()];
  }

  right(value) {
    const share = (value - this.x[0]) / (this.x[1] - this.x[0]);
    return LEFT + share * (this.width - LEFT - RIGHT);
  }

  down(value) {
    const share = (value - this.y[0]) / (this.y[1] - this.y[0]);
    return this.height - BOTTOM - share * (this.height - TOP - BOTTOM);
  }

  // The place on the x-axis that so many pixels from the left are, given how wide it is shown.
  at(pixels, shown) {
    const inside = (pixels * (this.width / shown) - LEFT) / (this.width - LEFT - RIGHT);
    return this.x[0] + Math.min(1, Math.max(0, inside)) * (this.x[1] - this.x[0]);
  }

  axes() {
    const [x0, x1] = this.x.map((value) => this.right(value));
    const [y0, y1] = this.y.map((value) => this.down(value));
    const of = (low, high, wanted) => ticks(low, high, wanted);
    const across = of(...this.x, Math.max(4, (x1 - x0) / 70));
    const up = of(...this.y, Math.max(4, (y0 - y1) / 32));
    const lines = across.values.map((value) => {
      const at = this.right(value).toFixed(1);
      return `<line class="grid${value === 0 ? " zero" : ""}" x1="${at}" x2="${at}" y1="${y0}" y2="${y1}"></line>
        <text class="tick" x="${at}" y="${y0 + 14}" text-anchor="middle">${tickText(value, across.step)}</text>`;
    });
    const rows = up.values.map((value) => {
      const at = this.down(value).toFixed(1);
      return `<line class="grid${value === 0 ? " zero" : ""}" x1="${x0}" x2="${x1}" y1="${at}" y2="${at}"></line>
        <text class="tick" x="${x0 - 5}" y="${+at + 4}" text-anchor="end">${tickText(value, up.step)}</text>`;
    });
    const middle = (x0 + x1) / 2;
    const title = `<text class="title" x="${middle}" y="${this.height - 4}" text-anchor="middle">${this.titles.x}</text>`;
    return lines.join("") + rows.join("") + title;
  }

  // A curve through so many points; where it jumps, or leaves the picture, it is broken.
  curve(of, className, { jump = Number.POSITIVE_INFINITY, steps = 400 } = {}) {
    const [low, high] = this.y;
    const room = high - low;
    let path = "";
    let before = Number.NaN;
    for (let k = 0; k <= steps; k++) {
      const x = this.x[0] + (k / steps) * (this.x[1] - this.x[0]);
      const y = of(x);
      const isSeen = Number.isFinite(y) && y > low - room && y < high + room;
      const isOn = isSeen && Math.abs(y - before) < jump;
      if (isSeen)
        path += `${isOn ? "L" : "M"}${this.right(x).toFixed(1)} ${this.down(y).toFixed(1)}`;
      before = isSeen ? y : Number.NaN;
    }
    this.parts.push(`<path class="curve ${className}" d="${path}"></path>`);
  }

  // A line through the values of whole places from `first` on.
  through(values, className, first = 1) {
    const path = values.map((y, k) => `${k ? "L" : "M"}${this.place(first + k, y)}`);
    this.parts.push(`<path class="curve ${className}" d="${path.join("")}"></path>`);
  }

  // The same as dots.
  dots(values, className, first = 1) {
    const path = values.map((y, k) => `M${this.place(first + k, y)}h0`);
    this.parts.push(`<path class="dots ${className}" d="${path.join("")}"></path>`);
  }

  // The same as bars that stand on 0, with a little room between them.
  bars(values, className, first = 1) {
    const wide = Math.max(1, 0.8 * (this.right(1) - this.right(0)));
    const path = values.map((y, k) => `M${this.place(first + k, 0)}V${this.down(y).toFixed(1)}`);
    this.parts.push(
      `<path class="bars ${className}" stroke-width="${wide.toFixed(1)}" d="${path.join("")}"></path>`,
    );
  }

  place(x, y) {
    return `${this.right(x).toFixed(1)} ${this.down(y).toFixed(1)}`;
  }

  // A stretch of the straight line through a point, as long on the screen whatever its slope.
  tangent(x, y, slope, className, reach = 70) {
    const [dx, dy] = [this.right(x + 1) - this.right(x), this.down(y + slope) - this.down(y)];
    const share = reach / Math.hypot(dx, dy);
    const ends = [-1, 1].map((side) => [
      this.right(x) + side * share * dx,
      this.down(y) + side * share * dy,
    ]);
    const [[x1, y1], [x2, y2]] = ends.map((end) => end.map((value) => value.toFixed(1)));
    this.parts.push(
      `<line class="${className}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"></line>`,
    );
  }

  // A point as a circle or a diamond, with a line down to where it is on the x-axis.
  point(x, y, className, isDiamond = false) {
    const [at, high] = [this.right(x), this.down(y)];
    const shape = isDiamond
      ? `<path class="${className}" d="M${at} ${high - 7}l7 7l-7 7l-7-7z"></path>`
      : `<circle class="${className}" cx="${at}" cy="${high}" r="6"></circle>`;
    this.parts.push(shape);
  }

  // A stretch of the x-axis, washed and named at its middle.
  band(from, to, name) {
    const [x0, x1] = [this.right(from), this.right(to)];
    const [y0, y1] = this.y.map((value) => this.down(value));
    this.parts.push(`<rect class="band" x="${x0.toFixed(1)}" width="${(x1 - x0).toFixed(1)}" y="${y1}" height="${y0 - y1}"></rect>
      <text class="band" x="${((x0 + x1) / 2).toFixed(1)}" y="${y1 + 14}" text-anchor="middle">${name}</text>`);
  }

  // A name beside a place.
  name(x, y, text) {
    this.parts.push(`<text x="${this.right(x) + 9}" y="${this.down(y) + 16}">${text}</text>`);
  }

  upright(x, className) {
    const at = this.right(x);
    const [y0, y1] = this.y.map((value) => this.down(value));
    this.parts.push(
      `<line class="${className}" x1="${at}" x2="${at}" y1="${y0}" y2="${y1}"></line>`,
    );
  }

  // A level across, with its name at the left.
  level(y, text) {
    const at = this.down(y).toFixed(1);
    const [x0, x1] = this.x.map((value) => this.right(value));
    this.parts.push(`<line class="now" x1="${x0}" x2="${x1}" y1="${at}" y2="${at}"></line>
      <text x="${x0 + 4}" y="${at - 5}">${text}</text>`);
  }

  // Lines of text in the upper left corner.
  corner(lines) {
    const at = this.right(this.x[0]) + 4;
    lines.forEach((text, k) => {
      this.parts.push(`<text class="corner" x="${at}" y="${TOP + 14 + 16 * k}">${text}</text>`);
    });
  }

  svg(label) {
    const id = `clip-${this.titles.id}`;
    const [first, ...inside] = this.parts;
    const box = `x="${LEFT}" y="${TOP}" width="${this.width - LEFT - RIGHT}" height="${this.height - TOP - BOTTOM}"`;
    return `<svg viewBox="0 0 ${this.width} ${this.height}" role="img" aria-label="${label}">
      <clipPath id="${id}"><rect ${box}></rect></clipPath>${first}
      <g clip-path="url(#${id})">${inside.join("")}</g></svg>`;
  }
}

// How many pixels of a plot lie beside its x-axis, so that a slider below can be as long.
export const MARGINS = { left: LEFT, right: RIGHT };
