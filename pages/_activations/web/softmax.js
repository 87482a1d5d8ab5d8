// Softmax of one sample, as engine/inspection/softmax.py has it.

// e^z is larger than a double can hold where z is more than this.
export const OVERFLOWS = Math.log(Number.MAX_VALUE);

export function probabilities(z, temperature = 1) {
  const powers = shifted(z, temperature);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

// The powers that are summed: of z / T, with the largest taken off.
export function shifted(z, temperature = 1) {
  const scaled = z.map((value) => value / temperature);
  const top = Math.max(...scaled);
  return scaled.map((value) => Math.exp(value - top));
}

// Just as the formula stands, overflow and all.
export function asWritten(z, temperature = 1) {
  const powers = z.map((value) => Math.exp(value / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return { powers, total, a: powers.map((power) => power / total) };
}

// da_i/dz_j in row i and column j.
export function jacobian(a, temperature = 1) {
  return a.map((ai, i) => a.map((aj, j) => (ai * (i === j ? 1 - aj : -aj)) / temperature));
}

// How the loss of a sample of class k comes through: its slope in a, the terms of each slope in z
// row by row, and their sums.
export function collapse(a, k, temperature = 1) {
  const slope = a.map((value, i) => (i === k ? -1 / value : 0));
  const slopes = jacobian(a, temperature);
  const terms = a.map((_, i) => a.map((__, j) => (j === k ? slopes[j][i] * slope[j] : 0)));
  return { slope, terms, total: terms.map((row) => row.reduce((sum, term) => sum + term, 0)) };
}
