// The average of a day worked out: from yesterday's, as a sum over the days before, and corrected.

import { closely } from "../../_kit/matrices/web/closely.js";
import { size } from "../../_kit/player/web/format.js";
import { filled, formula } from "../../_kit/plots/web/formula.js";
import { shareOf, weightOf } from "./averages.js";
import { plainly } from "./said.js";

// So many terms of the sum are written out.
const TERMS = 3;

// The lines for day t, counted from 1: each a reason and its markup.
export function workedOut(values, averages, beta, t) {
  const [value, v, before] = [values[t - 1], averages[t - 1], t > 1 ? averages[t - 2] : 0];
  const kept = plainly(beta);
  const texts = { b: kept, c: plainly(1 - beta), p: size(before), x: size(value) };
  const divisor = shareOf(beta, t);
  const gives = (found) => `= \\num{${size(found)}}`;
  return [
    [
      t > 1 ? "From yesterday's" : "From zero",
      `v_{${t}} = \\beta v_{${t - 1}} + (1 - \\beta) \\theta_{${t}}`,
      filled("= @b \\cdot @p + @c \\cdot @x", texts),
      gives(v),
    ],
    ["As a sum of weighted days", `v_{${t}} =`, terms(values, beta, t), gives(v)],
    [
      "Corrected, by the sum of weights",
      `\\frac{v_{${t}}}{1 - \\beta^{${t}}}`,
      `= \\frac{\\num{${size(v)}}}{\\num{${closely(divisor)}}}`,
      gives(v / divisor),
    ],
  ].map(([reason, ...parts]) => ({ reason, markup: parts.flat().map(formula).join(" ") }));
}

// Nothing stands before each sign, so that it is one between two terms, with room on both sides.
function terms(values, beta, t) {
  const count = Math.min(TERMS, t);
  const written = Array.from({ length: count }, (_, age) =>
    filled(age ? "{} + @w \\cdot @x" : "@w \\cdot @x", {
      w: size(weightOf(beta, age)),
      x: size(values[t - 1 - age]),
    }),
  );
  return t > count ? [...written, "{} + \\text{…}"] : written;
}
