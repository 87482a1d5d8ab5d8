"""The step of a large network on a mini-batch of digits, and the largest terms of a long sum."""

from typing import NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.one_step.start import Start
from engine.inspection.one_step.step import Step
from engine.inspection.one_step.unfold import Term, Unfolding
from engine.nn.types import Array


class Largest(NamedTuple):
    """A long sum by its largest terms: these, in the order of their size, and the rest together."""

    terms: tuple[Term, ...]
    others: int
    rest: float


def mini_batch(experiment: Experiment, theta: Array, which: int, size: int) -> Start:
    """Return where a step on one of the mini-batches starts: network, theta (P,), and its digits.

    They are counted from 0 in the order of the training set; after the last comes the first.
    """
    problem = load(experiment)
    train = problem.train
    positions = np.arange(which * size, (which + 1) * size) % train.m
    X = train.gather(positions).T.astype(np.float64)
    Y = train.targets(positions).T.astype(np.float64)
    return Start(problem.network(experiment), theta.astype(np.float64), X, Y)


def largest(found: Unfolding, step: Step, count: int) -> Largest:
    """Return the largest products of a sum; what is added alone, a bias, is kept beside them."""
    products = [term for term in found.terms if len(term.refs) > 1]
    alone = tuple(term for term in found.terms if len(term.refs) == 1)
    if len(alone) > count:  # a sum without products: over the samples of a mini-batch
        products, alone = list(found.terms), ()
    ordered = sorted(products, key=lambda term: -abs(term.value(step)))
    rest = ordered[count:]
    total = sum(term.value(step) for term in rest)
    return Largest((*ordered[:count], *alone), len(rest), total)
