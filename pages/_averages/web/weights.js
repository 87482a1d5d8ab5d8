// What each day weighs in the average of one: bars, of which one is pointed at and worked out.

import { percent, size, superscript } from "../../_kit/player/web/format.js";
import { Plot } from "../../_kit/plots/web/plot.js";
import { shareOf, weightOf, wholeWindow } from "./averages.js";
import { days, plainly } from "./said.js";

// Weights are drawn of so many windows of days, and of these at least.
const [WINDOWS, FEWEST] = [3, 12];

const MOVES = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1 };

// How many days are drawn, whether there have been so many or not.
export function drawnDays(beta) {
  return Math.max(FEWEST, WINDOWS * wholeWindow(beta));
}

// The age whose weight is worked out: what is pointed at, or else the first beyond the window; of
// days that there have been.
export function workedAge(beta, t, pointed) {
  const last = Math.min(t, drawnDays(beta)) - 1;
  return Math.min(last, Math.max(0, pointed ?? wholeWindow(beta)));
}

// A weight in two lines.
export function weightTold(beta, age) {
  const product = `${plainly(1 - beta)} · ${plainly(beta)}${superscript(age)}`;
  return [
    age ? `${days(age)} before` : "the day itself",
    `${product} = ${size(weightOf(beta, age))}`,
  ];
}

// The bars of day t and those before it, the window on its ground with its share.
export function weighed({ beta, t }, age, width) {
  const [newest, window] = [weightOf(beta, 0), wholeWindow(beta)];
  const count = drawnDays(beta);
  const [first, start] = [Math.max(1, t - window + 1), Math.max(1, t - count + 1)];
  const plot = new Plot({
    x: [t - count + 0.5, t + 0.5],
    y: [0, 1.2 * newest],
    width,
    height: 170,
    titles: { x: "day", id: "weights" },
  });
  const weights = (from, to) =>
    Array.from({ length: Math.max(0, to - from) }, (_, k) => weightOf(beta, t - from - k));
  plot.band(first - 0.5, t + 0.5, percent(shareOf(beta, Math.min(window, t))));
  plot.bars(weights(start, first), "older", start);
  plot.bars(weights(first, t + 1), "newer", first);
  plot.bars([weightOf(beta, age)], "pointed", t - age);
  plot.level(newest / Math.E, "1/e of the newest");
  plot.corner(weightTold(beta, age));
  return plot;
}

// The figure, in which an age is pointed at by mouse, finger or arrow keys.
export class Weights {
  constructor(figure) {
    this.figure = figure;
    figure.onpointermove = (event) => this.point(event);
    figure.onpointerdown = (event) => this.point(event);
    figure.onpointerleave = () => this.turn(undefined);
    figure.onblur = () => this.turn(undefined);
    figure.onkeydown = (event) => {
      if (!MOVES[event.key]) return;
      event.preventDefault();
      this.turn(this.age + MOVES[event.key]);
    };
  }

  point(event) {
    const { left, width } = this.figure.getBoundingClientRect();
    this.turn(this.state.t - Math.round(this.plot.at(event.clientX - left, width)));
  }

  turn(pointed) {
    this.pointed = pointed;
    this.paint(this.state);
  }

  paint(state) {
    const { beta, t } = state;
    this.state = state;
    this.age = workedAge(beta, t, this.pointed);
    this.plot = weighed(state, this.age, Math.max(260, this.figure.clientWidth));
    const told = weightTold(beta, this.age).join(": ");
    this.figure.innerHTML = this.plot.svg(`What each day weighs in the average of day ${t}`);
    this.figure.setAttribute("aria-valuemax", workedAge(beta, t, Number.POSITIVE_INFINITY));
    this.figure.setAttribute("aria-valuenow", this.age);
    this.figure.setAttribute("aria-valuetext", told);
  }
}
