// What is said of a slope: whether the unit is flat, dead or at a kink; and what a stack makes of it.

import { power, size, superscript } from "../../_kit/player/web/format.js";

// The share of its steepest below which a slope is called flat.
export const FLAT = 0.05;

export function judged(row, z, slope) {
  if (row.kink && z === 0)
    return warn("A kink: the curve has no tangent here, and a convention stands in for its slope.");
  if (row.silent && z < 0)
    return warn(
      "Silent: value and slope are 0, so nothing comes back through this unit. If that is so for every sample, the unit is dead.",
    );
  if (row.isStraight)
    return calm("A straight line: the same slope wherever z is, so layers of it make one layer.");
  if (slope < 0)
    return calm("The slope is negative here: as z grows, a falls. Only curves with a dip do that.");
  if (slope < FLAT * row.steepest)
    return warn(
      `Flat: ${row.both ? "saturated, " : ""}the slope is ${percentOf(slope, row.steepest)} of the steepest this curve has. A gradient hardly comes through.`,
    );
  return calm(
    `The slope is ${percentOf(slope, row.steepest)} of the steepest this curve has: a gradient comes through.`,
  );
}

// What L layers, each at such a slope, make of a gradient that comes back through all of them.
export function stacked(slope, layers) {
  const product = slope ** layers;
  const many = layers === 1 ? "1 layer passes" : `${layers} layers, each at this slope, pass`;
  const base = slope < 0 ? `(${size(slope)})` : size(slope);
  const told = `${many} back g′(z)ᴸ = ${base}${superscript(layers)} = ${size(product)} of a gradient, weights aside`;
  if (product === 0) return `${told}: nothing.`;
  const magnitude = Math.abs(product);
  if (magnitude > 1.5) return `${told}: it grows.`;
  if (magnitude > 0.5) return `${told}: it arrives.`;
  if (magnitude > 1e-3) return `${told}: it shrinks.`;
  return `${told}: it vanishes.`;
}

function percentOf(slope, steepest) {
  const share = (100 * slope) / steepest;
  return share >= 0.1 || share === 0 ? `${Number(share.toPrecision(2))} %` : `${power(share)} %`;
}

function calm(text) {
  return { text, warns: false };
}

function warn(text) {
  return { text, warns: true };
}
