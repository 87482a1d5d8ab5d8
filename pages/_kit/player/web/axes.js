// Axes: what they span, where a value lies on them, their marks in words, and how they are drawn.

import { decade, ticks, tickText } from "./format.js";

// What the vertical axis of some series spans: cost from 0 (or a power of ten), accuracy to 100 %.
// What is smaller than `reach` of the largest value lies on the floor of a logarithmic axis.
export function rangeOf(series, kind, logarithmic, reach = 1e-6) {
  let [low, high, positive] = [Infinity, -Infinity, Infinity];
  for (const values of series) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (value > 0) positive = Math.min(positive, value);
    }
  }
  if (!(high > -Infinity)) return { low: 0, high: 1, logarithmic: false };
  if (kind === "accuracy") {
    const tenth = Math.floor(low * 10 - 1e-6) / 10;
    return { low: Math.min(0.9, tenth), high: 1, logarithmic: false };
  }
  if (!logarithmic || !(high > 0)) return { low: 0, high: high * 1.06 || 1, logarithmic: false };
  return {
    low: 10 ** Math.floor(Math.log10(Math.max(positive, high * reach))),
    high: 10 ** Math.ceil(Math.log10(high) + 1e-9),
    logarithmic,
  };
}

export function fraction(value, { low, high, logarithmic }) {
  if (logarithmic) return Math.log(Math.max(value, low) / low) / Math.log(high / low);
  return (value - low) / (high - low);
}

// The value that lies at a fraction of an axis, the reverse of the above.
export function valueAt(share, { low, high, logarithmic }) {
  return logarithmic ? low * (high / low) ** share : low + share * (high - low);
}

export function verticalMarks({ low, high, logarithmic }, inPercent) {
  if (logarithmic) return decades(low, high);
  const { values, step } = ticks(low, high, 4);
  return values.map((value) => ({
    value,
    text: inPercent ? tickText(100 * value, 100 * step) : tickText(value, step),
  }));
}

// The powers of ten from low to high, or some of them where there are many.
export function decades(low, high) {
  const from = Math.ceil(Math.log10(low) - 1e-6);
  const to = Math.floor(Math.log10(high) + 1e-6);
  const stride = Math.ceil((to - from) / 5);
  const marks = [];
  for (let exponent = from; exponent <= to; exponent += stride) {
    marks.push({ value: 10 ** exponent, text: decade(exponent) });
  }
  return marks;
}

export function horizontalMarks(low, high, width) {
  const { values, step } = ticks(low, high, width < 240 ? 3 : 5);
  return values.map((value) => ({
    value,
    text: step >= 1 ? Math.round(value).toLocaleString("en") : tickText(value, step),
  }));
}

// How many pixels the longest of some marks takes.
export function widest(pen, palette, marks) {
  pen.font = font(palette);
  return Math.max(...marks.map(({ text }) => pen.measureText(text).width));
}

function font(palette) {
  return `12px ${palette.font}`;
}

export function drawAxes(
  pen,
  palette,
  { left, top, width, height },
  { xMarks, yMarks, toX, toY, title },
) {
  pen.font = font(palette);
  pen.fillStyle = palette.muted;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const { value, text } of yMarks) {
    const y = Math.round(toY(value)) + 0.5;
    pen.strokeStyle = palette.grid;
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(left + width, y);
    pen.stroke();
    pen.fillText(text, left - 7, y);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.strokeStyle = palette.muted;
  pen.beginPath();
  pen.moveTo(left, top + height + 0.5);
  pen.lineTo(left + width, top + height + 0.5);
  for (const { value, text } of xMarks) {
    const x = Math.round(toX(value)) + 0.5;
    pen.moveTo(x, top + height);
    pen.lineTo(x, top + height + 4);
    pen.fillText(text, Math.min(x, left + width - 6), top + height + 6);
  }
  pen.stroke();
  pen.fillText(title, left + width / 2, top + height + 21);
}
