// The numbers of the step: most as they were sent, the two largest matrices from what makes them.

export class Numbers {
  constructor({ matrices, m, alpha }, array) {
    this.m = m;
    this.alpha = alpha;
    this.places = matrices;
    this.array = array;
    this.made = new Map();
  }

  has(key) {
    return key in this.places;
  }

  shape(key) {
    return this.places[key].shape;
  }

  // All numbers of a matrix, row by row.
  of(key) {
    if (!this.made.has(key)) this.made.set(key, this.make(key));
    return this.made.get(key);
  }

  at(key, row, column) {
    return this.of(key)[row * this.shape(key)[1] + column];
  }

  make(key) {
    const { cells, times, of } = this.places[key];
    if (times) return Float32Array.from(this.array(cells), (value) => value * Math.fround(times));
    if (cells) return this.array(cells);
    return of === "slope" ? this.slopes(key) : this.stepped(key);
  }

  // dW = (1/m) dZ Aᵀ
  slopes(key) {
    const l = Number(key.slice(2));
    const [rows, columns] = this.shape(key);
    const [dZ, A] = [this.of(`dZ${l}`), this.of(`A${l - 1}`)];
    const found = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < this.m; k++) sum += dZ[i * this.m + k] * A[j * this.m + k];
        found[i * columns + j] = sum / this.m;
      }
    return found;
  }

  // W after = W − α dW
  stepped(key) {
    const name = key.slice(0, -1);
    const slopes = this.of(`d${name}`);
    return Float64Array.from(this.of(name), (value, k) => value - this.alpha * slopes[k]);
  }
}
