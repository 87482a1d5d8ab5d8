import assert from "node:assert/strict";
import test from "node:test";
import { Playback } from "../../pages/_kit/player/web/playback.js";

// A player that counts how often it is painted, when the browser comes round to it.
function player() {
  const frames = [];
  globalThis.requestAnimationFrame = (paint) => frames.push(paint);
  globalThis.cancelAnimationFrame = (id) => {
    frames[id - 1] = undefined;
  };
  const element = { querySelector: () => ({ dataset: {} }), dataset: {} };
  const found = Object.assign(new Playback(element), { movie: { frames: 1 }, painted: 0 });
  found.paint = () => {
    found.painted += 1;
  };
  const comeRound = () => {
    for (const paint of frames.splice(0)) paint?.();
  };
  return { found, comeRound };
}

test("it is painted once for all that has changed since", () => {
  const { found, comeRound } = player();
  found.redraw();
  found.redraw();
  comeRound();
  assert.equal(found.painted, 1);
});

test("what comes while it is about to be painted does not stop it for ever", () => {
  const { found, comeRound } = player();
  found.redraw();
  found.dispose();
  found.redraw();
  comeRound();
  assert.equal(found.painted, 1);
});

test("and is said after that as well", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { found } = player();
  found.announce("first");
  found.dispose();
  found.announce("second");
  t.mock.timers.tick(1000);
  assert.equal(found.live.textContent, "second");
});
