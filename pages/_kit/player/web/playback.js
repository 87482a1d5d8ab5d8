// Playback: one film, one moment of it; what moves through time, and where the film has come to
// rest.

import { put } from "./format.js";
import { nearest } from "./wire.js";

// Milliseconds of rest after which the server is told where the film stands.
export const REPORT = 400;

// A film has frames, their ascending epochs, and a frame to start at, which may be chosen by the
// page. What extends this has a timeline, an element, and paints.
export class Playback {
  constructor(element) {
    this.element = element;
    this.live = element.querySelector("[data-role=live]");
    this.options = {};
    this.playing = false;
  }

  // Take another film; it opens where the one before stood.
  open(movie) {
    const isFirst = !this.movie;
    const frame = this.firstFrame(movie);
    this.movie = movie;
    this.frame = frame;
    if (this.playing) this.timeline.position = frame;
    if (isFirst) this.reported = this.restingEpoch;
    else this.rest();
  }

  // At the step that was asked for, at the frame the page chose, or where the old film stood.
  firstFrame(movie) {
    const last = movie.frames - 1;
    if (this.wanted !== undefined) {
      const found = movie.steps.findIndex((step) => step >= this.wanted);
      this.wanted = undefined;
      return found < 0 ? last : found;
    }
    const atEnd = !this.movie || this.frame === this.movie.frames - 1;
    if (!this.movie || movie.chosen) return Math.min(last, Math.max(0, movie.start));
    return atEnd ? last : nearest(movie.epochs, this.epoch);
  }

  get epoch() {
    return this.movie.epochs[this.frame];
  }

  show(frame) {
    if (frame === this.frame) return;
    this.frame = frame;
    this.refresh();
  }

  seek(frame) {
    this.wanted = undefined; // whoever moves on no longer waits
    delete this.element.dataset.waiting;
    if (this.playing) this.timeline.position = frame;
    this.show(frame);
  }

  leap(frame) {
    this.seek(frame);
    this.rest();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    delete this.element.dataset.fps;
    this.redraw();
    this.rest();
  }

  get restingEpoch() {
    return this.frame === this.movie.frames - 1 ? "end" : Number(this.epoch.toFixed(4));
  }

  // Tell the server where the film has come to rest, once it really has.
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.playing || this.restingEpoch === this.reported) return;
      this.reported = this.restingEpoch;
      this.setStateValue("epoch", this.reported);
    }, REPORT);
  }

  // The moment is another one: whatever depends on it is found anew.
  refresh() {
    this.redraw();
  }

  redraw() {
    if (this.scheduled || !this.movie) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      this.paint();
    });
  }

  // Say it to those who listen, at most once a second while the film runs.
  announce(sentence) {
    this.sentence = sentence;
    this.speaking ??= setTimeout(
      () => {
        this.speaking = null;
        put(this.live, this.sentence);
      },
      this.playing ? 1000 : 400,
    );
  }

  // Called before other data come as well: what was about to be painted or said is asked for anew.
  dispose() {
    this.playing = false;
    for (const timer of [this.resting, this.speaking]) clearTimeout(timer);
    cancelAnimationFrame(this.scheduled);
    this.scheduled = 0;
    this.speaking = null;
  }
}
