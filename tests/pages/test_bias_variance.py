"""The page on bias and variance: presets, the sealed test set, the recipe, and what is below."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from engine.diagnosis.notes_cases import CASES, MISMATCHED
from engine.experiment.problem import load
from engine.training.run import run
from pages._bias_variance.lens import BIAS_VARIANCE as LENS
from tests.pages.screen import address, parts, press, sound, widget
from tests.rows import expected_of

QUICK = {"epochs": "10", "hidden": "4", "samples": "200"}
DIGITS = {"dataset": "mnist", "samples": "200", "epochs": "1", "hidden": "4", "batch_size": "32"}
OF_THE_TEST_SET = (
    *("The recipe", "Splits", "Mismatched sets", "Curves", "Normalising inputs", "Compare"),
    "Take it away",
)
SEAL = "Open the test set"


@pytest.fixture
def example(monkeypatch):
    """Make the example of mismatched digits cheap; that it shows what it should is tested apart."""
    small = MISMATCHED.but(samples=400, epochs=2)
    monkeypatch.setattr("pages._bias_variance.mismatch.MISMATCHED", small)
    return small


def stored(at: AppTest):
    return at.session_state[f"lens.{LENS.path}"]


def texts(at: AppTest) -> list[str]:
    return [text.value for text in (*at.markdown, *at.caption)]


def says(at: AppTest, part: str) -> bool:
    return any(part in text for text in texts(at))


def button(at: AppTest, label: str):
    return next((control for control in at.button if control.label == label), None)


def chosen(at: AppTest, label: str, option: str) -> AppTest:
    next(group for group in at.main.get("button_group") if group.label == label).set_value(
        option
    ).run()
    return sound(at)


# --- the notes' cases -----------------------------------------------------------------------------


VERDICTS = {
    "High variance": "High variance",
    "High bias": "High bias",
    "Both": "High bias and high variance",
    "Neither": "Neither high bias nor high variance",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_sets_the_knobs_and_comes_to_its_verdict(visit, case):
    at = visit(LENS.path, QUICK)
    sound(press(at, f"{100 * case.train:g} / {100 * case.dev:g} %"))
    assert stored(at) == case.experiment
    verdict = expected_of(VERDICTS, case.name, "the verdict on it", "VERDICTS", __file__)
    assert says(at, f"#### {verdict}")
    link = address(at)
    assert (LENS.read(link) if link else (LENS.first, [])) == (case.experiment, [])


# --- the test set ---------------------------------------------------------------------------------


def everything_told(at: AppTest) -> str:
    """All that the page has sent: every text, table and specification of a chart."""
    charts = [chart.proto.spec for chart in at.get("vega_lite_chart")]
    tables = [table.value.to_string() for table in at.table]
    return " ".join([*texts(at), *charts, *tables, *(code.value for code in at.code)])


@pytest.mark.parametrize("panel", OF_THE_TEST_SET)
def test_nothing_is_said_of_the_test_set_before_it_is_opened(visit, panel, example):
    at = sound(visit(LENS.path, QUICK | {"panel": panel}))
    if panel == "Compare":
        press(at, "Pin this run")
    told = everything_told(at)
    assert "test error" not in told.lower().replace("lowest of several test errors", "")
    assert "test_" not in told.replace("test_fraction", "") or panel == "Take it away"
    (entry,) = at.session_state["frame.history"].entries[:1]
    assert "dev_accuracy" in entry.outcome.finals
    assert "test_accuracy" not in entry.outcome.finals


def test_opening_the_test_set_shows_its_error_and_is_counted(visit):
    at = sound(visit(LENS.path, QUICK))
    assert says(at, "Opened 0 times in this visit")
    sound(press(at, SEAL))
    outcome = run(stored(at))
    m = load(stored(at)).test.m
    wrong = m - round(float(outcome.history["test_accuracy"][-1]) * m)
    assert says(at, f"test error {100 * wrong / m:.1f} % ({wrong} of {m})")
    assert says(at, "has been opened 1 time in this visit")
    assert button(at, SEAL) is None
    sound(press(at, "Another seed"))
    assert says(at, "Opened 1 time in this visit")
    assert not says(at, "test error ")
    sound(press(at, SEAL))
    assert says(at, "has been opened 2 times in this visit")


def test_a_split_without_a_test_set_has_nothing_to_open(visit):
    at = sound(visit(LENS.path, QUICK | {"train_fraction": "0.6", "dev_fraction": "0.4"}))
    assert button(at, SEAL) is None
    assert says(at, "leaves nothing for a test set")


# --- the recipe -----------------------------------------------------------------------------------


def test_an_action_turns_the_knobs_and_what_it_moved_is_said(visit):
    at = sound(visit(LENS.path, LENS.address(LENS.write(LENS.defaults))))
    assert [control.label for control in at.button if control.proto.type == "primary"] == [
        "More data",
        "More λ",
        "Dropout",
    ]
    sound(press(at, "More data"))
    assert stored(at) == LENS.defaults.but(samples=800, train_fraction=0.5, dev_fraction=0.25)
    assert says(at, "**1. More data**")
    assert says(at, "(down)")
    sound(press(at, "Dropout"))
    assert stored(at).keep_prob == 0.7
    assert says(at, "**2. Dropout**")


def test_the_path_can_be_walked_back(visit):
    at = sound(visit(LENS.path, QUICK))
    start = stored(at)
    for action in ("Bigger network", "More λ"):
        sound(press(at, action))
    sound(press(at, "Go back"))
    assert stored(at) == start
    assert not says(at, "The path so far")
    assert "path" not in address(at) or ";" not in address(at)["path"]


def test_the_path_travels_in_the_link(visit):
    at = sound(visit(LENS.path, QUICK))
    for action in ("Bigger network", "Train longer"):
        sound(press(at, action))
    other = sound(visit(LENS.path, address(at)))
    assert stored(other) == stored(at)
    assert address(other) == address(at)
    for name in ("1. Bigger network", "2. Train longer"):
        assert next(t for t in texts(at) if name in t) == next(t for t in texts(other) if name in t)


def test_a_knob_turned_by_hand_is_a_step_as_well(visit):
    at = sound(visit(LENS.path, QUICK))
    sound(press(at, "Bigger network"))
    widget(at, "Epochs").set_value(20).run()
    sound(press(at, "More λ"))
    assert says(at, "**2. Knobs turned by hand**")
    assert says(at, "**3. More λ**")


def test_a_case_begins_a_path_of_its_own(visit):
    at = sound(visit(LENS.path, QUICK))
    sound(press(at, "Bigger network"))
    sound(press(at, "0.5 / 1 %"))
    assert not says(at, "The path so far")
    assert "path" not in address(at)


def test_a_lesson_has_its_own_network_and_no_cases(visit):
    at = sound(visit(LENS.path, QUICK | {"lesson_task": "Find out what is wrong."}))
    assert button(at, "1 / 11 %") is None


def test_no_more_of_an_action_is_offered_than_there_is(visit):
    at = sound(visit(LENS.path, QUICK | {"optimizer": "adam", "keep_prob": "0.3", "l2": "1000"}))
    assert button(at, "Better optimiser").disabled
    assert button(at, "Dropout").disabled
    assert button(at, "More λ").disabled
    assert not button(at, "Bigger network").disabled


# --- guessing, judging ----------------------------------------------------------------------------


def test_the_verdict_waits_for_a_guess(visit):
    at = sound(visit(LENS.path, {"guess": "1"}))
    assert not says(at, "High variance")
    assert not says(at, "You are here")
    next(g for g in at.main.get("button_group") if g.label == "What is high?").set_value(
        ["Variance"]
    ).run()
    sound(press(at, "Show the verdict"))
    assert says(at, "#### High variance")
    assert says(at, "As you said")


def test_a_wrong_guess_is_said(visit):
    at = sound(visit(LENS.path, {"guess": "1"}))
    sound(press(at, "Nothing is high: show the verdict"))
    assert says(at, "You said that nothing would be high")


def test_the_best_possible_error_and_the_threshold_decide(visit):
    # 0.0 % training error and 9.0 % dev error
    assert says(sound(visit(LENS.path, {"threshold": "10"})), "#### Neither")
    assert says(sound(visit(LENS.path, {"best": "0.14"})), "#### High variance")
    at = sound(visit(LENS.path, {"best": "0.3", "threshold": "20"}))
    assert says(at, "Best possible error 30.0 %")
    assert address(at) == {"best": "0.3", "threshold": "20"}


# --- below the picture ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        {"hidden": "none"},
        {"learning_rate": "1000", "optimizer": "gradient_descent", "l2": "1000"},
        {"samples": "100", "train_fraction": "0.98", "dev_fraction": "0.01"},
        {"dataset": "spirals", "noise": "0", "dev_fraction": "0"},
        {"standardize": "1", "fitted_on": "each", "batch_size": "8"},
        DIGITS,
        DIGITS | {"shift": "rotated", "target_share": "0.5", "dev_fraction": "0.01"},
        DIGITS | {"learning_rate": "1000", "optimizer": "gradient_descent"},
    ],
    ids=lambda query: "-".join(f"{name}={text}" for name, text in query.items()),
)
def test_every_panel_copes_with_every_kind_of_network(visit, query, example):
    at = sound(visit(LENS.path, QUICK | {"starts": "3"} | query))
    for _ in parts(at):
        assert not re.search(r"\bnan\b", " ".join(texts(at)), re.IGNORECASE)


@pytest.mark.parametrize("kind", ["size", "width", "depth"])
def test_a_curve_is_complete_and_says_its_numbers(visit, kind):
    query = QUICK | {"panel": "Curves", "curve": kind, "starts": "3"}
    at = sound(visit(LENS.path, query))
    assert says(at, "Median and quartiles of 3 seeds: with ")
    assert LENS.read({k: v for k, v in address(at).items() if k in QUICK})[0] == stored(at)
    assert address(at).get("curve", "size") == kind


def test_ten_thousand_digits_give_way_to_as_many_points_as_there_can_be(visit):
    at = sound(visit(LENS.path, DIGITS | {"samples": "10000"}))
    widget(at, "Data set").set_value("circles").run()
    assert sound(at).session_state[f"lens.{LENS.path}"].dataset == "circles"
    assert stored(at).samples == LENS.defaults.samples


def test_the_page_can_be_split_as_the_dials_say(visit):
    at = sound(visit(LENS.path, QUICK | {"panel": "Splits", "split": "98-1-1"}))
    sound(press(at, "Split the samples of this page like that"))
    assert (stored(at).train_fraction, stored(at).dev_fraction) == (0.98, 0.01)


def test_digits_of_both_kinds_are_shown_and_the_test_set_is_not(visit, example):
    at = sound(visit(LENS.path, QUICK | {"panel": "Mismatched sets"}))
    sent = [component.proto for component in at.get("bidi_component")]
    sheets = [proto.bytes for proto in sent if proto.component_name == "playground_tiles"]
    names = [json.loads(b[4 : 4 + int.from_bytes(b[:4], "little")])["name"] for b in sheets]
    assert names == ["Training digits", "Digits of the target"]
    (table,) = (table.value for table in at.table if "More than the row above" in table.value)
    assert table["Error"].iloc[-1] == "sealed"
    sound(press(at, "Noisy"))
    assert stored(at) == example.but(shift="noisy")
    assert says(at, "mismatch")


def test_scaling_by_themselves_ruins_single_points(visit):
    at = sound(visit(LENS.path, {"panel": "Normalising inputs", "epochs": "100"}))
    assert says(at, "all of them become 0, and 50.0 % are wrong")
    (table,) = (table.value for table in at.table if "Quartiles" in table.value)
    assert table["μ and σ measured on"].iloc[0] == "The training set"


def test_the_page_can_be_scaled_wrongly_and_says_that_dev_points_have_moved(visit):
    at = sound(visit(LENS.path, QUICK | {"panel": "Normalising inputs"}))
    sound(press(at, "Each split by itself (wrong)"))
    assert (stored(at).standardize, stored(at).fitted_on) == (True, "each")
    assert not says(at, "scaled by themselves, so the network met them")
    assert says(chosen(at, "Points", "Dev"), "scaled by themselves, so the network met them")
