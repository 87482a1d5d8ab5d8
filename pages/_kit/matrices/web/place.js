// Where one rests in the step, as the link says it: the cell that is unfolded, and before it the
// line one is at where that does not make the cell.

const REST = 400; // milliseconds after which one is said to rest

export function placeOf({ result }, { key, row, column }) {
  const isPlain = /^[\w+]+$/.test(key);
  const cell = isPlain ? [key, row, column] : [];
  return (key === result && isPlain ? cell : [result, ...cell]).join("_");
}

// Tell the link where one rests, without a word to the server; `first` is where nothing is said.
export class Place {
  tell(line, chosen, first) {
    clearTimeout(this.timer);
    const text = placeOf(line, chosen);
    this.timer = setTimeout(() => {
      const detail = { line: text === first ? "" : text };
      window.dispatchEvent(new CustomEvent("playground:place", { detail }));
    }, REST);
  }

  forget() {
    clearTimeout(this.timer);
  }
}
