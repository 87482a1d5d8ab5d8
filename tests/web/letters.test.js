import assert from "node:assert/strict";
import test from "node:test";
import { columns, GAP } from "../../pages/_kit/lineup/web/columns.js";
import { LETTER, setApart } from "../../pages/_kit/lineup/web/letters.js";

const ends = (heights, x = 100) => heights.map((y, k) => ({ x, y, name: "ABCDEF"[k] }));
const at = (found) => Object.fromEntries(found.map((end) => [end.name, end.at]));

test("letters that have room stay at their lines' ends", () => {
  const found = setApart(ends([20, 60, 100]), 10, 200);
  assert.deepEqual(at(found), { A: 20, B: 60, C: 100 });
  assert.ok(found.every(({ isMoved }) => !isMoved));
});

test("letters at one height are spread about it, in order, and led back to their lines", () => {
  const found = setApart(ends([100, 100, 100]), 10, 200);
  assert.deepEqual(at(found), { A: 100 - LETTER, B: 100, C: 100 + LETTER });
  assert.deepEqual(
    found.map(({ isMoved }) => isMoved),
    [true, false, true],
  );
});

test("no two letters cover each other, and all stay within the axis", () => {
  let seed = 1;
  const next = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 200; round++) {
    const heights = Array.from({ length: 1 + (round % 6) }, () => 10 + 190 * next() ** 3);
    const found = setApart(ends(heights), 10, 200).map((end) => end.at);
    assert.ok(Math.min(...found) >= 10 - 1e-9 && Math.max(...found) <= 200 + 1e-9);
    const sorted = found.toSorted((a, b) => a - b);
    for (let k = 1; k < sorted.length; k++) assert.ok(sorted[k] - sorted[k - 1] > LETTER - 1e-9);
  }
});

test("where there is no room for all they stand as far apart as there is", () => {
  const found = setApart(ends(Array(6).fill(15)), 10, 30).map((end) => end.at);
  assert.deepEqual(found, [10, 14, 18, 22, 26, 30]);
});

test("lines that end elsewhere do not move each other's letters", () => {
  const found = setApart([...ends([50], 40), ...ends([50], 100)], 10, 200);
  assert.deepEqual(
    found.map((end) => end.at),
    [50, 50],
  );
  assert.deepEqual(setApart([], 0, 1), []);
});

test("tiles stand in rows of one length, as wide as they can be", () => {
  assert.equal(columns(3, 980), 3);
  assert.equal(columns(5, 980), 5);
  assert.equal(columns(6, 980), 3);
  assert.equal(columns(6, 6 * 160 + 5 * GAP), 6);
  assert.equal(columns(5, 600), 3);
  assert.equal(columns(3, 358), 2);
  assert.equal(columns(2, 100), 1);
  assert.equal(columns(3, 0), 1);
});
