import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.inspection.one_step.start import begin, edited
from engine.training.run import run
from pages._kit.matrices import edits
from pages._kit.panels import look_inside
from pages._one_step.inside import link
from pages._one_step.lens import ONE_STEP
from pages._xor.lens import XOR
from tests.pages.screen import notes, sound
from tests.pages.test_one_step import matrix


def led_to(found):
    """The network, theta and samples that a link leads to."""
    knobs = {name: text for name, text in found.items() if name != "edit"}
    experiment, remarks = ONE_STEP.read(knobs)
    assert remarks == []
    return edited(begin(experiment), edits.read(found["edit"]))


@pytest.mark.parametrize(
    "experiment",
    [
        XOR.defaults.but(epochs=20),
        XOR.defaults.but(epochs=20, optimizer="adam", learning_rate=0.1, l2=0.3),
        XOR.defaults.but(epochs=5, hidden=(4, 4), activation=("tanh", "relu"), initializer="large"),
        XOR.defaults.but(epochs=5, hidden=(), features=("x1", "x2", "x1_x2")),
        Experiment(dataset="parity", epochs=3),
    ],
)
def test_a_link_leads_to_the_very_network(experiment):
    theta = run(experiment).theta
    start = led_to(link(experiment, theta))
    np.testing.assert_array_equal(start.theta, theta)
    assert start.network.activations == experiment.activations


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden": (5,)},
        {"hidden": (2, 2, 2)},
        {"dataset": "moons", "samples": 20},
        {"dataset": "noisy_xor", "samples": 200},
        {"standardize": True},
        {"features": ("x1", "sin_x1")},
        {"learning_rate": 1000.0},
    ],
)
def test_what_is_too_large_to_be_read_has_no_link(changes):
    experiment = XOR.defaults.but(epochs=1, **changes)
    assert link(experiment, run(experiment).theta) is None
    assert not look_inside.may_be_read(experiment)


def test_numbers_too_large_to_be_put_in_have_none():
    experiment = XOR.defaults.but(epochs=1)
    assert link(experiment, np.full(13, 1e9)) is None


def test_images_are_not_even_asked_for():
    assert not look_inside.may_be_read(Experiment(dataset="mnist"))


def test_the_player_s_network_is_shown_inside_a_step(visit, arrive):
    experiment = XOR.defaults.but(epochs=20)
    at = sound(visit("xor", XOR.write(experiment)))
    (found,) = [each.proto for each in at.get("page_link") if each.proto.label == look_inside.LABEL]
    assert found.page == "one_step"
    theta = run(experiment).theta
    shown = arrive(ONE_STEP, link(experiment, theta))
    assert notes(shown) == []
    np.testing.assert_array_equal(matrix(shown, "W1").ravel(), theta[:6])


def test_a_large_network_is_not(visit):
    at = sound(visit("xor", {"hidden": "6", "epochs": "10"}))
    assert look_inside.LABEL not in [each.proto.label for each in at.get("page_link")]
