// Gestures on the picture: probing a sample everywhere; adding, moving and removing points where
// that is allowed.

const GRASP = { mouse: 11, pen: 14, touch: 20 }; // pixels from a point's middle
const MOST = 100;
const NUDGES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Points {
  constructor(player, root) {
    this.player = player;
    this.boundary = player.boundary;
    this.tools = root.querySelector("[data-role=tools]");
    this.clear = root.querySelector("[data-role=clear]");
    this.clear.addEventListener("click", () => player.setPoints([]));
    this.listen();
  }

  load() {
    const { editable } = this.player.options;
    this.tools.hidden = !editable;
    // A drag moves a point where points can be moved; elsewhere a finger must be able to scroll the
    // page.
    this.boundary.canvas.style.touchAction = editable ? "none" : "pan-y";
  }

  get tool() {
    return this.tools.querySelector(":checked").value;
  }

  // The class that a new point has: the tool's, the other one with shift held.
  label({ shiftKey }) {
    return Number(this.tool) ^ Number(shiftKey);
  }

  nearestPoint(x, y, reach) {
    let best = { distance: reach, k: -1 };
    this.player.editablePoints.forEach((point, k) => {
      const [px, py] = this.boundary.toPixel(point.x1, point.x2);
      const distance = Math.hypot(px - x, py - y);
      if (distance < best.distance) best = { distance, k };
    });
    return best.k;
  }

  add(place, label) {
    const points = this.player.editablePoints;
    if (points.length < MOST) return this.player.setPoints([...points, { ...place, label }]);
    this.boundary.showTip(...this.boundary.toPixel(place.x1, place.x2), `At most ${MOST} points.`);
    this.full = true; // the click that follows must not hide the words
  }

  remove(k) {
    if (k >= 0) this.player.setPoints(this.player.editablePoints.filter((_, i) => i !== k));
  }

  removeAt({ x1, x2 }) {
    this.remove(this.nearestPoint(...this.boundary.toPixel(x1, x2), 30));
  }

  down(event, x, y) {
    const { player } = this;
    if (!player.options.editable || !this.boundary.contains(x, y) || event.button === 2) return;
    const k = this.nearestPoint(x, y, GRASP[event.pointerType] ?? GRASP.mouse);
    if (this.tool === "remove") return this.remove(k);
    if (k < 0) {
      return this.add(this.boundary.toPlane(x, y), this.label(event));
    }
    this.dragged = k;
    this.boundary.canvas.setPointerCapture(event.pointerId);
  }

  move(x, y) {
    const { player, boundary } = this;
    if (this.dragged !== undefined) {
      const points = player.editablePoints.map((point, k) =>
        k === this.dragged ? { ...point, ...boundary.toPlane(x, y) } : point,
      );
      return player.previewPoints(points);
    }
    if (!boundary.contains(x, y)) return this.leave();
    const place = boundary.toPlane(x, y);
    player.hoverProbe(place);
    boundary.showProbability(x, y, place);
  }

  up() {
    if (this.dragged === undefined) return;
    this.dragged = undefined;
    this.player.setPoints(this.player.editablePoints);
  }

  leave() {
    this.player.hoverProbe(null);
    this.boundary.hideTip();
  }

  key(event) {
    const { player, boundary } = this;
    const [left, right, bottom, top] = player.movie.view;
    const stride = event.shiftKey ? 10 : 50;
    const move = NUDGES[event.key];
    const { probe } = player;
    if (move) {
      player.setProbe({
        x1: Math.min(right, Math.max(left, probe.x1 + (move[0] * (right - left)) / stride)),
        x2: Math.min(top, Math.max(bottom, probe.x2 + (move[1] * (top - bottom)) / stride)),
      });
      boundary.showProbability(...boundary.toPixel(player.probe.x1, player.probe.x2), player.probe);
    } else if (player.options.editable && event.key === "Enter") {
      if (this.tool === "remove") this.removeAt(probe);
      else this.add({ x1: probe.x1, x2: probe.x2 }, this.label(event));
    } else if (player.options.editable && ["Delete", "Backspace"].includes(event.key)) {
      this.removeAt(probe);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  listen() {
    const { canvas } = this.boundary;
    const at = (event) => {
      const { left, top } = canvas.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    canvas.addEventListener("pointerdown", (event) => this.down(event, ...at(event)));
    canvas.addEventListener("pointermove", (event) => this.move(...at(event)));
    canvas.addEventListener("pointerup", () => this.up());
    canvas.addEventListener("pointercancel", () => this.up());
    canvas.addEventListener("pointerleave", () => this.leave());
    canvas.addEventListener("blur", () => this.boundary.hideTip());
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("click", (event) => {
      const [x, y] = at(event);
      const refused = this.full;
      this.full = false;
      if (!this.boundary.contains(x, y) || refused) return;
      this.player.setProbe(this.boundary.toPlane(x, y));
      this.boundary.showProbability(x, y, this.player.probe);
    });
    canvas.addEventListener("contextmenu", (event) => {
      if (!this.player.options.editable) return;
      event.preventDefault();
      this.remove(this.nearestPoint(...at(event), GRASP.mouse));
    });
  }
}
