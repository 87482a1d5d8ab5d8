"""The MNIST page: a training that is asked for, and what is said of it."""

import re

import pytest

from tests.pages.screen import address, press, sound, widget

FEW = {"samples": "100", "epochs": "2", "hidden": "8"}


def button(at, label):
    return next(one for one in at.button if one.label == label)


def captions(at):
    return [one.value for one in at.caption]


def said(at):
    return next(text for text in captions(at) if "test digits are read right" in text)


def others(at):
    return [one.value for one in at.info if one.value.startswith("These curves are from other")]


def test_it_opens_with_the_default_training_done(visit):
    at = sound(visit("mnist"))
    accuracy = re.match(r"After 5 epochs on 60,000 digits ([\d.]+) %", said(at))[1]
    assert 95 <= float(accuracy) <= 98
    assert others(at) == []
    assert not button(at, "Train").disabled
    assert button(at, "Stop").disabled


def test_other_settings_are_trained_on_request(visit):
    at = sound(visit("mnist", FEW))
    assert said(at).startswith("After 5 epochs on 60,000 digits")
    (note,) = others(at)
    assert "Samples m all instead of 100" in note
    press(at, "Train")
    assert said(sound(at)).startswith("After 2 epochs on 100 digits")
    assert others(at) == []
    assert address(at) == FEW


def test_what_was_trained_is_kept_until_the_next_training(visit):
    at = press(visit("mnist", FEW), "Train")
    before = said(at)
    widget(at, "Learning rate α").set_value(0.3).run()
    assert said(sound(at)) == before
    assert "Learning rate α 0.1 instead of 0.3" in others(at)[0]
    for page in ("home", "mnist"):
        at.query_params.clear()
        at.switch_page(f"pages/{page}.py").run()
    assert said(sound(at)) == before


def test_one_visitors_training_is_not_anothers(visit):
    press(visit("mnist", FEW), "Train")
    assert said(visit("mnist", FEW)).startswith("After 5 epochs on 60,000 digits")


def test_the_same_settings_give_the_same_sentence(visit):
    one, other = (said(press(visit("mnist", FEW), "Train")) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("choice", ["The first test digits", "The surest mistakes"])
def test_eight_digits_are_shown_as_the_network_reads_them(visit, choice):
    at = press(visit("mnist", FEW), "Train")
    widget(at, "Digits").set_value(choice).run()
    verdicts = [one.value for one in sound(at).markdown if " · " in one.value]
    assert len(verdicts) == 8
    if choice == "The surest mistakes":
        assert all("wrong: a" in verdict for verdict in verdicts)
        assert any("test digits are misread" in text for text in captions(at))


def test_a_training_that_diverges_is_shown_in_words(visit):
    at = visit("mnist", FEW | {"learning_rate": "1000", "l2": "1000", "epochs": "5"})
    assert any("training diverged" in text for text in captions(sound(press(at, "Train"))))
