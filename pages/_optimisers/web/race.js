// The race: seven optimisers from one start, which is dragged, over one ground and one time bar.

import { Pacing } from "../../_kit/hot/web/pacing.js";
import { put, size, unbroken } from "../../_kit/player/web/format.js";
import { Palette } from "../../_kit/player/web/palette.js";
import { Playback } from "../../_kit/player/web/playback.js";
import { Timeline } from "../../_kit/player/web/timeline.js";
import { unseal } from "../../_kit/player/web/wire.js";
import { Shared } from "../../_kit/site/shared.js";
import { Costs } from "./costs.js";
import { Ground } from "./ground.js";
import { costText, Standings } from "./standings.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STRIDE = 0.01; // of the view's width, for each press of a key

class Race extends Playback {
  constructor(root) {
    super(root.querySelector(".race"));
    const find = (role) => root.querySelector(`[data-role=${role}]`);
    this.find = find;
    this.shared = new Shared(() => this.redraw());
    this.pacing = new Pacing((turn) => this.send(turn));
    this.ground = new Ground(this, find("ground"));
    this.costs = new Costs(this, find("costs"));
    this.standings = new Standings(this, find);
    this.timeline = new Timeline(this, root);
    this.start = find("start");
    this.listen();
    this.element.race = this; // for tests
  }

  listen() {
    const { start, shared, find } = this;
    const ground = this.ground.sheet.canvas;
    for (const target of [ground, start]) {
      target.addEventListener("pointerdown", (event) => this.grasp(event, target));
      target.addEventListener("pointermove", (event) => this.drag(event, target));
      target.addEventListener("pointerup", (event) => this.drop(event, target));
    }
    start.addEventListener("keydown", (event) => this.nudge(event));
    start.addEventListener("keyup", ({ key }) => ARROWS[key] && this.move(this.from, true));
    find("on").onchange = ({ target }) => shared.turn({ on: target.value, from: [] }, true);
    for (const role of ["i", "j"])
      find(role).onchange = ({ target }) =>
        shared.turn({ [role]: Number(target.value), from: [] }, true);
    find("turned").onchange = ({ target }) => shared.turn({ turned: Number(target.value) }, true);
    find("steps").onchange = ({ target }) => shared.turn({ steps: Number(target.value) }, true);
    find("kappa").oninput = ({ target }) => this.kappa(target, false);
    find("kappa").onchange = ({ target }) => this.kappa(target, true);
  }

  receive(component) {
    const { header, array } = unseal(component.data);
    this.send = (turn) => component.setTriggerValue("drag", turn);
    this.setStateValue = component.setStateValue;
    const isAnswer = this.pacing.hear(header.answered);
    this.shared.receive({ data: header, setStateValue: component.setStateValue });
    this.palette = new Palette(this.element);
    const frames = header.steps + 1;
    const split = (whole, width) =>
      header.methods.map((_, k) => whole.subarray(k * frames * width, (k + 1) * frames * width));
    const steps = Float32Array.from({ length: frames }, (_, t) => t);
    this.load({
      ...header,
      frames,
      steps,
      epochs: steps,
      batches: 1,
      unit: "Step",
      start: Math.min(header.at, header.steps),
      chosen: !this.movie,
      paths: split(array(header.paths), 2),
      costs: split(array(header.costs), 1),
      grid: array(header.grid),
      levels: array(header.levels),
    });
    // While the start is held, it is where the hand is.
    if (!this.held && !this.pacing.isUnderWay) this.from = header.from;
    if (isAnswer) this.pacing.go();
    this.redraw();
  }

  load(movie) {
    this.open(movie);
    this.ground.load(movie);
    this.timeline.load();
    this.standings.load();
    this.choices(movie);
    put(this.find("lesson"), movie.lesson);
    this.element.setAttribute(
      "aria-label",
      `${movie.title}. Space plays and pauses, the arrow keys take one step.`,
    );
  }

  choices({ landscapes, conditions, turns, offer, isBowl, entries }) {
    const { state } = this.shared;
    const filled = (role, pairs, now) => {
      const options = pairs.map(
        ([value, text]) =>
          `<option value="${value}"${value === now ? " selected" : ""}>${text}</option>`,
      );
      put(this.find(role), options.join(""), () => options.join(""));
    };
    filled("on", Object.entries(landscapes), state.on);
    filled(
      "turned",
      turns.map((value) => [value, `${value}°`]),
      state.turned,
    );
    filled(
      "steps",
      offer.map((value) => [value, value]),
      state.steps,
    );
    const named = [[0, "moved most"], ...entries.map((text, k) => [k + 1, text])];
    for (const role of ["i", "j"]) {
      filled(role, named, state[role]);
      this.find(`${role}-row`).hidden = !entries.length;
    }
    const slider = this.find("kappa");
    slider.max = conditions.length - 1;
    const at = conditions.findIndex((value) => value >= state.kappa);
    if (document.activeElement !== slider) slider.value = at;
    this.sayKappa(slider);
    for (const row of ["kappa-row", "turned-row"]) this.find(row).hidden = !isBowl;
  }

  kappa(slider, isOver) {
    this.sayKappa(slider);
    this.pacing.turn("kappa", this.movie.conditions[slider.value], isOver);
  }

  sayKappa(slider) {
    const kappa = (this.movie?.conditions ?? [])[slider.value];
    slider.style.setProperty("--done", `${(100 * slider.value) / slider.max}%`);
    slider.setAttribute("aria-valuetext", `Condition number ${kappa}`);
    put(slider.nextElementSibling, String(kappa));
  }

  get shown() {
    const { run } = this.shared.state;
    return this.movie.methods.flatMap(({ name }, k) => (run.includes(name) ? [k] : []));
  }

  place(event) {
    const { left, top } = this.ground.sheet.canvas.getBoundingClientRect();
    return this.ground.at([event.clientX - left, event.clientY - top]);
  }

  grasp(event, target) {
    target.setPointerCapture(event.pointerId);
    this.held = true;
    this.start.focus({ preventScroll: true });
    this.move(this.place(event), false);
  }

  drag(event, target) {
    if (this.held && target.hasPointerCapture(event.pointerId)) this.move(this.place(event), false);
  }

  drop(event, target) {
    if (!this.held || !target.hasPointerCapture(event.pointerId)) return;
    this.held = false;
    this.move(this.place(event), true);
  }

  nudge(event) {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const [x0, x1] = this.movie.view;
    const stride = (event.shiftKey ? 5 : 1) * STRIDE * (x1 - x0);
    this.move([this.from[0] + way[0] * stride, this.from[1] + way[1] * stride], false);
  }

  move(place, isOver) {
    this.from = place;
    this.pacing.turn("from", place, isOver);
    this.redraw();
  }

  // Where the film rests is told with the other controls.
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const at = this.frame === this.movie.frames - 1 ? this.movie.end : this.frame;
      if (!this.playing && at !== this.shared.state.at) this.shared.turn({ at }, true);
    }, 400);
  }

  paint() {
    const began = performance.now();
    this.ground.draw();
    this.costs.draw();
    this.standings.draw();
    this.timeline.draw();
    const [left, top] = this.ground.place(this.from);
    Object.assign(this.start.style, { left: `${left}px`, top: `${top}px` });
    this.start.ariaLabel = `Where all start: ${this.from.map(size).join(", ")}. The arrow keys move it.`;
    this.say();
    const now = performance.now();
    Object.assign(this.element.dataset, {
      frame: this.frame,
      answered: this.movie.answered,
      painted: now,
      paint: (now - began).toFixed(1),
    });
  }

  say() {
    const { movie, frame } = this;
    const inRing = this.shown.filter((k) => {
      const { settled } = movie.methods[k];
      return settled >= 0 && frame >= settled;
    });
    const best = this.shown.reduce((a, b) =>
      movie.costs[b][frame] < movie.costs[a][frame] ? b : a,
    );
    const names = inRing.map((k) => movie.methods[k].title).join(", ");
    const ringed = names ? `In the ring for good: ${names}.` : "Nobody is in the ring for good.";
    const sentence = `${movie.minima.length ? ringed : "No minimum lies in view."} Lowest: ${movie.methods[best].title}, J = ${costText(movie.costs[best][frame])}.`;
    put(this.element.querySelector("[data-role=caption]"), unbroken(sentence));
    this.announce(`Step ${frame}. ${sentence}`);
  }

  dispose() {
    super.dispose();
    this.pacing.dispose();
  }
}

export default function (component) {
  const { parentElement } = component;
  const race = parentElement.querySelector(".race").race ?? new Race(parentElement);
  race.receive(component);
  return () => race.dispose();
}
