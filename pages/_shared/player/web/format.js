// Numbers as people read them: three significant digits, a true minus sign, per cent with one decimal.

export function number(value) {
  if (!Number.isFinite(value)) return "not finite";
  const size = Math.abs(value);
  if (size < 1e-9) return "0"; // less than rounding leaves of a zero
  if (Number.isInteger(value) && size < 1000) return signed(String(value)); // exact: a corner of XOR is at 1
  if (size >= 1e6 || size < 1e-4) return signed(value.toExponential(2).replace("e+", "e"));
  if (size >= 999.5) return signed(Math.round(value).toLocaleString("en"));
  return signed(value.toPrecision(3));
}

// As few digits as tell something, for labels with no room for more.
export function brief(value) {
  const size = Math.abs(value);
  if (size >= 9.95) return signed(value.toFixed(0));
  if (size < 5e-4) return "0";
  return signed(size >= 0.95 ? value.toFixed(1) : value.toPrecision(1));
}

export function percent(fraction) {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(1)} %` : "not known";
}

// The difference of two shares, in percentage points.
export function points(difference) {
  return Number.isFinite(difference) ? signed((100 * difference).toFixed(1)) : "not known";
}

function count(value) {
  return Math.round(value).toLocaleString("en");
}

// 420, or 420.25 between two epochs.
export function epochText(epoch) {
  const whole = Math.abs(epoch - Math.round(epoch)) < 5e-3;
  return whole ? count(epoch) : epoch.toFixed(2);
}

// The fewest decimals that still tell the ticks of an axis apart.
export function tickText(value, step) {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = Math.abs(value) >= 1e4 ? count(value) : value.toFixed(Math.min(decimals, 6));
  return signed(Number(text) === 0 ? text.replace("-", "") : text);
}

// Round numbers (1, 2 or 5 times a power of ten) between low and high, about `wanted` of them.
export function ticks(low, high, wanted) {
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((multiple) => multiple * power >= rough * 0.999);
  const values = [];
  for (let i = Math.ceil(low / step - 1e-6); i * step <= high + step * 1e-6; i++) values.push(i * step || 0); // no -0
  return { step, values };
}

function signed(text) {
  return text.replaceAll("-", "−");
}

export function subscript(index) {
  return String(index).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

// Set an element's content only when it is new, so that a painted frame costs no layout.
export function put(element, text, build) {
  if (element.dataset.now === text) return;
  element.dataset.now = text;
  if (build) element.innerHTML = build();
  else element.textContent = text;
}

export function escape(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
