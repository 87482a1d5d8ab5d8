import numpy as np
import pytest

from engine.checking.slips import PASSES, SLIPS, outcome
from engine.inspection.one_step.step import Step, take_step
from engine.nn.network import Network
from tests.rows import expected_of

SHAPES = {
    "a1": ((3, 3), (3, 2)),
    "twice": None,
    "summed": ((3, 5), (3, 1)),
    "cost": None,
    "square": ((3, 3), (3, 2)),
    "layer": ((3, 1), (3, 5)),
    "early": None,
    "product": ((3, 5), (3, 5)),
    "kink": None,
}
"""The shapes that do not fit, of a network 2-3-1 on five samples; None where all fit."""

slips = pytest.mark.parametrize("name", SLIPS)


def step(sizes=(2, 3, 1), m=5, hidden="tanh", alpha=1.0, seed=0) -> Step:
    rng = np.random.default_rng(seed)
    network = Network(sizes, hidden, "sigmoid")
    X, Y = rng.normal(size=(sizes[0], m)), rng.integers(0, 2, (sizes[-1], m)).astype(float)
    return take_step(network, rng.normal(size=network.layout.size), X, Y, alpha)


@slips
def test_a_slip_is_seen_by_its_shapes_or_by_differences(name):
    expected = expected_of(SHAPES, name, "the shapes that do not fit", "SHAPES", __file__)
    found = outcome(SLIPS[name], step())
    assert found.shapes == expected
    if expected is None and name != "kink":
        assert found.ratio > 1e-3
        assert found.right < PASSES
        assert not found.passes


@slips
@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 3, 2), (1, 1, 1)])
def test_a_slip_can_be_run_on_any_network_that_has_its_line(name, sizes):
    made = step(sizes)
    if SLIPS[name].is_possible(made):
        outcome(SLIPS[name], made)
    else:
        assert made.depth < SLIPS[name].needs


UNSEEN = {
    "twice": step(m=1),
    "summed": step(m=1),
    "cost": step(m=1),
    "square": step((3, 3, 1)),
    "early": step(alpha=0.0),
    "kink": step(),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_a_slip_is_not_seen_where_it_says_so(name):
    assert SLIPS[name].unseen
    assert outcome(SLIPS[name], UNSEEN[name]).passes


@slips
def test_a_slip_that_says_nothing_of_it_is_always_seen(name):
    if not SLIPS[name].unseen:
        for sizes, m in (((2, 3, 1), 1), ((3, 3, 3), 3), ((2, 2, 1), 2)):
            assert not outcome(SLIPS[name], step(sizes, m)).passes, (sizes, m)


def test_at_the_kink_neither_slope_is_that_of_differences():
    network = Network((1, 1, 1), "relu", "sigmoid")
    theta = np.array([1.0, 0.0, 1.0, 0.0])
    made = take_step(network, theta, np.zeros((1, 1)), np.ones((1, 1)), 1.0)
    found = outcome(SLIPS["kink"], made)
    assert min(found.ratio, found.right) > 0.01


@slips
def test_a_slip_names_a_line_that_there_is(name):
    made = step()
    lines = {line.result for line in made.lines}
    assert SLIPS[name].line.format(L=made.depth) in lines
