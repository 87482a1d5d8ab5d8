// A cell unfolded: the sum it is, its terms one by one, each factor a way to where it came from.

import { escaped, size } from "../../player/web/format.js";
import { cell, cellMarkup, notated } from "./notation.js";

const SHOWN = 10; // of a longer sum the largest terms, and the rest together
const KEPT = 6;

// The markup of a cell's sum. `of` reads numbers: of.value(place), of.key(place).
export function sum(of, key, row, column) {
  const found = of.unfolded(key, row, column);
  const name = cellMarkup(key, row, column);
  const value = size(of.number(key, row, column));
  const head = `<p class="name"><b>${name}</b> = ${value}</p>`;
  if (!found) return head;
  const parts = [head];
  if (found.roles?.length > 1) {
    parts.push(`<p class="chain">Chain rule: ${escaped(found.roles.join(" · "))}</p>`);
  } else if (found.roles) parts.push(`<p class="chain">${escaped(found.roles[0])}</p>`);
  if (found.terms) parts.push(terms(of, found, value));
  if (found.formula) parts.push(formula(of, found.formula, found.names, value));
  if (found.again) {
    const again = formula(of, found.again, found.againNames, value);
    parts.push(`<p class="chain">The other way, the same number:</p>${again}`);
  }
  return parts.join("");
}

function terms(of, { scale, terms: all, more }, value) {
  const sized = all.map((term) => ({ term, value: product(of, term) }));
  const isLong = !more && all.length > SHOWN;
  const ordered = [...sized].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const shown = isLong ? ordered.slice(0, KEPT) : sized;
  const rest = ordered.slice(KEPT).reduce((total, each) => total + each.value, 0);
  const boxes = shown.map(({ term }, k) => box(of, term, k));
  const others = more ?? (isLong && { count: all.length - KEPT, total: rest });
  if (others) {
    boxes.push(`<span class="op">+</span><span class="rest">
    ${others.count} more, together ${size(others.total)}</span>`);
  }
  const [open, close] = scale ? [`<span class="op">${scale} (</span>`, ")"] : ["", ""];
  return `<div class="terms">${open}${boxes.join("")}<span class="op">${close} = ${value}</span></div>`;
}

function product(of, [factor, ...places]) {
  return places.reduce((total, place) => total * of.value(place), factor);
}

function box(of, [factor, ...places], k) {
  const isPlain = Math.abs(factor) === 1;
  const sign = factor < 0 ? "−" : "+";
  const before = k || factor < 0 ? `<span class="op">${sign}</span>` : "";
  const times = isPlain ? "" : `<span class="factor">α</span><span class="op">·</span>`;
  const factors = places.map((place) => link(of, place)).join('<span class="op">·</span>');
  return `${before}<span class="term" data-term="${k}">${times}${factors}</span>`;
}

// A factor: its name above its number, a button that leads to where it came from.
function link(of, place) {
  const [, row, column] = place;
  const key = of.key(place);
  const value = size(of.value(place));
  return `<button type="button" class="factor" data-key="${key}" data-row="${row}"
    data-column="${column}" aria-label="${cell(key, row, column)}, ${value}: where it came from">
    <i>${cellMarkup(key, row, column)}</i><span>${value}</span></button>`;
}

// A formula with its letters, and with its numbers put in.
function formula(of, code, names = {}, value = "") {
  const letters = new RegExp(`\\b(${Object.keys(names).join("|") || "\\0"})\\b`, "g");
  const shown = escaped(pretty(code)).replace(/([zay])_(\w)/g, "$1<sub>$2</sub>");
  const filled = escaped(pretty(code)).replace(letters, (letter) => {
    const place = names[letter];
    const number = size(of.value(place));
    return `<button type="button" class="inline" data-key="${of.key(place)}"
      data-row="${place[1]}" data-column="${place[2]}">${wrapped(number)}</button>`;
  });
  return `<div class="formula"><span>${shown}</span> = <span>${filled}</span> = ${value}</div>`;
}

function pretty(code) {
  return code
    .replace(/ \* /g, " · ")
    .replace(/-/g, "−")
    .replace(/ \*\* 3/g, "³");
}

function wrapped(number) {
  return number.startsWith("−") ? `(${number})` : number;
}

// What is given is put in by hand; `limits` says in words what fits.
export function entry(of, key, row, column, refusal) {
  const name = notated(cell(key, row, column));
  const value = of.number(key, row, column);
  return `<p class="name"><b>${name}</b> is given. Change it, and see what follows.</p>
    <label class="entry">${name} = <input inputmode="decimal" value="${value}" size="8"
    aria-label="${cell(key, row, column)}" data-role="entry"></label>
    <p class="refusal" role="alert" data-role="refusal">${escaped(refusal)}</p>`;
}

// Why a text cannot be put into a cell, "" if it can: as Python judges it, but while one types.
export function problemWith(key, text, output, most) {
  const value = Number(text.replace("−", "-").replace(",", "."));
  if (!text.trim() || !Number.isFinite(value)) return "Type a number.";
  if (Math.abs(value) > most) return `A number from −${most} to ${most} fits here.`;
  if (key === "Y" && output !== "linear" && value !== 0 && value !== 1) return "A label is 0 or 1.";
  return "";
}
