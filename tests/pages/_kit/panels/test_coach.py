"""The coach on a page: it speaks of the run shown, mends it with a click, and can be silenced."""

import numpy as np
import pytest

from engine.diagnosis import coach, trials
from engine.diagnosis.rules.topics import TOPICS
from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.lessons import lesson
from pages._kit.lessons.lesson import Lesson
from pages._kit.panels import coach as coach_panel
from pages._kit.site import jobs, sitemap
from pages._kit.training.coaching import Coaching
from pages._pages.registry import LENSES
from tests.pages.offers import random_experiment
from tests.pages.screen import address, labels, press, sound, widget

DIVERGING = {"learning_rate": "1000", "l2": "1000", "epochs": "100"}
JUMPING = {"learning_rate": "100", "epochs": "300"}
DIGITS = {"samples": "100", "epochs": "2", "hidden": "8"}
SYMMETRIC_DIGITS = DIGITS | {"initializer": "zeros"}


def said(at):
    """What the coach says on a page, all of it."""
    texts = [element.value for element in (*at.main.markdown, *at.main.warning)]
    titles = [f"**{rule.title}." for rule in coach.RULES]
    own = (":material/check_circle: The coach", ":material/sports:", "The coach is", "The numbers")
    starts = (*titles, *own)
    return "\n".join(text for text in texts if text.startswith(starts))


def buttons(at):
    return [button.label for button in at.main.button if button.label.startswith("Set ")]


def whys(at):
    labels = [link.proto.label for link in at.main.get("page_link")]
    return [label for label in labels if label.startswith("Why: ")]


def test_of_a_healthy_run_it_says_so_in_one_line(visit):
    at = sound(visit("xor"))
    assert said(at) == (
        ":material/check_circle: The coach sees nothing to mend: 0.0 % of the training samples are "
        "wrong, at a cost of 0.00546. The most common class alone gets 50.0 % wrong."
    )
    assert (buttons(at), whys(at)) == ([], [])


def test_every_held_out_set_is_counted(visit):
    at = sound(visit("xor", {"dataset": "gaussians", "noise": "0.05", "epochs": "100"}))
    assert "0.0 % of the training and 0.0 % of the test samples are wrong" in said(at)


def test_a_click_mends_a_run_that_diverged(visit):
    at = sound(visit("xor", DIVERGING))
    (warning,) = at.warning
    assert "in epoch 29 of 100" in warning.value
    assert "one thing to mend" in said(at)
    assert whys(at) == ["Why: Vanishing and exploding"]
    sound(press(at, "Set learning rate α to 2 and L2 penalty λ to 0"))
    assert address(at) == {"epochs": "100"}
    assert len(at.warning) == 0
    assert "left the finite range" not in said(at)


def test_a_click_mends_a_cost_that_jumps_and_keeps_the_seeds(visit):
    at = sound(visit("xor", JUMPING | {"seed": "7"}))
    assert "**Jumping cost.** " in said(at)
    assert "With a learning rate of α = 100, " in said(at)
    press(at, "Set learning rate α to 2")
    assert address(sound(at)) == {"epochs": "300", "seed": "7"}
    assert "Jumping" not in said(at)


def test_a_page_does_not_send_one_to_itself(visit):
    assert whys(visit("xor", JUMPING)) == []
    assert whys(visit("xor", {"initializer": "zeros"})) == ["Why: Initialisation"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_explained_on_a_page(topic):
    assert sitemap.explaining(topic).path in LENSES


def test_once_off_it_stays_off_on_every_page(visit):
    at = visit("xor", JUMPING)
    widget(at, "Coach").set_value(False).run()
    for page in ("xor", "mnist", "home", "xor"):
        at.query_params.clear()
        sound(at.switch_page(f"pages/{page}.py").run())
        if page != "home":
            assert said(at) == "The coach is off."
    widget(at, "Coach").set_value(True).run()
    assert "Jumping" in said(sound(at))
    sound(at.switch_page("pages/mnist.py").run())
    assert "The coach sees" in said(at)


def test_one_visitor_does_not_silence_it_for_another(visit):
    widget(visit("xor", JUMPING), "Coach").set_value(False).run()
    assert "Jumping" in said(visit("xor", JUMPING))


def test_that_a_run_diverged_is_said_once_whether_it_is_on_or_off(visit):
    for page, link in (("xor", DIVERGING), ("mnist", DIGITS | DIVERGING | {"epochs": "5"})):
        at = sound(visit(page, link))
        assert len(at.warning) == 1
        widget(at, "Coach").set_value(False).run()
        (warning,) = sound(at).warning
        assert "training diverged" in warning.value


def test_a_lesson_is_left_to_the_class(visit):
    link = lesson.write(Lesson("Find out", "Why does it not learn?", None, (), ()))
    at = sound(visit("xor", link | JUMPING))
    assert "coach" not in said(at)
    assert "Coach" not in labels(at)
    (warning,) = sound(visit("xor", link | DIVERGING)).warning
    assert "training diverged" in warning.value


def test_on_mnist_a_click_sets_the_knobs_and_trains(visit):
    at = sound(visit("mnist", SYMMETRIC_DIGITS))
    assert "All 8 units of hidden layer 1 have the same weights" in said(at)
    press(at, "Set initialisation to He (Var 2/n)")
    assert address(sound(at)) == DIGITS
    assert "the same weights" not in said(at)
    assert not any(info.value.startswith("These curves are from other") for info in at.info)


def test_on_mnist_it_is_silent_while_there_is_no_whole_training(visit):
    at = visit("mnist", DIGITS)
    assert "The coach" in said(at)
    press(at, "Again from the same start")
    assert "Coach" not in labels(sound(at))
    press(at, "One epoch")
    widget(at, "Learning rate α").set_value(0.3).run()
    press(at, "Continue")
    assert "Coach" not in labels(sound(at))  # knobs were turned on the way


WITHOUT = {"mnist", "optimisers"}
"""Digits are trained too long for forty; a neuron has no coach, and where all race nobody has."""


@pytest.mark.parametrize(
    "path", sorted({path for path, lens in LENSES.items() if "hidden" in lens.knobs} - WITHOUT)
)
def test_what_is_suggested_is_what_the_page_offers(path):
    lens, rng = LENSES[path], np.random.default_rng(5)
    suggested, samples = 0, min(lens.offers["samples"])
    for _ in range(40):
        cheap = {"epochs": 10, "hidden": (3, 2)[: rng.integers(3)], "samples": samples}
        experiment = random_experiment(lens, rng, **cheap)
        for finding in coach.suspicions(run(experiment)):
            for change in finding.changes:
                after = lens.turned(experiment, change)
                if after is not None:
                    suggested += 1
                    assert lens.read(lens.write(after)) == (after, [])
                    assert (after.seed, after.data_seed) == (experiment.seed, experiment.data_seed)
    assert suggested > 10


SLOW = {"learning_rate": "0.1"}


def captions(at):
    return [caption.value for caption in at.main.caption]


def test_each_button_says_what_it_has_brought(visit):
    at = sound(visit("xor", SLOW))
    assert "**Learning too slowly.**" in said(at)
    assert buttons(at)[0] == "Set learning rate α to 2"
    assert captions(at)[0] == "tried: training cost 0.673 → 0.00546, 25.0 % → 0.0 % wrong"
    sound(press(at, buttons(at)[0]))
    assert address(at) == {}
    assert "nothing to mend" in said(at)


def test_a_network_judged_by_its_test_set_is_told_so(visit):
    moons = {"dataset": "moons", "hidden": "12-12", "learning_rate": "0.003", "samples": "100"}
    assert not any(caption.startswith("Judged by") for caption in captions(visit("xor", SLOW)))
    at = sound(visit("xor", moons | {"epochs": "3000", "learning_rate": "3", "noise": "0.3"}))
    if any("tried: test" in caption for caption in captions(at)):
        assert any(caption.startswith("Judged by the test samples") for caption in captions(at))


def test_where_nothing_helps_it_says_how_much_was_tried(visit, monkeypatch):
    monkeypatch.setattr(trials, "LESS_BAD", 9.0)  # so much better nothing can be
    at = sound(visit("xor", SLOW | {"seed": "91"}))
    assert buttons(at) == []
    assert any("changes tried on this page makes it better" in caption for caption in captions(at))


def test_what_is_tried_is_tried_once_for_all_visitors(visit, monkeypatch):
    made = []
    monkeypatch.setattr(coach_panel, "Coaching", counted(Coaching, made))
    for _ in range(3):
        sound(visit("xor", SLOW | {"seed": "92"}))
    assert len(made) == 1


def counted(kind, made):
    def make(*given):
        made.append(given)
        return kind(*given)

    return make


def test_a_trial_that_takes_long_is_taken_in_slices_and_can_be_stopped(visit, monkeypatch):
    monkeypatch.setattr(jobs, "FIRST", 0.0)
    monkeypatch.setattr(jobs, "PROMPT", 0.0)
    at = sound(visit("xor", SLOW | {"seed": "93"}))
    assert buttons(at) == []
    assert "**Learning too slowly.**" in said(at)
    press(at, "Train")
    assert buttons(sound(at))[0] == "Set learning rate α to 2"


def test_what_came_of_the_trials_is_kept_and_the_trials_are_not():
    slow = run(Experiment(learning_rate=0.1))
    coaching = Coaching(slow, LENSES["xor"].turned)
    assert [piece.offers for piece in coaching.advice()] == [()]
    assert not coaching.is_over
    coaching.job.work(60.0)
    (advice,) = coaching.advice()
    assert advice.offers[0].after == slow.experiment.but(learning_rate=2.0)
    assert coaching.is_over
    assert coaching.job.experiments == ()


@pytest.mark.parametrize(
    ("tried", "untried", "told"),
    [
        (1, 0, "The one change that was tried on this page does not make it better."),
        (4, 0, "None of the 4 changes tried on this page makes it better."),
        (0, 2, "To try 2 changes would take too long here: turn the knobs and see."),
        (
            1,
            1,
            "The one change that was tried on this page does not make it better. "
            "To try 1 other change would take too long here: turn the knobs and see.",
        ),
    ],
)
def test_what_was_tried_in_vain_and_what_was_not_tried_are_told_apart(tried, untried, told):
    finding = coach.findings(run(Experiment(learning_rate=0.1)))[0]
    assert coach_panel._in_vain(trials.Advice(finding, (), tried, untried)) == told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hidden": (8,)}, "Use one hidden layer of 8 units"),
        ({"hidden": (12,) * 2}, "Use 2 hidden layers of 12 units"),
        ({"hidden": (10,) * 11}, "Use 11 hidden layers of 10 units"),
        (
            {"standardize": True, "init_scale": 3.0},
            "Standardise inputs, and set initial scale to 3",
        ),
        (
            {"activation": "relu", "initializer": "he", "learning_rate": 1.0},
            "Set activation g to ReLU, initialisation to He (Var 2/n) and learning rate α to 1",
        ),
        (
            {"hidden": (8,), "l2": 0.1},
            "Use one hidden layer of 8 units, and set L2 penalty λ to 0.1",
        ),
    ],
)
def test_a_button_says_in_words_what_it_does(changes, said):
    before = LENSES["xor"].first
    assert coach_panel.label(before.but(**changes), before) == said


def test_a_button_that_turns_something_off_says_so():
    before = LENSES["xor"].first.but(standardize=True)
    after = before.but(standardize=False)
    assert coach_panel.label(after, before) == "Do not standardise inputs"
