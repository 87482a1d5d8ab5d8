import numpy as np
import pytest

from pages._kit.runs import pins
from pages._xor.lens import XOR
from tests.pages.offers import random_experiment


def test_nothing_pinned_is_nothing_in_the_link():
    assert pins.write(XOR, []) == ""
    assert pins.read(XOR, "") == ([], [])


@pytest.mark.parametrize("seed", range(20))
def test_what_is_pinned_is_read_back_in_its_order(seed):
    rng = np.random.default_rng(seed)
    pinned = [random_experiment(XOR, rng) for _ in range(pins.MOST)]
    assert pins.read(XOR, pins.write(XOR, pinned)) == (pinned, [])


def test_the_defaults_can_be_pinned_too():
    pinned = [XOR.defaults, XOR.defaults.but(seed=3), XOR.defaults.but(hidden=(4, 2))]
    assert pins.write(XOR, pinned) == "-;seed:3;hidden:4-2"
    assert pins.read(XOR, "-;seed:3;hidden:4-2") == (pinned, [])


def test_the_same_run_is_pinned_once():
    assert pins.read(XOR, "seed:3;seed:3;-;-") == ([XOR.defaults.but(seed=3), XOR.defaults], [])


def test_a_link_pins_no_more_than_there_are_names():
    found, _ = pins.read(XOR, ";".join(f"seed:{seed}" for seed in range(1, 100)))
    assert [pin.seed for pin in found] == [1, 2, 3, 4, 5, 6]
    assert len(found) == pins.MOST == len(pins.NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "seed:nan",
        "seed",
        ":",
        "::::",
        ",,,;,",
        "nonsense:1",
        "<script>alert(1)</script>",
        "hidden:99999999",
        "x" * 10_000,
        "seed:１２",
        "l2:1e999",
    ],
)
def test_junk_leaves_the_defaults_and_says_so(text):
    found, notes = pins.read(XOR, text)
    assert found == [XOR.defaults]
    assert notes == ["Some knobs of the pinned runs were not usable."]


def test_one_bad_knob_leaves_the_good_ones():
    found, notes = pins.read(XOR, "seed:3,l2:-1;seed:4")
    assert found == [XOR.defaults.but(seed=3), XOR.defaults.but(seed=4)]
    assert len(notes) == 1


def test_runs_are_told_apart_by_what_differs():
    experiment = XOR.defaults.but(optimizer="adam", beta1=0.5, seed=1)
    other = XOR.defaults.but(hidden=(4, 2), seed=1)
    assert pins.differing([experiment, other]) == {
        "Hidden layers": ["1 layer of 3 units", "layers of 4 and 2 units"],
        "Optimiser": ["Adam", "Gradient descent"],
        "Momentum β₁": ["0.5", "no effect"],
    }


def test_equal_runs_and_a_single_one_do_not_differ():
    assert pins.differing([XOR.defaults]) == {}
    assert pins.differing([XOR.defaults, XOR.defaults.but(beta1=0.5)]) == {}
