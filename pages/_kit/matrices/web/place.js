// Where one rests in a step, told to the link without a word to the server.

const REST = 400; // milliseconds after which one is said to rest

// The cell that is unfolded, and before it the line one is at where that does not make the cell.
export function placeOf({ result }, { key, row, column }) {
  const isPlain = /^[\w+]+$/.test(key);
  const cell = isPlain ? [key, row, column] : [];
  return (key === result && isPlain ? cell : [result, ...cell]).join("_");
}

// A parameter of the link: what it says once one rests, "" where the page begins.
export class Place {
  constructor(name) {
    this.name = name;
  }

  tell(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const detail = { [this.name]: text };
      window.dispatchEvent(new CustomEvent("playground:place", { detail }));
    }, REST);
  }

  forget() {
    clearTimeout(this.timer);
  }
}
