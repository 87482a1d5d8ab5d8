"""Early stopping: what the dev cost alone decides, and what a run then hands over."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.nn.network import Network
from engine.training.early_stopping import NEVER, EarlyStopping
from engine.training.evaluation import evaluate
from engine.training.run import run, train
from engine.training.sweep import sweep
from engine.training.trainer import Trainer

# A network far too large for 40 noisy points: its dev cost falls, and then rises for good.
OVERFITTING = Experiment(
    dataset="moons", samples=80, noise=0.4, train_fraction=0.5, dev_fraction=0.5,
    hidden=(30, 30), activation="tanh", optimizer="adam", learning_rate=0.01, epochs=400, seed=3,
)  # fmt: skip


def watched(costs, patience, finite=None):
    stopping = EarlyStopping(np.array(patience))
    costs = np.array(costs, float)
    stopping.watch(np.arange(len(costs)), costs, np.isfinite(costs) if finite is None else finite)
    return stopping


@pytest.mark.parametrize(
    ("costs", "patience", "best", "stop"),
    [
        ([5, 4, 3, 2, 1], 1, 4, NEVER),
        ([5, 4, 4], 1, 1, 2),  # a tie is no new minimum
        ([5, 4, 6, 7, 3], 3, 4, NEVER),  # the new minimum comes in the last epoch of patience
        ([5, 4, 6, 7, 8, 3], 3, 1, 4),
        ([5, 6, 7, 8], 0, NEVER, NEVER),
        ([np.nan, 1, 2, 3], 1, NEVER, NEVER),  # diverged from the start
        ([3, 1, np.nan, 0, 9], 2, 1, NEVER),  # what comes after a bad epoch does not count
    ],
)
def test_the_dev_cost_decides(costs, patience, best, stop):
    stopping = watched(costs, patience)
    assert (int(stopping.best_epoch), int(stopping.stopped_at)) == (best, stop)


def test_each_replica_stops_for_itself():
    costs = np.array([[3.0, 3.0, 3.0], [1.0, 2.0, 4.0], [2.0, 1.0, 5.0], [2.0, 0.0, 6.0]])
    stopping = watched(costs, [2, 2, 0])
    assert stopping.best_epoch.tolist() == [1, 3, NEVER]
    assert stopping.stopped_at.tolist() == [3, NEVER, NEVER]


def test_epochs_may_come_in_pieces():
    costs = np.array([5.0, 4.0, 6.0, 7.0, 8.0])
    stopping = EarlyStopping(np.array(3))
    for start, end in ((0, 1), (1, 4), (4, 5)):
        part = costs[start:end]
        stopping.watch(np.arange(start, end), part, np.isfinite(part))
    assert (int(stopping.best_epoch), int(stopping.stopped_at)) == (1, 4)


def test_who_goes_on_with_another_patience_still_knows_the_best():
    stopping = watched([5, 4, 6, 7], patience=2)
    assert int(stopping.stopped_at) == 3
    stopping.resume(np.array(9))
    assert int(stopping.stopped_at) == NEVER
    later = np.array([4.5, 6.0, 3.0])  # 4.5 is less than 7, but not than 4
    for k, best in enumerate((1, 1, 6)):
        stopping.watch(np.array([4 + k]), later[k : k + 1], np.array([True]))
        assert int(stopping.best_epoch) == best
    assert int(stopping.stopped_at) == NEVER


class TestARun:
    def test_it_ends_where_the_patience_is_over_and_hands_over_the_best(self):
        patient, whole = run(OVERFITTING.but(patience=50)), run(OVERFITTING)
        best = int(np.argmin(whole.history["dev_cost"][: patient.stopped_at + 1]))
        assert patient.best_epoch == best
        assert patient.stopped_at == best + 50 < OVERFITTING.epochs
        for name, values in patient.history.items():
            np.testing.assert_array_equal(values, whole.history[name][: best + 51])
        network = Network((2, 30, 30, 1), "tanh", "sigmoid")
        cost, _ = evaluate(network, patient.theta, load(OVERFITTING).dev)
        assert cost == patient.history["dev_cost"].min()

    def test_its_snapshots_end_at_the_best_epoch(self):
        patient = run(OVERFITTING.but(patience=50))
        epochs = patient.snapshots.epochs
        assert (np.diff(epochs) > 0).all()
        assert epochs[-1] == patient.best_epoch
        np.testing.assert_array_equal(patient.snapshots.thetas[-1], patient.theta)

    def test_a_patience_that_is_never_over_trains_to_the_end_and_keeps_the_best(self):
        patient = run(OVERFITTING.but(patience=10_000))
        assert patient.stopped_at is None
        assert len(patient.history["epoch"]) == OVERFITTING.epochs + 1
        assert patient.best_epoch == np.argmin(patient.history["dev_cost"]) < OVERFITTING.epochs

    def test_without_a_dev_set_it_does_nothing(self):
        alone = OVERFITTING.but(dev_fraction=0.0, epochs=20)
        np.testing.assert_array_equal(run(alone).theta, run(alone.but(patience=1)).theta)
        assert run(alone.but(patience=1)).best_epoch is None

    def test_a_stream_of_snapshots_ends_at_the_stop(self):
        *_, last = train(OVERFITTING.but(patience=50))
        assert last.epoch == run(OVERFITTING.but(patience=50)).stopped_at

    def test_a_long_epoch_stops_like_a_short_one(self):
        digits = OVERFITTING.but(dataset="mnist", samples=3000, hidden=(256,), batch_size=8)
        ended = run(digits.but(epochs=6, patience=1, learning_rate=0.05))
        costs = ended.history["dev_cost"]
        assert ended.best_epoch == int(np.argmin(costs))
        assert ended.stopped_at == ended.best_epoch + 1 == len(costs) - 1

    def test_replicas_of_one_stack_end_like_single_runs(self):
        experiments = [
            OVERFITTING.but(patience=patience, seed=seed) for patience, seed in
            [(30, 0), (0, 0), (5, 1), (10_000, 2)]
        ]  # fmt: skip
        for single, stacked in zip(map(run, experiments), sweep(experiments), strict=True):
            assert (single.stopped_at, single.best_epoch) == (
                stacked.stopped_at,
                stacked.best_epoch,
            )
            np.testing.assert_allclose(stacked.theta, single.theta, atol=1e-9)
            assert stacked.history["epoch"].tolist() == single.history["epoch"].tolist()

    def test_a_stack_in_which_all_have_stopped_trains_no_further(self):
        trainer = Trainer(
            [OVERFITTING.but(patience=5, seed=seed, epochs=10_000) for seed in (0, 1)]
        )
        while not trainer.finished:
            trainer.advance()
        assert trainer.epoch < 2000

    def test_another_patience_lets_a_stopped_training_go_on(self):
        trainer = Trainer(OVERFITTING.but(patience=5))
        while not trainer.finished:
            trainer.advance()
        stop = trainer.epoch
        trainer.adjust(OVERFITTING.but(patience=0))
        assert not trainer.finished
        trainer.advance()
        assert trainer.epoch > stop

    def test_a_diverging_run_hands_over_its_best_epoch(self):
        wild = OVERFITTING.but(
            patience=200,
            optimizer="gradient_descent",
            activation="leaky_relu",
            learning_rate=1000.0,
        )
        ended = run(wild)
        assert 1 < ended.diverged_at < 400
        assert ended.stopped_at is None
        assert ended.best_epoch == int(np.argmin(ended.history["dev_cost"]))
        assert np.isfinite(ended.theta).all()


def test_a_fall_within_rounding_is_no_new_minimum():
    stopping = EarlyStopping(np.array(2), rounding=1e-6)
    costs = np.array([1.0, 1 - 1e-7, 1 - 2e-6, 1 - 2.5e-6, 1 - 2.9e-6])
    stopping.watch(np.arange(5), costs, np.isfinite(costs))
    assert (int(stopping.best_epoch), int(stopping.stopped_at)) == (2, 4)
