// How strongly a number is tinted: by its size beside the largest of its matrix.

export function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
}

// The style of a cell: blue for less than zero, orange for more, the stronger the larger.
export function tint(value, most) {
  if (!value || !most) return "";
  const share = Math.round(10 + 50 * Math.min(1, Math.abs(value) / most));
  const colour = value < 0 ? "var(--blue)" : "var(--orange)";
  return `background: color-mix(in srgb, ${colour} ${share}%, var(--st-background-color))`;
}
