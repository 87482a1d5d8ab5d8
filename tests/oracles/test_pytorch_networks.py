"""Costs and gradients of networks, activations and losses against PyTorch and its autograd."""

from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES
from engine.nn.network import Network
from engine.nn.regularization import dropout_masks
from tests.oracles.asking import Question, ask
from tests.rows import complete

OUTPUTS = {"sigmoid": 1, "softmax": 3, "linear": 2}
M = 7
NEARLY = 1e-12


class Case(NamedTuple):
    """A network; `is_bare` without penalties and dropout."""

    activations: tuple[str, ...]
    hidden: tuple[int, ...]
    output: str
    is_bare: bool

    def __str__(self):
        return f"{'-'.join(self.activations)}-{self.output}{'' if self.is_bare else '-regularised'}"


NAMES = tuple(ACTIVATIONS)
PURE = [(name,) * layers for name in NAMES for layers in (1, 2, 4)]
# Each activation before and after every other.
MIXED = [pair for pair in product(NAMES, repeat=2) if len(set(pair)) == 2]
ENDS = [*product(OUTPUTS, (True, False))]
# What follows the hidden layers is the same whichever they are: each mixture has one of the ends.
CHOSEN = [
    *product([(), *PURE], ENDS),
    *((names, ENDS[k % len(ENDS)]) for k, names in enumerate(MIXED)),
]
CASES = [
    Case(names, (5, 4, 3, 6)[: len(names)], output, is_bare) for names, (output, is_bare) in CHOSEN
]


class Drawn(NamedTuple):
    network: Network
    theta: np.ndarray
    X: np.ndarray
    Y: np.ndarray
    masks: list[np.ndarray] | None


def drawn(case):
    """Draw weights, samples and masks, the same whenever the case is asked for."""
    rng = np.random.default_rng(list(repr(case).encode()))
    network = Network((3, *case.hidden, OUTPUTS[case.output]), case.activations, case.output)
    X = rng.normal(size=(3, M))
    return Drawn(
        network,
        rng.normal(size=network.layout.size),
        X,
        targets(rng, case.output),
        None if case.is_bare else dropout_masks(case.hidden, M, 0.7, rng),
    )


def targets(rng, output):
    """Draw zeros and ones, one-hot columns, or plain numbers, as the output needs them."""
    if output == "sigmoid":
        return rng.integers(0, 2, (1, M)).astype(float)
    if output == "softmax":
        return np.eye(3)[:, rng.integers(0, 3, M)]
    return rng.normal(size=(OUTPUTS[output], M))


def penalty(case):
    """Return l1, l2 and the m they are divided by."""
    return (0.0, 0.0, M) if case.is_bare else (0.3, 0.7, 20)


def network_question(case):
    network, theta, X, Y, masks = drawn(case)
    l1, l2, m = penalty(case)
    settings = {"sizes": network.sizes, "activations": case.activations, "output": case.output}
    arrays = {"theta": theta, "X": X, "Y": Y}
    arrays |= {f"mask{l}": mask for l, mask in enumerate(masks or (), start=1)}
    return Question("network", settings | {"l1": l1, "l2": l2, "m": m}, arrays)


# Far out on both sides, and an even number of points, which leaves out the kink at 0.
Z = np.concatenate([np.linspace(-40, 40, 400), [-1e-9, 1e-9]])


def logits(output):
    """Draw logits that saturate, and targets for them."""
    rng = np.random.default_rng(1)
    return rng.normal(scale=20, size=(OUTPUTS[output], M)), targets(rng, output)


@pytest.fixture(scope="module")
def pytorch():
    """What PyTorch says of everything in this module, asked at once."""
    questions = {case: network_question(case) for case in CASES}
    for name in ACTIVATIONS:
        questions["activation", name] = Question("activation", {"name": name}, {"z": Z})
    for name in OUTPUTS:
        arrays = dict(zip("ZY", logits(name), strict=True))
        questions["loss", name] = Question("loss", {"name": name}, arrays)
    return ask(questions)


def test_every_loss_has_an_output_here():
    complete(OUTPUTS, LOSSES, "a number of units", "OUTPUTS", __file__)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_cost_and_gradient_are_those_of_autograd(pytorch, case):
    network, theta, X, Y, masks = drawn(case)
    theirs = pytorch[case]
    assert network.cost(theta, X, Y, *penalty(case), masks) == pytest.approx(
        float(theirs["cost"]), rel=NEARLY
    )
    gradient = network.gradient(theta, X, Y, *penalty(case), masks)
    # Sums over samples may cancel, so what counts is the size of the largest.
    largest = np.abs(theirs["gradient"]).max()
    np.testing.assert_allclose(gradient, theirs["gradient"], rtol=NEARLY, atol=NEARLY * largest)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_slopes_of_an_activation_are_pytorchs(pytorch, name):
    theirs, A = pytorch["activation", name], ACTIVATIONS[name].function(Z)
    np.testing.assert_allclose(A, theirs["value"], rtol=NEARLY, atol=1e-14)
    slope = ACTIVATIONS[name].derivative(Z, A)
    np.testing.assert_allclose(slope, theirs["slope"], rtol=NEARLY, atol=1e-14)


@pytest.mark.parametrize("name", OUTPUTS)
def test_losses_and_predictions_are_pytorchs(pytorch, name):
    theirs, (Z, Y) = pytorch["loss", name], logits(name)
    np.testing.assert_allclose(LOSSES[name].loss(Z, Y), theirs["losses"], rtol=NEARLY, atol=1e-14)
    predictions = LOSSES[name].activation(Z)
    np.testing.assert_allclose(predictions, theirs["predictions"], rtol=NEARLY, atol=1e-15)
