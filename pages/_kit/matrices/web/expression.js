// A line as its matrices: what it is made of, the signs between, and what it makes.

import { grid } from "./grid.js";
import { blockOf } from "./notation.js";

// The markup of a line of the step that `shown`, the component, is at.
export function expression(shown, line) {
  const { data } = shown;
  const used = usedBy(shown);
  const marks = (...place) => marksOf(shown, place, used);
  const [first, ...signs] = signsOf(line, data.m);
  const operands = line.operands.map((key, k) => {
    const isBlock = /^g/.test(key) && data.blocks && shown.of(key).shape[0] > shown.sizes.at(-1);
    const block = isBlock ? { sample: shown.sample, n: data.blocks } : null;
    const turned = Boolean(line.turned[k]);
    return grid(key, shown.of(key), { turned, block, marks }) + between(signs[k]);
  });
  const result = grid(line.result, shown.of(line.result), { isResult: true, marks });
  return between(first) + operands.join("") + result;
}

// The cells that the chosen one is made of, each as a text.
function usedBy(shown) {
  const { chosen, data } = shown;
  const terms = shown.unfolded(chosen.key, chosen.row, chosen.column);
  if (!terms) return new Set();
  const places = [
    ...(terms.terms ?? []).flatMap(([, ...refs]) => refs),
    ...Object.values(terms.names ?? {}),
    ...Object.values(terms.againNames ?? {}),
  ];
  return new Set(places.map(([k, row, column]) => [data.keys[k], row, column].join()));
}

function marksOf(shown, [key, row, column], used) {
  const { chosen, changed, edited } = shown;
  const place = [key, row, column].join();
  const isChosen = chosen.key === key && chosen.row === row && chosen.column === column;
  const index = row * shown.of(key).shape[1] + column;
  const classes = [
    isChosen && "chosen",
    used.has(place) && "used",
    changed.get(key)?.has(index) && "changed",
    edited.has(place) && "edited",
  ];
  return { classes: classes.filter(Boolean).join(" "), isFocus: isChosen || (!row && !column) };
}

// What stands before the first operand of a line, and after each.
function signsOf({ result, operands }, m) {
  const kind = result.replace(/\d+\+?$/, "");
  const isUpdate = result.endsWith("+") && operands.length === 2;
  if (isUpdate) return ["", "− α", "="];
  const signs = {
    Z: ["", "·", "+", "="],
    dW: [`1/${m}`, "·", "="],
    dA: operands[1] === "Y" ? ["", "and", "→"] : ["", "·", "="],
    dZ: ["", blockOf(operands[1] ?? "") ? "·" : "⊙", "="],
    losses: [["½ Σ", "² ="], ["− Σ", "⊙", "="], [], ["−", "⊙", "−", "⊙", "="]][operands.length - 1],
    fall: ["", "−", "="],
    db: [`1/${m} Σ`, "="],
    J: [`1/${m} Σ`, "="],
    predicted: ["−α Σ (every slope)² ="],
  };
  return signs[kind.replace("+", "")] ?? ["", "→"];
}

function between(text) {
  return text ? `<span class="sign">${text}</span>` : "";
}
