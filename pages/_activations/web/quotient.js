// A cell of softmax's Jacobian by the quotient rule, in its two cases, with the numbers put in; and
// how the slope of the loss in one logit is summed up.

import { closely } from "../../_kit/matrices/web/closely.js";
import { size } from "../../_kit/player/web/format.js";
import { formula } from "../../_kit/plots/web/formula.js";

// The lines for da_i/dz_j; `powers` are e to the logits, the largest of them taken off.
export function quotient({ i, j, a, powers, slopes, temperature }) {
  const total = powers.reduce((sum, power) => sum + power, 0);
  const isSame = i === j;
  const [p, q, S] = [powers[i], powers[j], total].map(factor);
  const over = temperature === 1 ? "" : " / T";
  const [ei, ej] = [i, j].map((k) => `e^{z_{${k + 1}}${over}}`);
  const [ai, aj] = [`a_{${i + 1}}`, `a_{${j + 1}}`];
  const by = temperature === 1 ? "" : `\\frac{1}{${num(temperature)}} \\cdot `;
  const slope = `\\frac{\\partial ${ai}}{\\partial ${isSame ? `z_{${i + 1}}` : `z_{${j + 1}}`}}`;
  const above = isSame ? `S ${ei} - ${ei} ${ei}` : `S \\cdot 0 - ${ei} ${ej}`;
  const numbers = isSame
    ? `${S} \\cdot ${p} - ${p} \\cdot ${p}`
    : `${S} \\cdot 0 - ${p} \\cdot ${q}`;
  const end = num(slopes[i][j]);
  return [
    [
      isSame
        ? "Case II, i = j: the quotient rule, with e to this logit above and in the sum S."
        : "Case I, i ≠ j: the quotient rule; above, the other logit does not occur, so u′ = 0.",
      `${slope} = ${by}\\frac{${above}}{S^2}`,
    ],
    [
      "With the numbers. S is the sum over all k, also where the notes write k ≠ i.",
      `= ${by}\\frac{${numbers}}{${S}^2} = ${end}`,
    ],
    isSame
      ? [
          "Both factors are made of a.",
          `= ${by}${ai} (1 - ${ai}) = ${by}${factor(a[i])} \\cdot (1 - ${factor(a[i])}) = ${end}`,
        ]
      : [
          "Both factors are a's.",
          `= ${by}(-${ai} ${aj}) = ${by}(-${factor(a[i])} \\cdot ${factor(a[j])}) = ${end}`,
        ],
  ].map(([reason, tex]) => ({ reason, markup: formula(tex) }));
}

// The sum over k that is the slope of the loss in z_i, term by term; all but one are 0.
export function summed({ i, k, slope, slopes, total, a, temperature }) {
  const terms = slope.map((value, j) => {
    const factor = slopes[j][i];
    const text = `${bracketed(value)} · ${bracketed(factor)}`;
    return { text, isZero: j !== k };
  });
  const y = i === k ? 1 : 0;
  const by = temperature === 1 ? "" : ` / ${size(temperature)}`;
  const inner = `${closely(a[i])} − ${y}`;
  return { terms, end: size(total[i]), short: by ? `(${inner})${by}` : inner };
}

// The same within a product: a power of ten stands in brackets.
function factor(value) {
  return /×/.test(size(value)) ? `(${num(value)})` : num(value);
}

function num(value) {
  return `\\num{${closely(value)}}`;
}

function bracketed(value) {
  const text = size(value);
  return /^−/.test(text) ? `(${text})` : text;
}
