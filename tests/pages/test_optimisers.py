"""The page of optimisers as a visitor has it: the race, what is dragged in it, and the panels."""

import json

import numpy as np
import pytest

from engine.optim.optimizers import OPTIMIZERS
from pages._optimisers import picture
from pages._optimisers.lens import OPTIMISERS as LENS
from pages._optimisers.racing import at_rest
from pages._optimisers.settings import GROUNDS, NOTHING_YET, STEPS
from tests.pages.screen import address, sound, widget

DEFAULTS = {own.name: own.default for own in LENS.page_knobs}


def sent(at):
    """What the race was sent: its header, and a function that finds an array in it."""
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [p.bytes for p in told if p.component_name == "neural_network_race"]
    length = int.from_bytes(data[:4], "little")
    header, start = json.loads(data[4 : 4 + length]), -(-(4 + length) // 8) * 8

    def array(name):
        place = header[name]
        count = int(np.prod(place["shape"]))
        found = np.frombuffer(data, "<f4", count, start + place["offset"])
        return found.reshape(place["shape"])

    return header, array


def test_the_first_screen_has_the_race_and_its_first_step_in_numbers(visit):
    at = sound(visit("optimisers"))
    assert address(at) == {}
    header, array = sent(at)
    shown = at_rest(LENS.first, DEFAULTS)
    assert [method["name"] for method in header["methods"]] == list(OPTIMIZERS)
    assert [method["settled"] for method in header["methods"]] == shown.race.settled.tolist()
    assert array("paths") == pytest.approx(shown.race.paths.astype(np.float32))
    assert array("grid") == pytest.approx(shown.scene.grid.astype(np.float32))
    assert (header["from"], header["isBowl"]) == (list(shown.start), True)
    assert any(r"\hat v" in latex.value for latex in at.latex)


@pytest.mark.parametrize("on", GROUNDS)
def test_every_ground_opens_by_a_link(visit, on):
    at = sound(visit("optimisers", {"on": on, "steps": "30", "epochs": "50", "hidden": "4"}))
    header, array = sent(at)
    assert header["title"] == GROUNDS[on]
    assert header["isBowl"] == (on == "bowl")
    assert array("paths").shape == (len(OPTIMIZERS), 31, 2)
    assert np.isfinite(array("costs")).all()


@pytest.mark.parametrize("on", GROUNDS)
def test_far_too_large_a_rate_is_drawn_as_well(visit, on):
    link = {"on": on, "rates": "_".join(["10"] * len(OPTIMIZERS)), "epochs": "10", "hidden": "2"}
    at = sound(visit("optimisers", {**link, "from": "-99_99", "steps": "1000"}))
    _, array = sent(at)
    assert np.isfinite(array("paths")).all()
    assert np.isfinite(array("costs")).all()


def test_where_it_starts_and_rests_and_each_rate_are_in_the_link(visit):
    rates = "_".join(["0.01"] * 6 + ["0"])
    link = {"from": "1_0.5", "rates": rates, "at": "7", "run": "momentum.adam", "steps": "100"}
    at = sound(visit("optimisers", link))
    header, _ = sent(at)
    assert address(at) == link
    assert (header["from"], header["at"], header["steps"]) == ([1.0, 0.5], 7, 100)
    assert [method["rate"] for method in header["methods"]][:6] == [0.01] * 6
    assert header["state"]["run"] == ["momentum", "adam"]


def test_a_step_beyond_the_last_is_the_last(visit):
    at = sound(visit("optimisers", {"steps": "30", "t": str(STEPS[-1])}))
    assert any("at step 30 of 30" in caption.value for caption in at.caption)


def test_the_step_follows_the_optimiser_and_the_weight(visit):
    at = sound(visit("optimisers"))
    before = [latex.value for latex in at.latex]
    at = sound(widget(at, "Optimiser").set_value("nesterov").run())
    assert [latex.value for latex in at.latex] != before
    assert any("Nesterov momentum at step 1" in caption.value for caption in at.caption)
    assert address(at) == {"by": "nesterov"}


@pytest.mark.parametrize(
    ("said", "drag"),
    [
        ({"name": "from", "value": [1, 2], "is_over": False}, ("from", (1.0, 2.0), False)),
        ({"name": "kappa", "value": 30, "is_over": True}, ("kappa", 30, True)),
        ({"name": "from", "value": [1, float("nan")], "is_over": False}, None),
        ({"name": "from", "value": [1, 2, 3], "is_over": False}, None),
        ({"name": "from", "value": "1_2", "is_over": False}, None),
        ({"name": "rates", "value": [1] * 7, "is_over": False}, None),
        ({"name": "kappa", "value": True, "is_over": False}, None),
        ({"name": "kappa", "value": 10**400, "is_over": False}, None),
        ({"name": "from"}, None),
        (None, None),
        (7, None),
    ],
)
def test_what_the_browser_says_of_a_drag_is_not_trusted(said, drag):
    given = {"drag": {**said, "sequence": 3} if isinstance(said, dict) else said}
    found = picture.read(given)
    assert found == (None if drag is None else (*drag, 3))


def test_a_drag_without_a_number_is_nothing():
    said = {"name": "from", "value": [1, 2], "is_over": False}
    for sequence in (None, "3", True, 1.5):
        assert picture.read({"drag": {**said, "sequence": sequence}}) is None


def test_a_slice_has_no_script_and_a_landscape_has_one(visit):
    for on, count in (("bowl", 1), ("path", 0)):
        link = {"panel": "The race as a script", "on": on, "steps": "30", "epochs": "50"}
        at = sound(visit("optimisers", link))
        assert len(at.code) == count


@pytest.mark.parametrize("panel", ["On a network", "Sensitivity to α"])
def test_what_takes_long_waits_to_be_asked_for(visit, panel):
    link = {"samples": "500", "hidden": "12-12-12", "batch_size": "10", "epochs": "200"}
    at = sound(visit("optimisers", link | {"panel": panel}))
    assert "Train" in {button.label for button in at.button}
    assert NOTHING_YET in [caption.value for caption in at.caption]
