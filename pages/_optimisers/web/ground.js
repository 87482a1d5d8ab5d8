// The ground of the race, seen from above: level lines, the ring around each minimum, and the paths
// up to a step.

import { Sheet } from "../../_kit/player/web/canvas.js";
import { contour } from "../../_kit/player/web/contour.js";
import { clamp, size } from "../../_kit/player/web/format.js";
import { marks } from "./shapes.js";

export class Ground {
  constructor(race, canvas) {
    this.race = race;
    this.sheet = new Sheet(canvas, () => race.redraw());
  }

  // Level lines are found once for a surface, and scaled to the picture when they are drawn.
  load({ grid, side, levels }) {
    const key = [side, grid[0], grid[1], grid.at(-1), ...levels].join();
    if (key === this.key) return;
    this.key = key;
    const heights = new Float64Array(grid.length);
    this.levels = [...levels].map((level) => {
      for (let k = 0; k < grid.length; k++) heights[k] = grid[k] - level;
      return contour(heights, side, (column, row) => [column / (side - 1), 1 - row / (side - 1)]);
    });
  }

  // Where a place of the view lies, in pixels, and back.
  place([x, y]) {
    const [x0, x1, y0, y1] = this.race.movie.view;
    const { width, height } = this.sheet;
    return [((x - x0) / (x1 - x0)) * width, ((y1 - y) / (y1 - y0)) * height];
  }

  at([left, top]) {
    const [x0, x1, y0, y1] = this.race.movie.view;
    const { width, height } = this.sheet;
    return [x0 + clamp(left / width, 0, 1) * (x1 - x0), y1 - clamp(top / height, 0, 1) * (y1 - y0)];
  }

  draw() {
    const { race, sheet } = this;
    const { movie, frame, palette } = race;
    const pen = sheet.begin();
    if (!sheet.width) return;
    this.drawLevels(pen, palette);
    for (const place of movie.minima) this.drawRing(pen, place, palette);
    for (const k of race.shown) this.drawPath(pen, k, frame, palette);
    for (const k of race.shown) this.drawHead(pen, k, frame, palette);
    this.nameAxes(pen, palette);
    sheet.canvas.setAttribute("aria-label", this.told());
  }

  drawLevels(pen, palette) {
    const { width, height } = this.sheet;
    pen.save();
    pen.scale(width, height);
    pen.fillStyle = palette.text;
    pen.globalAlpha = palette.dark ? 0.035 : 0.02;
    for (const { region } of this.levels) pen.fill(region);
    pen.restore();
    pen.save();
    pen.scale(width, height);
    pen.globalAlpha = 1;
    pen.strokeStyle = palette.faint;
    pen.lineWidth = 1 / width;
    for (const { line } of this.levels) pen.stroke(line);
    pen.restore();
  }

  nameAxes(pen, palette) {
    const { width, height } = this.sheet;
    const [across, upwards] = this.race.movie.axes;
    pen.font = `13px ${palette.font}`;
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    pen.strokeStyle = palette.halo;
    pen.fillStyle = palette.text;
    for (const [text, x, y, align] of [
      [`${across} →`, width - 8, height - 9, "right"],
      [`↑ ${upwards}`, 8, 18, "left"],
    ]) {
      pen.textAlign = align;
      pen.strokeText(text, x, y);
      pen.fillText(text, x, y);
    }
  }

  drawRing(pen, place, palette) {
    const [x, y] = this.place(place);
    pen.strokeStyle = palette.text;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(x, y, this.race.movie.ring * this.sheet.width, 0, 2 * Math.PI);
    pen.stroke();
    pen.beginPath();
    pen.arc(x, y, 1.6, 0, 2 * Math.PI);
    pen.fillStyle = palette.text;
    pen.fill();
  }

  drawPath(pen, k, frame, palette) {
    const { colour, dash } = marks(k);
    const path = this.race.movie.paths[k];
    pen.strokeStyle = palette.ink(colour);
    pen.lineWidth = 2;
    pen.lineJoin = "round";
    pen.setLineDash(dash);
    pen.beginPath();
    for (let t = 0; t <= frame; t++) {
      const [x, y] = this.place([path[2 * t], path[2 * t + 1]]);
      // Far outside the picture a line is only slow to draw.
      pen.lineTo(clamp(x, -1e4, 1e4), clamp(y, -1e4, 1e4));
    }
    pen.stroke();
    pen.setLineDash([]);
  }

  drawHead(pen, k, frame, palette) {
    const { shape, colour } = marks(k);
    const path = this.race.movie.paths[k];
    const [x, y] = this.place([path[2 * frame], path[2 * frame + 1]]);
    if (Math.abs(x) > 1e4 || Math.abs(y) > 1e4) return;
    const head = new Path2D(shape);
    pen.save();
    pen.translate(x, y);
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = palette.halo;
    pen.stroke(head);
    pen.fillStyle = palette.ink(colour);
    pen.fill(head);
    pen.restore();
  }

  told() {
    const { movie, frame } = this.race;
    const heads = this.race.shown.map((k) => {
      const path = movie.paths[k];
      return `${movie.methods[k].title} at ${size(path[2 * frame])}, ${size(path[2 * frame + 1])}`;
    });
    return `${movie.title} from above, after ${frame} steps: ${heads.join("; ")}.`;
  }
}
