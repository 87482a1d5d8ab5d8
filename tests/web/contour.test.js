import assert from "node:assert/strict";
import test from "node:test";
import { contour } from "../../pages/_kit/player/web/contour.js";
import { near } from "./expected.js";

// A path that remembers its pieces: each begins with a moveTo.
class Path {
  constructor() {
    this.pieces = [];
  }

  moveTo(x, y) {
    this.pieces.push([[x, y]]);
  }

  lineTo(x, y) {
    this.pieces.at(-1).push([x, y]);
  }

  closePath() {
    this.pieces.at(-1).closed = true;
  }
}

globalThis.Path2D = Path;

const HERE = (column, row) => [column, row];

// The contour of f over nodes 0, 1, ..., side - 1 in both directions.
function contourOf(f, side, place = HERE) {
  const values = Float64Array.from({ length: side * side }, (_, p) =>
    f(p % side, Math.floor(p / side)),
  );
  const { line, region } = contour(values, side, place);
  return { line: line.pieces, region: region.pieces };
}

// By Gauss: half the sum of the cross products of neighbours.
function area(region) {
  const areas = region.map((corners) =>
    corners.reduce((sum, [x, y], k) => {
      const [nextX, nextY] = corners[(k + 1) % corners.length];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0),
  );
  return areas.reduce((sum, area) => sum + Math.abs(area), 0);
}

function length(line) {
  return line.reduce((sum, [[x1, y1], [x2, y2]]) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
}

test("a straight line is found exactly", () => {
  const { line, region } = contourOf((x) => x - 2.25, 6);
  assert.deepEqual(
    line.flat().map(([x]) => x),
    Array(10).fill(2.25),
  );
  near(length(line), 5, 1e-12);
  near(area(region), (5 - 2.25) * 5, 1e-12);
});

test("a slanted line, interpolated along the edges", () => {
  const { line, region } = contourOf((x, y) => x + 2 * y - 4, 5);
  for (const [x, y] of line.flat()) near(x + 2 * y, 4, 1e-12);
  near(length(line), Math.hypot(4, 2), 1e-12); // from (4, 0) to (0, 2)
  near(area(region), 16 - 4, 1e-12); // the square without the triangle below the line
});

test("a circle's length and area", () => {
  const radius = 20;
  const { line, region } = contourOf((x, y) => radius - Math.hypot(x - 30, y - 30), 61);
  for (const [x, y] of line.flat()) near(Math.hypot(x - 30, y - 30), radius, 1e-3);
  near(length(line), 2 * Math.PI * radius, 1e-3);
  near(area(region), Math.PI * radius ** 2, 1e-3);
});

test("the line has the region on one side all along", () => {
  // Pieces lead from where the region is left to where it is entered: it lies on one hand.
  const { line } = contourOf((x, y) => 3.3 - Math.hypot(x - 5, y - 5), 11);
  const turns = line.map(([[x1, y1], [x2, y2]]) =>
    Math.sign((x2 - x1) * (5 - y1) - (y2 - y1) * (5 - x1)),
  );
  assert.equal(new Set(turns).size, 1);
});

test("a field of one sign has no line, and zero is not positive", () => {
  assert.deepEqual(
    contourOf(() => 0, 4),
    { line: [], region: [] },
  );
  assert.deepEqual(
    contourOf(() => -1, 4),
    { line: [], region: [] },
  );
  const { line, region } = contourOf(() => 1, 4);
  assert.deepEqual(line, []);
  assert.equal(region.length, 3); // a row of cells is one piece
  near(area(region), 9, 1e-12);
});

test("a saddle's line cuts off its negative corners", () => {
  // Positive at (0, 0) and (1, 1): the crossings are in the middles of the four edges.
  const { line, region } = contourOf((x, y) => (x === y ? 1 : -1), 2);
  const middles = line.map(([[x1, y1], [x2, y2]]) => [(x1 + x2) / 2, (y1 + y2) / 2]);
  near(
    middles.sort(),
    [
      [0.25, 0.75],
      [0.75, 0.25],
    ],
    1e-12,
  );
  near(length(line), Math.SQRT2, 1e-12);
  near(area(region), 0.75, 1e-12); // the square without two corners of an eighth each
  assert.ok(region.every(({ closed }) => closed));
});

test("nodes are placed where they are wanted", () => {
  const { line } = contourOf(
    (x) => x - 0.5,
    3,
    (column, row) => [10 + 4 * column, 100 - row],
  );
  assert.deepEqual(
    line.map((piece) => piece.map(([x]) => x)),
    [
      [12, 12],
      [12, 12],
    ],
  );
  assert.deepEqual(
    line
      .flat()
      .map(([, y]) => y)
      .sort(),
    [100, 98, 99, 99],
  );
});
