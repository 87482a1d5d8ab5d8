"""Each verdict on a run that is known to have that fate, and the numbers it rests on."""

import dataclasses

import numpy as np
import pytest

from engine.diagnosis.verdicts import CLOSE, KINDS, PROBED, samples, verdict_on
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.nn.network import Network
from engine.training.run import Run, Snapshots, run

CIRCLES = Experiment(
    dataset="circles", samples=200, dev_fraction=0.0, hidden=(12,) * 5, activation="relu",
    learning_rate=0.3, epochs=200,
)  # fmt: skip

FATES = {
    "diverged": {
        "initializer": "he", "hidden": (16,) * 10, "init_scale": 100.0, "learning_rate": 1000.0,
    },
    "symmetric": {"initializer": "zeros"},
    "learned": {"initializer": "he"},
    "untrained": {"initializer": "he", "epochs": 0},
    "dead": {"initializer": "large"},
    "saturated": {
        "initializer": "large", "activation": "sigmoid", "init_scale": 100.0, "epochs": 5,
    },
    "faint_signal": {"initializer": "small"},
    "faint_gradient": {"initializer": "xavier", "activation": "sigmoid"},
    "blown_up": {
        "initializer": "large", "activation": "leaky_relu", "init_scale": 5.0,
        "learning_rate": 1e-9, "epochs": 3,
    },
    "slow": {"initializer": "xavier", "activation": "tanh", "epochs": 10},
}  # fmt: skip


def test_every_verdict_has_a_run():
    assert tuple(FATES) == KINDS


@pytest.mark.parametrize("kind", FATES)
@pytest.mark.filterwarnings("error")
def test_a_run_is_judged_by_its_fate(kind):
    verdict = verdict_on(run(CIRCLES.but(**FATES[kind])))
    assert verdict.kind == kind
    assert verdict.chance == 0.5
    assert 0.99 < verdict.possible < 1


MIXED = CIRCLES.but(hidden=(6, 6, 6), epochs=3, learning_rate=1e-9)


@pytest.mark.parametrize(
    ("names", "kind", "layer"),
    [
        (("tanh", "sigmoid", "relu"), "dead", 3),
        (("tanh", "relu", "sigmoid"), "saturated", 3),
        (("sigmoid", "relu", "tanh"), "dead", 2),
        (("relu", "tanh", "leaky_relu"), "saturated", 2),
    ],
)
def test_the_layer_to_blame_is_judged_by_its_own_activation(names, kind, layer):
    experiment = MIXED.but(activation=names)
    finished = run(experiment)
    network = Network((2, 6, 6, 6, 1), names, "sigmoid")
    theta = np.zeros(network.layout.size)
    rng = np.random.default_rng(0)
    for l, parameters in enumerate(network.layout.layers(theta), start=1):
        parameters.W[...] = rng.normal(size=parameters.W.shape)
        if l == layer:
            parameters.b[...] = -50.0  # z < 0 for every sample, far from 0
    finished = dataclasses.replace(
        finished, theta=theta, snapshots=Snapshots(np.array([0]), theta[None])
    )
    verdict = verdict_on(finished)
    assert (verdict.kind, verdict.layer, verdict.units, verdict.share) == (kind, layer, 6, 1.0)


@pytest.mark.parametrize(
    ("names", "kind"), [(("tanh", "leaky_relu"), "blown_up"), (("leaky_relu", "tanh"), "slow")]
)
def test_a_signal_blows_up_only_in_a_last_layer_without_a_bound(names, kind):
    # XOR's points times 0.001: the first layer makes sums of 0 to 1 of them, and so do the others.
    points = tuple((x1 / 1000, x2 / 1000, y) for x1, x2, y in Experiment().points)
    experiment = Experiment(
        dataset="own", points=points, hidden=(1, 1), activation=names, learning_rate=1e-9, epochs=3
    )
    theta = np.array([500.0, 500.0, 0.0, 1.0, 0.0, 100.0, 0.0])
    finished = dataclasses.replace(
        run(experiment), theta=theta, snapshots=Snapshots(np.array([0]), theta[None])
    )
    verdict = verdict_on(finished)
    assert verdict.signal > 100
    assert verdict.kind == kind


def test_units_that_start_equal_are_said_to_be_identical():
    verdict = verdict_on(run(CIRCLES.but(initializer="constant", activation="tanh")))
    assert (verdict.kind, verdict.layer, verdict.units) == ("symmetric", 1, 12)
    assert verdict.identical
    assert verdict.difference == 0


def test_units_that_only_rounding_tells_apart_are_still_one_unit():
    start = CIRCLES.but(initializer="constant", activation="tanh", hidden=(12,), init_noise=1e-9)
    verdict = verdict_on(run(start.but(epochs=10)))
    assert (verdict.kind, verdict.identical) == ("symmetric", False)
    assert 0 < verdict.difference < 1e-6
    assert verdict_on(run(start.but(init_noise=1e-3, epochs=10))).kind != "symmetric"


def test_a_single_unit_has_none_to_be_alike():
    assert verdict_on(run(CIRCLES.but(hidden=(1,), initializer="constant"))).kind != "symmetric"
    assert verdict_on(run(CIRCLES.but(hidden=(), initializer="zeros"))).kind == "slow"


def test_it_has_learned_from_the_epoch_on_since_which_it_stayed_good():
    verdict = verdict_on(run(CIRCLES.but(initializer="he")))
    accuracy = run(CIRCLES.but(initializer="he")).history["train_accuracy"]
    bar = verdict.possible - CLOSE
    assert (accuracy[verdict.learned_at :] >= bar).all()
    assert accuracy[verdict.learned_at - 1] < bar
    assert verdict.accuracy == accuracy[-1]


def test_noise_lowers_the_bar():
    noisy = CIRCLES.but(noise=0.5)
    verdict = verdict_on(run(noisy.but(initializer="he", epochs=1)))
    assert verdict.possible < 0.8


def test_the_way_of_the_signal_by_hand():
    # One hidden linear unit w = 0.001 on inputs of deviation s: its activations have 0.001 s.
    experiment = CIRCLES.but(hidden=(1,), activation="linear", epochs=3, learning_rate=1e-9)
    finished = run(experiment)
    theta = np.array([[0.001, 0.0, 0.0, 500.0, 0.0]])
    finished = dataclasses.replace(
        finished, theta=theta[0], snapshots=Snapshots(np.array([0]), theta)
    )
    verdict = verdict_on(finished)
    X, _ = samples(load(experiment))
    assert verdict.signal == pytest.approx(0.001 * X[0].std() / X.std())
    assert verdict.kind == "faint_signal"


def test_the_fall_of_the_cost_is_that_of_the_last_tenth():
    cost = np.linspace(2.0, 1.0, 101)
    finished = run(CIRCLES.but(hidden=(1,), epochs=1, initializer="he"))
    history = {name: np.resize(values, 101) for name, values in finished.history.items()}
    history |= {"train_cost": cost, "train_accuracy": np.full(101, 0.5)}
    verdict = verdict_on(dataclasses.replace(finished, history=history))
    # 101 numbers, so ten epochs before the end it was 1.1
    assert verdict.falling == pytest.approx(1 - 1 / 1.1)


@pytest.mark.parametrize("epochs", [1, 2, 19, 20])
def test_the_fall_of_a_short_run_is_that_of_a_tenth_or_at_least_of_one_epoch(epochs):
    finished = run(CIRCLES.but(hidden=(1,), epochs=1, initializer="he"))
    cost = np.geomspace(2.0, 1.0, epochs + 1)
    history = {
        "epoch": np.arange(epochs + 1),
        "train_cost": cost,
        "train_accuracy": np.full(epochs + 1, 0.5),
    }
    verdict = verdict_on(dataclasses.replace(finished, history=history))
    back = max(1, (epochs + 1) // 10)
    assert verdict.falling == pytest.approx(1 - 0.5 ** (back / epochs))
    assert verdict.epochs == epochs


def test_before_the_first_epoch_nothing_has_fallen():
    verdict = verdict_on(run(CIRCLES.but(epochs=0, initializer="he")))
    assert (verdict.kind, verdict.falling, verdict.epochs) == ("untrained", 0.0, 0)


def test_a_cost_that_was_or_is_nothing_is_not_falling():
    finished = run(CIRCLES.but(hidden=(1,), epochs=1, initializer="he"))
    for cost in ([0.5, 0.0], [0.0, 0.5], [0.0, 0.0]):
        history = {
            "epoch": np.arange(2),
            "train_cost": np.array(cost),
            "train_accuracy": np.full(2, 0.5),
        }
        assert verdict_on(dataclasses.replace(finished, history=history)).falling == 0


# 2-2-2-1 with tanh; the second hidden layer is fed by units that are 0 and +-1 at the most.
SOUND = np.array([0.2, -0.1, 0.1, 0.3, 0, 0, 0.5, 0.2, -0.4, 0.3, 0, 0, 0.6, -0.5, 0])
STUCK = SOUND.copy()
STUCK[10:12] = [9.0, -8.0]  # biases of layer 2: tanh 7 is flat
HALF = SOUND.copy()
HALF[10] = 9.0


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        (STUCK, STUCK, 1.0),
        (STUCK, SOUND, 1.0),
        (SOUND, STUCK, 1.0),
        (STUCK, HALF, 1.0),
        (SOUND, HALF, 0.5),  # which is the bar
        (SOUND, SOUND, 0.0),
    ],
)
def test_a_layer_that_was_saturated_at_either_end_is_to_blame(start, end, share):
    experiment = CIRCLES.but(hidden=(2, 2), activation="tanh", learning_rate=1e-9, epochs=3)
    finished = run(experiment)
    verdict = verdict_on(
        dataclasses.replace(
            finished, theta=end, snapshots=Snapshots(np.array([0, 3]), np.array([start, end]))
        )
    )
    seen = (verdict.kind, verdict.layer, verdict.units, verdict.share)
    assert seen == (("saturated", 2, 2, share) if share else ("slow", 0, 0, 0.0))


@pytest.mark.parametrize("units", [(2, 3), (3, 2)])
def test_dead_units_are_those_at_the_end(units):
    experiment = CIRCLES.but(hidden=units, activation="relu", learning_rate=1e-9, epochs=3)
    finished = run(experiment)
    layout = Network((2, *units, 1), "relu", "sigmoid").layout
    alive = np.random.default_rng(0).uniform(0.1, 0.9, layout.size)
    dead = alive.copy()
    layout.layers(dead)[1].b[:] = -99.0
    for start, end, is_dead in ((alive, dead, True), (dead, alive, False)):
        verdict = verdict_on(
            dataclasses.replace(
                finished, theta=end, snapshots=Snapshots(np.array([0, 3]), np.array([start, end]))
            )
        )
        assert (verdict.kind == "dead") == is_dead
        if is_dead:
            assert (verdict.layer, verdict.units, verdict.share) == (2, units[1], 1.0)


def test_a_run_that_overflows_at_once_has_a_verdict_without_any_accuracy():
    experiment = CIRCLES.but(
        hidden=(64,) * 10, initializer="large", init_scale=100.0, learning_rate=1000.0
    )
    finished = run(experiment)
    start = Run(
        experiment, {name: values[:0] for name, values in finished.history.items()},
        finished.snapshots.thetas[0], finished.snapshots, 0, 0.0,
    )  # fmt: skip
    verdict = verdict_on(start)
    assert (verdict.kind, verdict.epochs) == ("diverged", 0)
    assert np.isnan(verdict.accuracy)


def test_many_samples_are_probed_evenly():
    X, Y = samples(load(CIRCLES.but(samples=2000)))
    assert X.shape == (2, PROBED)
    assert Y.shape == (1, PROBED)
    assert samples(load(CIRCLES))[0].shape == (2, 120)


def test_digits_have_a_verdict():
    digits = Experiment(
        dataset="mnist", samples=100, dev_fraction=0.0, hidden=(8,), activation="sigmoid",
        initializer="zeros", learning_rate=0.3, epochs=3,
    )  # fmt: skip
    assert verdict_on(run(digits)).kind == "symmetric"
