"""How much work a training is: steps counted exactly, seconds to within a factor."""

import time

import numpy as np
import pytest

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.training.run import run
from engine.training.trainer import Trainer

OWN = Experiment(dataset="own", points=((0.1, 0.2, 1),) * 100)
MOONS = Experiment(dataset="moons", samples=50, train_fraction=0.5, dev_fraction=0.0)


@pytest.mark.parametrize(
    ("experiment", "size", "steps"),
    [
        (OWN.but(batch_size=1, epochs=3000), 1, 300_000),
        (OWN.but(batch_size=30, epochs=10), 30, 40),
        (OWN.but(batch_size=100, epochs=10), 100, 10),
        (OWN.but(batch_size=101, epochs=10), 100, 10),
        (OWN.but(batch_size=0, epochs=10), 100, 10),
        (Experiment(batch_size=3, epochs=5), 3, 10),
        (Experiment(dataset="parity", bits=5, batch_size=10, epochs=2), 10, 8),
        (MOONS.but(batch_size=10, epochs=7), 10, 21),
        (MOONS.but(train_fraction=0.0, epochs=7), 0, 0),
        (Experiment(dataset="mnist", samples=0, batch_size=64, epochs=1, dev_fraction=0), 64, 938),
        (Experiment(dataset="mnist", samples=100, batch_size=8, epochs=3), 8, 30),  # 20 are dev
    ],
)
def test_steps_by_hand(experiment, size, steps):
    assert (effort.batch_size(experiment), effort.steps(experiment)) == (size, steps)


def test_the_trainer_takes_so_many_steps():
    rng = np.random.default_rng(0)
    for start in (OWN, MOONS, Experiment(), Experiment(dataset="parity")):
        for _ in range(8):
            experiment = start.but(batch_size=rng.integers(0, 12), epochs=rng.integers(0, 4))
            trainer = Trainer(experiment)
            while not trainer.finished:
                trainer.advance()
            assert trainer.step == effort.steps(experiment), experiment


@pytest.mark.parametrize(
    "experiment",
    [
        MOONS.but(samples=200, batch_size=1, epochs=10, hidden=()),
        MOONS.but(samples=200, batch_size=1, epochs=10, hidden=(12,) * 6, optimizer="adam"),
        MOONS.but(samples=1000, train_fraction=1.0, epochs=100, hidden=(12,) * 6),
        OWN.but(epochs=1000),
    ],
)
def test_the_price_is_within_a_factor_of_what_it_takes(experiment):
    def taken():
        start = time.process_time()
        run(experiment)
        return time.process_time() - start

    assert 0.15 < min(taken() for _ in range(3)) / effort.price(experiment).seconds < 6
