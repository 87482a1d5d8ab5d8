// Read packed numbers and a list of cells; write what the browser makes of each.

import { readFileSync } from "node:fs";
import { size } from "../../../pages/_kit/player/web/format.js";
import { unseal } from "../../../pages/_kit/player/web/wire.js";
import { Numbers } from "../../../pages/_one_step/digits/web/numbers.js";
import { largest, unfold } from "../../../pages/_one_step/digits/web/unfold.js";

const { header, array } = unseal(new Uint8Array(readFileSync(process.argv[2])));
const cells = JSON.parse(readFileSync(process.argv[3], "utf8"));
const numbers = new Numbers(header, array);
const product = ([factor, ...places]) =>
  places.reduce((so, [key, row, column]) => so * numbers.at(key, row, column), factor);
const found = cells.map((cell) => {
  const sum = unfold(numbers, header.told, ...cell);
  const told = { value: numbers.at(...cell), sum };
  return sum?.terms ? { ...told, largest: largest(sum.terms, product) } : told;
});
// Whether a matrix that the browser multiplies itself reads as the engine's, given in full.
const isWrittenAlike = Object.fromEntries(
  ["dW1", "W1+"].map((key) => {
    const engines = new Float64Array(readFileSync(`${process.argv[4]}/${key}`).slice().buffer);
    const own = numbers.of(key);
    const isSame = engines.every((value, k) => size(value) === size(own[k]));
    return [key, isSame && own.length === engines.length];
  }),
);
console.log(JSON.stringify({ found, isWrittenAlike }));
