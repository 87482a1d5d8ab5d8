"""The drawing without a browser: what is sent to it, and what becomes of what it sends."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment.experiment import Experiment
from engine.training.trainer import Trainer
from pages._mnist.drawing import pack
from pages._mnist.drawing.memory import Drawing, Memory
from tests.pages.offers import ROOT

KEY = "mnist.drawing"
FEW = Experiment(dataset="mnist", samples=100, dev_fraction=0.0, hidden=(7, 5), activation="tanh")
SEVEN = {
    "strokes": [[100, 100, 800, 100, 400, 900]],
    "angle": 0,
    "pen": 2.5,
    "noise": 0,
    "seed": 0,
}
JUNK = [
    3,
    "x",
    [1, 2],
    {"digit": "7"},
    {"digit": SEVEN | {"strokes": [["<script>", 1]]}, "saved": []},
    {"digit": None, "saved": [SEVEN] * 1000},
]


def header(data):
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length])


def packed(experiment=FEW, memory=None):
    trainer = Trainer(experiment)
    data = pack(trainer.network, trainer.kept, trainer.problem.test, memory or Memory())
    return trainer, data


@pytest.fixture
def app():
    """The demo with its smallest network."""
    at = AppTest.from_file(str(ROOT / "tests/e2e/apps/drawing_demo.py"), default_timeout=60)
    at.query_params["network"] = "logistic"
    return at.run()


def sent(at):
    """What the browser was sent last."""
    assert not at.exception
    return at.get("bidi_component")[0].proto.bytes


def report(at, drawing):
    at.session_state[KEY] = {"drawing": drawing}
    return at.run()


def panel(at, is_shown):
    return at.toggle[0].set_value(is_shown).run()


def test_the_network_travels_as_single_precision_theta():
    trainer, data = packed()
    said = header(data)
    assert (said["sizes"], said["activations"]) == ([784, 7, 5, 10], ["tanh", "tanh"])
    np.testing.assert_array_equal(
        np.frombuffer(data[-trainer.kept.nbytes - trainer.kept.nbytes % 8 :], "<f4")[
            : len(trainer.kept)
        ],
        trainer.kept,
    )


def test_each_hidden_layer_travels_with_its_activation():
    _, data = packed(FEW.but(activation=("relu", "tanh")))
    assert header(data)["activations"] == ["relu", "tanh"]


@pytest.mark.parametrize("standardize", [False, True])
def test_a_grey_level_becomes_the_input_that_the_network_was_trained_on(standardize):
    trainer, data = packed(FEW.but(standardize=standardize))
    said, test = header(data), trainer.problem.test
    inputs = test.rows[:3] * said["scale"] + said["shift"]
    np.testing.assert_allclose(inputs, test.gather(np.arange(3)), atol=1e-6)


def test_the_version_changes_with_the_network_and_with_nothing_else():
    first, again, other = packed(), packed(), packed(FEW.but(seed=1))
    drawn = packed(memory=Memory(opening=Drawing(saved=())))
    versions = [header(data)["version"] for _, data in (first, again, drawn, other)]
    assert versions[0] == versions[1] == versions[2] != versions[3]


def test_a_stroke_does_not_send_the_network_once_more(app):
    before = sent(app)
    report(app, {"digit": SEVEN, "saved": []})
    assert sent(app) == before


def test_the_drawing_is_there_when_the_panel_is_come_back_to(app):
    report(app, {"digit": SEVEN, "saved": [SEVEN, SEVEN]})
    panel(app, False)
    assert not app.get("bidi_component")
    opening = header(sent(panel(app, True)))["opening"]
    assert opening == {"digit": SEVEN, "saved": [SEVEN, SEVEN]}


@pytest.mark.parametrize("junk", JUNK)
def test_what_makes_no_sense_changes_nothing(app, junk):
    report(app, {"digit": SEVEN, "saved": []})
    report(app, junk)
    assert sent(app)
    panel(app, False)
    opening = header(sent(panel(app, True)))["opening"]
    assert opening == {"digit": SEVEN, "saved": []}


@pytest.mark.parametrize("junk", [None, 3, "x", [], {"drawing": JUNK[0]}, {"other": 1}])
def test_a_state_that_is_no_state_is_harmless(app, junk):
    app.session_state[KEY] = junk
    assert sent(app.run())
