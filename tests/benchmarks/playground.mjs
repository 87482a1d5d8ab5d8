// Trains with the functions of TensorFlow Playground's nn.ts, as its page does: for each line of
// standard input, a network in JSON, it answers with the CPU seconds that its training took.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const nn = await import(pathToFileURL(process.argv[2]).href);

function train({ sizes, inputs, targets, batchSize, learningRate, epochs }) {
  const { TANH } = nn.Activations;
  const names = inputs[0].map((_, k) => `x${k}`);
  const network = nn.buildNetwork(sizes, TANH, TANH, null, names);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = 0; i < inputs.length; i++) {
      nn.forwardProp(network, inputs[i]);
      nn.backProp(network, targets[i], nn.Errors.SQUARE);
      if ((i + 1) % batchSize === 0 || i + 1 === inputs.length) {
        nn.updateWeights(network, learningRate, 0);
      }
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const start = process.cpuUsage();
  train(question);
  const { user, system } = process.cpuUsage(start);
  console.log((user + system) / 1e6);
}
