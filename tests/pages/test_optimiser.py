"""On every page the learning rate goes with the optimiser, unless the visitor has set it."""

import pytest

from engine.diagnosis.remedies import usual_rate
from engine.experiment.experiment import KNOBS
from pages._pages.registry import LENSES
from tests.pages.offers import ROOT
from tests.pages.screen import address, press, sound, widget
from tests.pages.test_pages import CHEAP, cheap, stored
from tests.rows import complete

PLAIN = {"neuron", "one_step", "activations", "optimisers"}
"""Pages whose steps are the notes' own, of gradient descent, that take none, or all there are."""

lenses = pytest.mark.parametrize(
    "lens", [lens for path, lens in LENSES.items() if path not in PLAIN], ids=lambda lens: lens.path
)
OPTIMISER, RATE, SEED = (KNOBS[k].label for k in ("optimizer", "learning_rate", "seed"))
MOVED = "so α has moved there from"


def other(lens):
    """An optimiser that needs another rate than the one the page opens with."""
    return "adam" if lens.defaults.optimizer != "adam" else "gradient_descent"


def opened(visit_alone, lens, extra=None, **changes):
    given = lens.write(cheap(lens, lens.defaults, **changes))
    return sound(visit_alone(lens.path, given | (extra or {})))


def set_to(at, label, value):
    return sound(widget(at, label).set_value(value).run())


def said(at):
    return [caption.value for caption in at.caption if MOVED in caption.value]


def shows(at, lens):
    """The optimiser and rate that the page trains with, which its controls show as well."""
    experiment = stored(at, lens)
    assert widget(at, OPTIMISER).value == experiment.optimizer
    assert widget(at, RATE).value == experiment.learning_rate
    return experiment.optimizer, experiment.learning_rate


def test_every_page_with_knobs_has_the_optimiser():
    where = ("CHEAP", str(ROOT / "tests/pages/test_pages.py"))
    complete(CHEAP, LENSES, "knobs with which it trains in no time", *where)
    for path, lens in LENSES.items():
        assert ("optimizer" in lens.knobs) == (path not in PLAIN), path


@lenses
def test_another_optimiser_brings_its_usual_rate_and_says_so_until_the_next_change(
    visit_alone, lens
):
    at, first = opened(visit_alone, lens), cheap(lens, lens.defaults)
    assert said(at) == []
    for optimizer in (other(lens), lens.defaults.optimizer):
        before = stored(at, lens)
        at = set_to(at, OPTIMISER, optimizer)
        rate = usual_rate(before.but(optimizer=optimizer))
        assert shows(at, lens) == (optimizer, rate)
        show = KNOBS["learning_rate"].show
        (sentence,) = said(at)
        assert KNOBS["optimizer"].show(optimizer) in sentence
        assert f"α = {show(rate)} here" in sentence
        assert sentence.endswith(f"from {show(before.learning_rate)}.")
        assert said(sound(at.run())) == [sentence]  # drawing again is no change
    assert stored(at, lens) == first.but(learning_rate=usual_rate(first))
    at = set_to(at, SEED, 3)
    assert said(at) == []
    assert stored(at, lens) == first.but(learning_rate=usual_rate(first), seed=3)


@lenses
def test_a_rate_set_by_hand_stays(visit_alone, lens):
    at = set_to(opened(visit_alone, lens), RATE, 0.003)
    at = set_to(at, OPTIMISER, other(lens))
    assert shows(at, lens) == (other(lens), 0.003)
    assert said(at) == []
    at.query_params.clear()  # as the menu does
    at = sound(at.switch_page("pages/runs.py").run())
    at = sound(at.switch_page(f"pages/{lens.path}.py").run())
    at = set_to(at, OPTIMISER, lens.defaults.optimizer)
    assert shows(at, lens) == (lens.defaults.optimizer, 0.003)


@lenses
def test_a_rate_that_has_moved_by_itself_may_be_set_by_hand_and_then_stays(visit_alone, lens):
    at = set_to(opened(visit_alone, lens), OPTIMISER, other(lens))
    at = set_to(at, RATE, 0.01)
    assert said(at) == []
    at = set_to(at, OPTIMISER, lens.defaults.optimizer)
    assert shows(at, lens) == (lens.defaults.optimizer, 0.01)


@lenses
def test_a_link_that_says_both_is_not_corrected(visit_alone, lens):
    given = {"optimizer": other(lens), "learning_rate": 1.0}
    at = opened(visit_alone, lens, **given)
    assert shows(at, lens) == (other(lens), 1.0)
    assert said(at) == []
    at = set_to(at, SEED, 3)
    assert shows(at, lens) == (other(lens), 1.0)
    assert address(at)["learning_rate"] == "1"


@lenses
def test_the_defaults_bring_both_back_and_the_last_word_is_no_longer_the_visitors(
    visit_alone, lens
):
    at = set_to(opened(visit_alone, lens), RATE, 0.003)
    at = set_to(at, OPTIMISER, other(lens))
    at = sound(press(at, "All knobs to their defaults"))
    assert stored(at, lens) == lens.first
    assert said(at) == []
    at = set_to(at, OPTIMISER, other(lens))
    assert shows(at, lens)[1] == usual_rate(lens.first.but(optimizer=other(lens)))


@lenses
def test_another_seed_takes_the_sentence_away_and_keeps_the_rate(visit_alone, lens):
    at = set_to(opened(visit_alone, lens), OPTIMISER, other(lens))
    rate = stored(at, lens).learning_rate
    at = sound(press(at, "Another seed"))
    assert said(at) == []
    assert shows(at, lens) == (other(lens), rate)


@lenses
@pytest.mark.parametrize(
    "lesson",
    [
        {"lesson_show": "optimizer"},
        {"lesson_show": "optimizer", "lesson_lock": "learning_rate"},
        {"lesson_lock": "learning_rate"},
    ],
    ids=["hidden", "locked", "locked among all"],
)
def test_a_rate_that_the_class_cannot_turn_stays(visit_alone, lens, lesson):
    at = opened(
        visit_alone, lens, {"lesson_title": "One thing at a time"} | lesson, learning_rate=0.3
    )
    at = set_to(at, OPTIMISER, other(lens))
    assert stored(at, lens).optimizer == other(lens)
    assert stored(at, lens).learning_rate == 0.3
    assert said(at) == []


@lenses
def test_in_a_lesson_with_both_the_rate_goes_along(visit_alone, lens):
    lesson = {"lesson_show": "optimizer.learning_rate"}
    at = set_to(opened(visit_alone, lens, lesson), OPTIMISER, other(lens))
    assert shows(at, lens)[1] == usual_rate(stored(at, lens))
    assert len(said(at)) == 1


def test_optimisers_with_one_usual_rate_need_no_move(visit_alone):
    lens = LENSES["xor"]
    at = opened(visit_alone, lens, learning_rate=0.5)
    at = set_to(at, OPTIMISER, "momentum")
    assert shows(at, lens) == ("momentum", 0.5)
    assert said(at) == []
