import assert from "node:assert/strict";
import test from "node:test";
import { rows, told } from "../../pages/_activations/web/labelsPanel.js";

const TASK = {
  labels: [5, 6, 6],
  Y: [[0, 1, 1]],
  names: ["y: is it a 6?"],
  read: [5, 6, 6],
  told: "One sigmoid unit.",
};

test("Y has a column for each digit, and the newest ones are marked", () => {
  const markup = rows(TASK, 2, 1);
  assert.equal(markup.match(/<canvas/g).length, 2);
  assert.equal(markup.match(/class="hot new"/g).length, 1);
  assert.match(markup, /is it a 6\?<\/th><td class=" ">0<\/td><td class="hot new">1<\/td><\/tr>/);
});

test("the shapes are said", () => {
  assert.match(told(TASK, 3), /X is \(784, 3\), Y is \(1, 3\): 3 columns/);
  assert.match(told(TASK, 1), /: 1 column,/);
});
