"""Many runs at once give the numbers of single runs, whatever they differ in."""

import pickle
from concurrent.futures import Executor, Future
from functools import partial

import numpy as np
import pytest

from engine.experiment.experiment import KNOBS, Experiment
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.schedules import SCHEDULES
from engine.training.run import record, run
from engine.training.sweep import groups, stack_key, stream_sweep, sweep, train_stack

BASE = Experiment(
    dataset="moons", samples=60, hidden=(5, 4), activation="tanh", batch_size=7, epochs=8,
    learning_rate=0.1,
)  # fmt: skip


def assert_agree(together, alone, tolerance=1e-12):
    assert together.experiment == alone.experiment
    assert together.diverged_at == alone.diverged_at
    np.testing.assert_allclose(together.theta, alone.theta, rtol=tolerance, atol=tolerance)
    np.testing.assert_array_equal(together.snapshots.epochs, alone.snapshots.epochs)
    np.testing.assert_allclose(
        together.snapshots.thetas, alone.snapshots.thetas, rtol=tolerance, atol=tolerance
    )
    assert together.history.keys() == alone.history.keys()
    for name, values in alone.history.items():
        np.testing.assert_allclose(
            together.history[name], values, rtol=tolerance, atol=tolerance, err_msg=name
        )


def assert_stacked_runs_are_the_single_runs(experiments):
    """Train all as replicas of one network, and one by one."""
    assert len({stack_key(experiment) for experiment in experiments}) == 1
    for together, experiment in zip(record(experiments), experiments, strict=True):
        assert_agree(together, run(experiment))


@pytest.mark.parametrize("order", ["once", "sorted"])
def test_replicas_of_any_order_are_the_single_runs(order):
    starts = [BASE.but(shuffle=order, seed=seed) for seed in (0, 1)]
    assert_stacked_runs_are_the_single_runs(starts)


DIFFERENCES = {
    "seed": [0, 1, 2, 1],
    "learning_rate": [0.0, 0.003, 0.1, 0.2],
    "l1": [0.0, 0.5, 3.0],
    "l2": [0.0, 0.5, 30.0],
    "keep_prob": [1.0, 0.9, 0.3],
    "clip": [0.0, 0.01, 0.1, 100.0],
    "initializer": [
        "zeros",
        "constant",
        "small",
        "large",
        "uniform",
        "xavier",
        "glorot",
        "he",
        "orthogonal",
    ],
    "init_scale": [0.0, 0.5, 10.0],
    "init_noise": [0.0, 1e-6, 0.1],
    "beta1": [0.0, 0.5, 0.99],
    "beta2": [0.0, 0.9, 0.9999],
    "weight_decay": [0.0, 0.01, 1.0],
}


def test_networks_of_equal_units_are_not_stacked_with_others_on_images():
    digits = BASE.but(dataset="mnist", samples=50, epochs=2)
    experiments = [digits.but(initializer=name) for name in ("zeros", "he", "constant", "xavier")]
    assert groups(experiments) == [[0, 2], [1, 3]]
    points = [BASE.but(initializer=name) for name in ("zeros", "he")]
    assert groups(points) == [[0, 1]]
    for together, experiment in zip(sweep(experiments), experiments, strict=True):
        assert_agree(together, run(experiment), tolerance=1e-5)


@pytest.mark.parametrize("batch_size", [0, 7])
@pytest.mark.parametrize("name", DIFFERENCES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_replicas_that_differ_in_one_knob(optimizer, name, batch_size):
    base = BASE.but(optimizer=optimizer, batch_size=batch_size)
    assert_stacked_runs_are_the_single_runs(
        [base.but(**{name: value}) for value in DIFFERENCES[name]]
    )


@pytest.mark.parametrize("keep_prob", [1.0, 0.7])
def test_replicas_whose_layers_have_activations_of_their_own(keep_prob):
    mixed = BASE.but(activation=("relu", "tanh"), keep_prob=keep_prob)
    assert_stacked_runs_are_the_single_runs([mixed.but(seed=seed) for seed in range(3)])


@pytest.mark.parametrize("decays", [list(SCHEDULES), ["step"] * 3, ["scheduled"] * 3])
def test_replicas_that_differ_in_decay(decays):
    assert_stacked_runs_are_the_single_runs(
        [
            BASE.but(decay=decay, decay_rate=0.1 * k, decay_interval=k)
            for k, decay in enumerate(decays, start=1)
        ]
    )


def test_replicas_of_which_only_a_later_one_decays():
    assert_stacked_runs_are_the_single_runs(
        [BASE.but(decay=decay, decay_rate=0.5) for decay in ("none", "inverse")]
    )


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_replicas_that_differ_in_everything_at_once(optimizer):
    rng = np.random.default_rng(0)
    # Without memory Adam takes full steps by the sign of a gradient, be it only rounding.
    values_of = DIFFERENCES | {"beta2": DIFFERENCES["beta2"][1:]}
    experiments = [
        BASE.but(
            optimizer=optimizer,
            decay="inverse",
            **{name: rng.choice(values).item() for name, values in values_of.items()},
        )
        for _ in range(8)
    ]
    assert_stacked_runs_are_the_single_runs(experiments)


@pytest.mark.parametrize("activation", ["linear", "relu"])
@pytest.mark.parametrize("batch_size", [0, 7])
def test_a_replica_that_diverges_leaves_the_healthy_ones_alone(activation, batch_size):
    base = BASE.but(
        hidden=(8, 8, 8), activation=activation, initializer="large", batch_size=batch_size,
        epochs=40,
    )  # fmt: skip
    experiments = [base.but(learning_rate=rate, seed=1) for rate in (0.001, 1000.0, 0.01, 500.0)]
    assert_stacked_runs_are_the_single_runs(experiments)
    runs = record(experiments)
    assert [outcome.diverged_at is None for outcome in runs][::2] == [True, True]
    if activation == "linear":
        assert None not in [outcome.diverged_at for outcome in runs[1::2]]
    for outcome in runs:
        assert np.isfinite(outcome.theta).all()
        assert np.isfinite(outcome.history["train_cost"]).all()


def test_a_stack_of_one_is_a_single_run():
    assert_stacked_runs_are_the_single_runs([BASE])


def test_replicas_of_digits_agree_to_single_precision():
    base = Experiment(
        dataset="mnist", samples=500, hidden=(8,), activation="relu", initializer="he",
        learning_rate=0.1, batch_size=32, epochs=2,
    )  # fmt: skip
    experiments = [base.but(seed=seed, l2=seed) for seed in range(3)]
    for together, experiment in zip(record(experiments), experiments, strict=True):
        alone = run(experiment)
        np.testing.assert_allclose(together.theta, alone.theta, rtol=0, atol=1e-4)
        np.testing.assert_allclose(
            together.history["train_cost"], alone.history["train_cost"], rtol=1e-3
        )


MIXED = [
    BASE,
    BASE.but(hidden=(3,)),
    BASE.but(seed=5),
    BASE.but(dataset="circles"),
    BASE.but(hidden=(3,), l2=2.0),
    BASE.but(epochs=3),
    BASE,
    BASE.but(optimizer="adam"),
    BASE.but(data_seed=1),
]


def test_a_sweep_keeps_the_order_whatever_is_stacked_with_what():
    runs = sweep(MIXED)
    assert [outcome.experiment for outcome in runs] == MIXED
    for outcome in runs:
        assert_agree(outcome, run(outcome.experiment))


def test_a_sweep_may_be_watched_as_its_runs_are_finished():
    positions = [position for position, _ in stream_sweep(MIXED)]
    assert sorted(positions) == list(range(len(MIXED)))
    # Those that can be stacked come together.
    assert positions == [0, 2, 6, 1, 4, 3, 5, 7, 8]


def test_more_runs_than_fit_into_one_stack_are_all_done():
    experiments = [Experiment(seed=seed, epochs=5) for seed in range(150)]
    runs = sweep(experiments)
    assert [outcome.experiment for outcome in runs] == experiments
    for position in (0, 63, 64, 149):
        assert_agree(runs[position], run(experiments[position]))


DIGITS = Experiment(
    dataset="mnist", samples=3000, hidden=(24,), activation="relu", initializer="he",
    learning_rate=0.1, batch_size=48, keep_prob=0.9, epochs=2,
)  # fmt: skip
MANY = [*MIXED, DIGITS, DIGITS.but(seed=1), DIGITS.but(optimizer="adam", learning_rate=0.001)]


@pytest.fixture(scope="module")
def here():
    return sweep(MANY, snapshots=4)


def test_whatever_executor_trains_not_a_bit_is_another(executor, here):
    for found, expected in zip(sweep(MANY, 4, executor), here, strict=True):
        assert_equal(found, expected)


def assert_equal(found, expected):
    """Compare everything but the seconds, bit for bit."""
    assert found.experiment == expected.experiment
    for name in ("diverged_at", "stopped_at", "best_epoch"):
        assert getattr(found, name) == getattr(expected, name)
    assert list(found.history) == list(expected.history)
    pairs = [(found.history[name], values) for name, values in expected.history.items()]
    pairs += [(found.theta, expected.theta)]
    pairs += zip(vars(found.snapshots).values(), vars(expected.snapshots).values(), strict=True)
    for mine, theirs in pairs:
        assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape)
        assert mine.tobytes() == theirs.tobytes()


def test_what_a_worker_raises_is_raised_here(executor):
    with pytest.raises(ValueError, match="must leave at least one training sample"):
        sweep([BASE.but(train_fraction=0.0, dev_fraction=0.5), BASE], executor=executor)


class Obedient(Executor):
    """Makes no call before it has all that a test expects, and then some, in the order given."""

    def __init__(self, many, order):
        self.many, self.order = many, order
        self.futures, self.calls = [], []

    def submit(self, fn, /, *args, **kwargs):
        self.futures.append(Future())
        self.calls.append(partial(fn, *args, **kwargs))
        if len(self.calls) == self.many:
            for which in self.order:
                self.futures[which].set_result(self.calls[which]())
        return self.futures[-1]


def test_the_longest_stack_goes_first_and_runs_come_as_they_are_finished():
    short, long, middle = (BASE.but(epochs=epochs) for epochs in (1, 9, 3))
    experiments = [short, long, middle, short.but(seed=1)]
    executor = Obedient(3, order=[1, 0, 2])
    found = list(stream_sweep(experiments, executor=executor))
    assert [call.args[0] for call in executor.calls] == [[long], [middle], [short, experiments[3]]]
    assert [position for position, _ in found] == [2, 1, 0, 3]
    assert all(outcome.experiment == experiments[position] for position, outcome in found)


def test_who_leaves_early_calls_off_what_has_not_begun():
    many = len(groups(MIXED))
    executor = Obedient(many, order=[0])
    arriving = stream_sweep(MIXED, executor=executor)
    next(arriving)
    arriving.close()
    assert [future.cancelled() for future in executor.futures] == [False] + [True] * (many - 1)


def test_little_travels():
    digits = [DIGITS.but(seed=seed) for seed in range(3)]
    assert len(pickle.dumps((train_stack, digits, 2))) < 3000
    runs = train_stack(digits, 2)
    weights = sum(outcome.theta.nbytes for outcome in runs)
    assert len(pickle.dumps(runs)) < 3.2 * weights  # where it ended, and the two snapshots


def test_the_thetas_kept_per_run_are_bounded():
    (outcome,) = sweep([BASE.but(epochs=100)], snapshots=5)
    assert len(outcome.snapshots.epochs) == 5
    assert outcome.snapshots.epochs[[0, -1]].tolist() == [0, 100]
    assert len(outcome.history["epoch"]) == 101


def test_a_sweep_of_nothing_is_nothing():
    assert sweep([]) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dataset", "circles"), ("samples", 50), ("noise", 0.2), ("features", ("x1",)),
        ("points", [(0, 0, 1)]), ("bits", 5), ("data_seed", 1), ("train_fraction", 0.5),
        ("dev_fraction", 0.1), ("standardize", True), ("hidden", (4,)), ("activation", "relu"),
        ("activation", ("relu", "tanh")), ("optimizer", "adam"), ("batch_size", 5), ("epochs", 7),
    ],
)  # fmt: skip
def test_what_decides_shapes_or_data_is_never_stacked(name, value):
    assert stack_key(BASE.but(**{name: value})) != stack_key(BASE)
    assert name not in DIFFERENCES


def test_every_knob_is_either_stacked_or_not():
    stacked = {*DIFFERENCES, "decay", "decay_rate", "decay_interval"}
    for name in stacked:
        assert stack_key(BASE) == stack_key(BASE.but(**{name: getattr(Experiment(), name)}))
    assert stacked < set(KNOBS)
