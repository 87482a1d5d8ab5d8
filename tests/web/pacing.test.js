import assert from "node:assert/strict";
import test from "node:test";
import { Pacing } from "../../pages/_kit/hot/web/pacing.js";

function paced(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  return { pacing: new Pacing((turn) => sent.push(turn), 10), sent, timers: context.mock.timers };
}

test("one is under way, the newest wins, and the last always arrives", (context) => {
  const { pacing, sent } = paced(context);
  for (const value of ["1", "2", "3"]) pacing.turn("l2", value, false);
  pacing.turn("l2", "4", true);
  assert.deepEqual(sent, [{ name: "l2", value: "1", is_over: false, sequence: 11 }]);
  assert.ok(pacing.isUnderWay);
  pacing.hear(11);
  pacing.go();
  assert.deepEqual(sent.at(-1), { name: "l2", value: "4", is_over: true, sequence: 12 });
  assert.equal(sent.length, 2);
  pacing.hear(12);
  pacing.go();
  assert.equal(sent.length, 2);
  assert.ok(!pacing.isUnderWay);
});

test("an answer to another turn is none", (context) => {
  const { pacing, sent } = paced(context);
  pacing.turn("l2", "1", false);
  pacing.turn("l2", "2", false);
  assert.ok(!pacing.hear(10));
  pacing.go();
  assert.equal(sent.length, 1);
});

test("what is not live is told only where it is let go", (context) => {
  const { pacing, sent } = paced(context);
  pacing.isLive = false;
  pacing.turn("l2", "1", false);
  assert.equal(sent.length, 0);
  pacing.turn("l2", "2", true);
  assert.equal(sent.length, 1);
});

test("a drag that stands still for long is over", (context) => {
  const { pacing, sent, timers } = paced(context);
  pacing.turn("l2", "1", false);
  pacing.hear(11);
  timers.tick(1600);
  assert.deepEqual(sent.at(-1), { name: "l2", value: "1", is_over: true, sequence: 12 });
});

test("an answer that does not come is not waited for", (context) => {
  const { pacing, sent, timers } = paced(context);
  pacing.turn("l2", "1", true);
  pacing.turn("l2", "2", true);
  timers.tick(5100);
  assert.equal(sent.at(-1).value, "2");
  pacing.dispose();
});
