// Draw a digit: one digit, one network, one reading of it; the views are repainted together.

import { Bars } from "./bars.js";
import { download } from "./download.js";
import { normalise } from "./normalise.js";
import { Paper } from "./paper.js";
import { ROOM, Shelf } from "./shelf.js";
import { Sketch } from "./sketch.js";
import { Steps } from "./steps.js";
import { Trials } from "./trials.js";
import { Units } from "./units.js";

// Milliseconds without a change after which the server is told, so that it can remember.
const REPORT = 500;

class Drawing extends Sketch {
  constructor(root) {
    super(root, [Steps, Bars, Units, Trials, Shelf]);
    this.shelf = this.views.at(-1);
    this.saved = [];
    this.listen();
    this.element.normalise = normalise; // for tests
  }

  receive(component) {
    this.setStateValue = component.setStateValue;
    super.receive(component);
  }

  wear(palette) {
    super.wear(palette);
    this.paper = new Paper(palette);
  }

  open(opening) {
    super.open(opening);
    this.saved = opening.saved;
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

  changed() {
    super.changed();
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      if (this.pad.isDrawing) return; // the end of the stroke brings us back
      this.setStateValue("drawing", {
        digit: this.isExample ? null : this.digit,
        saved: this.saved,
      });
    }, REPORT);
  }

  allow() {
    super.allow();
    const { save, small, large } = this.buttons;
    small.disabled = large.disabled = !this.picture;
    const isFull = this.saved.length >= ROOM;
    save.disabled = !this.picture || isFull;
    save.title = isFull
      ? `There is room for ${ROOM}: remove one first`
      : "Put it on the shelf below";
  }

  listen() {
    this.buttons.save.onclick = () => this.save();
    const enlarged = { small: 1, large: 20 };
    for (const [act, times] of Object.entries(enlarged)) {
      this.buttons[act].onclick = () => {
        download(this.picture.picture, this.reading.digit, times);
      };
    }
  }

  dispose() {
    super.dispose();
    clearTimeout(this.reporting);
  }
}

export default function (component) {
  const { parentElement } = component;
  const element = parentElement.querySelector(".drawing");
  const drawing = element.drawing ?? new Drawing(parentElement);
  drawing.receive(component);
  return () => drawing.dispose();
}
