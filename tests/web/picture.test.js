import assert from "node:assert/strict";
import test from "node:test";
import { layout, painted } from "../../pages/_one_step/digits/web/picture.js";

test("wherever a cell is drawn it is found", () => {
  for (const shape of [
    [64, 784],
    [784, 8],
    [64, 8],
    [10, 64],
    [10, 8],
    [64, 1],
    [1, 1],
    [80, 10],
  ]) {
    const { box, at, width, height } = layout(shape);
    for (const row of [0, 3, shape[0] - 1])
      for (const column of [0, 5, shape[1] - 1]) {
        if (row >= shape[0] || column >= shape[1]) continue;
        const [x, y, w, h] = box(row, column);
        assert.deepEqual(at(x + w / 2, y + h / 2), [row, column], `${shape}`);
        assert.ok(x + w <= width && y + h <= height, `${shape}`);
      }
  }
});

test("what has 784 numbers is an image, and beside images there is nothing", () => {
  assert.equal(layout([64, 784]).kind, "each row an image");
  assert.equal(layout([784, 8]).kind, "each column an image");
  assert.equal(layout([64, 784]).at(28.5, 3), null);
});

test("a cell has the colour of its number, from minus the bound to the bound", () => {
  const words = Uint32Array.from({ length: 256 }, (_, k) => k);
  const found = layout([1, 3]);
  let drawn = null;
  const pen = {
    createImageData: (width, height) => ({ data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: ({ data }) => {
      drawn = new Uint32Array(data.buffer);
    },
  };
  const shown = { shape: [1, 3], values: [-9, 0, 0.5], bound: 1, words, marked: null };
  painted(pen, found, shown);
  const colours = [0, 1, 2].map((column) => drawn[found.box(0, column)[0] + found.width]);
  assert.deepEqual(colours, [0, 128, 191]);
});
