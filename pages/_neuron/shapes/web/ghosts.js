// An array of up to three axes as cells; those that are only copies are dashed and pale.

const MOST = 160; // cells that can be seen

// The cells of an array of a shape, stretched to another, block by block of their first axis:
// each has its number, counted from 0 in its own array, and whether it is only a copy.
export function stretched(shape, whole) {
  const own = [...Array(whole.length - shape.length).fill(1), ...shape];
  const [blocks, rows, columns] = [1, 1, 1, ...whole].slice(-3);
  const [b, r, c] = [1, 1, 1, ...own].slice(-3);
  const range = (count) => [...Array(count).keys()];
  return range(blocks).map((k) =>
    range(rows).map((i) =>
      range(columns).map((j) => {
        const [block, row, column] = [b === 1 ? 0 : k, r === 1 ? 0 : i, c === 1 ? 0 : j];
        return {
          value: (block * r + row) * c + column,
          isCopy: block !== k || row !== i || column !== j,
        };
      }),
    ),
  );
}

export function canBeDrawn(whole) {
  return whole.length <= 3 && whole.reduce((product, length) => product * length, 1) <= MOST;
}

export function drawn(title, shape, whole) {
  const blocks = stretched(shape, whole).map((rows) => {
    const lines = rows.map((cells) => {
      const boxes = cells.map(
        ({ value, isCopy }) => `<td class="${isCopy ? "copy" : ""}">${value}</td>`,
      );
      return `<tr>${boxes.join("")}</tr>`;
    });
    return `<table>${lines.join("")}</table>`;
  });
  return `<figure><figcaption>${title}</figcaption><div class="blocks">${blocks.join("")}</div></figure>`;
}
