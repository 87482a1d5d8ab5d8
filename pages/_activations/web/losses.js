// Outputs with their losses in a single logit, as engine/inspection/outputs.py has them.

export const CLASSES = 10;

const REST = Math.log(CLASSES - 1);

const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

export const OUTPUTS = {
  bce: {
    a: sigmoid,
    loss: (z, y) => softplus(z) - y * z,
    ofA: (a, y) => -Math.log(y ? a : 1 - a),
    slopeA: (a, y) => (a - y) / (a * (1 - a)),
  },
  cce: {
    a: (z) => sigmoid(z - REST),
    loss: (z, y) => (y ? softplus(REST - z) : REST + softplus(z - REST)),
    ofA: (a, y) => (y ? -Math.log(a) : REST - Math.log(1 - a)),
    slopeA: (a, y) => (y ? -1 / a : 1 / (1 - a)),
  },
  squared: {
    a: sigmoid,
    loss: (z, y) => (sigmoid(z) - y) ** 2 / 2,
    ofA: (a, y) => (a - y) ** 2 / 2,
    slopeA: (a, y) => a - y,
  },
};

// All that is seen of an output at a logit.
export function look(name, z, y) {
  const output = OUTPUTS[name];
  const a = output.a(z);
  const [slopeA, slopeOfA] = [output.slopeA(a, y), a * (1 - a)];
  return { a, loss: output.loss(z, y), slopeA, slopeOfA, slopeZ: slopeA * slopeOfA };
}
