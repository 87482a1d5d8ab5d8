// Edges are the weights: sign by colour and dash, size by width. A dense network's are redrawn a
// few layers at a time.

const LEVELS = 10; // widths are rounded, so that all edges of a width are stroked together
const SPARSE = 60;
// Layers of a dense network redrawn in one frame while the film moves: strokes are what costs most.
const PER_FRAME = 2;

export class Edge {
  constructor({ l, j, i, index, from, to, half, straight }) {
    Object.assign(this, { l, j, i, index, straight });
    this.left = from.x + half;
    this.right = to.x - half;
    this.start = from.y;
    this.end = to.y;
  }

  // The point a fraction t of the way across. The curve's control points share the middle's x, so x
  // runs as 1.5 u (1 - u) + u^3 and y as 3 u^2 - 2 u^3 of the curve's own parameter u, found here
  // by halving.
  at(t) {
    const x = this.left + (this.right - this.left) * t;
    if (this.straight) return [x, this.start + (this.end - this.start) * t];
    let [low, high] = [0, 1];
    while (high - low > 1e-4) {
      const u = (low + high) / 2;
      if (1.5 * u * (1 - u) + u ** 3 < t) low = u;
      else high = u;
    }
    return [x, this.start + (this.end - this.start) * (3 * low * low - 2 * low ** 3)];
  }

  distance(x, y) {
    if (x < this.left || x > this.right) return Infinity;
    return Math.abs(y - this.at((x - this.left) / (this.right - this.left))[1]);
  }

  trace(path) {
    const middle = (this.left + this.right) / 2;
    path.moveTo(this.left, this.start);
    if (this.straight) path.lineTo(this.right, this.end);
    else path.bezierCurveTo(middle, this.start, middle, this.end, this.right, this.end);
  }

  // Whether this edge is what is pointed at, or touches the neuron that is.
  touches(focus) {
    if (!focus) return false;
    if (focus.i !== undefined) {
      return focus.l === this.l && focus.j === this.j && focus.i === this.i;
    }
    return (
      (focus.l === this.l && focus.j === this.j) || (focus.l === this.l - 1 && focus.j === this.i)
    );
  }
}

export function isSparse(sizes) {
  return sizes.slice(1).reduce((sum, size, l) => sum + size * sizes[l], 0) < SPARSE;
}

// One strip of an off-screen canvas for each layer, redrawn only when an edge in it looks
// different.
export class EdgeLayer {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
    this.turn = 0; // how many strips have been drawn
  }

  // `strips[k]` holds the edges between layers k and k + 1.
  draw(strips, sheet, { theta, palette, focus, refined }, largest) {
    const edges = strips.reduce((sum, strip) => sum + strip.length, 0);
    const look = {
      palette,
      focus,
      sparse: edges < SPARSE,
      widest: Math.max(2, Math.min(7, 30 / Math.sqrt(edges))),
    };
    const { width, height } = sheet.canvas;
    const ground = [width, height, sheet.width, palette.key, JSON.stringify(focus)].join();
    if (this.ground !== ground || this.strips !== strips) {
      Object.assign(this.canvas, { width, height });
      this.pen.setTransform(width / sheet.width, 0, 0, height / sheet.height, 0, 0);
      Object.assign(this, { ground, strips, drawn: strips.map(() => ({ looks: null, turn: 0 })) });
    }
    const level = ({ index }) =>
      Math.sign(theta[index]) * Math.ceil(LEVELS * Math.min(1, Math.abs(theta[index]) / largest));
    const stale = [];
    strips.forEach((strip, k) => {
      const levels = strip.map(level);
      const looks = levels.join();
      if (looks !== this.drawn[k].looks) stale.push({ k, levels, looks });
    });
    stale.sort((a, b) => this.drawn[a.k].turn - this.drawn[b.k].turn);
    const wait = !refined && !look.sparse && this.drawn.every(({ looks }) => looks !== null);
    for (const { k, levels, looks } of wait ? stale.slice(0, PER_FRAME) : stale) {
      this.drawStrip(strips[k], levels, look, sheet.height);
      this.turn += 1;
      this.drawn[k] = { looks, turn: this.turn };
    }
    sheet.pen.drawImage(this.canvas, 0, 0, sheet.width, sheet.height);
  }

  drawStrip(edges, levels, { palette, focus, sparse, widest }, height) {
    const { pen } = this;
    const { left, right } = edges[0];
    pen.clearRect(left, 0, right - left, height);
    const groups = new Map();
    edges.forEach((edge, e) => {
      const near = edge.touches(focus);
      const key = 2 * levels[e] + near;
      if (!groups.has(key)) groups.set(key, { level: levels[e], near, path: new Path2D() });
      edge.trace(groups.get(key).path);
    });
    pen.save();
    pen.beginPath();
    pen.rect(left, 0, right - left, height);
    pen.clip();
    const dimmed = sparse ? 0.25 : 0.45;
    const strongLast = (a, b) => a.near - b.near || Math.abs(a.level) - Math.abs(b.level);
    for (const { level, near, path } of [...groups.values()].sort(strongLast)) {
      const size = Math.abs(level) / LEVELS;
      const strength = sparse ? 0.35 + 0.6 * size : 0.1 + 0.85 * size;
      pen.lineWidth = 0.6 + widest * size;
      pen.strokeStyle = palette.sign(level);
      pen.globalAlpha = (focus && !near ? dimmed : 1) * strength;
      pen.setLineDash(level < 0 ? [pen.lineWidth + 3, pen.lineWidth * 0.6 + 2.4] : []);
      pen.stroke(path);
    }
    pen.restore();
  }
}
