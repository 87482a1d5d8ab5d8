// The run of a loop over m samples: its lines one after the other, turn by turn. A position counts
// the lines that have been run: 0 is the line before the loop, the last is the one after it.

export class Program {
  constructor(lines, m) {
    this.lines = lines;
    this.m = m;
    this.inner = lines.filter(({ kind }) => kind === "each");
    this.last = this.inner.length * m + 1;
  }

  // At a position: the line that has been run last, and the turn it is of, counted from 0; -1
  // before the loop, m after it.
  at(position) {
    const k = this.inner.length;
    if (position <= 0) return { line: this.lines[0], turn: -1 };
    if (position >= this.last) return { line: this.lines.at(-1), turn: this.m };
    return { line: this.inner[(position - 1) % k], turn: Math.floor((position - 1) / k) };
  }

  // When a line has been run in a turn.
  when(key, turn) {
    return turn * this.inner.length + this.inner.findIndex((line) => line.key === key) + 1;
  }

  target(way, position) {
    const k = this.inner.length;
    const places = {
      start: 0,
      end: this.last,
      back: Math.max(0, position - 1),
      step: Math.min(this.last, position + 1),
      layer: Math.min(this.last, k * Math.ceil((position + 1) / k)),
    };
    return places[way];
  }

  // The position of a line that is pressed, in the turn one is at.
  of(key, position) {
    if (key === this.lines[0].key) return 0;
    if (key === this.lines.at(-1).key) return this.last;
    const { turn } = this.at(position);
    return this.when(key, Math.min(this.m - 1, Math.max(0, turn)));
  }
}
