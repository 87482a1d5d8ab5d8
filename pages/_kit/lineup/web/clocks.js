// By what runs side by side are measured: by epochs, or by one of several clocks, of which the
// visitor chooses one. At any moment each run is then as it was when that clock read the same.

import { count, epochText, number } from "../../player/web/format.js";
import { begun, frameAt, measured, momentsOf } from "./moments.js";

// A number of things in words: 1 update, 2 updates.
const many = (thing, write) => (value) =>
  `${write(value)} ${thing}${write(value) === "1" ? "" : "s"}`;

// What is counted where there is no choice.
const EPOCHS = { axis: "epoch", write: epochText, at: (epoch) => `epoch ${epochText(epoch)}` };

export function secondsText(seconds) {
  return seconds < 1 ? `${number(1000 * seconds)} ms` : `${number(seconds)} s`;
}

export const KINDS = {
  updates: { title: "Updates", unit: "Update", axis: "updates of θ", isWhole: true, write: count },
  epochs: {
    title: "Epochs",
    unit: "Epoch",
    axis: "epochs",
    write: epochText,
    at: many("epoch", epochText),
  },
  samples: {
    title: "Samples seen",
    unit: "Sample",
    axis: "samples seen",
    isWhole: true,
    write: count,
  },
  seconds: {
    title: "Seconds",
    unit: "Time",
    axis: "seconds of updates alone",
    hint: "Of this server's processor, for the updates alone: no evaluation, no waiting",
    write: secondsText,
    at: secondsText,
  },
};
KINDS.updates.at = many("update", count);
KINDS.samples.at = many("sample", count);

export class Clocks {
  constructor(lineup, place) {
    this.lineup = lineup;
    this.place = place;
  }

  // A movie as the chosen clock shows it; `among` are the clocks there are, if there are any.
  film(movie) {
    this.among = movie.clocks.length ? movie.clocks : null;
    this.place.hidden = movie.clocks.length < 2;
    this.lineup.element.classList.toggle("clocked", Boolean(this.among));
    if (!this.among) return { ...movie, clock: EPOCHS };
    this.whole = movie;
    this.offer();
    this.follow(movie.clock, false);
    return this.shown();
  }

  shown() {
    const { whole: movie, chosen } = this;
    const { told } = this.among.find(({ name }) => name === chosen);
    const kind = KINDS[chosen];
    const measuredBy = movie.entries.map((entry) => measured(entry, chosen));
    const { readings, domain } = momentsOf(
      measuredBy.map(({ times }) => times),
      kind.isWhole,
    );
    const entries = domain.logarithmic ? measuredBy.map(begun) : measuredBy;
    const axis = domain.logarithmic ? `${kind.axis}, log scale` : kind.axis;
    return {
      ...movie,
      entries,
      frames: readings.length,
      epochs: readings,
      steps: readings.map((_, k) => k),
      start: movie.chosen ? movie.start : readings.length - 1,
      unit: kind.unit,
      moment: "moment",
      clock: { ...kind, axis, told, domain },
    };
  }

  // A button for each clock, unless they are there already.
  offer() {
    const names = this.among.map(({ name }) => name);
    if (this.built === names.join()) return;
    this.built = names.join();
    this.buttons = names.map((name) => {
      const label = document.createElement("label");
      label.innerHTML = '<input type="radio" name="clock" /><span></span>';
      label.lastChild.textContent = KINDS[name].title;
      label.title = KINDS[name].hint ?? "";
      label.firstChild.value = name;
      label.firstChild.addEventListener("change", () => this.say(name));
      return label;
    });
    this.place.replaceChildren(this.place.firstElementChild, ...this.buttons);
  }

  // The visitor has chosen: the picture follows at once, the server is told.
  say(name) {
    this.pending = name;
    this.choose(name);
    this.lineup.setStateValue("clock", name);
  }

  // What the server says, unless it does not yet know what the visitor has chosen meanwhile.
  follow(name, isSeen = true) {
    if (!this.among || name === this.heard) return;
    this.heard = name;
    const isWaiting = this.pending !== undefined;
    if (name === this.pending) this.pending = undefined;
    if (!isWaiting) this.choose(name, isSeen);
  }

  choose(name, isSeen = true) {
    this.chosen = name;
    for (const { firstChild } of this.buttons) firstChild.checked = firstChild.value === name;
    if (!isSeen) return;
    const { lineup } = this;
    const share = lineup.frame / Math.max(1, lineup.movie.frames - 1);
    const movie = this.shown();
    lineup.load({ ...movie, chosen: true, start: Math.round(share * (movie.frames - 1)) });
    lineup.redraw();
  }

  frameOf({ at }) {
    return frameAt(at, this.lineup.epoch);
  }

  isBeyond({ at }) {
    return !at.length || this.lineup.epoch > at.at(-1) * (1 + 1e-9);
  }
}
