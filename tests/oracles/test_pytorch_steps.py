"""Fifty steps of every optimiser, and clipped gradients, against torch.optim and torch.nn.utils."""

from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from engine.optim.clipping import clip_by_norm
from engine.optim.optimizers import OPTIMIZERS
from tests.oracles.asking import Question, ask

STEPS, NEARLY = 50, 1e-12
KNOBS = [
    {"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "weight_decay": 0.01},
    {"learning_rate": 1.0, "beta1": 0.5, "beta2": 0.8, "weight_decay": 0.2},
]
# Gradients of 1e-8 make epsilon count, and on which side of the root it stands.
SIZES = (1.0, 1e-8)
CASES = list(product(OPTIMIZERS, range(len(KNOBS)), SIZES))
# PyTorch adds 1e-6 to the norm, which is nothing beside these.
LIMITS = {"cut": 3e8, "long enough": 1e12}


class Path(NamedTuple):
    theta: np.ndarray
    gradients: np.ndarray


def drawn(size):
    """Draw a start (P,) and gradients (STEPS, P), both of a size."""
    rng = np.random.default_rng(0)
    return Path(size * rng.normal(size=6), size * rng.normal(size=(STEPS, 6)))


def steep():
    """Draw a gradient (P,) of a norm of about 1e9."""
    return 1e9 * np.random.default_rng(0).normal(size=9) / 3


@pytest.fixture(scope="module")
def pytorch():
    """What PyTorch says of everything in this module, asked at once."""
    questions = {
        (name, k, size): Question("steps", {"name": name, "knobs": KNOBS[k]}, drawn(size)._asdict())
        for name, k, size in CASES
    }
    for name, limit in LIMITS.items():
        questions[name] = Question("clipping", {"limit": limit}, {"gradient": steep()})
    return ask(questions)


@pytest.mark.parametrize(("name", "k", "size"), CASES)
def test_fifty_steps_are_pytorchs(pytorch, name, k, size):
    theta, gradients = drawn(size)
    optimizer, thetas = OPTIMIZERS[name](**KNOBS[k]), []
    state = optimizer.init(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta = theta - optimizer.update(gradient.copy(), state, t, theta)
        thetas.append(theta)
    theirs = pytorch[name, k, size]["thetas"]
    # Steps may cancel, so what counts is the size of the largest.
    np.testing.assert_allclose(
        np.stack(thetas), theirs, rtol=NEARLY, atol=NEARLY * np.abs(theirs).max()
    )


@pytest.mark.parametrize("name", LIMITS)
def test_a_clipped_gradient_is_pytorchs(pytorch, name):
    gradient = steep()
    clip_by_norm(gradient, LIMITS[name])
    np.testing.assert_allclose(gradient, pytorch[name]["gradient"], rtol=NEARLY)
    assert np.array_equal(gradient, steep()) == (name == "long enough")
