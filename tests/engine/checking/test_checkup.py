"""Which parameters of which network are looked at, and what the check says of them."""

import numpy as np
import pytest

from engine.checking.bugs import BUGS, Objective
from engine.checking.checkup import (
    EPSILONS,
    affordable,
    check_up,
    objective_of,
    places,
    sampled,
)
from engine.experiment.experiment import Experiment
from engine.experiment.streams import stream
from engine.nn.gradient_check import gradient_check
from engine.nn.network import Network
from engine.nn.parameters import Layout
from engine.nn.regularization import dropout_masks
from engine.training.run import run
from engine.training.trainer import Trainer

XOR = Experiment()
NOTES = EPSILONS.index(1e-7)
BEST = float(np.finfo(float).eps) ** (1 / 3)


def checked(experiment=XOR, columns=8, theta=None):
    objective, start = objective_of(experiment, columns)
    return check_up(objective, start if theta is None else theta)


def sound(checkup):
    return checkup.objective.gradient(checkup.theta)


# --- what is looked at ----------------------------------------------------------------------------


def test_the_network_is_the_experiments_own_on_its_own_samples():
    experiment = Experiment(dataset="moons", samples=60, hidden=(4,), l2=0.3, l1=0.2, keep_prob=0.5)
    objective, theta = objective_of(experiment, 6)
    trainer = Trainer(experiment)
    train = trainer.problem.train  # 36 points: every sixth
    assert objective.network == trainer.network
    np.testing.assert_array_equal(theta, trainer.start)
    np.testing.assert_array_equal(objective.X, train.X[:, ::6])
    np.testing.assert_array_equal(objective.Y, train.Y[:, ::6])
    assert (objective.m, objective.l1, objective.l2, objective.columns) == (36, 0.2, 0.3, 6)
    expected = dropout_masks((4,), 6, 0.5, stream(0, "dropout"))
    np.testing.assert_array_equal(objective.masks, expected)


def test_there_are_no_more_samples_than_there_are():
    assert objective_of(XOR, 99)[0].columns == 4


def test_a_check_of_the_same_network_is_the_same():
    first, second = checked(Experiment(hidden=(30, 30))), checked(Experiment(hidden=(30, 30)))
    np.testing.assert_array_equal(first.indices, second.indices)
    np.testing.assert_array_equal(first.numeric, second.numeric)


def test_digits_are_checked_in_float64_on_a_sample_of_each_matrix():
    experiment = Experiment(dataset="mnist", samples=100, hidden=(64,), activation="tanh")
    checkup = checked(experiment)
    assert checkup.objective.X.dtype == checkup.theta.dtype == np.float64
    counts = {v.group: (v.checked, v.size) for v in checkup.verdicts(sound(checkup), NOTES)}
    assert {name: size for name, (_, size) in counts.items()} == {
        "W[1]": 50_176, "b[1]": 64, "W[2]": 640, "b[2]": 10,
    }  # fmt: skip
    looked_at = {name: count for name, (count, _) in counts.items()}
    share = affordable(checkup.objective) // 4
    assert looked_at == {"W[1]": share, "b[1]": min(share, 64), "W[2]": share, "b[2]": 10}
    assert sum(looked_at.values()) == len(checkup.indices)
    assert checkup.ratios(sound(checkup))[NOTES] < 1e-7
    for name in ("mean", "sign", "output", "slope", "bias"):
        wrong = BUGS[name].gradient(checkup.objective, checkup.theta)
        assert checkup.ratios(wrong)[NOTES] > 1e-3, name


def test_every_parameter_stands_where_the_layout_puts_it():
    layout = Layout((2, 3, 1))
    theta = np.arange(layout.size)
    for value, place in zip(theta, places(layout, theta), strict=True):
        part = getattr(layout.layers(theta)[place.layer - 1], place.part)
        assert part[place.row - 1, place.column - 1] == value


def test_a_small_network_is_looked_at_whole(rng):
    assert sampled(Layout((2, 3, 1)), 13, rng).tolist() == list(range(13))


def test_of_a_big_network_each_matrix_has_its_share(rng):
    layout = Layout((9, 20, 5))
    chosen = sampled(layout, 40, rng)
    assert (np.diff(chosen) > 0).all()
    names = [place.group for place in places(layout, chosen)]
    assert [names.count(name) for name in ("W[1]", "b[1]", "W[2]", "b[2]")] == [10, 10, 10, 5]


def test_of_a_very_deep_network_some_matrices_are_looked_at_from_end_to_end(rng):
    layout = Layout((2, *(5,) * 40, 1))
    names = [place.group for place in places(layout, sampled(layout, 12, rng))]
    assert len(names) == len(set(names)) == 12
    assert (names[0], names[-1]) == ("W[1]", "b[41]")


def test_what_costs_more_is_looked_at_less():
    def price(*hidden, **knobs):
        return affordable(objective_of(Experiment(hidden=hidden, **knobs), 4)[0])

    assert price(3) == 400
    assert 12 <= price(*(64,) * 50) < 100
    assert price(256, 256, l2=1.0) < price(256, 256)


# --- what it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("seed", range(4))
def test_the_curve_over_epsilon_is_a_u_with_its_bottom_at_the_cube_root_of_rounding(
    activation, seed
):
    experiment = Experiment(dataset="moons", hidden=(5,), activation=activation, seed=seed)
    checkup = checked(experiment)
    ratios = checkup.ratios(sound(checkup))
    least = EPSILONS[int(np.argmin(ratios))]
    assert BEST / 12 < least < 12 * BEST
    # truncation: 100 times less for a tenth of epsilon; rounding: about 10 times more
    assert ratios[0] / ratios[2] == pytest.approx(1e4, rel=0.2)
    assert 1e3 < ratios[-1] / ratios[NOTES + 2] < 1e5


def test_the_ratio_is_that_of_the_plain_gradient_check():
    checkup = checked()
    gradient = sound(checkup)
    plain = gradient_check(checkup.objective.cost, gradient, checkup.theta, 1e-3)
    at = EPSILONS.index(1e-3)
    assert checkup.ratios(gradient)[at] == pytest.approx(plain.ratio, rel=1e-6)
    np.testing.assert_allclose(checkup.numeric[at], plain.numeric, rtol=1e-9)


def readings(checkup, gradient, at=NOTES):
    return {verdict.group: verdict.reading for verdict in checkup.verdicts(gradient, at)}


def test_a_bug_is_given_away_by_the_matrices_it_spoils():
    objective, _ = objective_of(Experiment(dataset="moons"), 8)
    theta = np.random.default_rng(0).normal(size=objective.network.layout.size)
    checkup = check_up(objective, theta)
    right = {"W[1]": "right", "b[1]": "right", "W[2]": "right", "b[2]": "right"}
    assert readings(checkup, sound(checkup)) == right

    def planted(name):
        return readings(checkup, BUGS[name].gradient(objective, theta))

    assert planted("sign") == dict.fromkeys(right, "wrong")
    assert planted("slope") == right | {"W[1]": "wrong", "b[1]": "wrong"}
    assert planted("bias") == right | {"b[1]": "wrong", "b[2]": "wrong"}


def test_a_small_difference_is_doubtful():
    checkup = checked(theta=np.linspace(-1, 1, 13))
    gradient = sound(checkup) * (1 + 1e-4)
    assert set(readings(checkup, gradient).values()) == {"doubtful"}


def test_what_rounding_hides_is_not_called_wrong():
    # Sigmoids ten layers deep: the gradient of b[1] is so small that J hardly feels it.
    checkup = checked(Experiment(dataset="moons", hidden=(6,) * 10))
    verdict = checkup.verdicts(sound(checkup), NOTES)[1]
    assert (verdict.group, verdict.reading) == ("b[1]", "rounding")
    assert verdict.ratio > 1e-7
    assert 0 < verdict.largest <= checkup.noise(NOTES)


def test_the_largest_difference_is_the_largest_of_its_matrix():
    checkup = checked()
    gradient = sound(checkup)
    gradient[7] += 0.5  # the second entry of b[1]
    found = {v.group: v.largest for v in checkup.verdicts(gradient, NOTES)}
    assert found["b[1]"] == pytest.approx(0.5, rel=1e-6)
    assert found["W[1]"] < 1e-6


# --- where it lies --------------------------------------------------------------------------------


def hinge(activation):
    """One unit with a kink and one linear output, z = 0.01 for its single sample x = 1."""
    network = Network((1, 1, 1), activation, "linear")
    objective = Objective(network, np.ones((1, 1)), np.full((1, 1), 3.0), 1)
    return check_up(objective, np.array([1.0, -0.99, 2.0, 0.0]))


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_a_difference_across_the_kink_is_noticed(activation):
    checkup = hinge(activation)
    # W[1] and b[1] move z by epsilon, W[2] and b[2] leave it alone
    assert checkup.crossed(EPSILONS.index(1e-1)).tolist() == [True, True, False, False]
    assert not checkup.crossed(EPSILONS.index(1e-3)).any()
    ratios = checkup.ratios(sound(checkup))
    assert ratios[EPSILONS.index(1e-1)] > 1e-3
    assert ratios[EPSILONS.index(1e-3)] < 1e-7


def test_a_kink_is_one_only_in_a_layer_that_has_it():
    # Two units in a row, both z = 0.01 for x = 1: W[1] and b[1] move both, W[2] and b[2] the second
    # alone, the output's none.
    theta = np.array([1.0, -0.99, 1.0, 0.0, 2.0, 0.0])
    expected = {
        ("relu", "tanh"): [True, True, False, False, False, False],
        ("tanh", "relu"): [True, True, True, True, False, False],
        ("linear", "leaky_relu"): [True, True, True, True, False, False],
        ("tanh", "sigmoid"): [False] * 6,
    }
    for names, crossed in expected.items():
        network = Network((1, 1, 1, 1), names, "linear")
        # at W[2] = 1 +- 0.1 the second z stays 0.01 +- 0.001, unless b[2] puts it on the kink
        shifted = theta + np.array([0, 0, 0, -0.0099, 0, 0])
        objective = Objective(network, np.ones((1, 1)), np.full((1, 1), 3.0), 1)
        checkup = check_up(objective, shifted)
        assert checkup.crossed(EPSILONS.index(1e-1)).tolist() == crossed, names
        assert not checkup.crossed(EPSILONS.index(1e-5)).any()


def test_xor_with_relu_starts_on_the_kink():
    # All biases are zero, so z = 0 for x = (0, 0): no epsilon is small enough for b[1].
    checkup = checked(Experiment(activation="relu"))
    for at in (0, NOTES, 9):
        crossed = [p.group for p, c in zip(checkup.places, checkup.crossed(at), strict=True) if c]
        assert set(crossed) >= {"b[1]"}
    assert readings(checkup, sound(checkup))["b[1]"] == "wrong"
    assert readings(checkup, sound(checkup))["W[2]"] == "right"


def test_a_smooth_network_has_no_kink():
    assert not checked(Experiment(activation="tanh")).crossed(0).any()


def test_zero_gradients_agree():
    checkup = checked(Experiment(hidden=(3, 3), initializer="zeros", activation="tanh"))
    assert checkup.is_finite
    assert readings(checkup, sound(checkup))["W[1]"] == "right"


def test_numbers_that_overflow_are_told_apart():
    assert checked().is_finite
    assert not checked(theta=np.full(13, 1e300)).is_finite


def test_a_trained_network_passes_as_well():
    experiment = Experiment(dataset="circles", hidden=(6, 6), activation="tanh", epochs=100)
    checkup = checked(experiment, theta=run(experiment).theta)
    assert checkup.ratios(sound(checkup)).min() < 1e-8


def test_times_are_measured():
    checkup = checked()
    assert 0 < checkup.cost_seconds < 1
    assert 0 < checkup.gradient_seconds < 1
