// NumPy's rule, axis by axis from the right, as engine/inspection/broadcasting.py has it.

import { asTuple } from "./typed.js";

export function align(left, right) {
  const count = Math.max(left.length, right.length);
  return Array.from({ length: count }, (_, k) => axis(left.at(-1 - k), right.at(-1 - k)));
}

function axis(left, right) {
  const [a, b] = [left ?? 1, right ?? 1];
  if (a === b) return { left, right, result: a, told: "equal" };
  if (a !== 1 && b !== 1)
    return { left, right, result: null, told: `${a} and ${b} differ, and neither is 1: refused` };
  const isMissing = (a === 1 ? left : right) === undefined;
  const what = isMissing ? "a missing axis counts as 1" : "1";
  const result = Math.max(a, b);
  return { left, right, result, told: `${what}, stretched to ${result}` };
}

// The shape of the result, null where the two do not fit.
export function together(axes) {
  const lengths = axes.map(({ result }) => result).reverse();
  return lengths.includes(null) ? null : lengths;
}

// What becomes of two shapes, as pages/_neuron/sentences.py says it.
export function fitted(left, right) {
  const result = together(align(left, right));
  if (result) return `${asTuple(left)} and ${asTuple(right)} give ${asTuple(result)}.`;
  const tight = (shape) => asTuple(shape).replaceAll(" ", "");
  return `NumPy refuses: “operands could not be broadcast together with shapes ${tight(left)} ${tight(right)}”.`;
}
