// Sliders over given stops: which stop a value is at, and what of the bar is filled.

export function nearestStop(stops, value) {
  const gaps = stops.map((stop) => Math.abs(stop - value));
  return gaps.indexOf(Math.min(...gaps));
}

// Put a slider at a stop, counted from 0.
export function setStop(input, stops, value) {
  const [at, last] = [nearestStop(stops, value), stops.length - 1];
  input.max = last;
  input.value = at;
  input.style.setProperty("--done", `${(100 * at) / last}%`);
}
