"""The page on depth without a browser: the picture in words, panels, and its wildest corners."""

import json

import pytest

from engine.inspection.depth import STUDIES
from pages._vanishing import race as race_module
from pages._vanishing.lens import VANISHING
from tests.pages.screen import address, labels, notes, press, sound, widget

LENS = VANISHING
DEEP, NARROW = "-".join(["64"] * 50), "-".join(["4"] * 50)


def texts(at):
    """Everything the page says in words."""
    said = [*at.markdown, *at.caption, *at.warning, *at.info]
    return "\n".join(element.value for element in said)


def metrics(at):
    return {metric.label: (metric.value, metric.delta) for metric in at.metric}


def charts(at):
    return [json.loads(chart.proto.spec) for chart in at.get("vega_lite_chart")]


def panel(visit, title, **query):
    return sound(visit("vanishing", {"panel": title, **query}))


# --- the picture ----------------------------------------------------------------------------------


FADING = {"activation": "sigmoid"}
"""A link that says what it means without saying it: the network that vanishes."""


def test_the_page_opens_with_a_network_that_learns_between_two_that_do_not(visit):
    at = sound(visit("vanishing"))
    assert "No layer's gradient vanishes or explodes" in texts(at)
    assert metrics(at)["Training samples right"][0] == "99.2 %"
    curves, *_ = charts(at)
    assert curves["layer"][0]["encoding"]["color"]["scale"]["domain"] == [
        "½ W", "start", "2 W", "now"
    ]  # fmt: skip
    assert "0.0147 in layer 1; there 4.5 × 10⁻⁷ from ½ W, 847 from 2 W" in texts(at)
    assert "0.0108 in layer 15; there 3.3 × 10⁻⁷ from ½ W, 355 from 2 W" in texts(at)


def test_the_network_of_old_links_is_finished_and_names_what_vanishes(visit):
    at = sound(visit("vanishing", FADING))
    assert "The gradient vanishes in layers 1 to 13: layer 1's is 8.1 × 10⁻³²" in texts(at)
    assert "After epoch 300." in texts(at)
    assert metrics(at)["Gradients lost"] == ("16 of 16", "13 before training")
    # gradients and activations, each as curves and as a map, and the thought experiment
    assert len(charts(at)) == 5


def test_the_gradient_passed_back_can_be_looked_at_instead(visit):
    at = sound(visit("vanishing", FADING))
    assert "The gradient of the weights before training: 0.00236 in layer 16" in texts(at)
    widget(at, "Gradient shown").set_value("passed").run()
    assert "The gradient passed back before training: 0.500 in layer 16" in texts(sound(at))
    assert address(at) == {"gradient": "passed"}


def test_a_cured_network_is_said_to_be_sound(visit):
    at = sound(visit("vanishing", {"activation": "relu", "initializer": "he", "epochs": "10"}))
    assert "No layer's gradient vanishes or explodes" in texts(at)
    assert metrics(at)["Gradients lost"][0] == "0 of 16"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"learning_rate": "10"}, "larger than float64 can hold"),
        ({"learning_rate": "1000"}, "larger than float64 can hold"),
        ({"learning_rate": "1000", "init_scale": "100"}, "larger than float64 can hold"),
        ({"dataset": "mnist", "samples": "100"}, "larger than float32 can hold"),
    ],
    ids=str,
)
@pytest.mark.filterwarnings("error")
def test_the_wildest_corner_is_explained(visit, query, said):
    wild = {"hidden": DEEP, "activation": "relu", "initializer": "large", "epochs": "30"}
    at = sound(visit("vanishing", wild | query))
    assert notes(at) == []
    assert said in at.warning[0].value
    assert "nan" not in texts(at).lower()
    assert "explodes in layers" in texts(at) or "overflows in layers" in texts(at)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"initializer": "zeros"}, "Weights of 0 pass nothing back"),
        ({"init_scale": "0", "activation": "tanh"}, "nothing passes a layer of 0"),
        ({"hidden": NARROW, "init_scale": "0.00001"}, "float64 holds nothing between 0 and"),
        ({"hidden": NARROW, "dataset": "mnist"}, "float32 holds nothing between 0"),
        ({"hidden": "none"}, "There is no hidden layer"),
    ],
    ids=str,
)
def test_what_is_lost_is_explained(visit, query, said):
    at = sound(visit("vanishing", {"epochs": "10"} | query))
    assert said in texts(at)


def test_a_long_job_waits_to_be_asked_and_can_be_stopped(visit):
    long = {"dataset": "mnist", "samples": "2000", "batch_size": "100", "epochs": "1000"}
    at = sound(visit("vanishing", {"hidden": DEEP} | long))
    assert "Train" in {button.label for button in at.button}
    assert "Before training." in texts(at)
    assert "After epoch" not in texts(at)


# --- the thought experiment -----------------------------------------------------------------------


def test_the_dials_turn_the_thought_experiment(visit):
    at = sound(visit("vanishing"))
    assert "0.00515 in 50 layers: it vanishes" in texts(at)
    widget(at, "Weight w").set_value(1.1).run()
    assert "w^L = 117 in 50 layers: it explodes" in texts(sound(at))
    widget(at, "Layers L").set_value(100).run()
    opening = {"activation": "relu", "initializer": "he", "gradient": "passed"}
    assert address(sound(at)) == opening | {"w": "1.1", "L": "100"}
    widget(at, "Weight w").set_value(1.0).run()
    assert "At exactly 1 nothing grows" in texts(sound(at))


def test_the_slip_of_the_notes_is_put_right(visit):
    assert "it is $w > 1$ that explodes" in texts(visit("vanishing"))


def test_a_prediction_is_answered_with_the_networks_number(visit):
    at = sound(visit("vanishing"))
    assert "the network says" not in texts(at)
    at.radio[0].set_value("about 55").run()
    assert "You said about 55; the network says 117.4" in texts(sound(at))


# --- the cures ------------------------------------------------------------------------------------


def test_cures_are_tried_alone_and_together(visit):
    at = panel(visit, "Cures")
    (table,) = at.table
    assert list(table.value["Run"]) == [
        *("without", "ReLU or tanh", "He or Xavier", "all together")
    ]
    assert "all together 99.2 %" in texts(at)
    assert "without 50.0 %" in texts(at)


def test_a_cured_network_ends_alike_in_the_table_and_by_itself(visit):
    # tanh at α = 0.1 is so near to chaos that another order of additions gives another end
    at = panel(visit, "Cures", activation="tanh", initializer="xavier", cures="clip")
    outcomes = at.table[0].value["Outcome"].tolist()
    assert outcomes[0].split()[0] == metrics(at)["Training samples right"][0].split()[0]
    press(at, "Gradient clipping")
    assert outcomes[1].split()[0] == metrics(sound(at))["Training samples right"][0].split()[0]


def test_cures_travel_in_the_link_even_if_there_are_none(visit):
    at = panel(visit, "Cures")
    widget(at, "Cures").set_value([]).run()
    assert address(sound(at)) == {"panel": "Cures", "cures": "none"}
    again = sound(visit("vanishing", address(at)))
    assert notes(again) == []
    assert list(again.table[0].value["Run"]) == ["without"]


def test_a_cure_that_changes_nothing_is_said_to(visit):
    at = panel(visit, "Cures", initializer="xavier", epochs="10")
    assert "Changes nothing in this network: He or Xavier." in texts(at)


def test_a_network_that_explodes_is_set_up_and_saved(visit):
    at = press(panel(visit, "Cures", cures="clip"), "A network that explodes")
    assert (
        "In epoch 4 the numbers became larger than float64 can hold" in sound(at).warning[0].value
    )
    assert at.table[0].value["Outcome"].tolist()[0] == "diverged in epoch 4"
    assert at.table[0].value["Outcome"].tolist()[1].startswith("100.0 % right")
    press(at, "Gradient clipping")
    assert at.session_state["lens.vanishing"].clip == 1
    assert "From the cures: Gradient clipping 1 instead of 0." in texts(at)
    assert not sound(at).warning


# --- the literature -------------------------------------------------------------------------------


@pytest.mark.parametrize("study", STUDIES)
def test_the_published_deviations_stand_beside_the_runs(visit, study):
    at = panel(visit, "The literature, live", study=study)
    table = at.table[0].value
    assert len(table) == 10
    published = [float(value) for value in table["Published"]]
    assert published == pytest.approx(STUDIES[study].published)
    assert "this run" in charts(at)[4]["layer"][0]["encoding"]["color"]["scale"]["domain"]


def test_he_and_xavier_race_and_can_be_stopped(visit, monkeypatch):
    study = race_module.depth_study
    monkeypatch.setattr(
        race_module, "depth_study", lambda *knobs: study(*knobs).but(samples=500, epochs=1)
    )
    at = panel(visit, "The literature, live", depth="5")
    assert "Hidden layers of the digit network" in labels(at)
    assert at.table[1].value["He, here"].tolist() == ["–"] * 4
    press(at, "Run it")
    done = sound(at).table[1].value
    assert done["He, here"].tolist()[1:] == ["–"] * 3
    assert done["He, here"].tolist()[0].endswith(" %")
    assert done["Xavier, expected"].tolist()[3] == "11.4 % and 11.4 %"
    assert next(button for button in at.button if button.label == "Continue").disabled


# --- comparing, taking away, going on -------------------------------------------------------------


def test_a_run_can_be_pinned_and_compared(visit):
    at = panel(visit, "Compare", epochs="10", hidden="4-4")
    press(at, "Pin this run")
    assert address(sound(at))["pins"] == "hidden:4-4,epochs:10"


def test_a_pin_that_overflowed_at_its_start_is_told_in_words(visit):
    pin = f"dataset:mnist,samples:100,hidden:{DEEP},activation:relu,initializer:large,epochs:10"
    at = panel(visit, "Compare", epochs="10", hidden="4-4", pins=pin)
    assert "The numbers overflowed before the first step." in texts(at)


def test_the_maths_and_the_way_on(visit):
    at = panel(visit, "The maths", epochs="10")
    assert "operatorname{Var}" in texts(at)
    assert [link.proto.page for link in at.get("page_link")] == ["initialisation"]
