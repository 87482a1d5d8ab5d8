import assert from "node:assert/strict";
import test from "node:test";
import { problem, told } from "../../pages/_one_step/puzzles/web/fits.js";

test("shapes that fit have no problem", () => {
  assert.equal(
    problem(
      [
        [3, 2],
        [2, 4],
        [3, 1],
      ],
      [3, 4],
    ),
    "",
  );
  assert.equal(
    problem(
      [
        [3, 2],
        [2, 4],
        [3, 4],
      ],
      [3, 4],
    ),
    "",
  );
  assert.equal(
    problem(
      [
        [64, 60000],
        [60000, 784],
      ],
      [64, 784],
    ),
    "",
  );
});

test("shapes that do not fit are told, the inner ones first", () => {
  assert.equal(
    problem(
      [
        [64, 60000],
        [784, 60000],
      ],
      [64, 784],
    ),
    "The inner 60,000 and 784 do not fit.",
  );
  assert.equal(
    problem(
      [
        [4, 2],
        [2, 3],
      ],
      [3, 4],
    ),
    "They fit, and make (4, 3).",
  );
  assert.equal(
    problem(
      [
        [3, 2],
        [2, 4],
        [2, 1],
      ],
      [3, 4],
    ),
    "(2, 1) cannot be added to (3, 4).",
  );
  assert.equal(told([64, 60000]), "64, 60,000");
});
