// Fields are functions over the plane as pictures: lattices fine enough for the eye, coarse enough
// for 60 frames a second.

import { ACTIVATIONS } from "./activations.js";
import { ZERO } from "./format.js";
import { largest, lattice } from "./network.js";

const STILL = 193;
const MOVING = [129, 97, 73, 57, 41, 33];
const TRIALS = 8;
const BUDGET = 4; // milliseconds of a frame's 16 that the large field may take while the film moves

export class Fields {
  constructor(network, view, theta) {
    this.network = network;
    this.view = view;
    this.lattices = new Map();
    this.moving = this.affordable(theta);
  }

  // The finest lattice within the budget, from the time one coarse lattice takes on this machine.
  affordable(theta) {
    const trial = this.at(MOVING.at(-1));
    let quickest = Infinity; // the first rounds also compile, and others may be disturbed
    for (let k = 0; k < TRIALS; k++) {
      const start = performance.now();
      trial.compute(theta);
      quickest = Math.min(quickest, performance.now() - start);
    }
    const perPoint = Math.max(quickest, 0.05) / trial.size;
    return MOVING.find((side) => side * side * perPoint <= BUDGET) ?? MOVING.at(-1);
  }

  at(side) {
    if (!this.lattices.has(side)) this.lattices.set(side, lattice(this.network, side, this.view));
    return this.lattices.get(side);
  }

  large(theta, still) {
    return this.at(still ? Math.max(STILL, this.moving) : this.moving).compute(theta);
  }

  small(theta, still) {
    return this.at(still ? 57 : 25).compute(theta);
  }
}

// The largest size of a neuron's values, which the ends of its colour scale stand for.
export function span(network, l, values) {
  const g = ACTIVATIONS[network.activations[l]]; // none for the inputs and the output
  if (g && Number.isFinite(g.low) && Number.isFinite(g.high)) return Math.max(-g.low, g.high);
  const most = largest(values);
  return most < ZERO ? 1 : most;
}

// Fill pixels[start...] of a picture `stride` wide with the colours of a side x side lattice's
// values.
export function colourSigned(values, side, scale, limit, pixels, start, stride) {
  const factor = 127.5 / limit;
  for (let row = 0, p = 0; row < side; row++) {
    for (let q = start + row * stride, end = q + side; q < end; q++, p++) {
      pixels[q] = scale[shade(127.5 + factor * values[p])];
    }
  }
}

export function colourLogit(values, side, scale, pixels, start, stride) {
  for (let row = 0, p = 0; row < side; row++) {
    for (let q = start + row * stride, end = q + side; q < end; q++, p++) {
      pixels[q] = scale[shade(255 / (1 + Math.exp(-values[p])))];
    }
  }
}

// Of probabilities from 0 to 1, on a scale from neutral to a class's colour.
export function colourShare(values, side, scale, pixels, start, stride) {
  for (let row = 0, p = 0; row < side; row++) {
    for (let q = start + row * stride, end = q + side; q < end; q++, p++) {
      pixels[q] = scale[shade(255 * values[p])];
    }
  }
}

// Of the classes named, each in its colour, the fainter the less sure.
export function colourRegions({ named, sure }, side, scales, pixels) {
  for (let p = 0; p < side * side; p++) pixels[p] = scales[named[p]](sure[p]);
}

// A number that is not finite is shown as neutral.
function shade(level) {
  if (!(level > 0)) return level <= 0 ? 0 : 128;
  return level >= 255 ? 255 : (level + 0.5) | 0;
}
