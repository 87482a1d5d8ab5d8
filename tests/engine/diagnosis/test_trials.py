"""What is offered has been tried; what was not, or did not help, is not offered."""

import dataclasses
import math

import numpy as np
import pytest

from engine.diagnosis import trials as module
from engine.diagnosis.coach import RULES, is_cause
from engine.diagnosis.rules.finding import GENERALISING
from engine.diagnosis.trials import Result, Trials, shortened
from engine.experiment.experiment import Experiment
from engine.training.run import run

XOR = Experiment()
SLOW = XOR.but(learning_rate=0.1)
MOONS = Experiment(
    dataset="moons", samples=300, noise=0.05, train_fraction=0.4, dev_fraction=0.3, hidden=(4,),
    activation="tanh", learning_rate=0.01, epochs=100,
)  # fmt: skip


def like(trained, **numbers):
    """A run whose last epoch has these numbers: split -> (cost, error)."""
    history = {name: np.array(values[-1:]) for name, values in trained.history.items()}
    for split, (cost, error) in numbers.items():
        history |= {f"{split}_cost": np.array([cost]), f"{split}_accuracy": np.array([1 - error])}
    return dataclasses.replace(trained, history=history, best_epoch=None)


def tried(before, result, numbers):
    """Advice for a run, if each trial ends as `result(experiment)` says, or else as before."""
    trials = Trials(before)
    runs = [
        like(dataclasses.replace(before, experiment=experiment), **(result(experiment) or numbers))
        for experiment in trials.experiments
    ]
    return trials.advice(runs)


# --- the number that falls ------------------------------------------------------------------------


def test_a_run_is_as_bad_as_its_held_out_error_and_a_tenth_of_its_cost_in_units_of_chance():
    numbers = {"train": (0.1, 0.0), "dev": (0.3, 0.25), "test": (9.0, 0.9)}
    found = Result.of(like(run(MOONS.but(epochs=1)), **numbers))
    assert found.judge == "dev"
    assert found.badness == pytest.approx(0.25 + 0.1 * 0.3 / math.log(2))
    assert found.numbers["test"] == pytest.approx((9.0, 0.9))


def test_without_a_dev_set_the_test_set_judges_and_without_that_the_training_set():
    without = run(MOONS.but(epochs=1, dev_fraction=0.0))
    assert Result.of(without).judge == "test"
    assert Result.of(run(XOR.but(epochs=1))).judge == "train"


def test_a_run_that_diverged_is_as_bad_as_can_be():
    assert Result.of(run(XOR.but(learning_rate=1000.0, l2=1000.0))).badness == math.inf


def test_early_stopping_is_judged_by_the_network_it_hands_over():
    stopped = run(MOONS.but(epochs=400, learning_rate=1.0, patience=5, noise=0.3))
    cost = Result.of(stopped).numbers["dev"][0]
    assert cost == stopped.history["dev_cost"].min() < stopped.history["dev_cost"][-1]


# --- what is offered ------------------------------------------------------------------------------


def test_an_offer_is_what_a_full_run_gives():
    trials = Trials(run(SLOW))
    advice = trials.advice([run(experiment) for experiment in trials.experiments])
    (slow,) = advice
    best = slow.offers[0]
    assert slow.finding.name == "too_slow"
    after = run(best.after)
    assert best.cost == (
        run(SLOW).history["train_cost"][-1], after.history["train_cost"][-1]
    )  # fmt: skip
    assert best.error == (0.5, 0.0) or best.error[1] < best.error[0]
    assert slow.tried >= len(slow.offers) >= 1
    assert not best.is_shorter


def test_nothing_is_offered_that_does_not_help():
    before = run(SLOW)
    cost, error = Result.of(before).numbers["train"]
    same = {"train": (cost, error)}
    (advice,) = tried(before, lambda experiment: None, same)
    assert advice.offers == ()
    assert advice.tried > 5


@pytest.mark.parametrize(
    ("cost", "error", "is_offered"),
    [
        (0.97, 0.0, True),  # 3 % less
        (0.985, 0.0, False),  # 1.5 % less
        (1.0, -0.25, True),
        (1.1, -0.25, True),  # fewer wrong is worth a little cost
        (0.5, 0.25, False),  # more wrong is not
    ],
)
def test_better_is_less_bad_and_a_lower_cost_or_error(cost, error, is_offered):
    before = run(SLOW)
    was = Result.of(before).numbers["train"]
    faster = SLOW.but(learning_rate=2.0)
    better = {"train": (cost * was[0], was[1] + error)}
    (advice,) = tried(
        before, lambda experiment: better if experiment == faster else None, {"train": was}
    )
    assert bool(advice.offers) is is_offered


def test_the_cause_is_the_one_whose_remedy_helps_most():
    before = run(SLOW)
    was = Result.of(before).numbers["train"]
    blamed = {}
    for remedy in ({"hidden": (12,)}, {"init_scale": 3.0}, {"learning_rate": 2.0}):
        right = SLOW.but(**remedy)
        (advice,) = tried(
            before,
            lambda experiment, right=right: {"train": (0.01, 0.0)} if experiment == right else None,
            {"train": was},
        )
        blamed[tuple(remedy)] = advice.finding.name
        assert advice.offers[0].after == right
    assert blamed == {
        ("hidden",): "underfitting", ("init_scale",): "start", ("learning_rate",): "too_slow",
    }  # fmt: skip


def test_of_remedies_about_as_good_the_suspected_one_comes_first_then_the_simplest():
    before = run(SLOW)
    (advice,) = tried(
        before, lambda experiment: {"train": (0.01, 0.0)},
        {"train": Result.of(before).numbers["train"]},
    )  # fmt: skip
    assert advice.finding.name == "too_slow"
    assert advice.offers[0].after == SLOW.but(learning_rate=2.0)
    turns = [len(offer.after.differences(SLOW)) for offer in advice.offers]
    assert len(turns) <= module.OFFERS


def test_an_offer_with_frills_is_left_out():
    before = run(SLOW)
    (advice,) = tried(
        before, lambda experiment: {"train": (0.01, 0.0)},
        {"train": Result.of(before).numbers["train"]},
    )  # fmt: skip
    sets = [set(offer.after.differences(SLOW).items()) for offer in advice.offers]
    assert not any(a < b for a in sets for b in sets)


def test_what_only_held_out_samples_tell_is_judged_by_them():
    learned = run(MOONS.but(samples=100, noise=0.3, hidden=(32,), learning_rate=3.0, epochs=600))
    names = [rule.name for rule in RULES if rule.kind == GENERALISING]
    trials = Trials(learned)
    advice = trials.advice([run(experiment) for experiment in trials.experiments])
    found = [piece for piece in advice if piece.finding.name in names]
    assert found
    for piece in found:
        assert {offer.split for offer in piece.offers} <= {"dev"}


def test_a_run_that_diverged_is_offered_what_stays_finite():
    before = run(XOR.but(learning_rate=1000.0, l2=1000.0, epochs=100))
    trials = Trials(before)
    (advice,) = trials.advice([run(experiment) for experiment in trials.experiments])
    assert advice.finding.name == "diverged"
    for offer in advice.offers:
        assert (offer.cost, offer.error) == (None, None)
        assert run(offer.after).diverged_at is None


def test_before_anything_is_tried_the_findings_are_known():
    (advice,) = Trials(run(SLOW)).untried()
    assert (advice.finding.name, advice.offers, advice.tried) == ("too_slow", (), 0)


def test_a_healthy_run_asks_for_no_trial():
    trials = Trials(run(XOR))
    assert trials.experiments == ()
    assert trials.advice([]) == []


def test_what_the_page_cannot_do_is_not_tried():
    def only_seeds(experiment, change):
        return None

    trials = Trials(run(SLOW), only_seeds)
    assert trials.experiments == ()
    (advice,) = trials.advice([])
    assert advice.offers == ()


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("epochs", "samples", "share", "expected"),
    [
        (10, 0, 1.0, (10, 0)),
        (10, 0, 0.5, (5, 0)),
        (10, 0, 0.24, (2, 0)),
        (2, 0, 0.25, (1, 30_000)),
        (1, 2000, 0.1, (1, 1000)),  # never fewer than a thousand digits
        (0, 0, 0.1, (0, 0)),
    ],
)
def test_a_shorter_training_has_fewer_epochs_and_then_fewer_digits(
    epochs, samples, share, expected
):
    digits = Experiment(dataset="mnist", samples=samples, epochs=epochs)
    after = shortened(digits, share)
    assert (after.epochs, after.samples) == expected


def test_the_drawn_points_stay_the_same_however_short_it_is():
    assert shortened(MOONS.but(epochs=1), 0.1) == MOONS.but(epochs=1)


def test_a_long_run_is_tried_for_a_part_of_it_and_compared_with_the_same_part(monkeypatch):
    monkeypatch.setattr(module, "EACH", 0.5)
    long = Experiment(
        dataset="circles", samples=2000, hidden=(12,) * 6, learning_rate=0.01, epochs=10_000
    )
    brief = dataclasses.replace(run(long.but(epochs=20)), experiment=long)
    trials = Trials(brief)
    base = trials.experiments[0]
    assert base.differences(long).keys() == {"epochs"}
    assert module._seconds(base) <= module.EACH * 1.01
    assert sum(map(module._seconds, trials.experiments)) <= module.IN_ALL + 2 * module.EACH
    runs = [like(brief, train=(0.5, 0.4), dev=(0.5, 0.4)) for _ in trials.experiments]
    runs[0] = like(brief, train=(0.69, 0.5), dev=(0.69, 0.5))
    offers = [offer for piece in trials.advice(runs) for offer in piece.offers]
    assert offers
    assert all(offer.is_shorter and offer.cost == (0.69, 0.5) for offer in offers)
    assert all(offer.after.epochs == 10_000 for offer in offers)


def test_causes_are_known_by_their_names():
    assert is_cause("start")
    assert not is_cause("overfitting")


def test_fewer_epochs_need_no_training_because_the_run_came_by_there():
    bold = MOONS.but(
        samples=2000, noise=0.1, train_fraction=0.15, dev_fraction=0.5, hidden=(16, 16),
        optimizer="adam", learning_rate=0.03, epochs=300,
    )  # fmt: skip
    before = run(bold)
    trials = Trials(before)
    best = int(before.history["dev_cost"][1:].argmin()) + 1
    fewer = bold.but(epochs=best)
    assert fewer not in trials.experiments
    numbers = {name: Result.of(before).numbers[name] for name in ("train", "dev")}
    (advice,) = trials.advice([like(before, **numbers) for _ in trials.experiments])
    (offer,) = advice.offers
    assert (advice.finding.name, offer.after) == ("surer", fewer)
    assert offer.cost[1] == before.history["dev_cost"].min()
    after = run(fewer)
    assert after.history["dev_cost"][-1] == offer.cost[1]
