"""The page of the visitor's runs, after a visit to another page."""

import json

import pytest

from engine.experiment.experiment import KNOBS
from engine.training.run import run
from pages._pages.registry import LENSES
from tests.pages.screen import address, movie, open_part, press, sound, widget
from tests.pages.test_pages import cheap


@pytest.fixture
def visited(visit):
    """Look at three runs on the XOR page, then at the list of runs."""
    at = visit("xor", {"hidden": "2"})
    for units in (3, 4):
        widget(at, "Units in layer 1").set_value(units).run()
    return sound(at.switch_page("pages/runs.py").run())


def rows(at):
    return at.dataframe[0].value


def choose(at, *chosen):
    entries = at.session_state["frame.history"].entries
    key = f"runs.table.{len(entries)}.{entries[0].number}"
    at.session_state[key] = {"selection": {"rows": list(chosen), "columns": [], "cells": []}}
    return sound(at.run())


def test_a_visit_begins_without_runs(visit):
    at = sound(visit("runs"))
    assert not at.dataframe
    assert any(text.value.startswith("There are no runs yet.") for text in at.markdown)


def test_every_run_looked_at_is_listed_newest_first(visited):
    told = rows(visited)["Differs from the page's defaults"].tolist()
    assert told == ["1 hidden layer of 4 units", "the page's defaults", "1 hidden layer of 2 units"]
    assert rows(visited)["Run"].tolist() == ["Run 3", "Run 2", "Run 1"]
    assert (rows(visited)["Training error"].dropna() >= 0).all()


def test_two_runs_are_compared(visited):
    at = choose(visited, 0, 2)
    assert len(at.get("vega_lite_chart")) == 2
    assert at.table[0].value["Knob"].tolist() == ["Hidden layers"]
    choose(at, 0)
    assert not at.get("vega_lite_chart")


def test_a_run_is_named(visited):
    at = choose(visited, 1)
    next(box for box in at.text_input if box.label == "Name").set_value("three units").run()
    assert rows(sound(at))["Run"].tolist() == ["Run 3", "three units", "Run 1"]


def test_a_run_is_deleted(visited):
    at = press(choose(visited, 0), "Delete")
    assert rows(sound(at))["Run"].tolist() == ["Run 2", "Run 1"]


def test_a_run_is_opened_on_its_page(visited):
    at = sound(press(choose(visited, 2), "Open"))
    assert movie(at)["sizes"] == [2, 2, 1]
    assert address(at) == {"hidden": "2"}


def test_a_run_is_pinned_on_its_page(visited):
    at = press(choose(visited, 0, 2), "Pin on its page")
    press(at, "Pin on its page")  # a second click pins nothing twice
    at.query_params.clear()  # as the browser does when a page is left
    at = sound(at.switch_page("pages/xor.py").run())
    assert address(at)["pins"] == "hidden:4;hidden:2"


def test_runs_go_to_a_file_and_come_back(visited, visit):
    (file,) = [button for button in visited.get("download_button") if "JSON" in button.proto.label]
    assert file.proto.url.endswith(".json")
    other = visit("runs")
    given = json.dumps({"version": 1, "runs": [{
        "page": "xor", "name": "from a friend", "seconds": 0.1, "parameters": 13,
        "diverged_at": None, "knobs": {"hidden": "5"}, "finals": {"train_cost": 0.2},
        "history": {"epoch": [0, 1], "train_cost": [0.7, 0.2], "train_accuracy": [0.5, 1.0]},
    }]})  # fmt: skip
    other.file_uploader[0].upload("runs.json", given.encode(), "application/json").run()
    press(other, "Add these runs")
    assert rows(sound(other))["Run"].tolist() == ["from a friend"]


@pytest.mark.parametrize("lens", [each for each in LENSES.values() if "hidden" in each.knobs])
def test_a_run_of_mixed_activations_from_a_file_opens_on_any_page(visit, lens):
    mixed = cheap(lens, lens.defaults, hidden=(4, 3)).but(activation=("relu", "tanh"))
    given = json.dumps({"version": 1, "runs": [{
        "page": lens.path, "name": "mixed", "seconds": 0.1, "parameters": 30, "diverged_at": None,
        "knobs": {name: knob.write(getattr(mixed, name)) for name, knob in KNOBS.items()},
        "finals": {}, "history": {},
    }]})  # fmt: skip
    at = visit("runs")
    at.file_uploader[0].upload("runs.json", given.encode(), "application/json").run()
    press(at, "Add these runs")
    assert "Activation g ReLU-tanh" in rows(at)["Differs from the page's defaults"][0]
    press(choose(at, 0), "Open")
    at = sound(at.switch_page(f"pages/{lens.path}.py").run())  # where the browser now is
    assert at.session_state[f"lens.{lens.path}"].activations == ("relu", "tanh")
    check = "Check the gradient" if lens.path == "xor" else "Compare and check"
    open_part(at, check, "Gradient check")
    open_part(at, "Take away and teach", "Take it away")


def test_a_file_that_cannot_be_used_adds_nothing(visited):
    visited.file_uploader[0].upload("runs.json", b"{", "application/json").run()
    press(visited, "Add these runs")
    assert any("begins like JSON, but is not. Nothing was added." in c.value
               for c in sound(visited).caption)  # fmt: skip
    assert len(rows(visited)) == 3


def test_a_small_run_leads_inside_a_step(visited):
    look = next(button for button in visited.button if button.label == "Look inside")
    assert look.disabled  # until a run is chosen
    at = sound(press(choose(visited, 1), "Look inside"))
    assert [heading.value for heading in at.header] == ["What happens inside one step?"]
    theta = run(LENSES["xor"].defaults).theta
    told = [component.proto for component in at.get("bidi_component")]
    (sent,) = [
        json.loads(proto.json)
        for proto in told
        if proto.component_name == "neural_network_matrices"
    ]
    assert sent["matrices"][sent["keys"].index("W1")]["values"] == theta[:6].tolist()


def test_a_large_run_does_not(visit):
    at = visit("xor", {"hidden": "6", "epochs": "10"})
    at = choose(sound(at.switch_page("pages/runs.py").run()), 0)
    assert next(button for button in at.button if button.label == "Look inside").disabled
