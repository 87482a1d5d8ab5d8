// What the engine says, written by `python -m tests.web`; and how nearly it has to be met.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const FILE = new URL("expected.json", import.meta.url);

export const expected = JSON.parse(readFileSync(FILE, "utf8"));

export function bytes(base64) {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

// Numbers in arrays of any depth; `tolerance` is absolute near 0 and relative far from it.
export function near(found, wanted, tolerance) {
  if (typeof wanted === "number") {
    const allowed = tolerance * Math.max(1, Math.abs(wanted));
    assert.ok(Math.abs(found - wanted) <= allowed, `${found} is not ${wanted}`);
    return;
  }
  assert.equal(found.length, wanted.length);
  wanted.forEach((inner, k) => {
    near(found[k], inner, tolerance);
  });
}
