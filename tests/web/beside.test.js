import assert from "node:assert/strict";
import { test } from "node:test";

import { beside } from "../../pages/_kit/tour/web/beside.js";

const card = { width: 320, height: 160 };
const view = { width: 1440, height: 900 };

const box = (left, top, width, height) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test("a card goes below, else above, else to the right, else to the left of its target", () => {
  assert.deepEqual(beside(box(400, 100, 200, 50), card, view), { left: 340, top: 162 });
  assert.deepEqual(beside(box(400, 800, 200, 50), card, view), { left: 340, top: 628 });
  assert.deepEqual(beside(box(100, 50, 200, 800), card, view), { left: 312, top: 50 });
  assert.deepEqual(beside(box(1100, 50, 300, 800), card, view), { left: 768, top: 50 });
});

test("wherever the target is, the card is within the window, and off the target if it can be", () => {
  let seed = 1;
  const chance = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  for (let trial = 0; trial < 2000; trial++) {
    const window = { width: 360 + 1200 * chance(), height: 400 + 700 * chance() };
    const target = box(
      window.width * chance() - 20,
      window.height * chance() - 20,
      600 * chance(),
      700 * chance(),
    );
    const { left, top } = beside(target, card, window);
    assert.ok(left >= 0 && left + card.width <= window.width);
    assert.ok(top >= 0 && top + card.height <= window.height);
    const isOver =
      left < target.right &&
      left + card.width > target.left &&
      top < target.bottom &&
      top + card.height > target.top;
    const room = [window.height - target.bottom, target.top].some(
      (free) => free >= card.height + 24,
    );
    assert.ok(!(isOver && room));
  }
});
