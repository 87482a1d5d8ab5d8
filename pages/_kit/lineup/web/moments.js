// The moments at which runs are shown side by side, by a clock that they all have.

const MOMENTS = 100; // of a film
// So many times as long as the shortest run is the longest: then an axis is logarithmic.
const FAR_APART = 5;

// `times` are the runs' readings of the clock, each from 0 on. Returns those of the film, and what
// the axis spans: in even steps, or in even factors where the runs end far apart.
export function momentsOf(times, isWhole = false) {
  const ends = times.map((readings) => readings.at(-1) ?? 0).filter((end) => end > 0);
  const high = Math.max(0, ...ends);
  const low = Math.min(...times.flatMap((readings) => Array.from(readings).filter((t) => t > 0)));
  const logarithmic = high > FAR_APART * Math.min(...ends) && low < high;
  const share = (k) => k / MOMENTS;
  const reading = logarithmic ? (k) => low * (high / low) ** share(k) : (k) => high * share(k);
  const all = Array.from({ length: MOMENTS + 1 }, (_, k) => reading(k));
  const found = logarithmic ? [0, ...all] : all;
  const readings = [...new Set(isWhole ? found.map(Math.round) : found)];
  return { readings, domain: { low: logarithmic ? low : 0, high: high || 1, logarithmic } };
}

// The last of a run's frames, at these readings, that has come by now; what is read has been
// rounded.
export function frameAt(at, now) {
  let frame = at.length - 1;
  while (frame > 0 && at[frame] > now * (1 + 1e-9)) frame--;
  return frame;
}

// A run by one of its clocks: its curves over that, and what it reads `at` each of its frames.
export function measured(entry, name) {
  const times = entry.clocks[name] ?? [];
  const curves = Object.entries(entry.curves).map(([title, { epochs, values }]) => [
    title,
    { epochs: Array.from(epochs, (k) => times[k]), values },
  ]);
  const at = Array.from(entry.moments ?? [], (k) => times[k]);
  return { ...entry, times, at, curves: Object.fromEntries(curves) };
}

// The same without the start, which has no place on a logarithmic axis.
export function begun(entry) {
  const curves = Object.entries(entry.curves).map(([title, { epochs, values }]) => [
    title,
    {
      epochs: epochs.filter((time) => time > 0),
      values: values.filter((_, k) => epochs[k] > 0),
    },
  ]);
  return { ...entry, curves: Object.fromEntries(curves) };
}
