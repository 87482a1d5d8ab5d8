// The line-up: several runs at one moment; tiles and charts read from it and are repainted
// together.

import { put, unbroken } from "../../player/web/format.js";
import { Palette } from "../../player/web/palette.js";
import { Playback } from "../../player/web/playback.js";
import { Timeline } from "../../player/web/timeline.js";
import { mapped, pointsOf, unseal } from "../../player/web/wire.js";
import { Clocks } from "./clocks.js";
import { columns } from "./columns.js";
import { EpochChart, LayerChart } from "./lines.js";
import { Overlay, Tile } from "./tile.js";

class Lineup extends Playback {
  constructor(root) {
    const find = (role) => root.querySelector(`[data-role=${role}]`);
    super(root.querySelector(".lineup"));
    this.places = { tiles: find("tiles"), charts: find("charts"), caption: find("caption") };
    this.tiles = [];
    this.charts = [];
    this.overlay = new Overlay(this);
    this.clocks = new Clocks(this, find("clocks"));
    this.timeline = new Timeline(this, root);
    this.element.lineup = this; // for tests
  }

  // Called by Streamlit at each rerun that brings data, and on a change of theme: only a new
  // version is loaded.
  receive({ data, setStateValue }) {
    this.setStateValue = setStateValue;
    const movie = unpackEntries(data);
    this.palette = new Palette(this.element);
    if (movie.version !== this.movie?.version) this.load(this.clocks.film(movie));
    else this.clocks.follow(movie.clock);
    this.redraw();
  }

  // Tell the server where the film rests, if that is an epoch.
  rest() {
    if (!this.clocks.among) super.rest();
  }

  // The frame of an entry at this moment, whether its last one has come, and whether it is over.
  frameOf(entry) {
    return this.clocks.among ? this.clocks.frameOf(entry) : Math.min(this.frame, entry.frames - 1);
  }

  hasEnded(entry) {
    return this.frameOf(entry) >= entry.frames - 1;
  }

  isBeyond(entry) {
    return this.clocks.among ? this.clocks.isBeyond(entry) : this.frame >= entry.frames;
  }

  load(movie) {
    this.open(movie);
    this.hasFields = movie.entries.some(({ fields }) => fields);
    this.element.setAttribute(
      "aria-label",
      `${movie.title}. Space plays and pauses, the arrow keys step one epoch.`,
    );
    this.loadTiles();
    this.loadCharts();
    this.timeline.load();
    this.element.dataset.version = movie.version;
  }

  loadTiles() {
    const { entries } = this.movie;
    while (this.tiles.length > entries.length) this.tiles.pop().element.remove();
    while (this.tiles.length < entries.length) {
      const tile = new Tile(this);
      this.tiles.push(tile);
      this.places.tiles.append(tile.element);
    }
    this.tiles.forEach((tile, k) => {
      tile.load(entries[k]);
    });
  }

  // One chart per quantity of the curves, and one per kind of layers; those that are there already
  // stay.
  loadCharts() {
    const { entries } = this.movie;
    const quantities = unique(
      entries.flatMap(({ curves }) => Object.keys(curves).map((name) => name.split("_").at(-1))),
    );
    const layers = unique(entries.flatMap((entry) => Object.keys(entry.layers)));
    const wanted = [quantities, layers].join(";");
    if (this.built !== wanted) {
      this.built = wanted;
      this.charts = [
        ...quantities.map((name) => new EpochChart(this, name)),
        ...layers.map((name) => new LayerChart(this, name)),
      ];
      this.places.charts.replaceChildren(...this.charts.map(({ element }) => element));
    }
    this.places.charts.style.setProperty("--charts", Math.min(4, this.charts.length));
    for (const chart of this.charts) chart.load();
  }

  paint() {
    const start = performance.now();
    const { tiles } = this.places;
    tiles.style.setProperty("--columns", columns(this.tiles.length, tiles.clientWidth));
    for (const tile of this.tiles) tile.draw();
    for (const chart of this.charts) chart.draw();
    this.timeline.draw();
    this.say();
    const now = performance.now();
    Object.assign(this.element.dataset, {
      frame: this.frame,
      epoch: this.epoch,
      painted: now,
      paint: (now - start).toFixed(1),
    });
  }

  // All tiles in a sentence: each entry's first number.
  say() {
    const { movie } = this;
    const { write, told } = movie.clock;
    const first = movie.entries.find(({ readings }) => readings.length)?.readings[0];
    const words = this.tiles.map(({ entry, parts }) => {
      const value = entry.frames ? parts.readings.querySelector("dd")?.textContent : "";
      const note = this.isBeyond(entry) && entry.note ? `(${entry.note})` : "";
      return [entry.letter, entry.name, value, note].filter(Boolean).join(" ");
    });
    const last = write(movie.epochs[movie.frames - 1]);
    const subject = first ? `, ${first.title.toLowerCase()}` : "";
    const isOver = this.frame === movie.frames - 1;
    const sentence =
      (isOver && told) ||
      `${this.timeline.unit} ${write(this.epoch)} of ${last}${subject}: ${words.join(", ")}.`;
    put(this.places.caption, unbroken(sentence));
    this.announce(sentence);
  }
}

// The bytes as a film: every address replaced by its array, stepping goes from epoch to epoch.
function unpackEntries(data) {
  const { header, array } = unseal(data);
  const epochs = array(header.epochs);
  const field = ({ shape, ...address }) => ({
    side: shape[1],
    levels: array({ shape, ...address }),
  });
  const layers = ({ counts, edges, deviation, measure }) => ({
    depth: counts.shape[1],
    bins: counts.shape[2],
    counts: array(counts),
    edges: array(edges),
    deviation: array(deviation),
    measure,
  });
  return {
    ...header,
    epochs,
    steps: epochs,
    batches: 1,
    points: mapped(header.points, pointsOf(array)),
    entries: header.entries.map((entry) => ({
      ...entry,
      fields: entry.fields && field(entry.fields),
      curves: mapped(entry.curves, (curve) => mapped(curve, array)),
      clocks: mapped(entry.clocks, array),
      moments: entry.moments && array(entry.moments),
      readings: entry.readings.map((reading) => ({ ...reading, values: array(reading.values) })),
      layers: mapped(entry.layers, layers),
    })),
  };
}

function unique(names) {
  return [...new Set(names)];
}

export default function (component) {
  const { parentElement } = component;
  const lineup = parentElement.querySelector(".lineup").lineup ?? new Lineup(parentElement);
  lineup.receive(component);
  return () => lineup.dispose();
}
