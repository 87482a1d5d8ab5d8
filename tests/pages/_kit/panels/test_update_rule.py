"""The rule on screen: the optimiser, decay and batch that are set, with their numbers."""

import re

import pytest

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load
from engine.inspection.dropout import steps_per_epoch
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.schedules import SCHEDULES
from engine.training.run import run
from pages._kit.panels import update_rule

PLANE = Experiment(dataset="circles", samples=200, train_fraction=0.6)
M = 120


@pytest.mark.parametrize(
    ("knobs", "text"),
    [
        ({}, "Gradient descent on the full batch: one step an epoch, with the mean "),
        ({"batch_size": 500}, "Gradient descent on the full batch: one step"),
        (
            {"batch_size": 30},
            "Gradient descent on mini-batches of 30: 4 steps an epoch of 120 ",
        ),
        (
            {"batch_size": 32},
            "32: 4 steps an epoch of 120 samples, the last of them on 24 ",
        ),
        ({"batch_size": 1, "optimizer": "adam"}, "Adam on one sample at a time: 120 steps"),
        ({"batch_size": 7, "optimizer": "momentum"}, "Momentum on mini-batches of 7: 18 steps"),
    ],
)
def test_the_batch_and_the_optimiser_are_said(knobs, text):
    assert load(PLANE).train.m == M
    assert text in update_rule.told(PLANE.but(**knobs), M)


@pytest.mark.parametrize(
    ("knobs", "numbers"),
    [
        ({"learning_rate": 2.0}, [r"\theta - 2\, d\theta"]),
        ({"optimizer": "momentum", "beta1": 0.95}, [r"0.95 v + 0.05\, d\theta", r"- 2\, v"]),
        (
            {"optimizer": "rmsprop"},
            [r"0.999 s + 0.001\, d\theta", r"- 2\, d\theta /"],
        ),
        (
            {"optimizer": "adam", "learning_rate": 1e-5},
            [r"(1 - 0.9^\tau)", r"(1 - 0.999^\tau)", r"10^{-5}\, \hat v / (\sqrt{\hat s}"],
        ),
    ],
)
def test_the_numbers_of_the_optimiser_are_put_in(knobs, numbers):
    shown = " ".join(update_rule.step(PLANE.but(**knobs)))
    assert [number for number in numbers if number not in shown] == []


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimiser_has_a_rule_that_ends_with_theta(name):
    rules = OPTIMIZERS[name].formula
    assert [rule for rule in rules if rule.startswith(r"\theta :=")] == [rules[-1]]


def test_a_rate_that_changes_is_a_letter_in_the_step():
    shown = " ".join(update_rule.step(PLANE.but(decay="inverse")))
    assert r"- \alpha\, d\theta" in shown
    assert "2" not in shown


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "none"])
def test_every_schedule_is_written_with_all_of_its_numbers(name):
    symbols, numbers = update_rule.rate(PLANE.but(decay=name, decay_rate=0.25, learning_rate=3.0))
    assert symbols.replace("&", "") == SCHEDULES[name].formula
    assert "3" in numbers
    assert "0.25" in numbers
    # The epoch t alone is left: other letters belong to a knob, which has to name its symbol.
    letters = re.sub(r"\\[A-Za-z]+", "", numbers)
    assert set(re.findall("[A-Za-z]", letters)) <= {"t", "e"}


def test_without_decay_there_is_nothing_to_say_of_the_rate():
    assert update_rule.rate(PLANE) == []


def test_penalties_and_clipping_are_shown_where_they_are_set():
    assert update_rule.gradient(PLANE, M) == []
    symbols, numbers = update_rule.gradient(PLANE.but(l2=0.6, l1=1.2), M)
    assert r"\frac{\lambda}{m}\, W^{[l]} + \frac{\lambda_1}{m}\, \operatorname{sign}" in symbols
    assert r"0.00500\, W^{[l]} + 0.0100\, \operatorname{sign} W^{[l]}" in numbers
    *_, clipped = update_rule.gradient(PLANE.but(clip=0.3), M)
    assert r"\frac{0.3}{\lVert d\theta \rVert}" in clipped


@pytest.mark.parametrize(("batch_size", "factor"), [(32, "0.732"), (256, "0.962"), (0, "1.00")])
def test_an_epoch_of_small_batches_shrinks_the_weights_more(batch_size, factor):
    # (1 - 10/60000)^1875 and ^235: the exponents are the steps of an epoch.
    digits = Experiment(dataset="mnist", samples=0, dev_fraction=0, learning_rate=0.1, l2=100.0)
    shown = update_rule.shrinking(digits.but(batch_size=batch_size), 60_000)
    assert f"that is by ${factor}$ in an epoch" in shown


def test_the_penalty_alone_does_in_the_engine_what_is_said():
    # A weight that no sample reaches, since x2 is 0 everywhere: only the penalty moves it.
    points = tuple((x, 0.0, label) for x, label in ((-1.0, 0), (-0.5, 0), (0.5, 1), (1.0, 1)))
    experiment = Experiment(
        dataset="own", points=points, hidden=(), learning_rate=0.5, l2=0.4, batch_size=1, epochs=1
    )
    m, kept = 4, run(experiment).snapshots.thetas
    factor = (1 - 0.5 * 0.4 / m) ** steps_per_epoch(experiment, m)
    assert kept[-1][1] / kept[0][1] == pytest.approx(factor, rel=1e-12)
    assert f"by ${factor:.3f}$ in an epoch" in update_rule.shrinking(experiment, m)


def test_a_penalty_that_throws_the_weights_apart_is_said_to():
    wild = PLANE.but(l2=1000.0, learning_rate=1000.0, batch_size=1)
    assert "the steps explode" in update_rule.shrinking(wild, M)


def test_other_optimisers_are_not_said_to_decay_the_weights():
    assert "multiplies" not in update_rule.shrinking(PLANE.but(optimizer="adam", l2=1.0), M)


def test_no_two_knobs_stand_for_one_symbol():
    symbols = [knob.symbol for knob in KNOBS.values() if knob.symbol]
    assert len(symbols) == len(set(symbols)) >= 6
