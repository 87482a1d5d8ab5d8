// The walk through the lines of a step: where one is, and where each way of going on leads.

// Lines have a part and a layer; a layer's lines stand together.
export class Walk {
  constructor() {
    this.lines = [];
    this.at = 0;
  }

  // Take another step's lines, and stay at the line of the same result if there is one.
  load(lines) {
    const result = this.lines[this.at]?.result;
    this.lines = lines;
    const same = lines.findIndex((line) => line.result === result);
    this.at = same < 0 ? Math.min(this.at, lines.length - 1) : same;
  }

  get line() {
    return this.lines[this.at];
  }

  get isAtEnd() {
    return this.at === this.lines.length - 1;
  }

  // Where each way leads from here.
  target(way) {
    const last = this.lines.length - 1;
    const places = {
      start: 0,
      end: last,
      back: Math.max(0, this.at - 1),
      step: Math.min(last, this.at + 1),
      layer: this.overLayer(),
    };
    return places[way];
  }

  // The last line of this layer, or where one is there already, of the next.
  overLayer() {
    const last = this.lines.length - 1;
    let to = Math.min(last, this.at + 1);
    while (to < last && this.isTogether(to, to + 1)) to++;
    return to;
  }

  isTogether(a, b) {
    const [first, second] = [this.lines[a], this.lines[b]];
    return first.part === second.part && first.layer === second.layer;
  }

  // The line that makes a matrix, -1 for what is given.
  maker(key) {
    return this.lines.findIndex((line) => line.result === key);
  }
}
