// Exponentially weighted averages, and what they do to a series, as the engine has it in
// engine/optim/averages.py, engine/optim/forgetting.py and engine/inspection/smoothing.py.

const REACH = 30;

// v_t = beta v_{t-1} + (1 - beta) value_t from 0 on; corrected it is divided by 1 - beta^t.
export function averaged(values, beta, isCorrected = false) {
  let v = 0;
  let left = 1;
  return values.map((value) => {
    v = beta * v + (1 - beta) * value;
    left *= beta;
    return isCorrected ? v / (1 - left) : v;
  });
}

// What a value of this age weighs.
export function weightOf(beta, age) {
  return (1 - beta) * beta ** age;
}

// What share of all weight the newest so many values hold.
export function shareOf(beta, days) {
  return 1 - beta ** days;
}

export function windowOf(beta) {
  return 1 / (1 - beta);
}

export function wholeWindow(beta) {
  return Math.floor(windowOf(beta) + 0.5);
}

export function meanAge(beta) {
  return beta / (1 - beta);
}

// The first whole age at which a value counts less than 1/e of the newest.
export function forgottenAfter(beta) {
  return beta === 0 ? 1 : Math.floor(-1 / Math.log(beta)) + 1;
}

// The age at which a value counts half as much as the newest.
export function halfLife(beta) {
  return beta === 0 ? 0 : Math.log(0.5) / Math.log(beta);
}

// How much of the day-to-day changes is left, as a share; NaN where there are none.
export function unrestLeft(values, averages) {
  const changes = (series) =>
    series.slice(1).reduce((sum, value, k) => sum + (value - series[k]) ** 2, 0);
  return Math.sqrt(changes(averages) / changes(values));
}

// The mean of the days up to so far to either side of each: it looks ahead, and so is not late.
export function centred(values, reach = reachOf(values)) {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1) + value);
  return values.map((_, t) => {
    const [low, high] = [Math.max(0, t - reach), Math.min(values.length, t + reach + 1)];
    return (sums[high] - sums[low]) / (high - low);
  });
}

// By how many days the averages, moved back, fit the centred average best.
export function measuredLag(values, averages, reference = centred(values)) {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let shift = 0; shift <= values.length / 2; shift++) {
    let sum = 0;
    for (let t = shift; t < values.length; t++) sum += (averages[t] - reference[t - shift]) ** 2;
    const misfit = sum / (values.length - shift);
    if (misfit < least) [best, least] = [shift, misfit];
  }
  return best;
}

function reachOf(values) {
  return Math.min(REACH, Math.floor(values.length / 8));
}
