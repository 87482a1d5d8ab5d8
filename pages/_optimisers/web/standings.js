// The table of the seven: who is drawn, at which α, when it was in the ring for good, and its cost.

import { count, put, size, ZERO } from "../../_kit/player/web/format.js";
import { swatch } from "./shapes.js";

export class Standings {
  constructor(race, find) {
    this.race = race;
    this.body = find("standings");
    this.all = find("all");
    this.all.onchange = () => {
      const rate = Number(this.all.value);
      this.race.shared.turn({ rates: this.race.movie.methods.map(() => rate) }, true);
    };
    this.body.onchange = ({ target }) => this.turn(target);
  }

  turn(target) {
    const { shared, movie } = this.race;
    const k = Number(target.closest("tr").dataset.k);
    if (target.type === "checkbox") {
      const drawn = movie.methods.filter(({ name }, j) =>
        j === k ? target.checked : shared.state.run.includes(name),
      );
      if (drawn.length) shared.turn({ run: drawn.map(({ name }) => name) }, true);
      else target.checked = true;
      return;
    }
    const rates = shared.state.rates.map((rate, j) => (j === k ? Number(target.value) : rate));
    shared.turn({ rates }, true);
  }

  // Rows and their controls, made anew only where something but the cost is another one.
  load() {
    const { movie, shared, palette } = this.race;
    const ink = (colour) => palette.ink(colour);
    const rows = movie.methods.map(({ name, title, rate, settled, left }, k) => {
      const given = shared.state.rates[k];
      const options = movie.rates.map(
        (value) =>
          `<option value="${value}"${value === given ? " selected" : ""}>${rateText(value)}</option>`,
      );
      const extra =
        given && !movie.rates.includes(given)
          ? `<option value="${given}" selected>${rateText(given)}</option>`
          : "";
      const best = `<option value="0"${given ? "" : " selected"}>best ${rateText(rate)}</option>`;
      const checked = shared.state.run.includes(name) ? " checked" : "";
      return `<tr data-k="${k}"><th scope="row"><label><input type="checkbox"${checked} />${swatch(k, ink)}<span>${title}</span></label></th>
        <td><select aria-label="α of ${title}">${best}${options.join("")}${extra}</select></td>
        <td class="ring">${ringed(settled, left)}</td><td class="cost"></td></tr>`;
    });
    put(this.body, rows.join(""), () => rows.join(""));
    const isSame = shared.state.rates.every((rate) => rate === shared.state.rates[0]);
    const all = [
      isSame ? "" : '<option value="" selected>each its own</option>',
      `<option value="0"${isSame && !shared.state.rates[0] ? " selected" : ""}>each its best</option>`,
      ...movie.rates.map(
        (rate) =>
          `<option value="${rate}"${isSame && rate === shared.state.rates[0] ? " selected" : ""}>all ${rateText(rate)}</option>`,
      ),
    ];
    put(this.all, all.join(""), () => all.join(""));
  }

  draw() {
    const { movie, frame } = this.race;
    for (const row of this.body.rows) {
      const k = Number(row.dataset.k);
      const hasLeft = movie.methods[k].left >= 0 && frame >= movie.methods[k].left;
      put(row.querySelector(".cost"), hasLeft ? "off" : costText(movie.costs[k][frame]));
      row.classList.toggle("off", !this.race.shown.includes(k));
    }
  }
}

// A learning rate without the zeros at its end.
export function rateText(rate) {
  const text = size(rate);
  return /^[\d.]+$/.test(text) && text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

// What is smaller than rounding is nothing.
export function costText(cost) {
  return size(Math.abs(cost) < ZERO ? 0 : cost);
}

function ringed(settled, left) {
  if (settled >= 0) return `after ${count(settled)}`;
  return left >= 0 ? `left after ${count(left)}` : "not yet";
}
