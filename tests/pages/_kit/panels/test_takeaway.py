"""What the panel offers of a run, and what it says of runs that no script can repeat."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from engine.export.script import printout, script
from engine.training.run import run
from pages._kit.panels import takeaway
from pages._xor.lens import XOR
from tests.pages.screen import movie, sound

PANEL = {"panel": takeaway.TITLE, "epochs": "10"}
FILES = ["Weights (.npz)", "History (.csv)", "Script (.py)", "Notebook (.ipynb)"]
EXPERIMENT = XOR.defaults.but(epochs=10)
VISIT = SimpleNamespace(lens=XOR)


def notes(at):
    return [info.value for info in at.info]


def test_the_script_and_what_it_prints_are_shown_beside_four_files(visit):
    at = sound(visit("xor", PANEL))
    assert [button.label for button in at.get("download_button")] == FILES
    prints, code = [block.value for block in at.code]
    assert code == script(EXPERIMENT).rstrip("\n")
    assert prints == printout(run(EXPERIMENT)).rstrip("\n")
    assert notes(at) == []


@pytest.mark.parametrize(
    "query",
    [
        {"hidden": "none", "initializer": "zeros"},
        {"dataset": "own", "points": "0_0_1~1_1_0"},
        {"dataset": "moons", "samples": "50", "train_fraction": "1"},
        {"learning_rate": "1000", "l2": "1000", "epochs": "300"},
        {"hidden": "12-12-12-12-12-12", "keep_prob": "0.5", "optimizer": "adam", "batch_size": "5"},
    ],
    ids=str,
)
def test_every_run_of_the_page_can_be_taken_away(visit, query):
    at = sound(visit("xor", PANEL | query))
    assert len(at.get("download_button")) == len(FILES)
    assert len(at.code) == 2


def test_the_epoch_where_the_film_rests_is_the_one_whose_weights_are_offered(visit):
    at = sound(visit("xor", PANEL | {"epoch": "4"}))
    assert any("after epoch 4," in text.value for text in at.markdown)


def test_a_run_that_was_changed_by_hand_says_what_the_script_does_not_repeat(visit):
    at = visit("xor", PANEL)
    shown = movie(at)
    theta = [0.1] * shown["thetas"]["shape"][1]
    asked = {"theta": theta, "epoch": 4.0, "step": 4, "version": shown["version"]}
    at.session_state["xor.main.player"] = {"train_on": asked}
    sound(at.run())
    assert notes(at) == [takeaway.TRAINED_ON]
    assert [block.value for block in at.code] == [script(EXPERIMENT).rstrip("\n")]


def test_weights_changed_by_hand_are_those_offered(visit, monkeypatch):
    at = visit("xor", PANEL)
    shown, offered = movie(at), []
    monkeypatch.setattr(takeaway, "show", lambda *_, **given: offered.append(given))
    theta = [0.5] * shown["thetas"]["shape"][1]
    asked = {"theta": theta, "epoch": 10.0, "step": 10, "version": shown["version"]}
    at.session_state["xor.main.player"] = {"edit": asked}
    sound(at.run())
    epoch, weights = offered[-1]["weights"]
    assert (epoch, weights.tolist()) == (10.0, theta)
    assert offered[-1]["altered"] == takeaway.CHANGED


def test_a_network_adjusted_on_the_way_says_so(monkeypatch):
    said = []
    monkeypatch.setattr(takeaway.st, "info", lambda text, **_: said.append(text))
    takeaway.show(VISIT, run(EXPERIMENT), altered=takeaway.ADJUSTED)
    assert said == [takeaway.ADJUSTED]


def test_a_run_under_way_promises_no_printout(monkeypatch):
    finished = run(EXPERIMENT)
    half = {name: values[:6] for name, values in finished.history.items()}
    under_way = dataclasses.replace(finished, history=half)
    said, blocks = [], []
    monkeypatch.setattr(takeaway.st, "caption", said.append)
    monkeypatch.setattr(takeaway.st, "code", lambda code, **_: blocks.append(code))
    takeaway.show(VISIT, under_way)
    assert said == ["The script trains to the end: 10 epochs."]
    assert blocks == [script(EXPERIMENT)]


def test_what_early_stopping_keeps_is_the_best_epoch(monkeypatch):
    experiment = EXPERIMENT.but(
        dataset="moons", samples=60, dev_fraction=0.3, patience=3, learning_rate=10.0, epochs=300
    )
    finished, said = run(experiment), []
    assert finished.best_epoch < np.max(finished.history["epoch"])
    monkeypatch.setattr(takeaway.st, "markdown", said.append)
    takeaway.show(VISIT, finished)
    assert f"after epoch {finished.best_epoch}," in said[0]
