// Any cell of the step unfolded, as engine/inspection/one_step/unfold.py has it: the cells that are
// multiplied and added, or a formula. A cell is [key, row, column].

const LARGEST = 10; // of a long sum so many of the largest terms

// What a cell is made of, null for what is given. `told` has the words of each line.
export function unfold(numbers, told, key, row, column) {
  const words = told[key];
  const [, kind, l] = key.match(/^(d?[ZAWbg]|losses|J|fall|predicted)(\d*)\+?$/) ?? [];
  if (!words || !kind) return null;
  const find = key.match(/^[Wb]\d+\+$/) ? updated : FOUND[kind];
  return { ...words, ...find({ numbers, key, l: Number(l), row, column }) };
}

function updated({ numbers, key, row, column }) {
  const name = key.slice(0, -1);
  return {
    terms: [
      [1, [name, row, column]],
      [-numbers.alpha, [`d${name}`, row, column]],
    ],
  };
}

const FOUND = {
  Z: ({ numbers, l, row, column }) => ({
    terms: [
      ...many(numbers.shape(`W${l}`)[1], (k) => [1, [`W${l}`, row, k], [`A${l - 1}`, k, column]]),
      [1, [`b${l}`, row, 0]],
    ],
  }),
  A: ({ numbers, l, row, column }) => {
    if (!numbers.has(`W${l + 1}`)) return ofSoftmax(numbers, l, row, column);
    return { names: { z: [`Z${l}`, row, column] } };
  },
  losses: ({ numbers, column }) => ({
    terms: many(numbers.shape("Y")[0], (k) => [1, ["Y", k, column], ["log A", k, column]]),
  }),
  J: ({ numbers, key }) => ({
    terms: many(numbers.m, (k) => [1, [key.replace("J", "losses"), 0, k]]),
  }),
  dA: ({ numbers, l, row, column }) => {
    if (!numbers.has(`W${l + 1}`))
      return { names: { a: [`A${l}`, row, column], y: ["Y", row, column] } };
    const count = numbers.shape(`W${l + 1}`)[0];
    return {
      terms: many(count, (k) => [1, [`W${l + 1}`, k, row], [`dZ${l + 1}`, k, column]]),
    };
  },
  dZ: ({ numbers, l, row, column }) => {
    if (numbers.has(`W${l + 1}`))
      return { terms: [[1, [`dA${l}`, row, column], [`g${l}`, row, column]]] };
    const [n] = numbers.shape("Y");
    return {
      terms: many(n, (k) => [1, [`dA${l}`, k, column], [`g${l}`, column * n + k, row]]),
      againNames: { a: [`A${l}`, row, column], y: ["Y", row, column] },
    };
  },
  dW: ({ numbers, l, row, column }) => ({
    terms: many(numbers.m, (k) => [1, [`dZ${l}`, row, k], [`A${l - 1}`, column, k]]),
  }),
  db: ({ numbers, l, row }) => ({ terms: many(numbers.m, (k) => [1, [`dZ${l}`, row, k]]) }),
  g: ({ numbers, l, row, column }) => {
    if (numbers.has(`W${l + 1}`))
      return { names: { z: [`Z${l}`, row, column], a: [`A${l}`, row, column] } };
    const [n] = numbers.shape("Y");
    const [sample, j] = [Math.floor(row / n), row % n];
    if (j === column) return { formula: "a * (1 - a)", names: { a: [`A${l}`, j, sample] } };
    return {
      formula: "-a_j * a_i",
      names: { a_j: [`A${l}`, j, sample], a_i: [`A${l}`, column, sample] },
    };
  },
  fall: () => ({
    terms: [
      [1, ["J+", 0, 0]],
      [-1, ["J", 0, 0]],
    ],
  }),
  predicted: ({ numbers }) => ({
    terms: ["dW1", "db1", "dW2", "db2"].flatMap((key) => {
      const [, columns] = numbers.shape(key);
      return Array.from(numbers.of(key), (_, k) => {
        const cell = [key, Math.floor(k / columns), k % columns];
        return [1, cell, cell];
      });
    }),
  }),
};

function many(count, term) {
  return Array.from({ length: count }, (_, k) => term(k));
}

function ofSoftmax(numbers, l, row, column) {
  const names = many(numbers.shape("Y")[0], (k) => [`z_${k + 1}`, [`Z${l}`, k, column]]);
  const total = names.map(([name]) => `exp(${name})`).join(" + ");
  return { formula: `exp(z_${row + 1}) / (${total})`, names: Object.fromEntries(names) };
}

// A long sum by its largest products: these in the order of their size, what is added alone (a
// bias) beside them, and how many others there are, with what they come to.
export function largest(terms, value) {
  const alone = terms.filter((term) => term.length === 2);
  const isOfProducts = alone.length <= LARGEST;
  const top = [];
  let [count, total] = [0, 0];
  for (const term of terms) {
    if (isOfProducts && term.length === 2) continue;
    const each = { term, value: value(term) };
    const place = top.findIndex((other) => Math.abs(each.value) > Math.abs(other.value));
    top.splice(place < 0 ? top.length : place, 0, each);
    if (top.length > LARGEST) {
      count++;
      total += top.pop().value;
    }
  }
  const kept = [...top.map(({ term }) => term), ...(isOfProducts ? alone : [])];
  return { terms: kept, more: count ? { count, total } : null };
}
