// The time bar: what moves the film. Only recorded frames are shown; speed says how many go by in a
// second.

import { clamp, epochText, put } from "./format.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const SECONDS = 8; // of a run at normal speed, unless that would be too slow or too fast to follow
const KEYS = {
  " ": "play",
  ArrowLeft: "back",
  ArrowRight: "forward",
  Home: "start",
  End: "end",
  "[": "slower",
  "]": "faster",
};
const CALM = 250; // milliseconds between pictures for those who ask for reduced motion

export class Timeline {
  constructor(player, root) {
    this.player = player;
    const find = (selector) => root.querySelector(selector);
    this.scrub = find("[name=scrub]");
    this.speed = find("[name=speed]");
    this.loop = find("[name=loop]");
    this.epoch = find("[data-role=epoch]");
    this.buttons = Object.fromEntries(
      [...root.querySelectorAll("[data-act]")].map((button) => [button.dataset.act, button]),
    );
    this.speed.append(
      ...SPEEDS.map((value) => new Option(`${value}×`, value, value === 1, value === 1)),
    );
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.listen(root.querySelector(".player"));
  }

  load() {
    const { movie } = this.player;
    this.scrub.max = movie.frames - 1;
    this.scrub.disabled = movie.frames < 2;
    this.buttons.batch.hidden = movie.batches <= 1;
    for (const [way, key] of [
      ["back", "left"],
      ["forward", "right"],
    ]) {
      const told = `One ${movie.moment ?? this.unit.toLowerCase()} ${way}`;
      Object.assign(this.buttons[way], { ariaLabel: told, title: `${told} (${key} arrow)` });
    }
    this.scrub.ariaLabel = this.unit;
  }

  // What a frame is called: that of a race is a step.
  get unit() {
    return this.player.movie.unit ?? "Epoch";
  }

  draw() {
    const { player, buttons } = this;
    const { movie, frame, playing } = player;
    if (Number(this.scrub.value) !== frame) this.scrub.value = frame;
    const done = movie.frames > 1 ? (100 * frame) / (movie.frames - 1) : 100;
    this.scrub.style.setProperty("--done", `${done}%`);
    const write = movie.clock?.write ?? epochText; // how a moment is written
    const now = write(movie.epochs[frame]);
    const last = write(movie.epochs[movie.frames - 1]);
    put(
      this.epoch,
      `${this.unit} ${now} ${last}`,
      () => `${this.unit} <b style="min-width: ${last.length}ch">${now}</b> of ${last}`,
    );
    this.scrub.setAttribute("aria-valuetext", `${this.unit} ${now} of ${last}`);
    const word = playing ? "Pause" : "Play";
    buttons.play.classList.toggle("playing", playing);
    if (buttons.play.ariaLabel !== word) {
      buttons.play.ariaLabel = word;
      buttons.play.title = `${word} (space)`;
    }
  }

  // Frames a second at normal speed.
  get rate() {
    return clamp(this.player.movie.frames / SECONDS, 10, 60);
  }

  play() {
    const { player } = this;
    if (player.movie.frames < 2 || player.playing) return;
    player.playing = true;
    this.position = player.frame >= player.movie.frames - 1 ? 0 : player.frame;
    player.show(Math.floor(this.position));
    this.before = this.shownAt = performance.now();
    this.ticks = [];
    requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    const { player } = this;
    if (!player.playing) return;
    const last = player.movie.frames - 1;
    this.position += (Math.max(0, now - this.before) / 1000) * this.rate * Number(this.speed.value);
    this.before = now;
    this.countFrames(now);
    if (this.position >= last) {
      if (!this.loop.checked) {
        player.show(last);
        return player.pause();
      }
      this.position = 0;
    }
    const frame = Math.floor(this.position);
    const due = !this.calm.matches || now - this.shownAt >= CALM;
    if (frame !== player.frame && due) {
      this.shownAt = now;
      player.show(frame);
    }
    requestAnimationFrame((next) => this.tick(next));
  }

  // How often the browser really came round in the last second, for tests and for the curious.
  countFrames(now) {
    this.ticks.push(now);
    while (this.ticks[0] < now - 1000) this.ticks.shift();
    const elapsed = now - this.ticks[0];
    const rounds = this.ticks.length - 1;
    if (elapsed > 0) this.player.element.dataset.fps = ((rounds * 1000) / elapsed).toFixed(1);
  }

  // So many updates of the weights from here. What was not recorded is asked of the server if it
  // can tell; otherwise the film goes to the next frame that was.
  step(count) {
    const { player } = this;
    const { steps, frames } = player.movie;
    player.pause();
    const target = clamp(steps[player.frame] + count, steps[0], steps[frames - 1]);
    const forwards = count > 0;
    let frame = player.frame;
    while (forwards ? steps[frame] < target : steps[frame] > target) frame += Math.sign(count);
    if (steps[frame] !== target && player.options.finer) return player.askSteps(target);
    player.leap(frame);
  }

  changeSpeed(direction) {
    this.speed.selectedIndex = clamp(this.speed.selectedIndex + direction, 0, SPEEDS.length - 1);
  }

  get actions() {
    const { player } = this;
    return {
      start: () => player.leap(0),
      end: () => player.leap(player.movie.frames - 1),
      back: () => this.step(-player.movie.batches),
      forward: () => this.step(player.movie.batches),
      play: () => (player.playing ? player.pause() : this.play()),
      batch: () => this.step(1),
      slower: () => this.changeSpeed(-1),
      faster: () => this.changeSpeed(1),
    };
  }

  listen(element) {
    const { player } = this;
    for (const [name, button] of Object.entries(this.buttons)) {
      button.addEventListener("click", () => this.actions[name]());
    }
    this.scrub.addEventListener("input", () => {
      player.pause();
      player.seek(Number(this.scrub.value));
    });
    this.scrub.addEventListener("change", () => player.rest());
    element.addEventListener("keydown", (event) => {
      const { target, key } = event;
      const typing = target.matches("input:not([type=range]):not([type=checkbox]), select");
      const pressing = key === " " && target.matches("button, input");
      const shortcut = event.ctrlKey || event.metaKey || event.altKey;
      if (!KEYS[key] || typing || pressing || shortcut) return;
      event.preventDefault();
      event.stopPropagation();
      this.actions[KEYS[key]]();
    });
  }
}
