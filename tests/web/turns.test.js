import assert from "node:assert/strict";
import test from "node:test";
import { filled, used } from "../../pages/_neuron/loop/web/filled.js";
import { Program } from "../../pages/_neuron/loop/web/program.js";
import { tables } from "../../pages/_neuron/loop/web/tables.js";

const LINES = [
  { key: "zero", kind: "once" },
  ...["z", "a", "J", "dz", "dw1", "dw2", "db"].map((key) => ({ key, kind: "each" })),
  { key: "mean", kind: "once" },
];
const DATA = {
  m: 2,
  inputs: ["x1", "x2"],
  slopes: ["dw1", "dw2"],
  w: [2, -1],
  b: 0.5,
  turns: [
    {
      x1: 1,
      x2: 2,
      y: 1,
      z: 0.5,
      a: 0.622,
      dz: -0.378,
      J: 0.474,
      dw1: -0.378,
      dw2: -0.755,
      db: -0.378,
    },
    {
      x1: 3,
      x2: -2,
      y: 0,
      z: 8.5,
      a: 0.9998,
      dz: 0.9998,
      J: 8.97,
      dw1: 2.62,
      dw2: -2.75,
      db: 0.622,
    },
  ],
  mean: { J: 4.49, dw1: 1.31, dw2: -1.38, db: 0.311 },
};

test("a program goes line by line, turn by turn, and no further than its ends", () => {
  const program = new Program(LINES, 2);
  assert.equal(program.last, 15);
  const seen = Array.from({ length: 16 }, (_, k) => program.at(k));
  assert.deepEqual([seen[0].line.key, seen[0].turn], ["zero", -1]);
  assert.deepEqual([seen[1].line.key, seen[1].turn], ["z", 0]);
  assert.deepEqual([seen[7].line.key, seen[7].turn], ["db", 0]);
  assert.deepEqual([seen[8].line.key, seen[8].turn], ["z", 1]);
  assert.deepEqual([seen[15].line.key, seen[15].turn], ["mean", 2]);
  const ways = (at) =>
    ["start", "back", "step", "layer", "end"].map((way) => program.target(way, at));
  assert.deepEqual(ways(0), [0, 0, 1, 7, 15]);
  assert.deepEqual(ways(7), [0, 6, 8, 14, 15]);
  assert.deepEqual(ways(15), [0, 14, 15, 15, 15]);
});

test("a line that is pressed is run in the turn one is at", () => {
  const program = new Program(LINES, 2);
  assert.equal(program.of("a", 10), 9);
  assert.equal(program.of("a", 0), 2);
  assert.equal(program.of("a", 15), 9);
  assert.deepEqual([program.of("zero", 9), program.of("mean", 9)], [0, 15]);
});

test("a line has its numbers put in", () => {
  const told = (key, turn) => filled(DATA, key, turn);
  assert.equal(told("z", 0), "2 · 1 + (−1) · 2 + 0.500 = 0.500");
  assert.equal(told("J", 0), "0 − log 0.622 = 0.474");
  assert.equal(told("J", 1), "0.474 − log(1 − 0.999800) = 8.97");
  assert.equal(told("dw2", 1), "−0.755 + (−2) · 1.00 = −2.75");
  assert.equal(told("db", 1), "−0.378 + 1.00 = 0.622");
  assert.ok(told("mean", 2).startsWith("J = 8.97 / 2 = 4.49, dw₁ = 2.62 / 2 = 1.31"));
});

test("a line reads cells of its own turn, and a sum as the turn before has left it", () => {
  assert.deepEqual(used(DATA, "dw2", 1), [
    [1, "x2"],
    [1, "dz"],
    [0, "dw2"],
  ]);
  assert.deepEqual(used(DATA, "J", 0), [
    [0, "a"],
    [0, "y"],
  ]);
});

test("what has not been run yet is blank, and what is run is marked", () => {
  const program = new Program(LINES, 2);
  const cells = (at) =>
    [
      ...tables(DATA, program, at).matchAll(
        /<td data-row="(\w+)" data-column="(\w+)" class="([^"]*)">([^<]*)/g,
      ),
    ].map(([, row, name, classes, text]) => [`${name}${row}`, classes, text]);
  const at = Object.fromEntries(
    cells(program.when("dz", 1)).map(([name, ...rest]) => [name, rest]),
  );
  assert.deepEqual(at.dz1, ["chosen", "1.00"]);
  assert.deepEqual(at.a1, ["used", "1.00"]);
  assert.deepEqual(at.dw11, ["", ""]);
  assert.deepEqual(at.dw10, ["", "−0.378"]);
  assert.deepEqual(at.x11, ["", "3"]);
});
