"""The panels: what they compute, and what they say of it."""

import numpy as np
import pytest

from engine.experiment.problem import load
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.schedules import SCHEDULES
from engine.training.run import run
from engine.training.sweep import sweep
from pages._optimisers import networks, schedules, sentences, stability
from pages._optimisers.lens import OPTIMISERS
from pages._optimisers.racing import at_rest
from pages._optimisers.settings import SEEDS, SENSITIVITY_RATES
from pages._pages.registry import LENSES

EXPERIMENT = OPTIMISERS.defaults.but(hidden=(4,), epochs=50, samples=100)
DEFAULTS = {own.name: own.default for own in OPTIMISERS.page_knobs}


# --- on a network ---------------------------------------------------------------------------------


def test_all_start_alike_and_only_the_optimiser_differs():
    rates = {name: networks.usual(name) for name in OPTIMIZERS}
    experiments = networks.raced(EXPERIMENT, rates)
    assert len(experiments) == SEEDS * len(OPTIMIZERS)
    for each in experiments:
        base = EXPERIMENT.but(optimizer="adamw", learning_rate=0.03, seed=each.seed)
        assert each.but(optimizer="adamw", learning_rate=0.03) == base
    assert {each.learning_rate for each in experiments if each.optimizer == "adam"} == {0.03}


def test_every_optimiser_is_swept_over_every_rate():
    found = {(each.optimizer, each.learning_rate) for each in networks.swept(EXPERIMENT)}
    assert found == {(name, rate) for name in OPTIMIZERS for rate in SENSITIVITY_RATES}


@pytest.mark.parametrize("batch_size", [0, 20])
def test_updates_are_counted_by_the_trainer(batch_size):
    experiment = EXPERIMENT.but(batch_size=batch_size, epochs=50)
    runs = sweep([experiment.but(seed=seed) for seed in range(3)], snapshots=2)
    found = networks.band(runs, "steps")
    assert found.places[0] == 0
    assert found.places[-1] == 50 * (-(-load(experiment).train.m // (batch_size or 10**6)))
    assert (found.low <= found.median).all()
    assert (found.median <= found.high).all()


def test_seconds_are_those_that_the_training_took():
    runs = sweep([EXPERIMENT.but(seed=seed) for seed in range(3)], snapshots=2)
    found = networks.band(runs, "seconds")
    assert found.places[-1] == np.median([each.seconds for each in runs])
    assert (np.diff(found.places) > 0).all()


def test_a_run_that_left_the_numbers_counts_on_with_its_last_cost():
    long = EXPERIMENT.but(epochs=300)
    lost = run(long.but(learning_rate=100.0, optimizer="gradient_descent", l2=1000.0))
    whole = run(long)
    assert lost.diverged_at is not None
    found = networks.band([lost, whole, whole], "steps")
    assert len(found.median) == 301
    assert np.isfinite(found.median).all()


def test_the_valleys_are_told_the_widest_first():
    found = {
        "Adam": {0.01: 9.0, 0.1: 1.0, 1.0: 9.0},
        "Momentum": {0.01: 1.0, 0.1: 1.0, 1.0: 1.2},
        "RMSprop": {0.01: np.inf, 0.1: np.inf, 1.0: np.inf},
    }
    said = sentences.valleys(found)
    assert "Momentum 0.01 to 1, a factor of 100 and Adam 0.1 alone" in said
    assert "RMSprop" not in said


def test_an_updates_price_is_told_in_seconds_only():
    half, ones = np.linspace(0, 1, 3), np.ones(3)
    bands = {
        "Adam": networks.Band(2 * half, ones, ones, ones),
        "Momentum": networks.Band(half, ones, 0.5 * ones, ones),
    }
    rates = {"adam": 0.03, "momentum": 1.0}
    assert "An update of Adam takes 2 times as long as one of Momentum." in sentences.networks(
        bands, rates, "seconds"
    )
    said = sentences.networks(bands, rates, "steps")
    assert "takes" not in said
    assert said.index("Momentum 0.500 (α = 1)") < said.index("Adam 1 (α = 0.03)")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_run_is_taken_to_a_page_that_trains_just_that(name):
    found = networks.taken(EXPERIMENT, name, 0.3)
    for path, experiment in found.items():
        lens = LENSES[path]
        arrived, told = lens.read(lens.write(experiment))
        assert told == []
        assert arrived.optimizer == name
        assert {knob: getattr(arrived, knob) for knob in OPTIMIZERS[name].uses} == {
            knob: getattr(EXPERIMENT, knob) for knob in OPTIMIZERS[name].uses
        }
    lens = LENSES["xor"]
    arrived, _ = lens.read(lens.write(found["xor"]))
    same = ("dataset", "samples", "hidden", "activation", "epochs", "batch_size", "seed", "l2")
    for knob in (*same, "learning_rate"):
        assert getattr(arrived, knob) == getattr(found["xor"], knob), knob


# --- schedules ------------------------------------------------------------------------------------


@pytest.mark.parametrize("epochs", [50, 100, 200, 300])
def test_every_schedule_fits_into_the_epochs(epochs):
    found = schedules.scheduled(EXPERIMENT.but(epochs=epochs), "momentum", 3.0)
    assert list(found) == list(SCHEDULES)
    for name, experiment in found.items():
        ages, rates = schedules.rates(experiment)
        assert (ages[0], ages[-1], len(ages)) == (1, epochs, epochs)
        assert rates.max() == pytest.approx(3.0)
        if name != "none":
            assert rates[-1] <= 0.5
        if name in ("inverse", "exponential"):
            assert rates[-1] == pytest.approx(3.0 / schedules.ENDING, rel=0.1)
    halved = schedules.rates(found["step"])[1]
    assert len(set(halved)) == schedules.HALVINGS
    restarts = schedules.rates(found["restarts"])[1]
    assert (np.diff(restarts) > 1).sum() == schedules.CYCLES - 1


def test_the_rates_are_those_that_the_trainer_takes():
    """A step of gradient descent moves by α times the gradient, so α can be read off a run."""
    for experiment in schedules.scheduled(EXPERIMENT, "gradient_descent", 0.1).values():
        done = run(experiment.but(l2=0.0))
        problem = load(experiment)
        network, samples = problem.network(experiment), problem.train
        _, rates = schedules.rates(experiment)
        for at in (0, 7, 40):
            before, after = done.snapshots.thetas[at : at + 2]
            gradient = network.gradient(before, samples.X, samples.Y)
            moved = np.linalg.norm(before - after)
            assert moved == pytest.approx(rates[at] * np.linalg.norm(gradient), rel=1e-6, abs=1e-12)


def test_where_a_rate_alone_is_too_large_a_schedule_helps():
    """What the panel opens with."""
    knobs = {own.name: own.default for own in OPTIMISERS.page_knobs}
    found = schedules.scheduled(OPTIMISERS.first, knobs["scheduled"], knobs["alpha0"])
    ends = {each.experiment.decay: each.final("train_cost") for each in sweep([*found.values()], 2)}
    assert ends.pop("none") > 5 * max(ends.values())


# --- stability ------------------------------------------------------------------------------------


def test_on_the_bowl_the_sharpness_is_its_condition_number():
    for kappa in (3, 100, 1000):
        shown = at_rest(EXPERIMENT, DEFAULTS | {"kappa": kappa, "steps": 30})
        assert stability.at_minimum(shown.scene) == pytest.approx(kappa, rel=1e-3)
    assert stability.rate_of(shown) == shown.race.rates[0]


def test_a_calm_run_stays_below_and_a_restless_one_hovers_at_the_edge():
    """What the panel opens with hovers: it crosses 2/α, and comes back to it."""
    edge = next(own.default for own in OPTIMISERS.page_knobs if own.name == "edge")
    for rate, is_restless in ((0.1, False), (edge, True)):
        found = stability.measured(stability.by_descent(OPTIMISERS.first, rate))
        largest = found.found.largest
        assert found.found.settled.all()
        assert bool((largest > 2 / rate).any()) == is_restless
        said = sentences.edge(found.epochs, found.found, rate, found.run)
        assert ("overshoot" in said) == is_restless
        if is_restless:
            assert 0.7 < np.median(largest[len(largest) // 2 :]) * rate / 2 < 1.3
            assert "rises in 0" not in said


def test_it_is_measured_of_the_cost_with_its_penalty():
    """J's Hessian grows by λ/m along every weight."""
    experiment = stability.by_descent(EXPERIMENT, 0.1)
    done = run(experiment.but(l2=0.0))
    with_penalty = stability.along(
        type(done)(
            experiment.but(l2=50.0), done.history, done.theta, done.snapshots, None, done.seconds
        )
    )
    without = stability.along(done)
    m = load(experiment).train.m
    grown = with_penalty.found.largest - without.found.largest
    assert grown.max() <= 50 / m * 1.02
    assert grown.mean() > 0.5 * 50 / m
