// Markers of labelled points: a circle for class 0, a diamond for class 1, and so on, hollow when
// held out.

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

// The corners of each class's marker, in radii; the circle has none.
const CORNERS = [
  [],
  ring(4, 1.3, 0),
  ring(4, 1.25, 45),
  ring(3, 1.4, 0),
  ring(3, 1.4, 180),
  cross(1.25, 0.42),
];

// The corners of a regular polygon, turned by so many degrees from one that points up.
function ring(count, radius, turn) {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count + (turn * Math.PI) / 180;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });
}

// A cross of four arms, each so long and half so wide.
function cross(long, wide) {
  const arm = [
    [-wide, -wide],
    [-wide, -long],
    [wide, -long],
  ];
  const turned = (quarter) => arm.map((corner) => rotated(corner, quarter));
  return [0, 1, 2, 3].flatMap(turned);
}

function rotated([x, y], quarters) {
  return quarters ? rotated([-y, x], quarters - 1) : [x, y];
}

function marker(label, radius) {
  const shape = new Path2D();
  const corners = CORNERS[label];
  if (!corners.length) shape.arc(0, 0, radius, 0, 2 * Math.PI);
  corners.forEach(([x, y], k) => {
    if (k) shape.lineTo(radius * x, radius * y);
    else shape.moveTo(radius * x, radius * y);
  });
  if (corners.length) shape.closePath();
  return shape;
}

// The same shape for a legend.
export function markerIcon(label, colour) {
  const corners = CORNERS[label].map((corner) => corner.join()).join(" ");
  const shape = corners ? `<polygon points="${corners}" />` : '<circle r="1" />';
  return `<svg class="icon" viewBox="-1.5 -1.5 3 3" style="fill:${colour}">${shape}</svg>`;
}
