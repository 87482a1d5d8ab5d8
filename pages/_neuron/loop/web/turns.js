// Logistic regression run line by line: the loop, its tables, and the line without a loop beside it.

import { Pace } from "../../../_kit/matrices/web/pace.js";
import { Place } from "../../../_kit/matrices/web/place.js";
import { WAYS } from "../../../_kit/matrices/web/ways.js";
import { clamp, escaped, put } from "../../../_kit/player/web/format.js";
import { filled } from "./filled.js";
import { Program } from "./program.js";
import { tables } from "./tables.js";

const PACE = 900; // milliseconds a line while it plays

class Turns {
  constructor(root) {
    this.element = root.querySelector(".turns");
    this.element.turns = this; // for tests
    for (const name of [
      "where",
      "scrub",
      "listing",
      "line",
      "tables",
      "without",
      "caption",
      "live",
    ])
      this[name] = root.querySelector(`[data-role=${name}]`);
    this.place = new Place("at");
    this.pace = new Pace(root.querySelector("[data-go=play]"), PACE, {
      isAtEnd: () => this.at === this.program.last,
      restart: () => this.to(0),
      next: () => this.to(this.at + 1),
    });
    this.element.addEventListener("click", ({ target }) => this.press(target));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.scrub.addEventListener("input", () => this.go(Number(this.scrub.value)));
  }

  receive({ data }) {
    if (data.version !== this.version) {
      const isAtEnd = !this.program || this.at === this.program.last;
      this.version = data.version;
      this.data = data;
      this.program = new Program(data.lines, data.m);
      this.write();
      this.at = isAtEnd ? this.program.last : Math.min(this.at, this.program.last);
    }
    if (data.open !== this.opened) this.at = Math.min(data.open ?? this.at, this.program.last);
    this.opened = data.open;
    this.paint();
  }

  press(target) {
    const way = target.closest("[data-go]")?.dataset.go;
    const key = target.closest("[data-key]")?.dataset.key;
    if (way === "play") this.pace.toggle();
    else if (way) this.go(this.program.target(way, this.at));
    else if (key) this.go(this.program.of(key, this.at));
  }

  key(event) {
    const { target, key } = event;
    if (target === this.scrub) return;
    if (key === " " && !target.matches("button")) this.pace.toggle();
    else if (WAYS[key]) this.go(this.program.target(WAYS[key], this.at));
    else return;
    event.preventDefault();
    if (target.matches("[data-key]")) this.listing.querySelector("[tabindex='0']").focus();
  }

  go(at) {
    this.pace.stop();
    this.to(at);
  }

  to(at) {
    this.at = clamp(at, 0, this.program.last);
    this.paint();
  }

  // The lines are written once for each program, and then only marked.
  write() {
    const { lines, m, without } = this.data;
    const head = `<li class="part">for i = 1, …, ${m}:</li>`;
    const items = lines.map(
      ({ key, kind, notes }, k) => `${k === 1 ? head : ""}<li class="${kind}">
        <button type="button" data-key="${key}" tabindex="-1"><span class="notes">${escaped(notes)}</span>
        </button></li>`,
    );
    this.listing.innerHTML = items.join("");
    this.without.innerHTML = without
      .map(({ code, for: keys, gives }) => {
        const said = gives ? `<span class="gives">${gives}</span>` : "";
        return `<li><button type="button" data-key="${keys[0]}"><code>${escaped(code)}</code>${said}</button></li>`;
      })
      .join("");
    this.scrub.max = this.program.last;
  }

  paint() {
    const start = performance.now();
    const { data, program, at } = this;
    const { line, turn } = program.at(at);
    const isOver = at === program.last;
    put(this.where, where(turn, data.m));
    this.scrub.value = at;
    this.scrub.style.setProperty("--done", `${(100 * at) / program.last}%`);
    for (const button of this.listing.querySelectorAll("[data-key]")) {
      const isNow = button.dataset.key === line.key;
      button.tabIndex = isNow ? 0 : -1;
      button.parentElement.classList.toggle("now", isNow);
      if (isNow) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    const numbers = filled(data, line.key, turn);
    this.line.innerHTML = `<strong>${escaped(line.notes)}</strong> <span>${escaped(numbers)}</span>`;
    this.tables.innerHTML = tables(data, program, at);
    this.without.querySelectorAll("li").forEach((item, k) => {
      item.classList.toggle("same", data.without[k].for.includes(line.key));
    });
    put(this.caption, isOver ? data.end : underWay(turn, data.m));
    put(this.live, `${this.where.textContent}: ${line.notes}, ${numbers}`);
    this.place.tell(isOver ? "" : String(at));
    Object.assign(this.element.dataset, { at, paint: (performance.now() - start).toFixed(1) });
  }

  dispose() {
    this.pace.stop();
    this.place.forget();
  }
}

function where(turn, m) {
  if (turn < 0) return "before the loop";
  return turn < m ? `i = ${turn + 1} of ${m}` : "at the end";
}

function underWay(turn, m) {
  return turn < 0
    ? "The sums begin at 0."
    : `Turn ${turn + 1} of ${m}: J, dw and db are sums so far, and not yet divided.`;
}

export default function (component) {
  const root = component.parentElement;
  const shown = root.querySelector(".turns").turns ?? new Turns(root);
  shown.receive(component);
  return () => shown.dispose();
}
