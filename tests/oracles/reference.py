"""What PyTorch makes of a question: networks, activations, losses, steps, clipping, in float64.

A script for whichever interpreter has PyTorch, which need not be the one that runs the tests:
python reference.py FOLDER answers the questions.json and arrays.npz there in answers.npz. It
imports nothing of the engine, and no tables: what is called by a name there stands by it here.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
    # PyTorch takes z itself above a threshold of 20, which is off by 2e-9.
    "softplus": lambda z: functional.softplus(z, threshold=50),
    "elu": functional.elu,
    "gelu": lambda z: functional.gelu(z, approximate="tanh"),
    "swish": functional.silu,
}

# Of logits and targets (n_y, m); a sample's loss each, (m,).
LOSSES = {
    "sigmoid": lambda z, y: functional.binary_cross_entropy_with_logits(z, y, reduction="none").sum(
        0
    ),
    "softmax": lambda z, y: functional.cross_entropy(z.T, y.T, reduction="none"),
    "linear": lambda z, y: functional.mse_loss(z, y, reduction="none").sum(0) / 2,
}

PREDICTIONS = {
    "sigmoid": torch.sigmoid,
    "softmax": lambda z: torch.softmax(z, 0),
    "linear": lambda z: z,
}

# Of the parameters and the knobs. PyTorch's v = beta v + dtheta is the notes' divided by 1 - beta.
OPTIMIZERS = {
    "gradient_descent": lambda p, k: torch.optim.SGD(p, k["learning_rate"]),
    "momentum": lambda p, k: torch.optim.SGD(
        p, k["learning_rate"] * (1 - k["beta1"]), momentum=k["beta1"]
    ),
    "nesterov": lambda p, k: torch.optim.SGD(
        p, k["learning_rate"] * (1 - k["beta1"]), momentum=k["beta1"], nesterov=True
    ),
    "adagrad": lambda p, k: torch.optim.Adagrad(p, k["learning_rate"], eps=1e-8),
    "rmsprop": lambda p, k: torch.optim.RMSprop(p, k["learning_rate"], alpha=k["beta2"], eps=1e-8),
    "adam": lambda p, k: torch.optim.Adam(
        p, k["learning_rate"], betas=(k["beta1"], k["beta2"]), eps=1e-8
    ),
    "adamw": lambda p, k: torch.optim.AdamW(
        p,
        k["learning_rate"],
        betas=(k["beta1"], k["beta2"]),
        eps=1e-8,
        weight_decay=k["weight_decay"],
    ),
}


class NoOracleError(Exception):
    """A name that stands in no table here."""


def named(table, kind, name):
    """Return a row, or raise NoOracleError."""
    if name not in table:
        raise NoOracleError(
            f"There is no oracle for the {kind} {name!r}: add what PyTorch calls it to the tables "
            "in tests/oracles/reference.py."
        )
    return table[name]


def network(settings, arrays):
    """Return cost () and gradient (P,) of a network: theta (P,), X, Y, and masks where there are.

    theta holds W[1], b[1], W[2], ..., each in C order.
    """
    theta = torch.tensor(arrays["theta"], requires_grad=True)
    x, y = torch.tensor(arrays["X"]), torch.tensor(arrays["Y"])
    names = [named(ACTIVATIONS, "activation", name) for name in settings["activations"]]
    loss = named(LOSSES, "loss", settings["output"])
    m, start, penalty, z = settings["m"], 0, 0.0, x
    for l, (n_in, n_out) in enumerate(pairwise(settings["sizes"])):
        if l:
            z = names[l - 1](z)
            if f"mask{l}" in arrays:
                z = z * torch.tensor(arrays[f"mask{l}"])
        middle, end = start + n_out * n_in, start + n_out * n_in + n_out
        W, b = theta[start:middle].reshape(n_out, n_in), theta[middle:end].reshape(n_out, 1)
        start = end
        penalty = penalty + settings["l2"] / (2 * m) * (W**2).sum()
        penalty = penalty + settings["l1"] / m * W.abs().sum()
        z = W @ z + b
    cost = loss(z, y).mean() + penalty
    cost.backward()
    return {"cost": cost.item(), "gradient": theta.grad.numpy()}


def activation(settings, arrays):
    """Return value and slope of an activation at each z."""
    z = torch.tensor(arrays["z"], requires_grad=True)
    value = named(ACTIVATIONS, "activation", settings["name"])(z)
    (slope,) = torch.autograd.grad(value.sum(), z)
    return {"value": value.detach().numpy(), "slope": slope.numpy()}


def loss(settings, arrays):
    """Return predictions (n_y, m) and losses (m,) of logits Z and targets Y (n_y, m)."""
    z, y, name = torch.tensor(arrays["Z"]), torch.tensor(arrays["Y"]), settings["name"]
    return {
        "losses": named(LOSSES, "loss", name)(z, y).numpy(),
        "predictions": named(PREDICTIONS, "output", name)(z).numpy(),
    }


def softmax(settings, arrays):
    """Return softmax of logits z (n,) at a temperature, its Jacobian, and dL/dz for a class."""
    temperature = settings["temperature"]

    def soft(z):
        return torch.softmax(z / temperature, 0)

    z = torch.tensor(arrays["z"], requires_grad=True)
    loss = functional.nll_loss(torch.log_softmax(z / temperature, 0), torch.tensor(settings["k"]))
    (slope,) = torch.autograd.grad(loss, z)
    slopes = torch.autograd.functional.jacobian(soft, z.detach())
    return {"a": soft(z).detach().numpy(), "jacobian": slopes.numpy(), "slope": slope.numpy()}


def steps(settings, arrays):
    """Return theta (steps, P) after each step, from theta (P,), of given gradients (steps, P)."""
    theta = torch.tensor(arrays["theta"], requires_grad=True)
    optimizer = named(OPTIMIZERS, "optimiser", settings["name"])([theta], settings["knobs"])
    thetas = []
    for gradient in arrays["gradients"]:
        theta.grad = torch.tensor(gradient)
        optimizer.step()
        thetas.append(theta.detach().numpy().copy())
    return {"thetas": np.stack(thetas)}


def clipping(settings, arrays):
    """Return a gradient (P,) cut to a norm."""
    theta = torch.zeros(arrays["gradient"].shape, dtype=torch.float64, requires_grad=True)
    theta.grad = torch.tensor(arrays["gradient"])
    torch.nn.utils.clip_grad_norm_([theta], settings["limit"])
    return {"gradient": theta.grad.numpy()}


KINDS = {
    "network": network,
    "activation": activation,
    "loss": loss,
    "softmax": softmax,
    "steps": steps,
    "clipping": clipping,
}


def main(folder):
    torch.set_num_threads(1)
    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    arrays, answers = np.load(folder / "arrays.npz"), {}
    for k, (kind, settings, names) in enumerate(questions):
        try:
            found = KINDS[kind](settings, {name: arrays[f"{k} {name}"] for name in names})
        except NoOracleError as missing:
            found = {"missing": str(missing)}
        answers |= {f"{k} {name}": value for name, value in found.items()}
    np.savez(folder / "answers.npz", **answers)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
