// A number as text, with as many digits as are needed where its distance from 1 is what counts.

import { size } from "../../player/web/format.js";

const MOST_DECIMALS = 12;

// 0.99753 instead of 0.998, from which 1 less it would be wrong.
export function closely(value) {
  const left = 1 - Math.abs(value);
  if (!(left > 0 && left < 0.1)) return size(value);
  const decimals = 2 + Math.ceil(-Math.log10(left));
  if (decimals > MOST_DECIMALS) return size(value);
  return value.toFixed(decimals).replace("-", "−");
}
