// From ink to MNIST's picture: cropped, scaled to 20 by 20, centred by mass; the same is in
// engine/data/handwriting.py.
// says the same.

export const PICTURE = 28;
export const BOX = 20;

// All the steps: {box, step, small (20, 20), mass, picture (28, 28)}, or null without ink. `mass`
// is the ink's centre of mass in the small picture, as {row, column}; `shift` where its corner lies
// in the large.
export function normalise({ pixels, width, height }) {
  const box = boxAround(pixels, width, height);
  if (!box) return null;
  const step = Math.max(box.width, box.height) / BOX;
  const small = scaled(pixels, width, box, step);
  const extent = boxAround(small, BOX, BOX);
  const mass = centreOfMass(small);
  const shift = {
    row: start(mass.row, extent.top + extent.height),
    column: start(mass.column, extent.left + extent.width),
  };
  const picture = new Uint8Array(PICTURE * PICTURE);
  for (let row = 0; row < extent.top + extent.height; row++) {
    for (let column = 0; column < extent.left + extent.width; column++) {
      picture[(row + shift.row) * PICTURE + column + shift.column] = small[row * BOX + column];
    }
  }
  return { box, step, small, mass, shift, picture };
}

function boxAround(pixels, width, height) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!pixels[row * width + column]) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  }
  return right < 0 ? null : { left, top, width: right + 1 - left, height: bottom + 1 - top };
}

// Each pixel of the box is the mean of the ink that falls on it.
function scaled(pixels, width, box, step) {
  const sums = new Float64Array(BOX * BOX);
  const [across, down] = [shares(box.width, step), shares(box.height, step)];
  for (const [row, y, high] of down) {
    for (const [column, x, wide] of across) {
      sums[row * BOX + column] += high * wide * pixels[(box.top + y) * width + box.left + x];
    }
  }
  return Uint8Array.from(sums, (sum) => rint(sum / step ** 2));
}

// [interval, pixel, how much of the pixel lies in the interval] wherever the two meet.
function shares(length, step) {
  const found = [];
  for (let interval = 0; interval < BOX; interval++) {
    const [from, to] = [interval * step, interval * step + step];
    for (let pixel = Math.floor(from); pixel < Math.min(length, Math.ceil(to)); pixel++) {
      found.push([interval, pixel, Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from))]);
    }
  }
  return found;
}

function centreOfMass(small) {
  let [row, column, mass] = [0, 0, 0];
  small.forEach((level, k) => {
    row += level * Math.floor(k / BOX);
    column += level * (k % BOX);
    mass += level;
  });
  return { row: row / mass, column: column / mass };
}

// Where ink of this length begins once its centre of mass has moved, by whole pixels, to pixel 14.
function start(centre, length) {
  return Math.min(PICTURE - length, Math.max(0, Math.floor(PICTURE / 2 - centre + 0.5)));
}

// The nearest whole number, the even one of two: as NumPy rounds.
function rint(value) {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2) ? below + 1 : below;
}
