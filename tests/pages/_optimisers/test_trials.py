"""Whatever the page's knobs say, there is something to be drawn and a sentence about it."""

import numpy as np
import pytest

from engine.optim.optimizers import OPTIMIZERS
from engine.training.sweep import sweep
from pages._optimisers import charts, networks, picture, schedules, sentences, stability
from pages._optimisers.lens import OPTIMISERS
from pages._optimisers.racing import at_rest
from pages._optimisers.settings import GROUNDS
from tests.pages.offers import at_the_ends, dial_at_the_ends, random_experiment

DEFAULTS = {own.name: own.default for own in OPTIMISERS.page_knobs}
BRIEF = {"epochs": 10, "samples": 100}


def drawn(seed):
    """An experiment with all knobs at random, half of the time with a penalty at its end."""
    rng = np.random.default_rng([seed, 17])
    experiment = random_experiment(OPTIMISERS, rng, **BRIEF)
    return rng, experiment.but(l2=rng.choice([experiment.l2, max(at_the_ends(OPTIMISERS, "l2"))]))


@pytest.mark.parametrize("seed", range(25))
def test_every_ground_and_every_race_can_be_packed(seed):
    rng, experiment = drawn(seed)
    for on in GROUNDS:
        said = dict(DEFAULTS, on=on)
        for own in OPTIMISERS.page_knobs:
            if own.name in picture.NAMES and own.name not in ("on", "steps"):
                ends = dial_at_the_ends(own)
                said[own.name] = ends[rng.integers(len(ends))]
        said["steps"] = 30
        shown = at_rest(experiment, said)
        assert np.isfinite(shown.race.paths).all()
        assert np.isfinite(shown.scene.grid).all()
        assert picture.packed(shown, said, {})


@pytest.mark.parametrize("seed", range(25))
def test_every_panel_has_a_sentence(seed):
    rng, experiment = drawn(seed)
    rate = float(rng.choice([0.03, 1.0, 10.0]))
    edge = stability.measured(stability.by_descent(experiment, rate))
    assert sentences.edge(edge.epochs, edge.found, rate, edge.run)
    assert charts.sharpness(edge.epochs, edge.found.largest, 2 / rate)

    name = str(rng.choice(list(OPTIMIZERS)))
    runs = sweep([*schedules.scheduled(experiment, name, 30.0).values()], snapshots=2)
    assert sentences.schedules({run.experiment.decay: run for run in runs})

    rates = {each: float(rng.choice([1e-4, 1.0, 30.0])) for each in OPTIMIZERS}
    raced = sweep([each.but(epochs=3) for each in networks.raced(experiment, rates)], snapshots=2)
    for axis in ("steps", "seconds"):
        bands = {
            OPTIMIZERS[each].title: networks.band(some, axis)
            for each in rates
            if (some := networks.of(raced, each))
        }
        if bands:
            assert sentences.networks(bands, rates, axis)
            assert charts.costs(bands, axis)
