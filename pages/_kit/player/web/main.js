// The player: one movie, one moment, one thing pointed at; the views read from it and are repainted
// together.

import { Boundary } from "./boundary.js";
import { Curves } from "./curves.js";
import { Diagram, same } from "./diagram.js";
import { Fields } from "./field.js";
import { epochText, number, percent, put, unbroken } from "./format.js";
import { Editor, Formula } from "./formula.js";
import { Batch, chance, Network } from "./network.js";
import { Palette } from "./palette.js";
import { Playback, REPORT } from "./playback.js";
import { Points } from "./points.js";
import { Timeline } from "./timeline.js";
import { mapped, nearest, unpack } from "./wire.js";

// Milliseconds without a change of network after which the picture is refined.
const STILLNESS = 140;

class Player extends Playback {
  constructor(root) {
    super(root.querySelector(".player"));
    this.caption = root.querySelector("[data-role=caption]");
    this.discrete = this.heldOut = this.log = false;
    this.boundary = new Boundary(this, root);
    this.diagram = new Diagram(this, root);
    this.formula = new Formula(this, root);
    this.editor = new Editor(this, root);
    this.curves = new Curves(this, root);
    this.timeline = new Timeline(this, root);
    this.gestures = new Points(this, root);
    this.views = [
      this.boundary,
      this.diagram,
      this.formula,
      this.editor,
      this.curves,
      this.timeline,
    ];
    this.element.evaluate = evaluate; // these two for tests
    this.element.player = this;
  }

  // Called by Streamlit at each rerun that brings data, and on a change of theme: only a new
  // version starts afresh.
  receive({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { setStateValue, setTriggerValue });
    const movie = unpack(data);
    const palette = new Palette(this.element);
    const look = JSON.stringify([palette.key, movie.options, movie.version]);
    if (look === this.look) return;
    Object.assign(this, { look, palette, options: movie.options });
    this.element.style.setProperty("--run", palette.run);
    const { height } = movie.options;
    this.element.style.setProperty("--side", height ? `${height}px` : "none");
    if (movie.version !== this.movie?.version) this.load(movie);
    this.gestures.load();
    this.redraw();
  }

  load(movie) {
    const sameNetwork =
      this.movie &&
      String(this.movie.sizes) === String(movie.sizes) &&
      String(this.movie.features) === String(movie.features);
    this.open(movie);
    this.network = new Network(movie);
    this.fields = new Fields(this.network, movie.view, movie.thetas[this.frame]);
    this.edit = null;
    this.tellEdit();
    this.hovered = null;
    if (!sameNetwork) this.pinned = this.pointed = null;
    this.usePoints(movie.points);
    const [left, right, bottom, top] = movie.view;
    const { x1, x2 } = this.held ?? {};
    const isInView = x1 >= left && x1 <= right && x2 >= bottom && x2 <= top;
    if (!isInView) this.held = null; // the plane has moved
    this.element.setAttribute(
      "aria-label",
      `${movie.title}. Space plays and pauses, the arrow keys step one epoch.`,
    );
    Object.assign(this.element.dataset, { version: movie.version, side: this.fields.moving });
    delete this.element.dataset.waiting;
    this.diagram.load();
    this.timeline.load();
    this.refresh();
  }

  usePoints(points) {
    this.points = points;
    this.labels = mapped(points, (set) => set.map(({ label }) => label));
    this.chance = mapped(this.labels, chance);
    this.batches = mapped(points, (set) => {
      const x1 = set.map((point) => point.x1);
      const x2 = set.map((point) => point.x2);
      return new Batch(this.network, x1, x2);
    });
  }

  // Whether the network shown is not the recorded one.
  get isEdited() {
    return this.edit?.frame === this.frame;
  }

  get theta() {
    return this.isEdited ? this.edit.theta : this.movie.thetas[this.frame];
  }

  epochOf(frame) {
    return epochText(this.movie.epochs[frame]);
  }

  // The neuron or weight in question: what is pointed at, or else what was clicked.
  get focus() {
    return this.pointed ?? this.pinned;
  }

  // The neuron the large picture shows: one that is pointed at, or else the output; of several
  // classes all at once, j = null.
  get shown() {
    const { pointed, network } = this;
    if (pointed && pointed.i === undefined) return pointed;
    return { l: network.depth, j: network.isBinary ? 0 : null };
  }

  get probe() {
    return this.hovered ?? this.held ?? this.points.train?.[0] ?? { x1: 0, x2: 0 };
  }

  // --- time --------------------------------------------------------------------------------------

  // Ask for the frames at every step around this one; the movie that brings them opens there.
  askSteps(step) {
    this.wanted = step;
    this.element.dataset.waiting = "";
    this.ask("steps_from", { step: step - 1, version: this.movie.version });
  }

  // --- what is looked at -------------------------------------------------------------------------

  point(target) {
    if (same(target, this.pointed) || (!target && !this.pointed)) return;
    this.pointed = target;
    this.redraw();
  }

  pin(target) {
    this.pinned = target;
    this.redraw();
  }

  hoverProbe(place) {
    if (!place && !this.hovered) return;
    this.hovered = place;
    this.redraw();
  }

  setProbe(place) {
    this.held = place;
    this.hovered = null;
    this.redraw();
  }

  // --- changes by hand ---------------------------------------------------------------------------

  change(index, value) {
    if (!this.isEdited) {
      this.edit = {
        frame: this.frame,
        theta: this.movie.thetas[this.frame].slice(),
        changed: new Set(),
      };
    }
    this.edit.theta[index] = value;
    this.edit.changed.add(index);
    this.tellEdit();
    this.refresh();
  }

  // Tell the server of the changed weights once they rest, so that what stands below the film
  // speaks of them too.
  tellEdit() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const edit = this.edit && this.request();
      const told = JSON.stringify(edit);
      if (told === (this.told ?? "null")) return;
      this.told = told;
      this.setStateValue("edit", edit);
    }, REPORT);
  }

  request() {
    const { frame, theta } = this.edit;
    const { epochs, steps, version } = this.movie;
    return { theta: Array.from(theta), epoch: epochs[frame], step: steps[frame], version };
  }

  dropEdit() {
    this.edit = null;
    this.tellEdit();
    this.refresh();
    this.element.focus({ preventScroll: true });
  }

  trainOn() {
    if (!this.isEdited) return this.leap(this.edit.frame);
    this.ask("train_on", this.request());
  }

  // Ask the server once. A report that followed would interrupt its answer, and the question would
  // be lost; the movie that comes reports anew.
  ask(name, request) {
    clearTimeout(this.telling);
    clearTimeout(this.resting);
    this.setTriggerValue(name, request);
  }

  get editablePoints() {
    return ["train", "dev", "test"].flatMap((split) => this.points[split] ?? []);
  }

  previewPoints(points) {
    this.usePoints({ train: points });
    this.refresh();
  }

  setPoints(points) {
    this.previewPoints(points);
    this.ask(
      "points",
      points.map(({ x1, x2, label }) => [x1, x2, label]),
    );
  }

  // --- painting ----------------------------------------------------------------------------------

  // The network is another one: compute anew, coarsely at first.
  refresh() {
    this.stale = true;
    this.refined = false;
    this.redraw();
  }

  paint() {
    const start = performance.now();
    if (this.stale) this.compute();
    for (const view of this.views) view.draw();
    this.say();
    const now = performance.now();
    Object.assign(this.element.dataset, {
      frame: this.frame,
      epoch: this.epoch,
      painted: now,
      paint: (now - start).toFixed(1),
      refined: this.refined,
    });
    if (!this.refined && !this.playing) this.refineLater();
  }

  compute() {
    const { theta, refined, points } = this;
    this.stale = false;
    this.small = this.fields.small(theta, refined);
    this.large = this.fields.large(theta, refined);
    for (const batch of Object.values(this.batches)) batch.compute(theta);
    const { train } = this.batches;
    this.wrong = train ? points.train.filter(({ label }, p) => train.named(p) !== label) : [];
    const isOfRecord = !this.isEdited && this.movie.history.train_cost;
    this.scores = isOfRecord
      ? null
      : mapped(this.batches, (batch, split) => batch.score(this.labels[split]));
  }

  refineLater() {
    clearTimeout(this.refining);
    this.refining = setTimeout(() => {
      if (this.playing || this.refined) return;
      this.refined = this.stale = true;
      this.redraw();
    }, STILLNESS);
  }

  // The picture in a sentence: from the record, or worked out anew for a network edited by hand.
  say() {
    const { movie, isEdited } = this;
    const last = epochText(movie.epochs[movie.frames - 1]);
    const recorded = this.recorded();
    const { cost, accuracy } = (this.scores ? this.scores.train : recorded) ?? {};
    const facts = [];
    if (Number.isFinite(accuracy)) {
      facts.push(`${percent(accuracy)} of the training points right${this.besideChance}`);
    }
    if (Number.isFinite(cost)) facts.push(`cost ${number(cost)}`);
    const hand = isEdited ? ", edited by hand" : "";
    const when = `Epoch ${this.epochOf(this.frame)} of ${last}${hand}`;
    const now = [when, facts.join(", ")].filter(Boolean).join(": ");
    const before = isEdited && recorded ? sayBefore(recorded) : "";
    const sentence = `${now}${before}.${this.sayTies()}`;
    put(this.caption, unbroken(sentence));
    this.announce(sentence);
  }

  sayTies() {
    const { train } = this.batches;
    const ties = train && this.network.isBinary ? train.logit.filter((z) => z === 0).length : 0;
    if (!ties) return "";
    const which = ties > 1 && ties === train.size ? `All ${ties}` : `${ties} of them`;
    const [are, count] = ties > 1 ? ["are ties", "count"] : ["is a tie", "counts"];
    return ` ${which} ${are} (z = 0), which ${count} as class 0.`;
  }

  recorded() {
    const { history } = this.movie;
    if (!history.train_cost) return undefined;
    const k = nearest(history.epoch, this.epoch);
    return { cost: history.train_cost[k], accuracy: history.train_accuracy?.[k] };
  }

  // What an accuracy has to be measured against: 96 % right is nothing where 96 % are of one class.
  get besideChance() {
    const { train } = this.chance;
    return Number.isFinite(train) ? ` (the most common class alone: ${percent(train)})` : "";
  }

  dispose() {
    super.dispose();
    clearTimeout(this.refining);
    clearTimeout(this.telling);
  }
}

function sayBefore({ accuracy, cost }) {
  return `; before your change ${percent(accuracy)}, cost ${number(cost)}`;
}

// Every number of a network at one point, the way the formulas find it and the way the fields do.
function evaluate(shape, theta, x1, x2) {
  const network = new Network(shape);
  const weights = Float32Array.from(theta);
  const batch = new Batch(network, [x1], [x2]).compute(weights);
  return { ...network.trace(weights, x1, x2), logit: batch.logit[0] };
}

export default function (component) {
  const { parentElement } = component;
  const element = parentElement.querySelector(".player");
  const player = element.player ?? new Player(parentElement);
  player.receive(component);
  return () => player.dispose();
}
