// Small square pictures side by side; one may be chosen, by mouse, touch or the arrow keys.

import { Palette } from "../../player/web/palette.js";

const SIDE = 28;
const CELLS = SIDE * SIDE;
const ARROWS = { ArrowRight: 1, ArrowLeft: -1 };

class Sheet {
  constructor(parent) {
    this.root = parent.querySelector(".tiles");
    this.root.sheet = this;
    this.grid = parent.querySelector(".grid");
    this.scale = parent.querySelector(".scale");
    this.drawn = "";
    this.grid.addEventListener("click", (event) => this.choose(event.target.closest(".tile")));
    this.grid.addEventListener("keydown", (event) => this.press(event));
  }

  receive({ data, setTriggerValue }) {
    this.report = (id) => setTriggerValue("chosen", id);
    const palette = new Palette(this.root);
    const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
    const text = new TextDecoder().decode(data.subarray(4, 4 + length));
    const cells = data.subarray(4 + length);
    this.show(JSON.parse(text), cells, palette);
  }

  show(header, cells, palette) {
    const { tiles, active } = header;
    this.active = active;
    this.root.classList.toggle("active", active);
    this.root.style.setProperty("--side", `${header.size}px`);
    this.grid.setAttribute("role", active ? "listbox" : "list");
    this.grid.setAttribute("aria-label", header.name);
    // Tiles stay where they are and are drawn anew, so that the one with the focus keeps it.
    while (this.grid.children.length > tiles.length) this.grid.lastChild.remove();
    while (this.grid.children.length < tiles.length) this.grid.append(blank());
    const inks = ramp(palette);
    const chosen = tiles.findIndex(({ id }) => id === header.chosen);
    const reached = Math.max(0, chosen);
    tiles.forEach((tile, k) => {
      const element = this.grid.children[k];
      element.dataset.id = tile.id;
      element.setAttribute("role", active ? "option" : "listitem");
      element.setAttribute("aria-label", tile.spoken);
      if (active) element.setAttribute("aria-selected", tile.id === header.chosen);
      else element.removeAttribute("aria-selected");
      if (active) element.tabIndex = k === reached ? 0 : -1;
      element.title = tile.spoken;
      element.lastChild.textContent = tile.caption;
      const colours = tile.signed ? palette.scale : inks;
      paint(element.firstChild, cells.subarray(k * CELLS, (k + 1) * CELLS), colours);
    });
    this.scale.hidden = !header.high;
    this.scale.querySelector(".low").textContent = header.low;
    this.scale.querySelector(".high").textContent = header.high;
    this.scale.querySelector(".bar").style.background = palette.gradient(0);
  }

  choose(tile) {
    if (tile && this.active) this.report(Number(tile.dataset.id));
  }

  press(event) {
    const tile = event.target.closest(".tile");
    if (!tile || !this.active) return;
    const tiles = [...this.grid.children];
    const columns = tiles.findIndex((other) => other.offsetTop > tiles[0].offsetTop);
    const steps = { ...ARROWS, ArrowDown: columns, ArrowUp: -columns };
    const here = tiles.indexOf(tile);
    const there = { Home: 0, End: tiles.length - 1 }[event.key] ?? here + (steps[event.key] ?? NaN);
    if (event.key === "Enter" || event.key === " ") this.choose(tile);
    else if (tiles[there]) {
      tile.tabIndex = -1;
      tiles[there].tabIndex = 0;
      tiles[there].focus();
    } else if (!(event.key in steps)) return;
    event.preventDefault();
  }
}

function blank() {
  const tile = document.createElement("div");
  tile.className = "tile";
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const caption = document.createElement("span");
  caption.className = "caption";
  tile.append(canvas, caption);
  return tile;
}

function paint(canvas, cells, colours) {
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(SIDE, SIDE);
  new Uint32Array(image.data.buffer).set(Uint32Array.from(cells, (cell) => colours[cell]));
  pen.putImageData(image, 0, 0);
}

// 256 colours from paper to ink, as the theme has them.
function ramp({ background, text }) {
  const canvas = document.createElement("canvas");
  canvas.width = 256;
  canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const blend = pen.createLinearGradient(0.5, 0, 255.5, 0);
  blend.addColorStop(0, background);
  blend.addColorStop(1, text);
  pen.fillStyle = blend;
  pen.fillRect(0, 0, 256, 1);
  return new Uint32Array(pen.getImageData(0, 0, 256, 1).data.buffer);
}

export default function (component) {
  const { parentElement } = component;
  const sheet = parentElement.querySelector(".tiles").sheet ?? new Sheet(parentElement);
  sheet.receive(component);
}
