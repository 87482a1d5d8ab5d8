// The network of the step: edges by the size of their weights forwards, of their slopes backwards.

import { brief, size } from "../../player/web/format.js";

const [WIDTH, HEIGHT, RADIUS] = [300, 210, 19];

// The markup of the diagram for one sample. `shown` has the step, the line and what is pointed at.
export function diagram(step, line, sample, pointed) {
  const isBack = line.part === "backward" || line.part === "update";
  const spots = spread(step.sizes);
  const edges = [];
  for (let l = 1; l < step.sizes.length; l++) {
    const key = isBack ? `dW${l}` : `W${l}`;
    const most = Math.max(1e-300, ...step.of(key).values.map((value) => Math.abs(value ?? 0)));
    const isNow = line.layer === l;
    for (let i = 0; i < step.sizes[l]; i++)
      for (let j = 0; j < step.sizes[l - 1]; j++) {
        const value = step.number(key, i, j);
        const share = Math.abs(value) / most || 0;
        const isAt = pointed?.l === l && pointed.i === i && pointed.j === j;
        edges.push(edge(spots[l - 1][j], spots[l][i], { key, l, i, j, value, share, isNow, isAt }));
      }
  }
  const nodes = spots.flatMap((column, l) =>
    column.map((spot, i) => node(step, spot, l, i, sample, isBack)),
  );
  const way = isBack ? "back" : "there";
  return `<svg class="${way}" viewBox="0 0 ${WIDTH} ${HEIGHT + 14}" role="img"
    aria-label="${spoken(step, isBack, sample)}">${edges.join("")}${nodes.join("")}</svg>`;
}

function spread(sizes) {
  return sizes.map((count, l) =>
    Array.from({ length: count }, (_, i) => ({
      x: 26 + (l * (WIDTH - 52)) / (sizes.length - 1),
      y: (HEIGHT * (i + 0.5)) / count,
    })),
  );
}

function edge(from, to, { key, l, i, j, value, share, isNow, isAt }) {
  const width = 0.6 + 4.4 * share;
  const classes = ["edge", isNow && "now", isAt && "at", value < 0 && "less"];
  const line = `x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"`;
  return `<g class="${classes.filter(Boolean).join(" ")}" data-l="${l}" data-i="${i}" data-j="${j}">
    <title>${key[0] === "d" ? "dw" : "w"}${i + 1}${j + 1}[${l}] = ${size(value)}</title>
    <line class="reach" ${line}></line><line ${line} stroke-width="${width.toFixed(2)}"></line></g>`;
}

function node(step, { x, y }, l, i, sample, isBack) {
  const key = isBack && l ? `dZ${l}` : `A${l}`;
  const value = step.number(key, i, sample);
  const slope = l && l < step.sizes.length - 1 ? step.number(`g${l}`, i, sample) : Number.NaN;
  const isFlat = slope < step.saturated * step.steepest[l - 1];
  const sign = isFlat
    ? `<text class="flat" x="${x}" y="${y + RADIUS + 11}">σ′(z) = ${size(slope)}</text>`
    : "";
  const told = step.activations[l - 1] === "sigmoid" ? sign : sign.replace("σ′", "g′");
  return `<g class="node${isFlat ? " saturated" : ""}"><circle cx="${x}" cy="${y}" r="${RADIUS}">
    </circle><text x="${x}" y="${y + 4}">${brief(value)}</text>${told}</g>`;
}

function spoken(step, isBack, sample) {
  const name = isBack ? "what comes back to each unit, dz," : "what each unit passes on, a,";
  return `The network ${step.sizes.join("-")}: ${name} for sample ${sample + 1}`;
}
