import assert from "node:assert/strict";
import test from "node:test";
import {
  axes,
  blockOf,
  cell,
  cellMarkup,
  notated,
  title,
} from "../../pages/_kit/matrices/web/notation.js";
import { Pace } from "../../pages/_kit/matrices/web/pace.js";
import { placeOf } from "../../pages/_kit/matrices/web/place.js";
import { entry, problemWith, sum } from "../../pages/_kit/matrices/web/sum.js";
import { largest, tint } from "../../pages/_kit/matrices/web/tint.js";
import { Walk } from "../../pages/_kit/matrices/web/walk.js";

const LINES = [
  ["Z1", "forward", 1],
  ["A1", "forward", 1],
  ["Z2", "forward", 2],
  ["A2", "forward", 2],
  ["J", "forward", 0],
  ["dZ2", "backward", 2],
  ["dW2", "backward", 2],
  ["dZ1", "backward", 1],
].map(([result, part, layer]) => ({ result, part, layer }));

function walk(at = 0) {
  const made = new Walk();
  made.load(LINES);
  made.at = at;
  return made;
}

test("names are those of the notes", () => {
  const names = {
    A0: "X = A[0]",
    W1: "W[1]",
    "W1+": "W[1] after",
    dZ2: "dZ[2]",
    g1: "g′(Z[1])",
    losses: "ℒ",
    "log A[2]": "log A[2]",
    "∂A[2]/∂Z[2]|3": "∂A[2]/∂Z[2]",
  };
  for (const [key, name] of Object.entries(names)) assert.equal(title(key), name);
});

test("a cell's name tells its row, its column and its layer", () => {
  const names = [
    [["W1", 1, 0], "w₂₁[1]"],
    [["W1", 1, 99], "w₂,₁₀₀[1]"],
    [["dW2", 0, 2], "dw₁₃[2]"],
    [["Z1", 1, 3], "z₂[1](4)"],
    [["A0", 0, 2], "x₁(3)"],
    [["Y", 0, 1], "y₁(2)"],
    [["db1", 2, 0], "db₃[1]"],
    [["losses", 0, 2], "ℒ(3)"],
    [["log A[2]", 0, 1], "log a (2)"],
    [["∂A[2]/∂Z[2]|3", 4, 2], "∂a₂/∂z₃"],
  ];
  for (const [given, name] of names) assert.equal(cell(...given), name);
  assert.equal(cellMarkup("Z1", 1, 3), "z₂<sup>[1]</sup><sup>(4)</sup>");
});

test("layers are raised, and what could be markup is shown as it is", () => {
  assert.equal(notated("W[1] < A[0]"), "W<sup>[1]</sup> &#60; A<sup>[0]</sup>");
});

test("rows and columns say what they stand for", () => {
  assert.deepEqual(axes("W1"), { rows: "unit", columns: "input" });
  assert.deepEqual(axes("dW2"), { rows: "unit", columns: "unit" });
  assert.deepEqual(axes("Z1"), { rows: "unit", columns: "sample" });
  assert.deepEqual(axes("A0"), { rows: "input", columns: "sample" });
  assert.equal(axes("b1").columns, "");
  assert.equal(blockOf("Z1"), 0);
});

test("one goes on line by line, layer by layer, and no further than the ends", () => {
  const ways = (at) => {
    const here = walk(at);
    return ["start", "back", "step", "layer", "end"].map((way) => here.target(way));
  };
  assert.deepEqual(ways(0), [0, 0, 1, 1, 7]);
  assert.deepEqual(ways(1), [0, 0, 2, 3, 7]);
  assert.deepEqual(ways(4), [0, 3, 5, 6, 7]);
  assert.deepEqual(ways(7), [0, 6, 7, 7, 7]);
});

test("another step is shown at the line of the same result", () => {
  const here = walk(5);
  here.load(LINES.slice(2));
  assert.equal(here.line.result, "dZ2");
  here.load(LINES.slice(0, 3));
  assert.equal(here.line.result, "Z2");
  assert.deepEqual([here.maker("A1"), here.maker("W1")], [1, -1]);
});

test("the larger a number the stronger its tint, and zero has none", () => {
  assert.equal(largest([1, -3, null]), 3);
  assert.equal(tint(0, 3), "");
  assert.match(tint(-3, 3), /--blue\) 60%/);
  assert.match(tint(1.5, 3), /--orange\) 35%/);
});

// z = w1 x + b: 2 · 3 + 1.
const NUMBERS = { W1: 2, A0: 3, b1: 1, Z1: 7 };
const KEYS = Object.keys(NUMBERS);
const SUM = {
  terms: [
    [1, [0, 0, 0], [1, 0, 0]],
    [1, [2, 0, 0]],
  ],
};
const reader = {
  key: ([k]) => KEYS[k],
  value: ([k]) => NUMBERS[KEYS[k]],
  number: (key) => NUMBERS[key],
  unfolded: (key) => (key === "Z1" ? SUM : null),
};

function plain(markup) {
  return markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

test("a sum shows its terms with their numbers, each a way to where it came from", () => {
  const markup = sum(reader, "Z1", 0, 0);
  assert.match(plain(markup), /= 7 w₁₁ \[1\] 2 · x₁ \(1\) 3 \+ b₁ \[1\] 1 = 7/);
  assert.match(markup, /class="factor" data-key="W1"/);
});

test("of a long sum the largest terms are shown, and the rest together", () => {
  const terms = Array.from({ length: 784 }, (_, k) => [k < 6 ? 1 : -1e-3, [1, 0, 0]]);
  const long = { ...reader, unfolded: () => ({ terms }) };
  const text = plain(sum(long, "Z1", 0, 0));
  assert.match(text, /778 more, together −2.33/);
});

test("a formula has its numbers put in, those below zero in brackets", () => {
  const found = { formula: "1 / (1 + exp(-z))", names: { z: [3, 0, 0] } };
  const filled = { ...reader, value: () => -7, unfolded: () => found };
  assert.match(
    plain(sum(filled, "A1", 0, 0)),
    /1 \/ \(1 \+ exp\(−z\)\) = 1 \/ \(1 \+ exp\(− \(−7\) \)\)/,
  );
});

test("what is put in is judged while one types", () => {
  const said = (key, text, output) => problemWith(key, text, output, 100);
  assert.equal(said("W1", "0.5", "labels"), "");
  assert.equal(said("W1", "−0,5", "labels"), "");
  assert.equal(said("W1", "x", "labels"), "Type a number.");
  assert.equal(said("W1", "", "labels"), "Type a number.");
  assert.match(said("A0", "101", "labels"), /from −100 to 100/);
  assert.equal(said("Y", "0.5", "labels"), "A label is 0 or 1.");
  assert.equal(said("Y", "0.5", "linear"), "");
  assert.match(entry(reader, "W1", 0, 0, "No."), /No\./);
});

test("where one rests is the cell, and the line where that does not make it", () => {
  const line = { result: "Z2" };
  const places = [
    [{ key: "Z2", row: 0, column: 3 }, "Z2_0_3"],
    [{ key: "W2", row: 0, column: 1 }, "Z2_W2_0_1"],
    [{ key: "log A[2]", row: 0, column: 1 }, "Z2"],
  ];
  for (const [chosen, text] of places) assert.equal(placeOf(line, chosen), text);
});

test("what plays stops at its end, and from there begins anew", (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  let at = 1;
  const button = { setAttribute() {} };
  const walk = {
    isAtEnd: () => at === 2,
    restart: () => {
      at = 0;
    },
    next: () => at++,
  };
  const pace = new Pace(button, 100, walk);
  pace.toggle();
  assert.equal(button.textContent, "Pause");
  pace.toggle();
  context.mock.timers.tick(250);
  assert.deepEqual([at, button.textContent], [1, "Play"]);
  pace.toggle();
  context.mock.timers.tick(250);
  assert.deepEqual([at, button.textContent], [2, "Play"]);
  pace.toggle();
  assert.equal(at, 0);
});
