"""The page of averages: what its components are sent, and what its link keeps."""

import json
import re

import numpy as np
import pytest

from engine.data.series import SERIES
from engine.experiment.streams import stream
from engine.experiment.wording import number, size
from engine.inspection.gradient_series import gradient_series
from engine.inspection.smoothing import unrest_left
from engine.nn.stops import to_end
from engine.optim.averages import exponentially_weighted_average
from engine.optim.optimizers import EPSILON
from pages._averages import brought, first_days, own, picture, script, training
from pages._averages.lens import AVERAGES as LENS
from pages._averages.lens import BETAS, FIRST_DAYS, SQUARES, TRAINED, TRAINING
from pages._averages.measures import AGE, MEASURES, UNREST
from pages._averages.page import PAGE
from pages._kit import plots
from pages._kit.knobs.reals import Reals
from tests.pages._kit.matrices.test_matrices import is_sound
from tests.pages.hostile import links
from tests.pages.screen import address, arrived, notes, press, sound

OPENING = {
    **{"series": "temperatures", "year": 0, "beta": 0.9, "t": 110},
    **{"lines": ["v", "corrected"], "beside": []},
}


def sent(at, name):
    """What a component was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    (data,) = [json.loads(p.json) for p in told if p.component_name == f"averages_{name}"]
    return data


def turned(at, **state):
    """The page after its controls have been turned in the browser."""
    for key, value in state.items():
        at.session_state[f"averages.page_knob.{key}"] = value
    return sound(at.run())


def said(at):
    return [text.value for text in at.markdown]


def test_it_opens_at_a_year_of_temperatures(visit):
    at = sound(visit("averages"))
    data = sent(at, "averages")
    assert data["state"] == OPENING
    assert data["values"] == SERIES["temperatures"].make(stream(0, "series")).tolist()
    assert (data["unit"], data["stops"]) == ("°C", list(BETAS))
    assert list(data["choices"]) == list(SERIES)
    assert (address(at), notes(at)) == ({}, [])


@pytest.mark.parametrize("part", [picture, training])
def test_the_modules_of_a_part_can_be_joined_into_one(part, tmp_path):
    assert is_sound(plots.joined(part.MODULES), tmp_path) == ""


def test_a_link_is_read_back(visit):
    link = {"beta": "0.98", "t": "12", "lines": "corrected.centred", "beside": "0.5_0.9"}
    link |= {"series": "jump", "year": "7"}
    at = arrived(visit("averages"), "averages", link)
    assert (address(at), notes(at)) == (link, [])
    assert sent(at, "averages")["values"] == SERIES["jump"].make(stream(7, "series")).tolist()
    nothing = {"lines": "none"}
    assert address(arrived(at, "averages", nothing)) == nothing


@pytest.mark.parametrize("name", [own.name for own in LENS.page_knobs])
@pytest.mark.parametrize("text", ["<script>1e999", "nan", "9" * 50, ""])
def test_a_hostile_value_leaves_a_default_and_one_note(visit, name, text):
    if not text and isinstance(LENS.knob(name), Reals):
        text = "_"  # nothing at all is an empty row, which is allowed
    at = arrived(visit("averages"), "averages", {name: text})
    assert address(at) == {}
    (note,) = notes(at)
    assert "<" not in note


def test_a_hostile_link_opens_a_sound_page_whose_address_is_a_sound_link(visit):
    at = visit("averages")
    for link in links(LENS, 40, seed=0):
        assert len(notes(arrived(at, "averages", link))) <= 1, link
        kept = address(at)
        assert notes(arrived(at, "averages", kept)) == [], link
        assert address(at) == kept, link


# --- what is worth trying -------------------------------------------------------------------------


def tried(label):
    (found,) = [each for each in LENS.tries if each.label == label]
    return found.page_knobs


@pytest.mark.parametrize("each", LENS.tries, ids=lambda each: each.label)
def test_what_is_to_be_tried_is_allowed(each):
    assert 3 <= len(LENS.tries) <= 5
    for name, value in each.page_knobs.items():
        assert LENS.page_knob(name).knob.check(value) == value
    assert each.page_knobs.get("beta", 0.9) in BETAS


def test_more_of_yesterday_is_smoother_and_later():
    as_it_opens = OPENING | {"own": ()}
    calm = as_it_opens | tried("β = 0.98")
    assert MEASURES[UNREST].read(calm) < MEASURES[UNREST].read(as_it_opens) < 1
    assert MEASURES[AGE].read(calm) > MEASURES[AGE].read(as_it_opens) > 0


def test_from_zero_on_the_first_days_are_far_too_low():
    found = tried("The first days")
    values = SERIES["temperatures"].make(stream(0, "series"))
    plain = exponentially_weighted_average(values, found["beta"], correct_bias=False)
    assert plain[found["t"] - 1] < 0.1 * values[: found["t"]].mean()


def test_after_a_jump_the_average_has_made_two_thirds_of_it_in_about_a_window():
    values = SERIES["jump"].make(stream(0, "series"))
    t = tried("A sudden jump")["t"]
    made = (exponentially_weighted_average(values, 0.9)[t - 1] - 10) / 10
    assert made == pytest.approx(2 / 3, abs=0.1)


@pytest.mark.parametrize("each", LENS.tries, ids=lambda each: each.label)
def test_a_thing_to_try_opens_what_shows_it(visit, each):
    at = arrived(visit("averages"), "averages", {"panel": each.part} if each.part else {})
    first = FIRST_DAYS  # where the page begins
    assert address(at).get("panel", first) == (each.part or first)


# --- the panels -----------------------------------------------------------------------------------


def test_the_first_days_are_worked_out_at_the_pictures_beta(visit):
    at = sound(visit("averages", {"beta": "0.98", "series": "jump"}))
    values = sent(at, "averages")["values"]
    ours, smallest = (table.value for table in at.table)
    assert ours["v"].iloc[0] == size(0.02 * values[0])
    assert ours["v / (1 − βᵗ)"].iloc[0] == number(values[0])
    assert len(ours) == first_days.DAYS
    assert smallest["v"].tolist() == ["5", "7.50"]
    assert smallest["1 − βᵗ"].tolist() == ["0.500", "0.750"]
    assert smallest["v / (1 − βᵗ)"].tolist() == ["10", "10"]


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.98])
def test_it_is_said_until_when_the_average_is_too_low(beta):
    told = first_days.told(np.array([10.0, 12.0]), beta)
    (day,) = map(int, re.findall(r"From day (\d+) on less than 1\.0 %", told))
    assert beta**day < 0.01 <= beta ** (day - 1)
    assert f"is {size((1 - beta) * 10)}." in told
    assert "nothing has to be corrected" in first_days.told(np.array([10.0]), 0.0)


def brought_in(at, text):
    """The page after a visitor has typed values and pressed the button."""
    at = sound(at.text_area[0].set_value(text).run())
    return sound(press(at, "Use these values"))


def test_ones_own_series_is_drawn_and_travels(visit):
    at = sound(visit("averages", {"panel": own.TITLE}))
    assert any("no series of your own" in caption.value for caption in at.caption)
    at = brought_in(at, "days\n10\n12,5\n-3e1")
    data = sent(at, "averages")
    assert data["values"] == [10.0, 12.5, -30.0]
    assert (data["state"]["series"], data["state"]["t"], data["unit"]) == ("own", 3, "")
    assert data["choices"]["own"] == "Your own"
    assert any("3 values. The link holds it." in caption.value for caption in at.caption)
    link = address(at)
    assert link["own"] == "10_12.5_-30"
    at = arrived(visit("averages"), "averages", link)
    assert sent(at, "averages")["values"] == [10.0, 12.5, -30.0]


def test_what_is_no_series_leaves_it_as_it_was_and_says_so(visit):
    at = brought_in(visit("averages", {"panel": own.TITLE}), "10\nten")
    assert [c.value for c in at.caption if "Line 2 holds something that is no number." in c.value]
    assert sent(at, "averages")["state"]["series"] == "temperatures"
    at = brought_in(at, "1 2")
    assert not [c.value for c in at.caption if "Line 2" in c.value]


def test_a_long_series_is_drawn_and_stays_in_the_tab(visit):
    values = [round(0.1234567 * k, 4) for k in range(2000)]
    at = brought_in(visit("averages", {"panel": own.TITLE}), " ".join(map(str, values)))
    assert sent(at, "averages")["values"] == values
    assert any("too long for a link" in caption.value for caption in at.caption)
    link = address(at)
    assert len(str(link)) < 200
    at = arrived(at, "averages", link)
    assert (
        sent(at, "averages")["values"] == SERIES["temperatures"].make(stream(0, "series")).tolist()
    )
    assert any("stays where it was brought" in caption.value for caption in at.caption)


KNOB = LENS.knob("own")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1\n2\n3", (1, 2, 3)),
        ("temperature\n1,5\n2,25\n", (1.5, 2.25)),
        ("1;2;3,5", (1, 2, 3.5)),
        ("1, 2, 3", (1, 2, 3)),
        ("1,2,3", (1, 2, 3)),
        ("\N{MINUS SIGN}1\t2  3\r\n-4e2", (-1, 2, 3, -400)),
        ("\ufeff1\n2", (1, 2)),
        ("1;\n2;\n", (1, 2)),
    ],
)
def test_values_are_read_however_they_are_apart(text, values):
    assert brought.read(text.encode(), KNOB) == values


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "There are no values, but a series needs at least 2."),
        (b"days\n7", "There is 1 value, but a series needs at least 2."),
        (b"1\n2\nthree", "Line 3 holds something that is no number."),
        (b"1\n2026-01-01,5", "Line 2 holds something that is no number."),
        (b"1 2 nan", "Line 1 holds something that is no number."),
        (b"1\n2e6", "Line 2: a value must be from -1,000,000 to 1,000,000."),
        (b"1 " * 2001, "There are 2,001 values, but 2,000 is the most."),
        (b"\xff\xfe1", "The file is not text in UTF-8; save it as CSV."),
        (b"1" * 100_001, "The file has 100,001 bytes, but 100,000 is the most."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(content, told):
    with pytest.raises(ValueError, match=re.escape(told)) as refusal:
        brought.read(content, KNOB)
    assert str(refusal.value) == told


def test_the_gradients_of_a_real_training_are_sent_for_the_chosen_weight(visit):
    link = {"panel": TRAINING, "batch": "4", "weight": "20", "beta1": "0.5"}
    at = arrived(visit("averages"), "averages", link)
    data = sent(at, "training")
    experiment = TRAINED.but(batch_size=4)
    found = to_end(gradient_series(experiment, training.STEPS)).gradients
    np.testing.assert_allclose(data["gradient"], found[:, 19], rtol=1e-5)
    half = found[training.STEPS // 2 :]
    np.testing.assert_allclose(data["sizes"], np.sqrt((half**2).mean(axis=0)), rtol=1e-5)
    assert len(data["weights"]) == found.shape[1]
    assert data["weights"][19] == "b[1] row 4"
    assert (address(at), notes(at)) == (link, [])


@pytest.mark.parametrize("beta", [*SQUARES, 0.7])
def test_how_large_the_steps_of_all_weights_are_is_told_for_each_stop(visit, beta):
    at = sound(visit("averages", {"panel": TRAINING, "beta2": str(beta)}))
    found = to_end(gradient_series(TRAINED, training.STEPS)).gradients
    squares = exponentially_weighted_average(found**2, beta, correct_bias=False)
    steps = (found / (np.sqrt(squares) + EPSILON))[training.STEPS // 2 :]
    sizes = np.sqrt((steps**2).mean(axis=0))
    data = sent(at, "training")
    (told,) = [steps for at, *steps in data["spread"] if at == beta]
    assert told == pytest.approx([sizes.min(), sizes.max()], rel=1e-5)
    assert sizes.max() / sizes.min() < 0.5 * max(data["sizes"]) / min(data["sizes"])


def test_the_script_has_the_pictures_series_beta_and_day(visit):
    link = {"panel": script.TITLE, "beta": "0.5", "t": "400", "series": "own", "own": "1_3_2"}
    at = arrived(visit("averages"), "averages", link)
    code, printout = (block.value for block in at.code)
    assert "beta = 0.5" in code
    assert "day = 3  # counted" in code
    assert printout.startswith("day 3: 2.0000")


# --- the lesson -----------------------------------------------------------------------------------


def test_the_lesson_is_judged_by_what_the_controls_say(visit):
    at = arrived(visit("averages"), "averages", PAGE.lesson.link(LENS))
    assert any("Days late, β/(1 − β) at most 10: not yet, now 49" in text for text in said(at))
    assert not at.success
    at = turned(at, beta=0.5)
    assert any("changes left at most 12.0 %: not yet" in text for text in said(at))
    at = turned(at, **PAGE.lesson.solution)
    assert [success.value for success in at.success] == ["All goals are reached."]
    at = press(at, "Show the whole page")
    press(at, "Back to the lesson")


@pytest.mark.parametrize("year", range(5))
def test_some_beta_meets_both_goals_and_not_all_do(year):
    bounds = {goal.measure: goal.bound for goal in PAGE.lesson.lesson.goals}
    met = [
        beta
        for beta in BETAS
        if all(
            MEASURES[name].read(OPENING | {"own": (), "beta": beta, "year": year}) <= bound + 1e-12
            for name, bound in bounds.items()
        )
    ]
    assert met
    assert min(met) > 0.8
    assert max(met) <= 0.91


def test_what_a_goal_asks_is_the_engines():
    controls = OPENING | {"own": (1.0, 3.0, 1.0, 3.0), "series": "own", "beta": 0.5}
    values = np.array(controls["own"])
    left = unrest_left(values, exponentially_weighted_average(values, 0.5))
    assert MEASURES[UNREST].read(controls) == left
    assert MEASURES[AGE].read(controls) == 1
