import assert from "node:assert/strict";
import test from "node:test";
import { canBeDrawn, stretched } from "../../pages/_neuron/shapes/web/ghosts.js";
import { align, fitted, together } from "../../pages/_neuron/shapes/web/rule.js";
import { asTuple, typed } from "../../pages/_neuron/shapes/web/typed.js";
import { expected } from "./expected.js";

const LIMITS = { most: 4, longest: 12 };

test("the rule is the engine's, and its words are the page's", () => {
  assert.ok(expected.shapes.some((each) => each.fitted.startsWith("NumPy refuses")));
  for (const { left, right, told, fitted: sentence } of expected.shapes) {
    assert.deepEqual(
      align(left, right).map((axis) => axis.told),
      told,
    );
    assert.equal(fitted(left, right), sentence);
  }
});

test("a shape is read however it is typed", () => {
  const shapes = [
    ["(4, 1)", [4, 1]],
    ["4,1", [4, 1]],
    [" ( 3 , ) ", [3]],
    ["()", []],
    ["(2,3,4,)", [2, 3, 4]],
  ];
  for (const [text, shape] of shapes) {
    assert.deepEqual(typed(text, LIMITS), { shape });
    assert.deepEqual(typed(asTuple(shape), LIMITS), { shape });
  }
});

test("what is no shape is answered in a sentence", () => {
  const problems = [
    ["", "Type a shape"],
    ["(4)", "To Python (4) is just the number 4: a list has the shape (4,)."],
    ["4", "To Python (4) is just"],
    ["(4, x)", "A shape is whole numbers"],
    ["(4, -1)", "A shape is whole numbers"],
    ["(4, 1", "A bracket too many"],
    ["(0, 3)", "Lengths from 1 to 12"],
    ["(3, 99)", "Lengths from 1 to 12"],
    ["(1,1,1,1,1)", "At most 4 axes"],
  ];
  for (const [text, problem] of problems)
    assert.ok(typed(text, LIMITS).problem.startsWith(problem), text);
});

test("a row that is stretched has copies below it, a column beside it", () => {
  const [row] = stretched([3], [2, 3]);
  assert.deepEqual(
    row.map((cells) => cells.map(({ value }) => value)),
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
  );
  assert.deepEqual(
    row.map((cells) => cells.map(({ isCopy }) => isCopy)),
    [Array(3).fill(false), Array(3).fill(true)],
  );
  const [column] = stretched([2, 1], [2, 2]);
  assert.deepEqual(
    column.map((cells) => cells.map(({ value, isCopy }) => [value, isCopy])),
    [
      [
        [0, false],
        [0, true],
      ],
      [
        [1, false],
        [1, true],
      ],
    ],
  );
  assert.equal(stretched([2, 3], [4, 2, 3]).length, 4);
});

test("what is too large is not drawn", () => {
  assert.ok(canBeDrawn([3, 4]));
  assert.ok(!canBeDrawn([12, 12, 12]));
  assert.ok(!canBeDrawn([1, 1, 1, 1]));
  assert.deepEqual(together(align([], [])), []);
});
