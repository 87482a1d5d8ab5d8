"""What is said of the hidden units is what they do, from many starts."""

import re

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.explain import contributions
from engine.inspection.gates import gates
from engine.nn.activations import ACTIVATIONS
from engine.nn.decision import names_one
from engine.training.run import run
from engine.training.sweep import sweep
from pages._xor.units import CORNERS, MOST, XOR, of_one_line, sentence
from tests.pages.screen import press, sound

SEEDS = 40
RATES = {"sigmoid": 2.0, "tanh": 0.5, "relu": 0.5}
WHERE = re.compile(
    r"\*\*Units? ([\d, and]+)\*\* (?:is|are) on (everywhere but )?at ([^.:]+?)(?: alone)?[.:]"
)
CORNER = re.compile(r"\(\d, \d\)")
VOTE = re.compile(r"units? ([\d, and]+?) (?:is|are) (on|off)")


def taken_of(done):
    problem = load(done.experiment)
    return contributions(problem.network(done.experiment), done.theta, problem.train.X)


def trained(units, activation):
    base = Experiment(hidden=(units,), activation=activation, learning_rate=RATES[activation])
    return map(taken_of, sweep([base.but(seed=s) for s in range(SEEDS)], snapshots=2))


def numbers(text):
    return [int(digits) - 1 for digits in re.findall(r"\d+", text)]


def told(said):
    """Return where each unit is on, as a sentence says it."""
    on = {}
    for names, is_but, at in WHERE.findall(said):
        corners = [corner in CORNER.findall(at) for corner in CORNERS]
        for unit in numbers(names):
            on[unit] = [not c for c in corners] if is_but else corners
    return on


@pytest.mark.parametrize("activation", RATES)
@pytest.mark.parametrize("units", [1, 2, 3])
def test_what_is_said_is_what_the_network_does(units, activation):
    for taken in trained(units, activation):
        said = sentence(taken)
        right = int((names_one(taken.z) == XOR).sum())
        assert ("That is XOR" in said) == (right == 4)
        if right < 4 and "points apart" not in said:
            assert f"right at {right} of 4" in said
        for unit, on in told(said).items():
            a = taken.activations[unit]
            assert a[on].min() > a[~np.array(on)].max()
        _, joined, rule = said.partition("The output says 1 where ")
        if joined:
            votes = [
                np.array(told(said)[unit]) == (state == "on")
                for names, state in VOTE.findall(rule.split(". ")[0])
                for unit in numbers(names)
            ]
            join = np.logical_or if " or " in rule.split(". ")[0] else np.logical_and
            assert (join.reduce(votes) == names_one(taken.z)).all()
        if "nearly alike" in said:
            first, second = (CORNERS.index(c) for c in CORNER.findall(said)[-2:])
            assert XOR[first] != XOR[second]
            assert all(on[first] == on[second] for on in told(said).values())


def test_every_unit_is_spoken_of():
    for units in (1, 2, 3):
        for taken in trained(units, "sigmoid"):
            read, said = gates(taken), sentence(taken)
            if read.counts.any():
                before = said.partition("The output")[0]
                spoken = {
                    u for part in re.findall(r"Units? ([\d, and]+)", before) for u in numbers(part)
                }
                assert spoken == set(range(units))


def test_a_single_unit_never_finds_xor_and_it_is_said_why():
    for taken in trained(1, "sigmoid"):
        said = sentence(taken)
        assert "That is XOR" not in said
        assert "answers nearly alike" in said or "by degrees" in said


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_of_a_single_unit_it_is_said_that_its_boundary_is_a_line_where_it_is(activation):
    base = Experiment(hidden=(1,), activation=activation, learning_rate=RATES.get(activation, 0.5))
    is_line = activation not in ("gelu", "swish")
    assert bool(of_one_line(base)) == is_line
    assert of_one_line(base.but(hidden=(2,))) == ""
    assert of_one_line(base.but(features=("x1", "x2", "x1_x2"))) == ""
    for taken in map(taken_of, sweep([base.but(seed=s) for s in range(SEEDS)], snapshots=2)):
        assert (names_one(taken.z) == XOR).sum() < len(XOR) or not is_line


def test_units_that_tell_nothing_apart_are_said_to():
    assert sentence(taken_of(run(Experiment(initializer="zeros")))).startswith("No hidden unit")


def test_of_many_units_it_is_said_how_many_share_the_work():
    for taken in trained(6, "sigmoid"):
        assert sentence(taken).count("**Unit") <= MOST


# --- on the page ----------------------------------------------------------------------------------


def words(at):
    return " ".join(element.value for element in at.markdown)


def test_the_story_says_it_and_offers_a_single_unit(visit):
    at = sound(visit("xor", {"hidden": "2", "seed": "2"}))
    assert "That is XOR" in words(at)
    at = sound(press(at, "Try 1 hidden unit"))
    assert "right at 3 of 4" in words(at)
    at = sound(press(at, "Try 2 hidden units"))
    assert "Try 2 hidden units" not in {button.label for button in at.button}


@pytest.mark.parametrize("hidden", ["none", "1"])
def test_the_hidden_space_of_less_than_two_units_leads_to_two(visit, hidden):
    at = sound(visit("xor", {"hidden": hidden, "activation": "tanh"}))
    choice = next(group for group in at.button_group if "5 Hidden space" in group.options)
    at = sound(choice.set_value("5 Hidden space").run())
    assert "a plane takes two of them" in words(at)
    at = sound(press(at, "Try 2 hidden units"))
    assert "In this space the output neuron is a perceptron again" in words(at)
