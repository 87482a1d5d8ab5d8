// A number in hundredths, short enough for a narrow cell: 0.134 as 13, −0.009 as −0.9.

export function hundredths(value) {
  const many = 100 * value;
  const rounded = Math.abs(many) < 9.95 ? many.toFixed(1) : many.toFixed(0);
  return rounded.replace(/\.0$/, "").replace(/^-0$/, "0").replace("-", "−");
}
