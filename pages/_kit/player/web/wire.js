// The bytes the server sent: a header, with typed arrays in place of their addresses.

const ARRAYS = { u1: Uint8Array, f4: Float32Array, f8: Float64Array };

// The header, and what turns an address in it into its array.
export function unseal(bytes) {
  const buffer = bytes.slice().buffer; // a copy of its own, so that every array is aligned
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const start = Math.ceil((4 + length) / 8) * 8;
  const array = ({ offset, shape, dtype }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    return new ARRAYS[dtype](buffer, start + offset, size);
  };
  return { header, array };
}

export function mapped(object, read) {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, read(value, name)]),
  );
}

// The bytes as a movie.
export function unpack(bytes) {
  const { header, array } = unseal(bytes);
  const frames = header.steps.shape[0];
  const thetas = array(header.thetas);
  const size = header.thetas.shape[1];
  return {
    ...header,
    frames,
    thetas: Array.from({ length: frames }, (_, k) => thetas.subarray(k * size, (k + 1) * size)),
    steps: array(header.steps),
    epochs: array(header.epochs),
    points: mapped(header.points, pointsOf(array)),
    history: mapped(header.history, array),
  };
}

export function pointsOf(array) {
  return ({ x, labels }) => {
    const place = array(x);
    return Array.from(array(labels), (label, i) => ({
      x1: place[2 * i],
      x2: place[2 * i + 1],
      label,
    }));
  };
}

// The frame whose epoch is nearest; epochs never decrease.
export function nearest(epochs, epoch) {
  let low = 0;
  let high = epochs.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (epochs[middle] <= epoch) low = middle;
    else high = middle;
  }
  return epoch - epochs[low] <= epochs[high] - epoch ? low : high;
}
