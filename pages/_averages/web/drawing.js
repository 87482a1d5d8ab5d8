// The series with its averages, and how late the average of the chosen day is.

import { size } from "../../_kit/player/web/format.js";
import { Plot } from "../../_kit/plots/web/plot.js";
import { meanAge, wholeWindow } from "./averages.js";
import { drawBeside, nameBeside } from "./pinnedAverages.js";
import { plainly } from "./said.js";

// What the axis goes beyond the first and the last day, as a share of all days.
const EDGE = 0.015;

// The plot of a series with its averages, the chosen day and how late its average is.
export function overDays(series, { beta, t, lines, beside }, width) {
  const { values } = series;
  const averages = series.of(beta);
  const aside = Math.max(1, EDGE * values.length);
  const plot = new Plot({
    x: [1 - aside, values.length + aside],
    y: room([...values, ...(lines.includes("v") ? averages.plain : [])]),
    width,
    height: width < 500 ? 230 : 340,
    titles: { x: "day", id: "days" },
  });
  plot.band(Math.max(1, t - wholeWindow(beta) + 1) - 0.5, t + 0.5, "");
  plot.dots(values, "day");
  if (lines.includes("centred")) plot.through(series.centred, "centred");
  drawBeside(plot, series, beside);
  if (lines.includes("v")) plot.through(averages.plain, "slope");
  if (lines.includes("corrected")) plot.through(averages.corrected, "value");
  nameBeside(plot, series, beta, beside);
  plot.upright(t, "now");
  const average = shownOf(series, beta, lines)[t - 1];
  late(plot, t, average, meanAge(beta));
  plot.point(t, values[t - 1], "point day", true);
  plot.point(t, average, "value");
  return plot;
}

// What a screen reader says of it.
export function dayTold(series, { beta, t, lines }, unit) {
  const { values } = series;
  const value = `${size(values[t - 1])}${unit && ` ${unit}`}`;
  const average = size(shownOf(series, beta, lines)[t - 1]);
  return `${values.length} days and their average with β = ${plainly(beta)}: on day ${t} the value is ${value}, the average ${average}`;
}

// The average that is marked on the chosen day: the corrected one, unless only the other is drawn.
function shownOf(series, beta, lines) {
  const { plain, corrected } = series.of(beta);
  return lines.includes("v") && !lines.includes("corrected") ? plain : corrected;
}

// By so much the average is late: a line back from it to when what it shows was the case.
function late(plot, t, average, age) {
  const from = Math.max(plot.x[0], t - age);
  const [x1, x2, y] = [plot.right(from), plot.right(t), plot.down(average)].map((pixels) =>
    pixels.toFixed(1),
  );
  plot.parts.push(`<path class="late" d="M${x2} ${y}H${x1}m0 -5v10"></path>`);
}

// The part of the y-axis that the values need.
function room(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const aside = 0.08 * (high - low) || 1;
  return [low - aside, high + aside];
}
