// Tiles are dragged, or pressed, into the places of a product; the inner dimensions light up.

import { notated } from "../../../_kit/matrices/web/notation.js";
import { put } from "../../../_kit/player/web/format.js";
import { problem, told } from "./fits.js";

class Puzzles {
  constructor(root) {
    this.element = root.querySelector(".puzzles");
    this.element.puzzles = this; // for tests
    for (const name of ["choice", "line", "pool", "verdict"])
      this[name] = root.querySelector(`[data-role=${name}]`);
    this.at = 0;
    this.element.addEventListener("click", (event) => this.press(event.target));
    this.element.addEventListener("dragstart", (event) => this.take(event));
    for (const name of ["dragover", "dragleave", "drop"])
      this.element.addEventListener(name, (event) => this.carry(event));
  }

  receive({ data }) {
    this.all = data.puzzles;
    this.begin(Math.min(this.at, this.all.length - 1));
  }

  begin(at) {
    this.at = at;
    this.puzzle = this.all[at];
    this.placed ??= this.all.map(({ places }) => Array(places).fill(null));
    this.paint();
  }

  get slots() {
    return this.placed[this.at];
  }

  press(target) {
    const which = target.closest("[data-puzzle]");
    if (which) this.begin(Number(which.dataset.puzzle));
    const tile = target.closest("[data-tile]");
    if (tile) this.fill(this.slots.indexOf(null), Number(tile.dataset.tile));
    const slot = target.closest("[data-slot]");
    if (slot) this.fill(Number(slot.dataset.slot), null);
  }

  take(event) {
    const tile = event.target.closest("[data-tile]");
    if (tile) event.dataTransfer.setData("text/plain", tile.dataset.tile);
  }

  carry(event) {
    const slot = event.target.closest("[data-slot]");
    if (!slot) return;
    event.preventDefault();
    slot.classList.toggle("over", event.type === "dragover");
    const tile = event.type === "drop" ? event.dataTransfer.getData("text/plain") : "";
    if (this.puzzle.tiles[tile]) this.fill(Number(slot.dataset.slot), Number(tile));
  }

  fill(slot, tile) {
    if (slot < 0) return;
    this.slots[slot] = tile;
    this.paint();
  }

  paint() {
    const { tiles, result, places } = this.puzzle;
    const chosen = this.slots.map((tile) => (tile === null ? null : tiles[tile]));
    this.choice.innerHTML = this.all
      .map(
        ({ title }, k) =>
          `<button type="button" data-puzzle="${k}" aria-pressed="${k === this.at}">${notated(title)}</button>`,
      )
      .join("");
    const isPair = chosen[0] && chosen[1];
    const isFit = isPair && chosen[0].shape[1] === chosen[1].shape[0];
    const state = isPair ? ["unfit", "fit"][Number(isFit)] : "";
    const slots = chosen.map((tile, k) => slotOf(tile, k, state));
    const signs = ["·", "+"].slice(0, places - 1);
    const line = slots.map((slot, k) => slot + (signs[k] ? `<span>${signs[k]}</span>` : ""));
    const goal = `<span class="result">${notated(result.name)}
      <span class="shape">(${told(result.shape)})</span></span>`;
    this.line.innerHTML = `${line.join("")}<span>=</span>${goal}`;
    this.pool.innerHTML = tiles
      .map(
        (tile, k) => `<button type="button" class="tile" draggable="true" data-tile="${k}"
        ${this.slots.includes(k) ? "disabled" : ""}>${notated(tile.name)}
        <span class="shape">(${told(tile.shape)})</span></button>`,
      )
      .join("");
    put(this.verdict, this.judged(chosen));
    this.element.dataset.solved = this.isSolved(chosen);
  }

  isSolved(chosen) {
    return !chosen.includes(null) && problem(shapesOf(chosen), this.puzzle.result.shape) === "";
  }

  judged(chosen) {
    if (!chosen[0] || !chosen[1]) return "Drag or press two matrices into their places.";
    const wrong = problem(shapesOf(chosen), this.puzzle.result.shape);
    if (wrong) return wrong;
    if (chosen.includes(null)) return "The product fits. What is added to it?";
    return `All fit: the notes write ${this.puzzle.notes}.`;
  }
}

function shapesOf(chosen) {
  return chosen.filter(Boolean).map(({ shape }) => shape);
}

function slotOf(tile, k, state) {
  if (!tile)
    return `<button type="button" class="slot" data-slot="${k}" aria-label="Place ${k + 1}, empty"></button>`;
  const sides = tile.shape.map((number, side) => {
    const isInner = (k === 0 && side === 1) || (k === 1 && side === 0);
    const text = told([number]);
    return isInner ? `<span class="inner ${state}">${text}</span>` : text;
  });
  return `<button type="button" class="slot" data-slot="${k}" title="Press to take it out">
    ${notated(tile.name)}<span class="shape">(${sides.join(", ")})</span></button>`;
}

export default function (component) {
  const root = component.parentElement;
  const shown = root.querySelector(".puzzles").puzzles ?? new Puzzles(root);
  shown.receive(component);
}
