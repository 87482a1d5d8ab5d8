import assert from "node:assert/strict";
import test from "node:test";
import { marks, swatch } from "../../pages/_optimisers/web/shapes.js";
import { costText, rateText } from "../../pages/_optimisers/web/standings.js";

test("a rate has no zeros at its end, and all its others", () => {
  const rates = { 0.001: "0.001", 0.1: "0.1", 0.003162: "0.00316", 10: "10", 0.0001: "10⁻⁴" };
  for (const [rate, text] of Object.entries(rates)) assert.equal(rateText(Number(rate)), text);
});

test("a cost below rounding is nothing", () => {
  assert.equal(costText(3e-31), "0");
  assert.equal(costText(-1e-16), "0");
  assert.equal(costText(0.0788), "0.0788");
});

test("each of the seven has a colour, a shape and dashes of its own", () => {
  const all = Array.from({ length: 7 }, (_, k) => marks(k));
  for (const kind of ["colour", "shape", "dash"])
    assert.equal(new Set(all.map((mark) => String(mark[kind]))).size, 7, kind);
  assert.match(
    swatch(2, (colour) => `ink(${colour})`),
    /fill="ink\(#56B4E9\)"/,
  );
});
