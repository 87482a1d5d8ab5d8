// What a neuron or a weight does to the sample being probed, with the numbers put in; and the form
// that edits one.

import { ACTIVATIONS } from "./activations.js";
import { Raster } from "./canvas.js";
import { probabilities } from "./classes.js";
import { asFocus } from "./diagram.js";
import { colourLogit, colourShare, colourSigned, span } from "./field.js";
import { clamp, escaped, number, put, subscript } from "./format.js";

const SHOWN_TERMS = 3; // of a wide sum, before the dots
const HINT = "Point at neurons or weights for formulas, click to keep. Click a number to change.";

export class Formula {
  constructor(player, root) {
    this.player = player;
    this.text = root.querySelector("[data-role=formula-text]");
    this.chips = root.querySelector("[data-role=chips]");
    this.map = root.querySelector("[data-role=map]");
    this.raster = new Raster();
    this.chips.addEventListener("click", ({ target }) => {
      const chip = target.closest("button");
      if (!chip) return;
      const index = Number(chip.dataset.index);
      player.pin(asFocus(player.network.locate(index)));
      player.editor.open(index, player.diagram.spot(index));
    });
  }

  draw() {
    const { player } = this;
    const { network, focus, probe, theta, movie } = player;
    const trace = network.trace(theta, probe.x1, probe.x2);
    const [first, second] = movie.labels.map(escaped);
    const sample = `${first} = ${number(probe.x1)}, ${second} = ${number(probe.x2)}`;
    const row = focus ? this.signature(focus) : "";
    const shown = [JSON.stringify(focus), sample, movie.version, trace.Z.flat().join(), row];
    put(this.text, shown.join(" "), () =>
      focus ? describe(network, theta, trace, focus, probe, sample) : idle(network, trace, sample),
    );
    this.drawChips(focus);
    this.drawMap(focus);
  }

  signature({ l, j }) {
    const { network, theta } = this.player;
    if (!l) return "";
    const row = network.weightIndex(l, j, 0);
    return theta.subarray(row, row + network.sizes[l - 1]).join();
  }

  // The neuron's own parameters as buttons: the keyboard's way to every edge. Their names change
  // with the neuron, their values with the frame.
  drawChips(focus) {
    const { network, theta } = this.player;
    const fanIn = focus?.l ? network.sizes[focus.l - 1] : 0;
    const indices = Array.from({ length: fanIn }, (_, i) =>
      network.weightIndex(focus.l, focus.j, i),
    );
    if (fanIn) indices.push(network.biasIndex(focus.l, focus.j));
    const chip = (index) =>
      `<button type="button" data-index="${index}"><span></span><b></b></button>`;
    put(this.chips, indices.join(), () => indices.map(chip).join(""));
    indices.forEach((index, k) => {
      const button = this.chips.children[k];
      put(button.firstChild, k < fanIn ? `w${subscript(k + 1)}` : "b");
      put(button.lastChild, number(theta[index]));
      button.classList.toggle("negative", theta[index] < 0);
      button.classList.toggle("chosen", k === focus.i);
    });
  }

  drawMap(focus) {
    const { network, palette, small } = this.player;
    this.map.classList.toggle("empty", !focus);
    if (!focus) return;
    const { l, j } = focus;
    const { side } = small;
    const { pixels } = this.raster.resize(side, side);
    const values = small.layers[l][j];
    if (l === network.depth && !network.isBinary) {
      colourShare(probabilities(small, j), side, palette.classScale(j), pixels, 0, side);
    } else if (l === network.depth) colourLogit(values, side, palette.scale, pixels, 0, side);
    else colourSigned(values, side, palette.scale, span(network, l, values), pixels, 0, side);
    const size = 224;
    if (this.map.width !== size) this.map.width = this.map.height = size;
    const pen = this.map.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.raster.flush(), 0.5, 0.5, side - 1, side - 1, 0, 0, size, size);
  }
}

function idle(network, trace, sample) {
  const A = trace.A[network.depth];
  const label = network.isBinary ? 1 : A.indexOf(Math.max(...A));
  const p = A[network.isBinary ? 0 : label];
  return `<p class="sample">Sample ${sample}: <b>p(y = ${label}) = ${number(p)}</b></p>
    <p class="hint">${HINT}</p>`;
}

function describe(network, theta, trace, focus, probe, sample) {
  const { l, j, i } = focus;
  const title = network.neuronName(l, j);
  const head = `<p class="title"><b>${title}</b> <span>at ${sample}</span></p>`;
  if (l === 0) return head + line(inputFormula(network, j, trace, probe));
  const before =
    i === undefined
      ? sumFormula(network, theta, trace, l, j)
      : weightFormula(network, theta, trace, l, j, i);
  return head + line(before) + line(activationFormula(network, trace, l, j));
}

function inputFormula(network, k, trace, probe) {
  const { label, of } = network.features[k];
  const raw = of(probe.x1, probe.x2);
  if (!isStandardised(network, k)) return `${label} = <b>${number(raw)}</b>`;
  const centred = `(${number(raw)} − ${factor(network.mean[k])})`;
  const scaled = `${centred} / ${number(network.deviation[k])}`;
  const standardised = term(`${label}′ = ${scaled} = <b>${number(trace.A[0][k])}</b>`);
  return `${label} = ${number(raw)}, standardised: ${standardised}`;
}

// z = w1 x1 + w2 x2 + b = 5.21·0 + (−3.10)·1 + 0.420 = −2.68, wide sums cut after the first terms.
function sumFormula(network, theta, trace, l, j) {
  const below = trace.A[l - 1];
  const names = below.map((_, i) => `w${subscript(i + 1)}${inputName(network, l, i)}`);
  const values = below.map((a, i) => `${factor(theta[network.weightIndex(l, j, i)])}·${factor(a)}`);
  const bias = theta[network.biasIndex(l, j)];
  const sum = (terms, last) => {
    const wide = terms.length > SHOWN_TERMS + 1;
    const kept = wide ? [...terms.slice(0, SHOWN_TERMS), "…", terms.at(-1)] : terms;
    return [...kept, last].map(term).join(" + ");
  };
  const z = term(`= <b>${number(trace.Z[l][j])}</b>`);
  return `z = ${sum(names, "b")} <br />= ${sum(values, factor(bias))} ${z}`;
}

function weightFormula(network, theta, trace, l, j, i) {
  const weight = theta[network.weightIndex(l, j, i)];
  const input = trace.A[l - 1][i];
  const names = `w${subscript(i + 1)}${inputName(network, l, i)}`;
  const product = `${factor(weight)}·${factor(input)} = <b>${number(weight * input)}</b>`;
  return `its term in z: ${names} = ${product} ${term(`of z = ${number(trace.Z[l][j])}`)}`;
}

function activationFormula(network, trace, l, j) {
  const output = l === network.depth;
  const a = trace.A[l][j];
  if (output && !network.isBinary) return softmaxFormula(trace.Z[l], a, j);
  const name = output ? "sigmoid" : ACTIVATIONS[network.activations[l]].word;
  const left = output ? "p(y = 1)" : "a";
  return `${left} = ${name}(z) = ${name}(${number(trace.Z[l][j])}) = <b>${number(a)}</b>`;
}

// p(y = 2) = e^1.3 / (e^0.2 + e^−4 + e^1.3) = 0.748.
function softmaxFormula(Z, p, j) {
  const power = (z) => term(`e<sup>${number(z)}</sup>`);
  const sum = Z.map(power).join(" + ");
  return `p(y = ${j}) = ${power(Z[j])} / (${sum}) = <b>${number(p)}</b>`;
}

function inputName(network, l, i) {
  if (l > 1) return `a${subscript(i + 1)}`;
  return network.features[i].label + (isStandardised(network, i) ? "′" : "");
}

function isStandardised(network, k) {
  return network.mean[k] !== 0 || network.deviation[k] !== 1;
}

function factor(value) {
  const text = number(value);
  return text.startsWith("−") ? `(${text})` : text;
}

function line(html) {
  return `<p class="line">${html}</p>`;
}

// What is not to be broken at the end of a line.
function term(html) {
  return `<span class="term">${html}</span>`;
}

// A number and a slider for one parameter, beside it; the picture follows at once.
export class Editor {
  constructor(player, root) {
    this.player = player;
    this.form = root.querySelector("[data-role=editor]");
    this.name = root.querySelector("[data-role=parameter]");
    this.box = this.form.parentElement;
    const { value, slide } = this.form.elements;
    const change = (source, other) => () => {
      const typed = source.valueAsNumber;
      if (!Number.isFinite(typed) || Math.abs(typed) > 1e6) return;
      other.value = source.value;
      player.change(this.index, typed);
    };
    value.addEventListener("input", change(value, slide));
    slide.addEventListener("input", change(slide, value));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.close();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      event.stopPropagation(); // arrows and space belong to the number here
    });
    this.form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.form.contains(relatedTarget)) this.form.hidden = true;
    });
    this.bar = root.querySelector("[data-role=edited]");
    this.barText = root.querySelector("[data-role=edited-text]");
    this.reset = root.querySelector("[data-role=edited-reset]");
    this.trainOn = root.querySelector("[data-role=train-on]");
    this.reset.addEventListener("click", () => player.dropEdit());
    this.trainOn.addEventListener("click", () => player.trainOn());
  }

  open(index, [x, y]) {
    const { player } = this;
    player.pause();
    this.index = index;
    const now = player.theta[index];
    const limit = Math.max(2, 1.5 * Math.abs(now), 1.2 * player.diagram.largest);
    const { value, slide } = this.form.elements;
    slide.min = -limit;
    slide.max = limit;
    slide.step = limit / 400;
    slide.value = now;
    value.value = Number(now.toPrecision(4));
    this.name.textContent = player.diagram.parameterName(index);
    this.form.hidden = false;
    const { offsetWidth, offsetHeight } = this.form;
    this.form.style.left = `${clamp(x - offsetWidth / 2, 0, this.box.clientWidth - offsetWidth)}px`;
    const fitsBelow = y + 14 + offsetHeight <= this.box.clientHeight;
    this.form.style.top = `${fitsBelow ? y + 14 : Math.max(0, y - offsetHeight - 14)}px`;
    value.focus({ preventScroll: true });
    value.select();
  }

  close() {
    this.form.hidden = true;
    const { l, j } = this.player.network.locate(this.index);
    this.player.diagram.buttons[l][j].focus({ preventScroll: true });
  }

  // The bar that says the network is not the recorded one, here or at the frame where it was
  // changed.
  draw() {
    const { player } = this;
    const { edit } = player;
    this.bar.hidden = !edit;
    player.diagram.weights.hidden = Boolean(edit);
    if (!edit) return;
    const here = edit.frame === player.frame;
    const epoch = player.epochOf(edit.frame);
    put(this.barText, here ? "Edited" : `Edit kept at epoch ${epoch}`);
    put(this.reset, "Reset");
    put(this.trainOn, here ? "Train on from here" : "Go there");
  }
}
