// Where an axis ends that a few points would rule: the others keep their room, and what goes beyond
// is marked at the top.

// Of a line's points, what nine tenths stay below is where it is; the rest may be a spike.
const MOST = 0.9;
// One line alone that lies so many times higher than all others does not rule the axis either.
const ALONE = 1000;

// Returns the largest value that the axis of some lines has to hold: all there is, unless something
// is more than `times` as large as where the lines are.
export function ceilingOf(lines, times) {
  const finite = lines.map((values) => Array.from(values).filter(Number.isFinite));
  const levels = finite
    .map(levelOf)
    .filter((level) => level > 0)
    .sort((a, b) => b - a);
  if (!levels.length) return Number.POSITIVE_INFINITY;
  const [first, second = first] = levels;
  const limit = times * (first > ALONE * second ? second : first);
  const isCut = finite.some((values) => values.some((value) => value > limit));
  return isCut ? limit : Number.POSITIVE_INFINITY;
}

// Where each stretch of a line that goes beyond the ceiling is highest: its indices.
export function peaksOf(values, ceiling) {
  const peaks = [];
  let isBeyond = false;
  values.forEach((value, k) => {
    const wasBeyond = isBeyond;
    isBeyond = Number.isFinite(value) && value > ceiling;
    if (!isBeyond) return;
    if (!wasBeyond) peaks.push(k);
    else if (value > values[peaks.at(-1)]) peaks[peaks.length - 1] = k;
  });
  return peaks;
}

// What of each line lies within the axis.
export function within(lines, ceiling) {
  return lines.map((values) => Array.from(values).filter((value) => value <= ceiling));
}

// Says of each line that goes beyond how far, "" if none does. `lines` are { letter, ys }.
export function beyond(lines, ceiling, text) {
  const most = new Map();
  for (const { letter, ys } of lines) {
    for (const value of ys) {
      if (Number.isFinite(value) && value > ceiling) {
        most.set(letter, Math.max(value, most.get(letter) ?? 0));
      }
    }
  }
  if (!most.size) return "";
  const told = Array.from(most, ([letter, value]) => `${letter} up to ${text(value)}`);
  return `▲ beyond the axis: ${told.join(", ")}`;
}

function levelOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(MOST * (sorted.length - 1))] ?? 0;
}
