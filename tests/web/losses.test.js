import assert from "node:assert/strict";
import test from "node:test";
import { chained, meaning } from "../../pages/_activations/web/chained.js";
import { CLASSES, look, OUTPUTS } from "../../pages/_activations/web/losses.js";
import { expected, near } from "./expected.js";

test("outputs, losses and slopes are the engine's", () => {
  assert.deepEqual(Object.keys(OUTPUTS), Object.keys(expected.outputs));
  for (const [name, lines] of Object.entries(expected.outputs))
    for (const [y, z, a, loss, slopeA, slopeOfA, slopeZ] of lines) {
      const seen = look(name, z, y);
      near(
        [seen.a, seen.loss, seen.slopeA, seen.slopeOfA, seen.slopeZ],
        [a, loss, slopeA, slopeOfA, slopeZ],
        1e-12,
      );
      near(OUTPUTS[name].ofA(seen.a, y), loss, 1e-12);
    }
});

const texts = (lines) => lines.map(({ markup }) => markup.replace(/<[^>]+>/g, ""));

test("the chain rule by hand", () => {
  // sigmoid(log 3) = 3/4: (3/4 - 0) / (3/16) = 4, and 4 * 3/16 = 3/4.
  const lines = texts(chained("bce", Math.log(3), 0));
  assert.match(lines[0], /=4\.00$/);
  assert.match(lines[1], /=0\.188$/);
  assert.match(lines[2], /=a−y =0\.750−0=0\.750$/);
  assert.match(texts(chained("squared", Math.log(3), 0))[2], /=0\.141$/); // 9/64
  assert.match(texts(chained("cce", Math.log(9), 1))[0], /=−10\.500=−2(\.00)?$/);
  assert.equal(CLASSES, 10);
});

test("where squared error is flat and most wrong is said", () => {
  assert.ok(meaning("squared", -6, 1).warns);
  assert.match(
    meaning("squared", -6, 1).text,
    /badly wrong\. .* slope −0\.00246 in z, cross-entropy −0\.998\. Flat/,
  );
  assert.ok(!meaning("squared", 0.1, 1).warns);
  assert.match(meaning("bce", -6, 1).text, /a − y = −0\.998/);
  assert.match(meaning("cce", 6, 1).text, /where y is 1: off by 0\.0218\./);
});
