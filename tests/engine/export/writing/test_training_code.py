import math

import pytest

from engine.experiment.experiment import Experiment
from engine.export.writing.plan import plan
from engine.export.writing.training_code import knobs_piece
from engine.optim.schedules import SCHEDULES


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("t", [0, 1, 7, 100])
def test_a_learning_rate_shrinks_as_the_engines_does(name, t):
    code = SCHEDULES[name].written
    known = {"math": math, "alpha": 0.3, "alpha_0": 0.3, "decay_rate": 0.1, "t": t}
    known |= {"decay_interval": 3}
    assert eval(code, known) == 0.3 * SCHEDULES[name].factor(0.1, t, 3)
    assert ("decay_interval" in code) == SCHEDULES[name].has_interval


def test_knobs_are_given_with_the_words_of_their_declaration():
    code = knobs_piece(plan(Experiment(learning_rate=0.3, l2=0.7, seed=5))).code
    assert "alpha = 0.3  # Learning rate α" in code
    assert "l2 = 0.7  # L2 penalty λ" in code
    assert "seed = 5  # Seed of the network" in code
    assert "l1 =" not in code


def test_a_start_without_chance_needs_no_seed():
    code = knobs_piece(plan(Experiment(initializer="zeros"))).code
    assert "seed" not in code
    assert "default_rng" not in code


def test_many_layers_are_wrapped():
    code = knobs_piece(plan(Experiment(hidden=(12,) * 50))).code
    assert max(map(len, code.splitlines())) <= 100
    namespace: dict = {}
    exec("import numpy as np\n" + code, namespace)
    assert namespace["n"] == (2, *(12,) * 50, 1)
