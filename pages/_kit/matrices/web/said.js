// A line in words: the shapes of its matrices, and that they fit.

import { number } from "../../player/web/format.js";
import { title } from "./notation.js";

export function sentence(shown, line) {
  const shape = (key, k) => {
    const [rows, columns] = shown.of(key).shape;
    return line.turned[k] ? [columns, rows] : [rows, columns];
  };
  const { result, operands, turned } = line;
  const told = `${title(result)} is (${shape(result).join(", ")})`;
  if (turned.length) {
    const [left, right] = operands.slice(0, 2).map(shape);
    const names = operands.slice(0, 2).map((key, k) => title(key) + (turned[k] ? "ᵀ" : ""));
    return `${told}: ${names[0]} (${left.join(", ")}) times ${names[1]} (${right.join(", ")}), and the inner ${left[1]} fit.`;
  }
  if (result === "fall" || result === "predicted") return compared(shown);
  return `${told}.`;
}

function compared(shown) {
  const [fall, predicted] = ["fall", "predicted"].map((key) => shown.number(key, 0, 0));
  return `J changes by ${number(fall)}; the slope alone says ${number(predicted)}.`;
}
