// A digit being drawn, and the network's reading of it: what every view of them is painted from.

import { put } from "../../../_kit/player/web/format.js";
import { Palette } from "../../../_kit/player/web/palette.js";
import { BLANK, develop, EXAMPLE } from "./digit.js";
import { Pad } from "./pad.js";
import { Reader } from "./reader.js";
import { pointCount } from "./strokes.js";
import { verdict } from "./words.js";

const SPEAK = 700; // milliseconds without a change after which the answer is read out
const MOST_POINTS = 2000;
const REMEMBERED = 200;

export class Sketch {
  // `views` are made of the sketch and the root that they find their elements in.
  constructor(root, views) {
    this.element = root.querySelector(".drawing");
    this.live = root.querySelector("[data-role=live]");
    this.example = root.querySelector("[data-role=example]");
    this.buttons = {};
    for (const button of root.querySelectorAll("button[data-act]")) {
      this.buttons[button.dataset.act] = button;
    }
    this.digit = EXAMPLE;
    this.isExample = true;
    this.past = []; // digits to go back to
    this.pad = new Pad(this, root);
    this.views = [this.pad, ...views.map((View) => new View(this, root))];
    for (const act of ["undo", "clear"]) this.buttons[act].onclick = () => this[act]();
    this.element.drawing = this; // to find it again, and for tests
  }

  // Called by Streamlit at each rerun that brings data, and on a change of theme; the drawing
  // stays, whatever comes.
  receive({ data }) {
    const reader = new Reader(data);
    const palette = new Palette(this.element);
    const look = `${palette.key} ${reader.version}`;
    if (look === this.look) return;
    if (!this.look) this.open(reader.opening);
    Object.assign(this, { look, reader });
    this.wear(palette);
    this.element.dataset.version = reader.version;
    this.redraw();
  }

  wear(palette) {
    this.palette = palette;
    this.element.style.setProperty("--run", palette.run);
  }

  // Go on with what was drawn before it was left.
  open({ digit }) {
    if (digit) Object.assign(this, { digit, isExample: false });
  }

  // --- the pen -----------------------------------------------------------------------------------

  // A stroke begins. What is turned stays as it is seen, and the example makes room.
  begin(x, y) {
    this.remember();
    const strokes = this.isExample ? [] : (this.develop()?.lines ?? []);
    this.isExample = false;
    this.digit = { ...this.digit, angle: 0, strokes: [...strokes, [x, y]] };
    this.redraw();
  }

  extend(x, y) {
    if (pointCount(this.digit.strokes) >= MOST_POINTS) {
      return this.announce("The canvas is full: undo or clear.");
    }
    const strokes = this.digit.strokes.slice();
    strokes.push([...strokes.pop(), x, y]);
    this.digit = { ...this.digit, strokes };
    this.redraw();
  }

  end() {
    this.changed();
  }

  // --- what the buttons do -----------------------------------------------------------------------

  undo() {
    this.pad.lift();
    if (this.past.length) Object.assign(this, this.past.pop());
    else this.digit = { ...this.digit, strokes: this.digit.strokes.slice(0, -1) };
    this.changed();
  }

  clear() {
    this.pad.lift();
    this.replace({ ...BLANK, pen: this.digit.pen });
  }

  replace(digit) {
    this.remember();
    Object.assign(this, { digit, isExample: false });
    this.changed();
  }

  remember() {
    this.past = [...this.past, { digit: this.digit, isExample: this.isExample }].slice(-REMEMBERED);
  }

  // --- telling -----------------------------------------------------------------------------------

  changed() {
    this.redraw();
  }

  announce(sentence) {
    clearTimeout(this.speaking);
    put(this.live, sentence);
  }

  announceLater(sentence) {
    if (sentence === this.sentence) return;
    this.sentence = sentence;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => put(this.live, sentence), SPEAK);
  }

  // --- painting ----------------------------------------------------------------------------------

  // The picture of the digit as it is by now, painted or not.
  develop() {
    if (this.digit !== this.developed) {
      Object.assign(this, { picture: develop(this.digit), developed: this.digit });
    }
    return this.picture;
  }

  redraw() {
    if (this.scheduled || !this.reader) return;
    this.scheduled = requestAnimationFrame(() => this.paint());
  }

  paint() {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = 0;
    this.develop();
    this.reading = this.picture && this.reader.read(this.picture.picture);
    for (const view of this.views) view.draw();
    this.example.hidden = !this.isExample;
    this.allow();
    const sentence = this.reading ? verdict(this.reading) : "Nothing is drawn yet.";
    this.announceLater(sentence);
    Object.assign(this.element.dataset, {
      sentence,
      strokes: this.digit.strokes.length,
      painted: performance.now(),
    });
  }

  // Grey out what cannot be done now.
  allow() {
    this.buttons.undo.disabled = !this.past.length && !this.digit.strokes.length;
    this.buttons.clear.disabled = !this.picture;
  }

  dispose() {
    clearTimeout(this.speaking);
    cancelAnimationFrame(this.scheduled);
  }
}
