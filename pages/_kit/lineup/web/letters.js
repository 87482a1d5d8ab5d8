// Letters at the ends of lines: moved apart where they would cover each other, as little as that
// takes.

// Pixels between two letters at about the same x, and how far one moves before it is led back.
export const LETTER = 13;
const LED = 4;

// Returns the ends, each with `at`, the height of its letter between top and bottom, and `isMoved`,
// whether it stands so far from its line that a thin line has to lead to it.
export function setApart(ends, top, bottom) {
  return columnsOf(ends).flatMap((column) => {
    const sorted = column.toSorted((a, b) => a.y - b.y);
    const gap = Math.min(LETTER, (bottom - top) / Math.max(1, sorted.length - 1));
    const last = bottom - gap * (sorted.length - 1);
    // Without the gaps the heights must not fall: the nearest such row is one of means.
    const row = rising(sorted.map(({ y }, k) => y - k * gap));
    return sorted.map((end, k) => {
      const at = Math.min(Math.max(row[k], top), last) + k * gap;
      return { ...end, at, isMoved: Math.abs(at - end.y) > LED };
    });
  });
}

// Those that end at about the same x, from left to right.
function columnsOf(ends) {
  const columns = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const end of ends.toSorted((a, b) => a.x - b.x)) {
    if (end.x - before < LETTER) columns.at(-1).push(end);
    else columns.push([end]);
    before = end.x;
  }
  return columns;
}

// The row of numbers that never falls and is nearest to some: where they fall, their mean.
function rising(values) {
  const blocks = [];
  for (const value of values) {
    blocks.push({ sum: value, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)) > mean(blocks.at(-1))) {
      const { sum, count } = blocks.pop();
      blocks.at(-1).sum += sum;
      blocks.at(-1).count += count;
    }
  }
  return blocks.flatMap((block) => Array(block.count).fill(mean(block)));
}

function mean({ sum, count }) {
  return sum / count;
}
