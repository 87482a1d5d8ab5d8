// biome-ignore-all format: written by a program
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: numbers come from the engine
// Written by `python -m tests.web` from the rows of engine/nn/activations.py.

export const SLOPES = {
  linear: (_z) => (1),
  sigmoid: (z) => (1 / (2 + Math.exp(z) + Math.exp(-z))),
  tanh: (z) => (1 / Math.cosh(z) ** 2),
  relu: (z) => (z > 0 ? 1 : 0),
  leaky_relu: (z) => (z > 0 ? 1 : 0.01),
  softplus: (z) => (1 / (1 + Math.exp(-z))),
  elu: (z) => (z > 0 ? 1 : Math.exp(z)),
  gelu: (z) => ((1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))) / 2 + ((z / 2) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * z ** 2)) / Math.cosh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)) ** 2),
  swish: (z) => ((1 + z / (1 + Math.exp(z))) / (1 + Math.exp(-z))),
};

export const QUANTITIES = {
  z: (z) => (z),
  p: (z) => (Math.exp(z)),
  n: (z) => (Math.exp(-z)),
  s: (z) => (1 / (1 + Math.exp(-z))),
  t: (z) => (Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
  d: (z) => (Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * z ** 2)),
};
