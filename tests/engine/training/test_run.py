"""Runs are deterministic, finite whatever the knobs, and remember what train() went through."""

import dataclasses
from itertools import count, pairwise

import numpy as np
import pytest

import engine.training.run
from engine.data.tables import DATASETS
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load, network_of
from engine.nn.network import Network
from engine.optim.optimizers import OPTIMIZERS
from engine.training.evaluation import evaluate
from engine.training.progress import Progress
from engine.training.run import (
    SNAPSHOT_BYTES,
    SNAPSHOTS,
    Recording,
    close_up,
    record,
    run,
    snapshot_epochs,
    train,
)
from tests.rows import expected_of

MOONS = Experiment(
    dataset="moons", samples=100, hidden=(6, 4), activation="tanh", batch_size=16, epochs=30,
    optimizer="adam", learning_rate=0.01, keep_prob=0.8, l1=0.1, l2=0.3, seed=4,
)  # fmt: skip
DIGITS = Experiment(
    dataset="mnist", samples=2000, hidden=(16,), activation="relu", initializer="he",
    learning_rate=0.1, batch_size=64, epochs=2, keep_prob=0.9,
)  # fmt: skip
BOTH = pytest.mark.parametrize("experiment", [MOONS, DIGITS], ids=["points", "digits"])


def assert_finite(outcome):
    assert np.isfinite(outcome.theta).all()
    assert np.isfinite(outcome.snapshots.thetas).all()
    for name, values in outcome.history.items():
        assert np.isfinite(values).all(), name


def assert_same(first, second):
    """The two runs agree bit for bit."""
    np.testing.assert_array_equal(first.theta, second.theta)
    np.testing.assert_array_equal(first.snapshots.epochs, second.snapshots.epochs)
    np.testing.assert_array_equal(first.snapshots.thetas, second.snapshots.thetas)
    assert first.history.keys() == second.history.keys()
    for name, values in first.history.items():
        np.testing.assert_array_equal(values, second.history[name])
    assert first.diverged_at == second.diverged_at


OTHER_VALUES = {
    "samples": 50, "noise": 0.3, "points": [(0, 0, 1), (1, 1, 0)], "bits": 5, "classes": 5,
    "features": ("x1",), "data_seed": 1, "train_fraction": 0.3, "dev_fraction": 0.1,
    "activation": "relu", "keep_prob": 0.5, "decay_rate": 1.0, "decay_interval": 5, "beta1": 0.5,
    "beta2": 0.5, "weight_decay": 0.5,
    "patience": 1,
    "shift": "blurred", "shift_strength": 0.2, "target_share": 0.5, "fitted_on": "each",
}  # fmt: skip


class TestDeterminism:
    @BOTH
    def test_the_same_experiment_gives_the_same_run_bit_for_bit(self, experiment):
        assert_same(run(experiment), run(experiment))

    def test_one_run_does_not_disturb_another_under_way(self):
        undisturbed = [snapshot.theta for snapshot in train(MOONS)]
        first, second = train(MOONS), train(MOONS.but(seed=9))
        disturbed = []
        for snapshot, _ in zip(first, second, strict=True):
            disturbed.append(snapshot.theta)
        np.testing.assert_array_equal(disturbed, undisturbed)

    @pytest.mark.parametrize("keep_prob", [0.999999, 0.5])
    def test_dropout_changes_nothing_but_dropout(self, keep_prob):
        plain, dropping = MOONS.but(keep_prob=1.0), MOONS.but(keep_prob=keep_prob)
        start, dropped = next(train(plain)), next(train(dropping))
        np.testing.assert_array_equal(start.theta, dropped.theta)
        assert start.history == dropped.history
        if keep_prob > 0.9:
            # No unit is ever dropped, so with the batches in the same order only the factor
            # 1 / keep_prob remains, one part in a million.
            np.testing.assert_allclose(run(dropping).theta, run(plain).theta, rtol=0, atol=1e-4)
        else:
            assert (run(dropping).theta != run(plain).theta).any()

    def test_another_seed_leaves_the_data_alone(self):
        first, other = load(MOONS), load(MOONS.but(seed=5))
        for name, samples in first.splits.items():
            np.testing.assert_array_equal(samples.X, other.splits[name].X)
        assert (next(train(MOONS)).theta != next(train(MOONS.but(seed=5))).theta).any()

    def test_another_data_seed_leaves_the_start_alone(self):
        start, other = next(train(MOONS)), next(train(MOONS.but(data_seed=5)))
        np.testing.assert_array_equal(start.theta, other.theta)
        assert start.history != other.history

    @pytest.mark.parametrize(
        "change", [{"batch_size": 5}, {"optimizer": "momentum"}, {"l2": 9.0}, {"epochs": 3}]
    )
    def test_a_knob_of_training_leaves_the_start_alone(self, change):
        start, other = next(train(MOONS)), next(train(MOONS.but(**change)))
        np.testing.assert_array_equal(start.theta, other.theta)

    def test_more_epochs_go_on_where_fewer_ended(self):
        few, many = run(MOONS), run(MOONS.but(epochs=60))
        for name, values in few.history.items():
            np.testing.assert_array_equal(many.history[name][:31], values)

    @pytest.mark.parametrize(
        "lens",
        [
            {},
            {"dataset": "parity", "hidden": (), "optimizer": "momentum"},
            {"dataset": "own", "optimizer": "rmsprop", "decay": "inverse"},
            {"dataset": "moons", "optimizer": "adam"},
            {"dataset": "mnist", "samples": 200, "hidden": (4,)},
        ],
        ids=str,
    )
    def test_a_knob_that_says_it_does_not_matter_does_not(self, lens):
        experiment = Experiment(**{"learning_rate": 0.1, "epochs": 2, "batch_size": 3} | lens)
        plain = run(experiment)
        idle = [name for name in KNOBS if not KNOBS[name].matters(experiment)]
        assert idle
        for name in idle:
            other = expected_of(OTHER_VALUES, name, "another value", "OTHER_VALUES", __file__)
            assert_same(run(experiment.but(**{name: other})), plain)


class TestHistory:
    @BOTH
    def test_costs_and_accuracies_are_those_of_the_network_at_that_epoch(self, experiment):
        outcome = run(experiment)
        problem = load(experiment)
        sizes = (problem.n_x, *experiment.hidden, problem.n_y)
        network = Network(sizes, experiment.activation, problem.output)
        tolerance = 1e-5 if experiment.dataset == "mnist" else 1e-12
        for epoch, theta in zip(outcome.snapshots.epochs, outcome.snapshots.thetas, strict=True):
            now = {name: values[epoch] for name, values in outcome.history.items()}
            assert now["epoch"] == epoch
            for name, samples in problem.splits.items():
                X, Y = samples.X, samples.Y
                cost = float(network.cost(theta, X, Y))
                assert now[f"{name}_cost"] == pytest.approx(cost, rel=tolerance)
                A = network.predict(theta, X)
                predicted = A.argmax(axis=0) if len(A) > 1 else (A[0] > 0.5)
                accuracy = (predicted == samples.y).mean()
                assert now[f"{name}_accuracy"] == pytest.approx(accuracy, abs=1e-12)

    @pytest.mark.parametrize("names", [("relu", "tanh"), ("tanh", "relu"), ("relu", "relu")])
    def test_an_epoch_of_the_full_batch_is_one_step_of_a_network_with_these_activations(
        self, names
    ):
        experiment = MOONS.but(
            activation=names, batch_size=0, epochs=1, optimizer="gradient_descent", l1=0, l2=0,
            clip=0, keep_prob=1, decay="none", learning_rate=0.5,
        )  # fmt: skip
        start, end = run(experiment).snapshots.thetas
        samples = load(experiment).train
        gradient = Network((2, 6, 4, 1), names, "sigmoid").gradient(start, samples.X, samples.Y)
        np.testing.assert_allclose(end, start - 0.5 * gradient, rtol=1e-12, atol=1e-15)

    def test_the_penalty_is_what_is_missing_from_j(self):
        outcome, samples = run(MOONS), load(MOONS).train
        network = Network((2, 6, 4, 1), "tanh", "sigmoid")
        for epoch, theta in zip(outcome.snapshots.epochs, outcome.snapshots.thetas, strict=True):
            J = network.cost(theta, samples.X, samples.Y, l1=0.1, l2=0.3)
            total = outcome.history["train_cost"][epoch] + outcome.history["penalty"][epoch]
            assert total == pytest.approx(float(J), rel=1e-12)

    def test_there_is_one_entry_per_epoch_from_before_training_on(self):
        outcome = run(MOONS)
        assert outcome.history["epoch"].tolist() == list(range(31))
        assert {len(values) for values in outcome.history.values()} == {31}
        assert outcome.experiment == MOONS
        assert outcome.diverged_at is None
        assert outcome.seconds > 0

    def test_curves_of_many_thousand_digits_are_measured_on_evenly_spaced_ones(self):
        experiment = DIGITS.but(samples=6000, epochs=0)
        problem, theta = load(experiment), run(experiment).theta
        chosen = np.arange(2500) * 4800 // 2500
        X, Y = problem.train.gather(chosen).T, problem.train.targets(chosen).T
        cost = Network((784, 16, 10)).cost(theta, X, Y)
        assert run(experiment).history["train_cost"][0] == pytest.approx(float(cost), rel=1e-5)

    @pytest.mark.parametrize(
        ("knobs", "names"),
        [
            ({"dataset": "xor"}, {"train"}),
            ({"dataset": "parity"}, {"train"}),
            ({"dataset": "moons"}, {"train", "dev", "test"}),
            ({"dataset": "moons", "train_fraction": 0.8}, {"train", "dev"}),
            ({"dataset": "moons", "dev_fraction": 0.0}, {"train", "test"}),
            ({"dataset": "mnist", "samples": 50, "dev_fraction": 0.0}, {"train", "test"}),
        ],
    )
    def test_only_splits_with_samples_have_curves(self, knobs, names):
        history = run(Experiment(epochs=1, **knobs)).history
        curves = {f"{name}_{what}" for name in names for what in ("cost", "accuracy")}
        assert set(history) == {"epoch", "penalty"} | curves

    def test_the_last_theta_is_that_of_the_last_epoch(self):
        outcome = run(MOONS)
        np.testing.assert_array_equal(outcome.theta, outcome.snapshots.thetas[-1])


class TestStream:
    @BOTH
    def test_run_keeps_what_train_yields(self, experiment):
        outcome = run(experiment)
        whole = {int(s.epoch): s for s in train(experiment) if s.history}
        assert list(whole) == outcome.history["epoch"].tolist()
        for epoch, theta in zip(outcome.snapshots.epochs, outcome.snapshots.thetas, strict=True):
            np.testing.assert_array_equal(theta, whole[int(epoch)].theta)
        for name, values in outcome.history.items():
            if name != "epoch":
                assert [s.history[name] for s in whole.values()] == values.tolist()

    def test_snapshots_count_epochs_and_steps(self):
        steps = 4  # 60 training samples in batches of 16
        seen = [(s.epoch, s.step) for s in train(MOONS)]
        assert seen == [(epoch, steps * epoch) for epoch in range(31)]

    def test_a_long_epoch_yields_more_than_once_and_its_thetas_stay_what_they_were(self):
        experiment = DIGITS.but(samples=20_000, hidden=(64,), epochs=1)
        kept, copies = [], []
        for snapshot in train(experiment):
            kept.append(snapshot)
            copies.append(snapshot.theta.copy())
        assert len(kept) > 3
        assert [bool(s.history) for s in kept] == [True, *[False] * (len(kept) - 2), True]
        assert all(0 < s.batch_cost < 5 and 0 <= s.batch_accuracy <= 1 for s in kept[1:])
        assert kept[0].batch_cost is None
        for snapshot, theta in zip(kept, copies, strict=True):
            np.testing.assert_array_equal(snapshot.theta, theta)
        assert all((a != b).any() for a, b in pairwise(copies))

    def test_zero_epochs_look_at_the_start_only(self):
        outcome = run(MOONS.but(epochs=0))
        assert outcome.history["epoch"].tolist() == [0]
        assert outcome.snapshots.epochs.tolist() == [0]
        assert [s.epoch for s in train(MOONS.but(epochs=0))] == [0]
        np.testing.assert_array_equal(outcome.theta, run(MOONS).snapshots.thetas[0])

    def test_a_close_up_repeats_the_steps_of_the_run(self):
        steps, thetas = close_up(MOONS, first=6, count=7)  # four steps an epoch
        assert steps.tolist() == [6, 7, 8, 9, 10, 11, 12]
        epochs = np.stack([s.theta for s in train(MOONS)])
        np.testing.assert_array_equal(thetas[2], epochs[2])
        np.testing.assert_array_equal(thetas[6], epochs[3])
        assert all((a != b).any() for a, b in pairwise(thetas))

    def test_a_close_up_far_on_rests_on_the_way_and_finds_the_same(self):
        experiment, rests = MOONS.but(epochs=60), []
        steps, thetas = close_up(experiment, first=201, count=4, rest=lambda: rests.append(1))
        assert 4 <= len(rests) <= 201
        assert steps.tolist() == [201, 202, 203, 204]
        np.testing.assert_array_equal(thetas[3], [s.theta for s in train(experiment)][51])

    def test_a_close_up_ends_with_the_experiment(self):
        steps, thetas = close_up(MOONS.but(epochs=2), first=5, count=10)
        assert steps.tolist() == [5, 6, 7, 8]
        np.testing.assert_array_equal(thetas[-1], run(MOONS.but(epochs=2)).theta)

    def test_a_close_up_ends_before_a_number_is_not_finite(self):
        # A penalty of alpha lambda / m = 250,000 blows the living unit's weights up; the second
        # one is dead and its bias stays, so that theta is never without a finite number.
        penalized = Experiment(
            hidden=(2,), activation="relu", l2=1000.0, learning_rate=1000.0, epochs=200
        )
        theta = np.array([1.0, 1, 0, 0, 0, -1, 1, 0, 0])
        steps, thetas = close_up(penalized, first=0, count=200, theta=theta)
        assert 50 < len(steps) < 100
        assert np.isfinite(thetas).all()
        assert (thetas[:, 5] == -1).all()


class TestSnapshots:
    @pytest.mark.parametrize("theta_bytes", [8, 10_000, 2**18, 2**23, 2**30])
    @pytest.mark.parametrize("epochs", [0, 1, 2, 119, 120, 121, 122, 150, 1000, 9999, 10_000])
    def test_the_first_and_the_last_epoch_are_kept_and_never_too_many(self, epochs, theta_bytes):
        kept = snapshot_epochs(epochs, theta_bytes)
        assert kept[0] == 0
        assert kept[-1] == epochs
        assert (np.diff(kept) > 0).all()
        assert len(kept) <= SNAPSHOTS
        assert len(kept) <= max(2, SNAPSHOT_BYTES // theta_bytes)

    @pytest.mark.parametrize(
        ("theta_bytes", "expected"), [(8, 121), (2**17, 121), (2**18, 64), (2**20, 16), (2**25, 2)]
    )
    def test_they_fill_16_megabytes_at_most_or_are_two(self, theta_bytes, expected):
        assert len(snapshot_epochs(1000, theta_bytes)) == expected

    @pytest.mark.parametrize("epochs", range(100, 400, 7))
    def test_no_epoch_is_kept_twice_and_all_promised_ones_are(self, epochs):
        kept = snapshot_epochs(epochs, 8)
        assert len(set(kept.tolist())) == min(epochs + 1, SNAPSHOTS)

    def test_they_are_dense_at_the_beginning(self):
        gaps = np.diff(snapshot_epochs(10_000, 8))
        assert gaps[0] < gaps[60] < gaps[-1]

    def test_a_run_keeps_them_within_the_bounds(self):
        kept = run(MOONS.but(epochs=300)).snapshots
        np.testing.assert_array_equal(kept.epochs, snapshot_epochs(300, 51 * 8))
        assert kept.thetas.shape == (SNAPSHOTS, 51)
        assert kept.thetas.nbytes <= SNAPSHOT_BYTES


class TestMarks:
    @pytest.mark.parametrize("optimizer", OPTIMIZERS)
    def test_a_close_up_from_the_nearest_mark_is_that_from_the_start(self, monkeypatch, optimizer):
        monkeypatch.setattr(engine.training.run, "MARK", 20)
        e = MOONS.but(
            optimizer=optimizer, keep_prob=0.7, batch_size=7, l2=0.1, decay="inverse",
            decay_rate=0.1, epochs=300,
        )  # fmt: skip
        recording = Recording(e)
        while not recording.finished:
            recording.go_on()
        marked = [mark.step for mark in recording.marks]
        assert len(marked) > 2
        walked = []
        for first in (5, marked[0], marked[1] + 3, marked[-1] + 10):
            steps, thetas = close_up(e, first, 5)
            there, same = close_up(
                e, first, 5, rest=lambda: walked.append(1), marks=recording.marks
            )
            np.testing.assert_array_equal(there, steps)
            np.testing.assert_array_equal(same, thetas)
        assert [mark.step for mark in recording.marks] == marked  # they are left as they are
        assert len(walked) < marked[1] / 32 * 4

    def test_of_stacks_and_large_networks_there_are_none(self, monkeypatch):
        monkeypatch.setattr(engine.training.run, "MARK", 1)
        for experiments in ([MOONS], MOONS.but(hidden=(64, 64, 64), epochs=2)):
            recording = Recording(experiments)
            while not recording.finished:
                recording.go_on()
            assert recording.marks == []


class TestRecording:
    def test_what_there_is_so_far_is_the_beginning_of_the_whole_run(self):
        experiment = MOONS.but(epochs=1500, batch_size=0)
        whole, recording = run(experiment), Recording(experiment)
        recording.go_on()
        recording.go_on()
        (part,) = recording.runs()
        assert not recording.finished
        epochs = len(part.history["epoch"])
        assert 1 < epochs < 1501
        for name, values in part.history.items():
            np.testing.assert_array_equal(values, whole.history[name][:epochs])
        kept = len(part.snapshots.epochs)
        np.testing.assert_array_equal(part.snapshots.epochs, recording.planned[:kept])
        np.testing.assert_array_equal(part.snapshots.thetas, whole.snapshots.thetas[:kept])

    def test_to_its_end_it_is_the_run(self):
        recording = Recording([MOONS, MOONS.but(initializer="zeros")], most_snapshots=7)
        while not recording.finished:
            recording.go_on()
        runs = recording.runs()
        assert [done.experiment.initializer for done in runs] == ["glorot", "zeros"]
        assert all(done.snapshots.epochs.tolist() == list(recording.planned) for done in runs)

    def test_it_may_be_given_its_end(self):
        elsewhere, recording = [run(MOONS)], Recording([MOONS])
        recording.go_on()
        recording.end_with(elsewhere)
        assert recording.finished
        assert recording.runs() is elsewhere

    def test_the_runs_of_a_stack_share_its_seconds(self, monkeypatch):
        ticks = count()
        monkeypatch.setattr("time.perf_counter", lambda: 6.0 * next(ticks))
        recording = Recording([MOONS.but(seed=seed) for seed in range(3)])
        recording.go_on()
        recording.go_on()
        # Two stretches of six seconds each, shared by three.
        assert [done.seconds for done in recording.runs()] == [4.0] * 3

    @pytest.mark.parametrize("patience", [0, 5])
    def test_let_go_at_its_start_it_goes_on_to_the_same_end(self, patience):
        replicas = [MOONS.but(seed=seed, batch_size=7, keep_prob=0.8) for seed in range(3)]
        replicas = [replica.but(patience=patience, epochs=20) for replica in replicas]
        if patience:  # from its start on it only gets worse
            replicas[1] = replicas[1].but(learning_rate=100.0)
        recording = Recording(replicas)
        recording.go_on()
        before = recording.runs()
        recording.rest()
        assert recording.runs() == recording.runs()
        for old, new in zip(before, recording.runs(), strict=True):
            np.testing.assert_array_equal(old.theta, new.theta)
        while not recording.finished:
            recording.go_on()
            recording.rest()  # which does nothing once it has left its start
        for ended, whole in zip(recording.runs(), record(replicas), strict=True):
            np.testing.assert_array_equal(ended.theta, whole.theta)
            for name, values in whole.history.items():
                np.testing.assert_array_equal(ended.history[name], values)

    def test_at_the_end_it_holds_no_trainer(self):
        recording = Recording(MOONS)
        trainers = set[int]()
        while not recording.finished:
            recording.go_on()
            trainers.add(id(recording._trainer))
        assert trainers > {id(None)}
        assert recording._trainer is None
        assert recording.share == 1


# The output's dZ is bounded by 1, but a linear network multiplies its layers' sizes with each
# other, so that a large step makes the next one larger still, until nothing is finite.
EXPLODING = Experiment(
    dataset="gaussians", hidden=(4, 4, 4), activation="linear", initializer="large",
    learning_rate=1000.0, epochs=50,
)  # fmt: skip


class TestDivergence:
    def test_a_run_that_diverges_says_when_and_keeps_what_came_before(self):
        outcome = run(EXPLODING)
        assert 1 < outcome.diverged_at < 50
        assert_finite(outcome)
        assert outcome.history["epoch"].tolist() == list(range(outcome.diverged_at))
        assert outcome.snapshots.epochs[-1] == outcome.diverged_at - 1
        np.testing.assert_array_equal(outcome.theta, outcome.snapshots.thetas[-1])

    def test_train_stops_where_run_says(self):
        outcome, seen = run(EXPLODING), list(train(EXPLODING))
        assert [int(s.epoch) for s in seen] == outcome.history["epoch"].tolist()
        np.testing.assert_array_equal(seen[-1].theta, outcome.theta)
        assert [s.history["train_cost"] for s in seen] == outcome.history["train_cost"].tolist()

    def test_numbers_that_become_finite_again_come_too_late(self, monkeypatch):
        # A penalty can overflow where theta does not, and be finite an epoch later.
        plain, measure = run(MOONS), Progress._evaluated

        def with_a_gap(progress, thetas, penalty, parts):
            history = yield from measure(progress, thetas, penalty, parts)
            if len(thetas) > 1:
                history["penalty"][3] = np.inf  # of the first stretch, epochs 1, 2, ...
            return history

        monkeypatch.setattr(Progress, "_evaluated", with_a_gap)
        outcome = run(MOONS)
        assert outcome.diverged_at == 4
        assert outcome.history["epoch"].tolist() == [0, 1, 2, 3]
        np.testing.assert_array_equal(outcome.theta, plain.snapshots.thetas[3])

    def test_a_long_run_keeps_as_many_snapshots_as_ever_up_to_there(self):
        outcome = run(EXPLODING.but(epochs=10_000))
        assert_finite(outcome)
        assert outcome.snapshots.epochs[0] == 0
        assert outcome.snapshots.epochs[-1] == outcome.diverged_at - 1
        assert (np.diff(outcome.snapshots.epochs) > 0).all()

    def test_a_run_that_diverges_in_its_first_epoch_keeps_the_start(self):
        outcome = run(EXPLODING.but(batch_size=1))
        assert outcome.diverged_at == 1
        assert_finite(outcome)
        assert outcome.history["epoch"].tolist() == [0]
        assert [s.epoch for s in train(EXPLODING.but(batch_size=1))] == [0]

    def test_digits_that_diverge_in_mid_epoch_are_stopped_there(self):
        experiment = DIGITS.but(
            samples=20_000, hidden=(32, 32), activation="linear", learning_rate=1000.0
        )
        outcome, seen = run(experiment), list(train(experiment))
        assert outcome.diverged_at == 1
        assert_finite(outcome)
        assert all(np.isfinite(s.theta).all() for s in seen)

    def test_a_close_up_ends_before_the_numbers_are_no_longer_finite(self):
        steps, thetas = close_up(EXPLODING, first=0, count=1000)
        assert np.isfinite(thetas).all()
        assert len(steps) in (run(EXPLODING).diverged_at, run(EXPLODING).diverged_at + 1)

    @pytest.mark.parametrize("dataset", DATASETS)
    @pytest.mark.parametrize("activation", ["linear", "relu", "sigmoid"])
    def test_no_learning_rate_is_too_large_for_any_data_set(self, dataset, activation):
        samples = 500 if dataset == "mnist" else 100
        outcome = run(
            Experiment(
                dataset=dataset,
                samples=samples,
                hidden=(8, 8),
                activation=activation,
                learning_rate=1000.0,
                batch_size=32,
                epochs=20,
                bits=4,
            )
        )
        assert_finite(outcome)

    @pytest.mark.parametrize(
        "knobs",
        [
            {"l1": 1000.0},
            {"clip": 1.0, "l2": 1.0},
            {"init_scale": 100.0, "initializer": "large"},
            {"optimizer": "momentum"},
            {"optimizer": "rmsprop"},
            {"optimizer": "adam"},
            {"keep_prob": 0.05},
            {"beta1": 0.9999, "beta2": 0.9999, "optimizer": "adam"},
            {"beta1": 0.0, "beta2": 0.0, "optimizer": "adam"},
            {"l2": 1000.0},
        ],
        ids=str,
    )
    def test_extreme_knobs_together_stay_finite(self, knobs):
        experiment = EXPLODING.but(**knobs)
        for activation in ("linear", "relu", "sigmoid"):
            assert_finite(run(experiment.but(activation=activation, epochs=100)))

    @pytest.mark.parametrize("epochs", [0, 1])
    def test_a_start_that_is_not_finite_is_said_to_have_diverged(self, epochs):
        outcome = run(
            DIGITS.but(
                hidden=(128,) * 20,
                initializer="large",
                init_scale=100.0,
                epochs=epochs,
                samples=100,
                keep_prob=1.0,
            )
        )
        assert outcome.diverged_at == 0


class TestEdges:
    def test_a_single_class_is_learned(self):
        points = [(0.1 * k, 0.2 * k, 1) for k in range(10)]
        outcome = run(Experiment(dataset="own", points=points, epochs=300))
        assert outcome.history["train_accuracy"][-1] == 1
        assert outcome.history["train_cost"][-1] < 0.1
        assert_finite(outcome)

    def test_a_single_point_is_learned(self):
        outcome = run(Experiment(dataset="own", points=[(0, 0, 1)], standardize=True, epochs=300))
        assert outcome.history["train_accuracy"][-1] == 1
        assert_finite(outcome)

    def test_a_constant_feature_may_be_standardised(self):
        points = [(0.1, 0.2 * k, k % 2) for k in range(10)]
        outcome = run(Experiment(dataset="own", points=points, standardize=True, epochs=20))
        assert_finite(outcome)
        # The weights on the constant feature, now 0, never move.
        W = Network((2, 3, 1)).layout.layers(outcome.theta)[0].W
        start = Network((2, 3, 1)).layout.layers(outcome.snapshots.thetas[0])[0].W
        np.testing.assert_array_equal(W[:, 0], start[:, 0])
        assert (W[:, 1] != start[:, 1]).all()

    def test_without_hidden_layers_two_clouds_are_told_apart(self):
        outcome = run(Experiment(dataset="gaussians", hidden=(), noise=0.0, epochs=200))
        assert outcome.theta.shape == (3,)
        assert outcome.history["test_accuracy"][-1] > 0.95

    @pytest.mark.parametrize("batch_size", [60, 61, 60_000])
    def test_a_batch_of_m_or_more_is_full_batch(self, batch_size):
        plain = MOONS.but(keep_prob=1.0, batch_size=0)
        np.testing.assert_array_equal(run(plain.but(batch_size=batch_size)).theta, run(plain).theta)

    def test_one_unit_and_one_sample_at_a_time(self):
        assert_finite(run(MOONS.but(hidden=(1,), batch_size=1, keep_prob=0.05)))

    def test_a_run_cannot_be_altered(self):
        with pytest.raises(dataclasses.FrozenInstanceError):
            run(MOONS.but(epochs=0)).theta = None


class TestSymmetryBreakingNoise:
    def start(self, **knobs):
        first = next(train(Experiment(hidden=(200,), epochs=1, **knobs)))
        return Network((2, 200, 1), "sigmoid", "sigmoid").layout.layers(first.theta)

    def test_it_is_added_to_every_weight_and_to_no_bias(self):
        for scheme in ("zeros", "constant", "glorot"):
            plain = self.start(initializer=scheme)
            noisy = self.start(initializer=scheme, init_noise=0.01)
            for before, after in zip(plain, noisy, strict=True):
                assert 0.008 < (after.W - before.W).std() < 0.012
                assert not after.b.any()

    def test_it_is_drawn_apart_and_scales(self):
        small = self.start(initializer="zeros", init_noise=0.001)
        large = self.start(initializer="zeros", init_noise=0.1)
        for layer, other in zip(small, large, strict=True):
            np.testing.assert_allclose(100 * layer.W, other.W, rtol=1e-12)

    def test_it_breaks_the_symmetry_of_zeros(self):
        def rows(noise):
            start = Experiment(activation="tanh", initializer="zeros", init_noise=noise)
            ended = run(start.but(epochs=3000, learning_rate=0.5))
            layout = Network((2, 3, 1), "tanh", "sigmoid").layout
            return layout.layers(ended.theta)[0].W

        same, different = rows(0.0), rows(0.1)
        assert (same == same[0]).all()
        assert np.abs(different - different[0]).max() > 1


def test_a_mismatched_run_has_curves_of_its_training_dev_set():
    experiment = Experiment(
        dataset="mnist", samples=200, shift="noisy", hidden=(8,), activation="relu",
        learning_rate=0.1, batch_size=20, epochs=2,
    )  # fmt: skip
    history = run(experiment).history
    assert history["train_dev_cost"].shape == history["train_dev_accuracy"].shape == (3,)
    assert "train_dev_cost" not in run(experiment.but(shift="none")).history


class TestWhatARunHandsOver:
    """A row of the history is not an epoch: who asks how a run ended asks the run."""

    def test_is_the_last_network_without_early_stopping(self):
        ended = run(MOONS)
        assert (ended.kept_row, ended.kept_epoch) == (30, 30)
        assert ended.final("dev_cost") == ended.history["dev_cost"][-1]

    def test_is_the_best_with_early_stopping(self):
        ended = run(MOONS.but(epochs=300, patience=3))
        assert ended.kept_row == ended.kept_epoch == ended.best_epoch < ended.stopped_at
        costs = {name: v for name, v in ended.history.items() if name.endswith("_cost")}
        assert ended.final("dev_cost") == costs["dev_cost"].min()
        network, splits = network_of(MOONS), load(MOONS).splits
        for name, values in costs.items():
            seen, _ = evaluate(network, ended.theta, splits[name.removesuffix("_cost")])
            assert ended.final(name) == seen == values[ended.best_epoch]

    @pytest.mark.parametrize("patience", [0, 3])
    def test_is_found_in_a_history_with_both_ends_alone_as_well(self, patience):
        (ended,) = record(MOONS.but(epochs=300, patience=patience), is_brief=True)
        rows = ended.history["epoch"].tolist()
        assert rows == ([0, 300] if patience == 0 else list(range(ended.stopped_at + 1)))
        assert ended.kept_epoch == (300 if patience == 0 else ended.best_epoch)
        whole = run(MOONS.but(epochs=300, patience=patience))
        assert ended.final("train_accuracy") == whole.final("train_accuracy")

    def test_is_the_best_so_far_of_a_run_under_way(self):
        recording = Recording(MOONS.but(epochs=300, patience=200))
        while not recording.share:
            recording.go_on()
        (so_far,) = recording.runs()
        best = int(np.argmin(so_far.history["dev_cost"]))
        assert so_far.stopped_at is None
        assert (so_far.kept_epoch, so_far.final("dev_cost")) == (
            best,
            so_far.history["dev_cost"].min(),
        )

    def test_is_the_last_with_finite_numbers_of_a_run_that_diverged(self):
        gone = run(MOONS.but(learning_rate=1000.0, l2=1000.0, optimizer="gradient_descent"))
        assert gone.kept_epoch == gone.diverged_at - 1
        assert gone.final("train_cost") == gone.history["train_cost"][-1]

    def test_has_no_numbers_if_the_start_overflows(self):
        knobs = {"hidden": (64,) * 50, "activation": "relu", "initializer": "large"}
        gone = run(DIGITS.but(**knobs))
        assert (gone.kept_row, gone.kept_epoch) == (-1, 0)
        assert np.isnan(gone.final("train_cost"))
        assert np.isnan(run(MOONS.but(epochs=1)).final("no_such_number"))
