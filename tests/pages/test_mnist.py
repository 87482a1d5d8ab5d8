"""The MNIST page: a training that is asked for, and what is said of it."""

import re

import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.training import cache
from pages._kit.training.crowd import crowd
from pages._mnist import charts
from pages._mnist.lens import MNIST
from pages._mnist.picture import Picture
from pages._mnist.presets import PRESETS
from tests.pages.screen import address, press, sound, widget

FEW = {"samples": "100", "epochs": "2", "hidden": "8"}
LONG = {"hidden": "512-512-512-512", "batch_size": "1", "epochs": "500"}
MIXED = {"hidden": "9-8-7", "activation": "relu.tanh.leaky_relu"}
MANY = FEW | {"batch_size": "10", "epochs": "3"}


def button(at, label):
    return next(control for control in at.button if control.label == label)


def captions(at):
    return [caption.value for caption in at.caption]


def said(at):
    """What the training has reached, without what it was before."""
    told = next(m.value for m in at.markdown if "test digits are read right" in m.value)
    return told.replace("**", "").split(" Grey, before:")[0]


def was_before(at):
    told = next(m.value for m in at.markdown if "test digits are read right" in m.value)
    return re.findall(r" Grey, before: (.*)\.$", told)


def infos(at, start):
    return [info.value for info in at.info if info.value.startswith(start)]


def others(at):
    return infos(at, "These curves are from other")


def turned(at):
    return infos(at, "Turned on the way")


def progress(at):
    (bar,) = at.get("progress")
    return bar.proto.text


def test_it_opens_with_the_default_training_done(visit):
    at = sound(visit("mnist"))
    accuracy = re.match(r"After 5 epochs on 60,000 digits ([\d.]+) %", said(at))[1]
    assert 95 <= float(accuracy) <= 98
    assert others(at) == []
    assert not button(at, "Train").disabled
    assert button(at, "Stop").disabled
    assert re.match(r"Epoch 5.0 of 5 · trained in [\d.]+ s$", progress(at))


def test_a_link_opens_with_its_training_done(visit):
    at = sound(visit("mnist", FEW))
    expected = run(MNIST.read(FEW)[0]).history["test_accuracy"][-1]
    assert said(at).startswith(f"After 2 epochs on 100 digits {100 * expected:.1f} %")
    assert others(at) == []
    assert address(at) == FEW


def test_a_link_to_a_long_training_waits_to_be_asked(visit):
    at = sound(visit("mnist", LONG))
    assert said(at).startswith("After 5 epochs on 60,000 digits")
    assert len(others(at)) == 1


def test_a_turned_knob_trains_by_itself_and_what_was_before_stays_marked(visit):
    at = visit("mnist", FEW)
    before = said(at)
    assert was_before(at) == []
    widget(at, "Learning rate α").set_value(0.3).run()
    turned_to = MNIST.read(FEW | {"learning_rate": "0.3"})[0]
    expected = run(turned_to).history["test_accuracy"][-1]
    assert said(sound(at)).startswith(f"After 2 epochs on 100 digits {100 * expected:.1f} %")
    share = re.search(r"digits ([\d.]+ %)", before)[1]
    assert was_before(at) == [f"{share}, with Learning rate α 0.1 instead of 0.3"]
    assert others(at) == []
    assert address(at) == FEW | {"learning_rate": "0.3"}


def test_the_grey_curve_is_that_of_the_training_before(visit):
    at = visit("mnist", FEW)
    widget(at, "Learning rate α").set_value(0.3).run()
    live = at.session_state["mnist.live"]
    grey = charts.cost_curve(live, at.session_state["mnist.before"])["datasets"]["curves"]
    history = run(MNIST.read(FEW)[0]).history
    rows = grey[grey["series"] == charts.BEFORE]
    assert list(rows["value"]) == list(history["test_cost"][1:])
    assert set(charts.cost_curve(live)["datasets"]["curves"]["series"]) == {"training", "test"}


def test_what_takes_long_waits_until_it_is_asked_for(visit):
    at = visit("mnist", FEW)
    before = said(at)
    widget(at, "Epochs").set_value(500)
    widget(at, "Mini-batch size").set_value(1)
    widget(at, "Units in layer 1").set_value(512).run()
    assert said(sound(at)) == before
    assert "press Train to see what they do" in others(at)[0]
    for page in ("home", "mnist"):
        at.query_params.clear()
        at.switch_page(f"pages/{page}.py").run()
    assert said(sound(at)) == before
    assert len(others(at)) == 1


def test_what_one_visitor_trains_by_a_knob_is_trained_for_all(visit, monkeypatch):
    knob = FEW | {"seed": "41"}
    visit("mnist", knob)
    trained = []
    monkeypatch.setattr(cache, "watched", lambda *_, **__: trained.append(1))
    at = visit("mnist", FEW)
    widget(at, "Seed of the network").set_value(41).run()
    assert said(sound(at)) == said(visit("mnist", knob))
    assert not trained


@pytest.mark.parametrize("label", ["Pause", "Stop"])
def test_a_training_others_look_at_is_halted_for_oneself_alone(visit, monkeypatch, label):
    at = visit("mnist", FEW | {"seed": "42"})
    monkeypatch.setattr(Picture, "play", lambda *_, **__: None)  # so that it stays under way
    widget(at, "Learning rate α").set_value(0.03).run()
    shared = at.session_state["mnist.live"]
    assert shared.is_shared
    press(at, label)
    own = at.session_state["mnist.live"]
    assert own is not shared
    assert not own.is_running
    assert shared.is_running
    assert not shared.is_stopped


def test_one_visitors_training_is_not_anothers(visit):
    press(visit("mnist", FEW), "Train")
    assert said(visit("mnist")).startswith("After 5 epochs on 60,000 digits")


def test_the_same_settings_give_the_same_sentence(visit):
    first, second = (said(press(visit("mnist", FEW), "Train")) for _ in range(2))
    assert first == second


def test_again_from_the_same_start_goes_back_to_the_untrained_network(visit):
    at = press(visit("mnist", FEW), "Again from the same start")
    assert progress(sound(at)) == "Epoch 0.0 of 2 · not trained yet"
    assert said(press(at, "Train")).startswith("After 2 epochs on 100 digits")


def test_mini_batches_one_by_one_come_to_where_a_whole_training_does(visit):
    at = visit("mnist", MANY)
    whole = said(at)
    press(at, "Again from the same start")
    press(at, "One mini-batch")
    assert progress(sound(at)) == "Paused at epoch 0.1 of 3"
    press(at, "One epoch")
    assert progress(sound(at)) == "Paused at epoch 1.0 of 3"
    assert said(at).startswith("After 1 epoch on 100 digits")
    press(at, "Continue")
    assert said(sound(at)) == whole
    assert turned(at) == []


def test_one_epoch_is_one_while_others_wait_for_their_pages(visit):
    at = visit("mnist", MANY)
    press(at, "Again from the same start")
    with crowd.drawing():
        press(at, "One epoch")
    assert progress(sound(at)) == "Paused at epoch 1.0 of 3"


def test_a_knob_turned_on_the_way_is_named_and_goes_on_from_there(visit):
    at = visit("mnist", MANY)
    whole = said(at)
    press(at, "Again from the same start")
    press(at, "One epoch")
    widget(at, "Learning rate α").set_value(0.3).run()
    assert "at epoch 1.00 Learning rate α 0.1 → 0.3" in turned(sound(at))[0]
    assert others(at) == []
    press(at, "Continue")
    assert said(sound(at)) != whole
    assert len(turned(at)) == 1
    assert "Here: " not in "".join(entry.value for entry in at.info)


def test_a_new_architecture_starts_anew(visit):
    at = visit("mnist", MANY)
    press(at, "Again from the same start")
    press(at, "One epoch")
    widget(at, "Units in layer 1").set_value(4).run()
    assert said(sound(at)).startswith("After 3 epochs on 100 digits")
    assert "1 hidden layer of 8 units instead of 1 layer of 4 units" in was_before(at)[0]
    assert others(at) == []


def test_a_finished_training_is_trained_on_for_as_many_epochs(visit):
    at = press(visit("mnist", FEW), "Train on")
    assert said(sound(at)).startswith("After 4 epochs on 100 digits")
    assert address(at) == FEW | {"epochs": "4"}
    assert turned(at) == []
    # Two visits to two epochs are one visit to four.
    assert said(visit("mnist", FEW | {"epochs": "4"})) == said(at)


def test_a_training_that_diverges_is_shown_in_words(visit):
    at = visit("mnist", FEW | {"learning_rate": "1000", "l2": "1000", "epochs": "5"})
    (warning,) = [warning.value for warning in sound(at).warning]
    assert "training diverged" in warning
    assert button(at, "Train on").disabled


def test_early_stopping_is_said(visit):
    link = FEW | {"dev_fraction": "0.5", "epochs": "50", "patience": "1"}
    at = visit("mnist", link | {"learning_rate": "3"})
    (ending,) = infos(sound(at), "Early stopping ended it after epoch")
    assert "no new minimum for 1 epoch." in ending


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_a_preset_is_an_experiment_the_page_offers(preset):
    experiment = MNIST.defaults.but(**preset.changes)
    again, notes = MNIST.read(MNIST.write(experiment))
    assert (again, notes) == (experiment, [])
    assert isinstance(experiment, Experiment)


def test_a_preset_trains_and_says_what_it_gave(visit):
    at = press(visit("mnist"), "All weights zero")
    assert said(sound(at)).startswith("After 5 epochs on 60,000 digits 11.4 %")
    told = [text.value for text in at.markdown if text.value.startswith("**Here: ")]
    assert len(told) == 2  # the page's default, with which it opened, and this one
    assert "11.4 % of the test digits" in told[1]
    assert address(at) == {"initializer": "zeros"}


@pytest.mark.parametrize(
    "panel", ["See inside", "Mistakes", "Draw a digit", "Compare", "Take it away", "The maths"]
)
def test_every_panel_shows_the_network_at_rest_and_one_that_has_overflowed(visit, panel):
    for link in (FEW, FEW | {"learning_rate": "1000", "l2": "1000"}, FEW | MIXED):
        at = sound(visit("mnist", link | {"panel": panel}))
        assert address(at)["panel"] == panel


def test_see_inside_names_the_activation_of_each_layer(visit):
    at = sound(visit("mnist", FEW | MIXED | {"panel": "See inside"}))
    written = "\n".join(text.value for text in at.markdown)
    for l, g in enumerate(("ReLU", "tanh", "Leaky ReLU", "softmax"), start=1):
        assert f"then $A^{{[{l}]}} = \\text{{{g}}}(Z^{{[{l}]}})" in written
    assert re.search(r"a = ReLU\(z\) = ", written)
    told = [text for text in captions(at) if text.startswith("Layer ")]
    assert re.match(r"Layer 1: \d of 9 ReLU neurons are above 0", told[0])
    assert told[1].startswith("Layer 2: 8 tanh activations;")
    assert told[2].startswith("Layer 3: 7 Leaky ReLU activations;")
    assert sum("are silent for every test digit" in text for text in captions(at)) <= 1


def test_the_activation_can_be_turned_layer_by_layer(visit):
    at = visit("mnist", FEW | {"hidden": "9-8"})
    widget(at, "Activation g").set_value("one per layer").run()
    assert address(sound(at)) == FEW | {"hidden": "9-8"}
    widget(at, "Activation g[2]").set_value("tanh").run()
    assert address(sound(at)) == FEW | {"hidden": "9-8", "activation": "relu.tanh"}
    assert others(at) == []


def cards(at):
    return [text.value for text in at.markdown if text.value.startswith("**Run ")]


def test_pinned_trainings_are_compared_and_travel_in_the_link(visit):
    at = press(visit("mnist", FEW | {"panel": "Compare"}), "Pin this run")
    press(at, "Another seed")
    press(at, "Pin this run")
    assert cards(sound(at)) == ["**Run A**", "**Run B**"]
    # The digits, the two curves of the training, and two compared.
    assert len(at.get("vega_lite_chart")) == 5
    pins = "samples:100,hidden:8,epochs:2;samples:100,hidden:8,epochs:2,seed:1"
    assert address(at)["pins"] == pins


def test_pins_of_a_link_wait_until_they_are_trained(visit):
    at = visit("mnist", FEW | {"panel": "Compare", "pins": "samples:100,epochs:2,seed:3;seed:4"})
    waiting = [text for text in captions(sound(at)) if text.startswith("Not trained in this visit")]
    assert len(waiting) == 2
    assert cards(at) == ["**Run A**", "**Run B**", "**Run now**"]
