// The pad: a canvas for mouse, touch, pen and keyboard, which shows the digit as it is drawn.

import { Sheet } from "../../../_kit/player/web/canvas.js";
import { clamp } from "../../../_kit/player/web/format.js";
import { SIDE } from "./strokes.js";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STRIDE = 25; // thousandths of the canvas that an arrow key moves the pen
const FINE = 5; // and with shift held
const APART = 4; // nearer points of a stroke add nothing

export class Pad {
  constructor(drawing, root) {
    this.drawing = drawing;
    this.canvas = root.querySelector(".pad canvas");
    this.invitation = root.querySelector(".pad p");
    this.sheet = new Sheet(this.canvas, () => drawing.redraw());
    this.pen = null; // of the keyboard: {x, y, down}
    this.pointer = null; // which one is drawing
    this.listen();
  }

  at(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const place = (value, from, size) => clamp(Math.round(((value - from) / size) * SIDE), 0, SIDE);
    return [place(event.clientX, left, width), place(event.clientY, top, height)];
  }

  down(event) {
    if (this.pointer !== null || event.button > 0) return;
    this.lift();
    this.pen = null;
    this.pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.at(event);
    this.drawing.begin(...this.last);
  }

  move(event) {
    if (event.pointerId !== this.pointer) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const move of passed.length ? passed : [event]) {
      const [x, y] = this.at(move);
      if (Math.hypot(x - this.last[0], y - this.last[1]) < APART) continue;
      this.last = [x, y];
      this.drawing.extend(x, y);
    }
  }

  up(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.drawing.end();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) this.step(move, event.shiftKey ? FINE : STRIDE);
    else if (event.key === " ") this.toggle(event.repeat);
    else if (event.key === "Escape") this.lift();
    else if (event.key === "Backspace") this.drawing.undo();
    else if (event.key === "Delete") this.drawing.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  step([dx, dy], stride) {
    this.pen ??= this.waiting;
    const { x, y, down } = this.pen;
    this.pen = { x: clamp(x + dx * stride, 0, SIDE), y: clamp(y + dy * stride, 0, SIDE), down };
    if (down) this.drawing.extend(this.pen.x, this.pen.y);
    this.drawing.redraw();
  }

  toggle(isRepeated) {
    if (isRepeated) return;
    this.pen ??= this.waiting;
    if (this.pen.down) return this.lift();
    this.pen.down = true;
    this.drawing.begin(this.pen.x, this.pen.y);
    this.drawing.announce("Pen down.");
  }

  get waiting() {
    return { x: SIDE / 2, y: SIDE / 2, down: false };
  }

  // End the stroke that the keyboard is drawing, if it is.
  lift() {
    if (!this.pen?.down) return;
    this.pen.down = false;
    this.drawing.end();
  }

  get isDrawing() {
    return this.pointer !== null || Boolean(this.pen?.down);
  }

  draw() {
    const { drawing, sheet } = this;
    const { palette, picture } = drawing;
    const pen = sheet.begin();
    const unit = sheet.width / SIDE;
    this.invitation.hidden = Boolean(picture);
    Object.assign(pen, {
      lineCap: "round",
      lineJoin: "round",
      strokeStyle: palette.text,
      fillStyle: palette.text,
    });
    if (picture) trace(pen, picture.lines, picture.width, unit);
    if (this.pen) this.drawPen(pen, unit);
  }

  drawPen(pen, unit) {
    const { x, y, down } = this.pen;
    pen.beginPath();
    pen.arc(x * unit, y * unit, 9, 0, 2 * Math.PI);
    pen.lineWidth = 2.5;
    pen.strokeStyle = this.drawing.palette.positiveInk;
    pen.fillStyle = this.drawing.palette.positiveInk;
    if (down) pen.fill();
    pen.stroke();
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.up(event));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => {
      this.lift();
      this.pen = null;
      this.drawing.redraw();
    });
  }
}

function trace(pen, lines, width, unit) {
  pen.lineWidth = width * unit;
  for (const line of lines) {
    pen.beginPath();
    if (line.length === 2) {
      pen.arc(line[0] * unit, line[1] * unit, (width * unit) / 2, 0, 2 * Math.PI);
      pen.fill();
    }
    for (let k = 0; k < line.length; k += 2) pen.lineTo(line[k] * unit, line[k + 1] * unit);
    pen.stroke();
  }
}
