// Markers of labelled points: a circle for class 0, a diamond for class 1, hollow when held out.

import { clamp } from "./format.js";

// Few points are drawn large, many small, so that they neither vanish nor hide the field.
export function markerRadius(count, width) {
  return clamp(8.5 - 1.75 * Math.log10(count + 1), 3.4, 7) * clamp(width / 420, 0.75, 1.1);
}

// Each marker is drawn once and stamped many times.
export class Markers {
  constructor() {
    this.sprites = new Map();
  }

  stamp(pen, x, y, label, solid, radius, palette) {
    const { canvas, size } = this.sprite(label, solid, radius, palette);
    pen.drawImage(canvas, x - size / 2, y - size / 2, size, size);
  }

  sprite(label, solid, radius, palette) {
    const ratio = window.devicePixelRatio || 1;
    const key = [label, solid, radius, ratio, palette.key].join();
    if (this.sprites.has(key)) return this.sprites.get(key);
    const size = Math.ceil(2 * radius + 8);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.round(size * ratio);
    const pen = canvas.getContext("2d");
    pen.scale(canvas.width / size, canvas.width / size);
    pen.translate(size / 2, size / 2);
    const shape = marker(label, radius);
    pen.lineJoin = "round";
    pen.strokeStyle = palette.rim;
    pen.lineWidth = solid ? 2.6 : 4;
    pen.stroke(shape);
    pen.fillStyle = solid ? palette.class(label) : palette.rim;
    pen.fill(shape);
    if (!solid) {
      pen.strokeStyle = palette.class(label);
      pen.lineWidth = 2;
      pen.stroke(shape);
    }
    this.sprites.set(key, { canvas, size });
    return this.sprites.get(key);
  }
}

function marker(label, radius) {
  const shape = new Path2D();
  if (label) {
    const r = radius * 1.3;
    shape.moveTo(0, -r);
    shape.lineTo(r, 0);
    shape.lineTo(0, r);
    shape.lineTo(-r, 0);
    shape.closePath();
  } else shape.arc(0, 0, radius, 0, 2 * Math.PI);
  return shape;
}
