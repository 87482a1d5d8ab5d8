// Draw a digit: one digit, one network, one reading of it; the views are repainted together.

import { put } from "../../../_kit/player/web/format.js";
import { Palette } from "../../../_kit/player/web/palette.js";
import { Bars } from "./bars.js";
import { BLANK, develop, EXAMPLE } from "./digit.js";
import { download } from "./download.js";
import { normalise } from "./normalise.js";
import { Pad } from "./pad.js";
import { Paper } from "./paper.js";
import { Reader } from "./reader.js";
import { ROOM, Shelf } from "./shelf.js";
import { Steps } from "./steps.js";
import { pointCount } from "./strokes.js";
import { Trials } from "./trials.js";
import { Units } from "./units.js";
import { verdict } from "./words.js";

// Milliseconds without a change after which the server is told, so that it can remember.
const REPORT = 500;
const SPEAK = 700; // and after which the answer is read out
const MOST_POINTS = 2000;
const REMEMBERED = 200;

class Drawing {
  constructor(root) {
    this.element = root.querySelector(".drawing");
    this.live = root.querySelector("[data-role=live]");
    this.example = root.querySelector("[data-role=example]");
    this.digit = EXAMPLE;
    this.isExample = true;
    this.past = []; // digits to go back to
    this.saved = [];
    this.pad = new Pad(this, root);
    this.shelf = new Shelf(this, root);
    this.views = [
      this.pad,
      new Steps(this, root),
      new Bars(this, root),
      new Units(this, root),
      new Trials(this, root),
      this.shelf,
    ];
    this.buttons = Object.fromEntries(
      ["undo", "clear", "save", "small", "large"].map((act) => [
        act,
        root.querySelector(`[data-act=${act}]`),
      ]),
    );
    this.listen();
    Object.assign(this.element, { drawing: this, normalise }); // these two for tests
  }

  // Called by Streamlit at each rerun that brings data, and on a change of theme; the drawing
  // stays, whatever comes.
  receive({ data, setStateValue }) {
    this.setStateValue = setStateValue;
    const reader = new Reader(data);
    const palette = new Palette(this.element);
    const look = `${palette.key} ${reader.version}`;
    if (look === this.look) return;
    if (!this.look) this.open(reader.opening);
    Object.assign(this, { look, reader, palette, paper: new Paper(palette) });
    this.element.style.setProperty("--run", palette.run);
    this.element.dataset.version = reader.version;
    this.redraw();
  }

  // Go on with what was drawn before the panel was left.
  open({ digit, saved }) {
    this.saved = saved;
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

  save() {
    if (!this.picture || this.saved.length >= ROOM) return;
    this.saved = [...this.saved, this.digit];
    this.changed();
  }

  reopen(k) {
    this.replace(this.saved[k]);
  }

  remove(k) {
    this.saved = this.saved.filter((_, other) => other !== k);
    this.changed();
    this.paint(); // at once, so that the focus finds its next place
  }

  // Try something on the digit; that is no step to undo, a slider goes back by itself.
  change(changes) {
    this.isExample = false;
    this.digit = { ...this.digit, ...changes };
    this.changed();
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
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      if (this.pad.isDrawing) return; // the end of the stroke brings us back
      this.setStateValue("drawing", {
        digit: this.isExample ? null : this.digit,
        saved: this.saved,
      });
    }, REPORT);
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
    const { undo, clear, save, small, large } = this.buttons;
    undo.disabled = !this.past.length && !this.digit.strokes.length;
    clear.disabled = small.disabled = large.disabled = !this.picture;
    const isFull = this.saved.length >= ROOM;
    save.disabled = !this.picture || isFull;
    save.title = isFull
      ? `There is room for ${ROOM}: remove one first`
      : "Put it on the shelf below";
    const sentence = this.reading ? verdict(this.reading) : "Nothing is drawn yet.";
    this.announceLater(sentence);
    Object.assign(this.element.dataset, {
      sentence,
      strokes: this.digit.strokes.length,
      painted: performance.now(),
    });
  }

  listen() {
    for (const act of ["undo", "clear", "save"]) {
      this.buttons[act].addEventListener("click", () => this[act]());
    }
    const enlarged = { small: 1, large: 20 };
    for (const [act, times] of Object.entries(enlarged)) {
      this.buttons[act].addEventListener("click", () => {
        download(this.picture.picture, this.reading.digit, times);
      });
    }
  }

  dispose() {
    clearTimeout(this.reporting);
    clearTimeout(this.speaking);
    cancelAnimationFrame(this.scheduled);
  }
}

export default function (component) {
  const { parentElement } = component;
  const element = parentElement.querySelector(".drawing");
  const drawing = element.drawing ?? new Drawing(parentElement);
  drawing.receive(component);
  return () => drawing.dispose();
}
