// biome-ignore-all lint/complexity/useMathMinMax: a network that diverged would show NaN, not 0
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: numbers come from the engine
// Written by `python -m tests.web` from the rows in engine/nn/activations.py.

// word: its name in a sentence; of: g(z); low, high: the ends of its range; turn: the value above
// which a unit is active.
export const ACTIVATIONS = {
  linear: { word: "linear", of: (z) => z, low: -Infinity, high: Infinity, turn: 0 },
  sigmoid: { word: "sigmoid", of: (z) => 1 / (1 + Math.exp(-z)), low: 0, high: 1, turn: 0.5 },
  tanh: { word: "tanh", of: (z) => 1 - 2 / (Math.exp(2 * z) + 1), low: -1, high: 1, turn: 0 },
  relu: { word: "ReLU", of: (z) => (z > 0 ? z : 0), low: 0, high: Infinity, turn: 1e-6 },
  leaky_relu: {
    word: "leaky ReLU",
    of: (z) => (z > 0 ? z : 0.01 * z),
    low: -Infinity,
    high: Infinity,
    turn: 0,
  },
  softplus: {
    word: "softplus",
    of: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    low: 0,
    high: Infinity,
    turn: 0.6931471805599453,
  },
  elu: { word: "ELU", of: (z) => (z > 0 ? z : Math.expm1(z)), low: -1, high: Infinity, turn: 0 },
  gelu: {
    word: "GELU",
    of: (z) => (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
    low: -0.1700407506,
    high: Infinity,
    turn: 0,
  },
  swish: {
    word: "SiLU",
    of: (z) => z / (1 + Math.exp(-z)),
    low: -0.2784645428,
    high: Infinity,
    turn: 0,
  },
};
