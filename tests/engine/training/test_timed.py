"""A training by the clock: the same numbers as ever, read by updates, epochs, samples, seconds."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.training import evaluation, stopwatch, timed, trainer
from engine.training.evaluation import evaluate
from engine.training.run import close_up, run
from engine.training.timed import CLOCKS, Timed, Trace, stops

MOONS = Experiment(
    dataset="moons", samples=50, train_fraction=0.5, dev_fraction=0.0, hidden=(4,),
    activation="tanh", learning_rate=0.3, batch_size=7, epochs=6,
)  # fmt: skip
"""25 training samples: batches of 7, 7, 7 and 4."""


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    """No test is told how long updates took by another one's clock."""
    stopwatch._stopwatches.clear()
    yield
    stopwatch._stopwatches.clear()


def ended(experiment, **options):
    recording = Timed(experiment, **options)
    while not recording.finished:
        recording.go_on()
    return recording


@pytest.mark.parametrize(
    "experiment",
    [
        MOONS,
        MOONS.but(batch_size=0, optimizer="adam"),
        MOONS.but(batch_size=1, shuffle="sorted", keep_prob=0.8),
        Experiment(dataset="mnist", samples=60, hidden=(8,), batch_size=16, epochs=2),
    ],
    ids=["mini-batches", "full batch", "one by one", "digits"],
)
def test_it_is_the_same_training(experiment):
    (done,), plain = ended(experiment).runs(), run(experiment)
    np.testing.assert_array_equal(done.theta, plain.theta)
    assert done.history.keys() == plain.history.keys()
    for name, values in plain.history.items():
        np.testing.assert_array_equal(done.history[name], values)


def test_clocks_count_what_has_been_gone_through():
    trace = ended(MOONS).trace()
    assert tuple(trace.clocks) == CLOCKS
    assert [trace.end(clock) for clock in CLOCKS[:3]] == [24, 6, 150]
    updates = trace.clocks["updates"]
    np.testing.assert_array_equal(updates, np.arange(25))
    assert trace.clocks["samples"][:6].tolist() == [0, 7, 14, 21, 25, 32]
    assert trace.clocks["epochs"][4:9].tolist() == [1, 1.25, 1.5, 1.75, 2]


def test_between_two_epochs_it_is_looked_at_as_well():
    trace, problem = ended(MOONS).trace(), load(MOONS)
    steps, thetas = close_up(MOONS, 0, 25)
    np.testing.assert_array_equal(trace.clocks["updates"], steps)
    np.testing.assert_array_equal(trace.thetas, thetas)
    costs = evaluate(problem.network(MOONS), thetas, problem.evaluated["train"]).cost
    np.testing.assert_allclose(trace.cost, costs, rtol=1e-14)


def test_seconds_are_those_of_steps_alone(monkeypatch):
    """A step takes one second by this clock, and a look a thousand."""
    moved, looked = trainer.Trainer._move, evaluation.evaluate_in_parts
    elapsed = [0.0]

    def move(self, gradient):
        elapsed[0] += 1
        moved(self, gradient)

    def look(*given):
        elapsed[0] += 1000
        return looked(*given)

    monkeypatch.setattr(trainer, "_clock", lambda: elapsed[0])
    monkeypatch.setattr(trainer.Trainer, "_move", move)
    monkeypatch.setattr(evaluation, "evaluate_in_parts", look)
    monkeypatch.setattr("engine.training.progress.evaluate_in_parts", look)
    trace = ended(MOONS).trace()
    assert elapsed[0] > 1000
    np.testing.assert_allclose(trace.clocks["seconds"], trace.clocks["updates"])


def test_a_step_that_is_cut_is_timed_without_what_goes_on_between_its_parts(monkeypatch):
    elapsed = [0.0]
    worked = trainer.Trainer._gradient

    def gradient(self, X, Y, tally):
        elapsed[0] += 1
        return worked(self, X, Y, tally)

    monkeypatch.setattr(trainer, "_clock", lambda: elapsed[0])
    monkeypatch.setattr(trainer.Trainer, "_gradient", gradient)
    monkeypatch.setattr("engine.experiment.effort.most_columns", lambda experiment: 10)
    recording = Timed(MOONS.but(batch_size=0, epochs=2))
    while not recording.finished:
        recording.go_on()
        elapsed[0] += 500  # others have their turn
    assert recording.trace().clocks["seconds"].tolist() == [0, 3, 6]  # 10, 10 and 5 samples


def test_the_mini_batches_own_costs_are_not_counted(monkeypatch):
    def refuse(*given):
        raise AssertionError

    monkeypatch.setattr(trainer.RunningMeans, "add", refuse)
    monkeypatch.setattr("engine.training.progress.evaluate_in_parts", no_look)
    monkeypatch.setattr(
        timed, "evaluate", lambda *given: evaluation.Score(np.ones(()), np.ones(()))
    )
    ended(MOONS)


def no_look(network, thetas, samples, most):
    return evaluation.Score(*np.ones((2, *thetas.shape[:-1])))
    yield


def test_there_are_no_more_thetas_than_asked_for():
    trace = ended(MOONS.but(epochs=20), most=5).trace()
    assert trace.thetas.shape == (5, 17)
    assert trace.rows[0] == 0
    assert trace.rows[-1] == len(trace.cost) - 1
    assert len(trace.cost) > 40


def test_what_is_not_finite_is_left_out():
    trace = ended(MOONS.but(activation="relu", learning_rate=1000.0, init_scale=100.0)).trace()
    assert np.isfinite(trace.cost).all()
    assert {len(readings) for readings in trace.clocks.values()} == {len(trace.cost)}


def test_it_can_be_read_while_it_is_under_way():
    recording = Timed(MOONS.but(epochs=300))
    while not recording.begun:
        recording.go_on()
    assert recording.trace().clocks["updates"].tolist() == [0]
    while not recording.share:
        recording.go_on()
    trace = recording.trace()
    assert 0 < trace.end("updates") < 1200
    assert (np.diff(trace.clocks["seconds"]) >= 0).all()


def test_nothing_to_train_is_a_start():
    trace = ended(MOONS.but(epochs=0)).trace()
    assert [trace.end(clock) for clock in CLOCKS] == [0, 0, 0, 0]
    assert len(trace.cost) == len(trace.thetas) == 1


@pytest.mark.parametrize("total", [0, 1, 7, 400, 100_000])
def test_stops_are_dense_at_the_beginning_and_go_to_the_end(total):
    found = stops(total)
    assert (found[0], found[-1]) == (0, total)
    assert (np.diff(found) > 0).all()
    assert len(found) <= 95
    if total > 100:
        assert found[:6].tolist() == [0, 1, 2, 3, 4, 5]
        assert np.diff(found).max() <= total / 32 + 1


def test_long_trainings_are_looked_at_where_others_are():
    early = [{*stops(total)[:25].tolist()} for total in (6_000, 100_000)]
    assert early[0] == early[1]


def traced(readings, cost):
    clocks = dict.fromkeys(CLOCKS, np.array(readings, float))
    return Trace(clocks, np.array(cost, float), np.empty(0, int), np.empty((0, 1)))


def test_the_first_moment_counts_at_which_a_cost_is_reached():
    trace = traced([0, 2, 4, 6], [1, 0.4, 0.7, 0.1])
    assert trace.reached("updates", 0.5) == 2
    assert trace.reached("updates", 0.2) == 6
    assert trace.reached("updates", 0.05) is None
    assert trace.reached("updates", 1.0) == 0
