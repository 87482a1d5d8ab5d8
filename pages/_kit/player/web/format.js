// Numbers as people read them, written as `engine/experiment/wording.py` writes them: three
// significant digits, rounded as on paper, a true minus sign, a comma between thousands, a power of
// ten where there would be many zeros.

// What is smaller counts as zero, in numbers as in decisions: `engine/nn/decision.py`.
export const ZERO = 1e-12;

export function number(value) {
  if (!Number.isFinite(value)) return "not finite";
  const magnitude = Math.abs(value);
  if (magnitude < ZERO) return "0";
  if (Number.isInteger(value) && magnitude < 1e6) {
    return sign(value, grouped(String(magnitude))); // exact: a corner of XOR
  }
  return sign(value, written(...significant(magnitude, 3)));
}

// A number of any size with two significant digits (or so many) and a power of ten: 3.2 × 10⁻⁸,
// 10⁻⁷, 1.
export function power(value, most = 2) {
  if (!value || !Number.isFinite(value)) return number(value);
  const [found, exponent] = significant(Math.abs(value), most);
  const digits = /^10*$/.test(found) ? "1" : found;
  const isPlain = exponent === 0 || exponent === 1;
  return sign(value, isPlain ? placed(digits, exponent) : raised(digits, exponent));
}

// A number of any size: as `number` writes it, or as `power` where it is small or large.
export function size(value) {
  if (!Number.isFinite(value)) return "overflow";
  const far = value && !(Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5);
  return far ? power(value) : number(value);
}

export function percent(share) {
  return Number.isFinite(share) ? `${tenths(share, 2)} %` : "not known";
}

// The difference of two shares, in percentage points.
export function points(difference) {
  return Number.isFinite(difference) ? tenths(difference, 2) : "not known";
}

// As few digits as tell something, for labels with no room for more.
export function brief(value) {
  const magnitude = Math.abs(value);
  if (magnitude >= 9.95) return sign(value, magnitude.toFixed(0));
  if (magnitude < 5e-4) return "0";
  return sign(value, magnitude >= 0.95 ? magnitude.toFixed(1) : magnitude.toPrecision(1));
}

// A power of ten for an axis: 0.01, 1, 1,000, 10⁻⁷.
export function decade(exponent) {
  return exponent >= -2 && exponent <= 3 ? placed("1", exponent) : raised("1", exponent);
}

// The fewest digits that stand for a positive number, and the power of ten of the first one. What
// the server sent came in single precision: it stands for the shortest number that it could be.
function shortest(magnitude) {
  const exactly =
    Math.fround(magnitude) === magnitude ? Number(magnitude.toPrecision(7)) : magnitude;
  const [mantissa, exponent] = exactly.toExponential().split("e");
  return [mantissa.replace(".", ""), Number(exponent)];
}

function rounded(digits, kept) {
  return Number(digits.slice(0, kept).padEnd(kept, "0")) + (digits.charAt(kept) >= "5" ? 1 : 0);
}

function significant(magnitude, kept) {
  const [digits, exponent] = shortest(magnitude);
  const text = String(rounded(digits, kept));
  // 999.6 becomes 1000, and that 1.00 × 10³.
  return [text.slice(0, kept), exponent + text.length - kept];
}

function tenths(value, shift) {
  if (Math.abs(value) < ZERO) return "0.0";
  const magnitude = Math.abs(value);
  const near = Math.fround(magnitude) === magnitude ? magnitude : Number(magnitude.toFixed(12));
  const [digits, exponent] = shortest(near); // 1 - 0.9875 is a little less than 0.0125
  const kept = exponent + shift + 2;
  const units = kept >= 0 ? rounded(digits, kept) : 0;
  return sign(units && value, `${grouped(String(Math.floor(units / 10)))}.${units % 10}`);
}

function written(digits, exponent) {
  return exponent >= -4 && exponent < 6 ? placed(digits, exponent) : raised(digits, exponent);
}

function placed(digits, exponent) {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const rest = digits.slice(exponent + 1);
  return grouped(digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")) + (rest && `.${rest}`);
}

function raised(digits, exponent) {
  const ten = `10${superscript(exponent)}`;
  return digits === "1" ? ten : `${placed(digits, 0)} × ${ten}`;
}

function grouped(whole) {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}

function sign(value, text) {
  return value < 0 ? `−${text}` : text;
}

export function count(value) {
  return Math.round(value).toLocaleString("en");
}

// 420, or 420.25 between two epochs.
export function epochText(epoch) {
  const whole = Math.abs(epoch - Math.round(epoch)) < 5e-3;
  return whole ? count(epoch) : epoch.toFixed(2);
}

// The fewest decimals that still tell the ticks of an axis apart; a power of ten where there would
// be many zeros.
export function tickText(value, step) {
  if (Math.abs(value) >= 1e6) return power(value);
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
  for (let i = Math.ceil(low / step - 1e-6); i * step <= high + step * 1e-6; i++) {
    values.push(i * step || 0); // no -0
  }
  return { step, values };
}

function signed(text) {
  return text.replaceAll("-", "−");
}

export function subscript(index) {
  return String(index).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
}

export function superscript(exponent) {
  return String(exponent)
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])
    .replace("-", "⁻");
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

// A number stays on one line with what belongs to it: its sign for percent, its power of ten.
export function unbroken(text) {
  return text.replace(/(\d) %/g, "$1\u00a0%").replaceAll(" × 10", "\u00a0×\u00a010");
}

// Set an element's content only when it is new, so that a painted frame costs no layout.
export function put(element, text, build) {
  if (element.dataset.now === text) return;
  element.dataset.now = text;
  if (build) element.innerHTML = build();
  else element.textContent = text;
}

export function escaped(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
