import assert from "node:assert/strict";
import test from "node:test";
import { BOX, normalise, PICTURE } from "../../pages/_mnist/drawing/web/normalise.js";
import { bytes, expected, near } from "./expected.js";

// Ink of these levels by row and column: 0 is paper.
function ink(width, height, level) {
  const pixels = Uint8Array.from({ length: width * height }, (_, p) =>
    level(Math.floor(p / width), p % width),
  );
  return { pixels, width, height };
}

function at(picture, row, column) {
  return picture[row * PICTURE + column];
}

function centreOf(picture) {
  const mass = picture.reduce((sum, level) => sum + level, 0);
  const sum = (place) => picture.reduce((total, level, k) => total + level * place(k), 0);
  return [sum((k) => Math.floor(k / PICTURE)) / mass, sum((k) => k % PICTURE) / mass];
}

test("the sides are MNIST's", () => {
  assert.deepEqual([PICTURE, BOX], [28, 20]);
});

test("paper without ink becomes nothing", () => {
  assert.equal(normalise(ink(5, 5, () => 0)), null);
});

test("a full square fills the box, its middle at pixel 14", () => {
  const { box, step, mass, shift, picture } = normalise(ink(40, 40, () => 200));
  assert.deepEqual(box, { left: 0, top: 0, width: 40, height: 40 });
  assert.equal(step, 2);
  assert.deepEqual(mass, { row: 9.5, column: 9.5 });
  assert.deepEqual(shift, { row: 5, column: 5 }); // floor(14 - 9.5 + 0.5)
  const inside = (k) => k >= 5 && k < 25;
  picture.forEach((level, k) => {
    assert.equal(level, inside(Math.floor(k / 28)) && inside(k % 28) ? 200 : 0);
  });
});

test("the box is that of the ink, and its aspect ratio stays", () => {
  // 40 high and 10 wide, at row 3 and column 7: 20 by 5 in the end.
  const inside = (row, column) => row >= 3 && row < 43 && column >= 7 && column < 17;
  const { box, mass, shift, small } = normalise(ink(30, 50, (r, c) => (inside(r, c) ? 255 : 0)));
  assert.deepEqual(box, { left: 7, top: 3, width: 10, height: 40 });
  assert.deepEqual(mass, { row: 9.5, column: 2 });
  assert.deepEqual(shift, { row: 5, column: 12 });
  assert.equal(small.filter(Boolean).length, 20 * 5);
});

test("small ink is enlarged, a pixel lying where it lies", () => {
  // Two pixels side by side, ink and half ink: step 0.1, so that each becomes 10 by 10.
  const { step, small } = normalise(ink(2, 1, (_, column) => (column ? 100 : 200)));
  assert.equal(step, 0.1);
  assert.deepEqual(
    [small[0], small[9], small[10], small[19], small[9 * 20], small[10 * 20]],
    [200, 200, 100, 100, 200, 0],
  );
});

test("a grey level is the mean of the ink on the pixel, a half going to the even number", () => {
  // 40 high and one wide: half of the pixel two wide. 255 / 2 becomes 128, 5 / 2 becomes 2.
  const { small } = normalise(ink(1, 40, (row) => (row < 20 ? 255 : 5)));
  assert.deepEqual([small[0], small[20], small[19 * 20]], [128, 128, 2]);
  assert.equal(small[1], 0);
});

test("the picture moves by whole pixels until its mass is in the middle, or its edge is reached", () => {
  // An L of 20 by 20: the mass is far down and left, and the foot may not leave the picture.
  const L = ink(20, 20, (row, column) => (column === 0 || row === 19 ? 255 : 0));
  const { mass, shift, picture } = normalise(L);
  // The stem's 20 rows and the foot's 19 more pixels: (190 + 19 · 19) / 39 and 190 / 39.
  near([mass.row, mass.column], [551 / 39, 190 / 39], 1e-12);
  assert.deepEqual(shift, { row: 0, column: 8 }); // floor(14.5 - 14.13) and 9, of which 8 fits
  assert.deepEqual([at(picture, 0, 8), at(picture, 19, 27), at(picture, 0, 9)], [255, 255, 0]);
});

test("ink too faint to be seen still has its place", () => {
  // An L from the box's second column on: the first holds a grey of 1/4, which becomes 0.
  const isL = (row, column) => column === 2 || column === 3 || (row >= 38 && column >= 2);
  const faint = (row, column) => (row === 0 && column === 0 ? 1 : 0);
  const { small, mass, shift } = normalise(ink(40, 40, (r, c) => (isL(r, c) ? 255 : faint(r, c))));
  assert.deepEqual([small[0], small[1]], [0, 255]);
  near(mass.column, (20 + 189) / 38, 1e-12); // 20 pixels in column 1, and one in each of 2 to 19
  assert.equal(shift.column, 8); // floor(14.5 - 5.5) is 9, but column 19 has to fit
});

test("what is drawn becomes the engine's picture", () => {
  for (const { pixels, width, height, picture } of expected.inks) {
    const found = normalise({ pixels: bytes(pixels), width, height });
    assert.deepEqual(found.picture, bytes(picture));
    centreOf(found.picture).forEach((centre) => {
      assert.ok(Math.abs(centre - 14) <= 0.5, `${centre} is not near 14`);
    });
  }
});
