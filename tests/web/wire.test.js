import assert from "node:assert/strict";
import test from "node:test";
import { mapped, nearest, pointsOf, unpack, unseal } from "../../pages/_kit/player/web/wire.js";
import { bytes, expected } from "./expected.js";

const { movie } = expected;

// [length, u32][header][padding to 8][1.5 and -2 as float32][7 as uint8], as the server seals it.
function sealed() {
  const header =
    '{"a":{"offset":0,"shape":[2],"dtype":"f4"},"b":{"offset":8,"shape":[1,1],"dtype":"u1"}}';
  const start = Math.ceil((4 + header.length) / 8) * 8;
  const data = new Uint8Array(start + 16);
  const view = new DataView(data.buffer);
  view.setUint32(0, header.length, true);
  data.set(new TextEncoder().encode(header), 4);
  view.setFloat32(start, 1.5, true);
  view.setFloat32(start + 4, -2, true);
  data[start + 8] = 7;
  return data;
}

test("an address becomes the array that lies there", () => {
  const { header, array } = unseal(sealed());
  assert.deepEqual(array(header.a), Float32Array.of(1.5, -2));
  assert.deepEqual(array(header.b), Uint8Array.of(7));
});

test("bytes that begin anywhere in a buffer are read, and not written to", () => {
  const shifted = new Uint8Array(sealed().length + 3);
  shifted.set(sealed(), 3);
  const { header, array } = unseal(shifted.subarray(3));
  array(header.a)[0] = 99;
  assert.deepEqual(shifted.subarray(3), sealed());
});

test("a movie comes as the server packed it", () => {
  const found = unpack(bytes(movie.bytes));
  assert.equal(found.version, movie.version);
  assert.deepEqual([found.frames, found.start, found.chosen, found.batches], [3, 1, true, 8]);
  assert.deepEqual([found.sizes, found.activations], [[2, 3, 1], ["tanh"]]);
  assert.deepEqual([found.view, found.options], [[-1, 1, -2, 2], { editable: true }]);
  assert.deepEqual(
    found.thetas.map((theta) => [...theta]),
    movie.thetas,
  );
  assert.deepEqual([...found.steps], [0, 8, 16]);
  assert.deepEqual([...found.epochs], [0, 1, 2]);
  assert.deepEqual(found.points, movie.points);
  assert.deepEqual(
    mapped(found.history, (series) => [...series]),
    movie.history,
  );
});

test("points are pairs of coordinates with a label", () => {
  const arrays = { x: [1, 2, 3, 4], labels: Uint8Array.of(0, 1) };
  assert.deepEqual(pointsOf((name) => arrays[name])({ x: "x", labels: "labels" }), [
    { x1: 1, x2: 2, label: 0 },
    { x1: 3, x2: 4, label: 1 },
  ]);
});

test("values are mapped with their names", () => {
  assert.deepEqual(
    mapped({ a: 1, b: 2 }, (value, name) => name + value),
    { a: "a1", b: "b2" },
  );
});

test("the nearest frame, and of two as near the earlier", () => {
  const epochs = [0, 1, 1, 4, 10];
  const found = [-5, 0.4, 0.6, 2.4, 2.6, 7, 7.1, 99].map((epoch) => nearest(epochs, epoch));
  assert.deepEqual(found, [0, 0, 1, 2, 3, 3, 4, 4]);
  assert.equal(nearest(epochs, 1), 2); // of frames in one epoch the last
  assert.equal(nearest([3], 100), 0);
});
