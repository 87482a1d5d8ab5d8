import assert from "node:assert/strict";
import test from "node:test";
import { Clocks } from "../../pages/_kit/lineup/web/clocks.js";

// Just enough of a document for a row of buttons.
function stub() {
  const make = () => ({
    children: [],
    listeners: {},
    addEventListener(name, listen) {
      this.listeners[name] = listen;
    },
    set innerHTML(_) {
      [this.firstChild, this.lastChild] = [make(), make()];
    },
    replaceChildren(...children) {
      this.children = children;
    },
  });
  globalThis.document = { createElement: make };
  return make();
}

const movie = (clock) => ({
  clocks: [
    { name: "updates", told: "C is ahead." },
    { name: "epochs", told: "A is ahead." },
    { name: "seconds", told: "B is ahead." },
  ],
  clock,
  entries: [
    {
      clocks: { updates: [0, 4], epochs: [0, 2], seconds: [0, 0.5] },
      curves: {},
      moments: [0, 1],
      frames: 2,
    },
  ],
});

function opened(clock) {
  const place = stub();
  const said = [];
  const lineup = {
    element: { classList: { toggle() {} } },
    said,
    setStateValue: (...message) => said.push(message),
    load(film) {
      Object.assign(this, { movie: film, frame: film.start });
    },
    redraw() {},
    get epoch() {
      return this.movie.epochs[this.frame];
    },
  };
  const clocks = new Clocks(lineup, place);
  lineup.load(clocks.film(movie(clock)));
  return { clocks, lineup, place };
}

test("it opens with the clock it is told, at the end, and says who is ahead by it", () => {
  const { lineup, place } = opened("epochs");
  assert.equal(lineup.movie.clock.told, "A is ahead.");
  assert.equal(lineup.epoch, 2);
  assert.equal(lineup.movie.unit, "Epoch");
  assert.deepEqual(
    place.children.slice(1).map(({ firstChild }) => firstChild.checked),
    [false, true, false],
  );
});

test("another clock changes the picture at once, at the same share of it", () => {
  const { clocks, lineup } = opened("epochs");
  lineup.frame = 50;
  clocks.say("seconds");
  assert.equal(lineup.movie.clock.told, "B is ahead.");
  assert.ok(Math.abs(lineup.epoch - 0.25) < 1e-9);
  assert.deepEqual(lineup.said, [["clock", "seconds"]]);
});

test("the server's answer of before does not undo what has been chosen meanwhile", () => {
  const { clocks, lineup } = opened("epochs");
  clocks.say("updates");
  clocks.say("seconds");
  clocks.follow("updates"); // the answer to the first
  assert.equal(lineup.movie.clock.told, "B is ahead.");
  clocks.follow("seconds");
  assert.equal(lineup.movie.clock.told, "B is ahead.");
  clocks.follow("updates"); // which somebody else has asked for
  assert.equal(lineup.movie.clock.told, "C is ahead.");
});

test("a run is over when the clock has gone beyond its last reading", () => {
  const { clocks, lineup } = opened("updates");
  const short = { at: [0, 2], frames: 2 };
  lineup.frame = 0;
  assert.equal(clocks.frameOf(short), 0);
  assert.equal(clocks.isBeyond(short), false);
  lineup.frame = lineup.movie.frames - 1;
  assert.equal(clocks.frameOf(short), 1);
  assert.equal(clocks.isBeyond(short), true);
});

test("without clocks it is epochs as ever", () => {
  const { clocks } = opened("updates");
  const plain = { clocks: [], entries: [], epochs: [0, 1], frames: 2 };
  const film = clocks.film(plain);
  assert.equal(film.epochs, plain.epochs);
  assert.equal(film.clock.at(3), "epoch 3");
  assert.equal(clocks.among, null);
});
