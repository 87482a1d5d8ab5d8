// A large matrix as a picture: each row of 784 numbers an image, anything else a cell a number.

const SIDE = 28;
const ACROSS = 16; // images beside each other
const GAP = 2;

// How a matrix is laid out: the size of its picture, and where each of its cells lies in it.
export function layout([rows, columns]) {
  const isOfImages = columns === SIDE * SIDE || rows === SIDE * SIDE;
  if (!isOfImages) return cells(rows, columns);
  const isTurned = rows === SIDE * SIDE;
  const count = isTurned ? columns : rows;
  const across = Math.min(count, ACROSS);
  const scale = count > ACROSS ? 1 : 2;
  const step = SIDE * scale + GAP;
  return {
    kind: isTurned ? "each column an image" : "each row an image",
    width: across * step - GAP,
    height: Math.ceil(count / across) * step - GAP,
    // [x, y, width, height] of a cell
    box: (row, column) => {
      const [image, pixel] = isTurned ? [column, row] : [row, column];
      const left = (image % across) * step + (pixel % SIDE) * scale;
      return [
        left,
        Math.floor(image / across) * step + Math.floor(pixel / SIDE) * scale,
        scale,
        scale,
      ];
    },
    at: (x, y) => {
      const image = Math.floor(y / step) * across + Math.floor(x / step);
      const [left, top] = [Math.floor((x % step) / scale), Math.floor((y % step) / scale)];
      if (image >= count || left >= SIDE || top >= SIDE) return null;
      const pixel = top * SIDE + left;
      return isTurned ? [pixel, image] : [image, pixel];
    },
  };
}

function cells(rows, columns) {
  const width = columns > 20 ? 7 : 20;
  const height = rows > 20 ? 4 : 16;
  return {
    kind: "a cell a number",
    width: width * columns,
    height: height * rows,
    box: (row, column) => [column * width, row * height, width, height],
    at: (x, y) => {
      const place = [Math.floor(y / height), Math.floor(x / width)];
      return place[0] < rows && place[1] < columns ? place : null;
    },
  };
}

// Paint a matrix: `words` are the colours from −bound to bound, `marked` is the cell in a frame.
export function painted(pen, found, { shape, values, bound, words, marked, ink }) {
  const { width, height, box } = found;
  const picture = pen.createImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  const [rows, columns] = shape;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [left, top, wide, high] = box(row, column);
      const word = words[level(values[row * columns + column], bound)];
      for (let y = top; y < top + high; y++)
        pixels.fill(word, y * width + left, y * width + left + wide);
    }
  pen.putImageData(picture, 0, 0);
  if (!marked) return;
  const [x, y, wide, high] = box(...marked);
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  pen.strokeRect(x - 1, y - 1, wide + 2, high + 2);
}

function level(value, bound) {
  return Math.round(127.5 + 127.5 * Math.min(1, Math.max(-1, value / (bound || 1))));
}
