"""The error nobody can avoid, against an integral, against points, and by hand."""

from itertools import pairwise, product
from statistics import NormalDist

import numpy as np
import pytest

from engine.data import bayes
from engine.data.features import expand
from engine.data.tables import DATASETS
from tests.rows import unknown

DRAWN = [name for name, dataset in DATASETS.items() if dataset.planar and not dataset.fixed]
KNOWN_ERROR = [name for name in DRAWN if DATASETS[name].bayes_error]


CURVES = {
    "circles": lambda k, t: (
        (1, 0.5)[k] * np.cos(2 * np.pi * t),
        (1, 0.5)[k] * np.sin(2 * np.pi * t),
    ),
    "moons": lambda k, t: (
        ((0, 1)[k] + (1, -1)[k] * np.cos(np.pi * t) - 0.5) * 2 / 3,
        ((0, 0.5)[k] + (1, -1)[k] * np.sin(np.pi * t) - 0.25) * 2 / 3,
    ),
    "spirals": lambda k, t: (
        (1, -1)[k] * t * np.cos(3.5 * np.pi * t),
        (1, -1)[k] * t * np.sin(3.5 * np.pi * t),
    ),
}


def of_rings(radii, noise, grid):
    """The density of points spread evenly along circles, at grid (M, 2)."""
    angles = 2 * np.pi * np.arange(80) / 80
    total = 0.0
    for radius in radii:
        for angle in angles:
            at = radius * np.array([np.cos(angle), np.sin(angle)])
            cloud = np.exp(-((grid - at) ** 2).sum(axis=1) / (2 * noise**2))
            total = total + radius * cloud / (80 * 2 * np.pi * noise**2)
    return total / sum(radii)


def of_squares(noise, grid):
    """The densities of the two colours of a board of 16 squares of side 1/2, blurred."""
    cdf = np.vectorize(NormalDist(0, noise).cdf)
    bars = []
    for values in grid.T:
        places, back = np.unique(values, return_inverse=True)
        below = [cdf(places - edge)[back] for edge in (-1, -0.5, 0, 0.5, 1)]
        bars.append([a - b for a, b in pairwise(below)])
    colours = [0.0, 0.0]
    for row, column in product(range(4), range(4)):
        colours[(row + column) % 2] += bars[0][column] * bars[1][row] / 8 / 0.25
    return colours


def densities(name, noise, grid):
    """The class densities at grid (M, 2), written out from the definition."""
    if name in CURVES:
        t = (np.arange(80) + 0.5) / 80  # less than a deviation apart, from a noise of 0.15 on
        curves = [np.column_stack(CURVES[name](k, t)) for k in (0, 1)]
        return [
            sum(np.exp(-((grid - at) ** 2).sum(axis=1) / (2 * noise**2)) for at in curve)
            / (len(t) * 2 * np.pi * noise**2)
            for curve in curves
        ]
    if name == "rings":
        return [of_rings(radii, noise, grid) for radii in ((0.5, 1), (0.25, 0.75))]
    if name == "checkerboard":
        return of_squares(noise, grid)
    if name == "blobs":
        angles, sd = np.pi / 2 - 2 * np.pi * np.arange(3) / 3, 0.1 + noise
        centres = 0.8 * np.column_stack([np.cos(angles), np.sin(angles)])
        return [
            np.exp(-((grid - at) ** 2).sum(axis=1) / (2 * sd**2)) / (2 * np.pi * sd**2)
            for at in centres
        ]
    if name == "noisy_xor":
        centres, sd = {0: [(0, 0), (1, 1)], 1: [(0, 1), (1, 0)]}, noise
    elif name == "gaussians":
        centres, sd = {0: [(-0.5, -0.5)], 1: [(0.5, 0.5)]}, 0.15 + noise
    else:
        unknown(name, "the densities of its classes", "densities", __file__)
    return [
        sum(
            np.exp(-((grid - centre) ** 2).sum(axis=1) / (2 * sd**2)) / (2 * np.pi * sd**2)
            for centre in centres[k]
        )
        / len(centres[k])
        for k in (0, 1)
    ]


@pytest.mark.parametrize("name", KNOWN_ERROR)
@pytest.mark.parametrize("noise", [0.2, 0.35, 0.5])
def test_bayes_error_is_the_integral_of_the_smaller_density(name, noise):
    # Midpoint rule on a square that reaches 5.5 deviations beyond every centre. Away from the
    # boundary the smaller density falls like exp(-a t), a = 0.5 / 0.2^2 = 12.5 at the steepest:
    # the rule's relative error there is (a * step)^2 / 24 = 0.0026.
    step = noise / 10
    reach = 5.5 * (0.15 + noise)
    axis = np.arange(-1 - reach, 1 + reach, step) + step / 2
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    found = np.stack(densities(name, noise, grid))
    integral = (found.sum(axis=0) - found.max(axis=0)).sum() * step**2 / len(found)
    assert DATASETS[name].bayes_error(noise, 3) == pytest.approx(integral, rel=3e-3)


@pytest.mark.parametrize("name", KNOWN_ERROR)
@pytest.mark.parametrize("noise", [0.25, 0.5])
def test_the_best_rule_errs_on_generated_points_as_often_as_the_bayes_error_says(rng, name, noise):
    points, labels = DATASETS[name].generate(rng, 40_000, noise, 2, 3)
    observed = np.mean(np.argmax(densities(name, noise, points), axis=0) != labels)
    expected = DATASETS[name].bayes_error(noise, 3)
    # Four standard errors: at most 4 * sqrt(0.25 / 40,000) = 0.01.
    assert abs(observed - expected) < 4 * np.sqrt(expected * (1 - expected) / len(labels))


@pytest.mark.parametrize(
    ("error", "noise", "expected"),
    [
        # Phi(-1) = 0.158655, so 2 * 0.158655 * 0.841345 = 0.266968.
        (DATASETS["noisy_xor"].bayes_error, 0.5, 0.266968),
        (DATASETS["noisy_xor"].bayes_error, 0.0, 0.0),
        # sigma = 0.15 + 0.5 = 0.65: Phi(-0.707107 / 0.65) = Phi(-1.087857) = 0.138330.
        (DATASETS["gaussians"].bayes_error, 0.5, 0.138330),
        # Phi(-0.707107 / 0.15) = Phi(-4.714045) = 1.214e-6: not rounded to zero.
        (DATASETS["gaussians"].bayes_error, 0.0, 1.214e-6),
        (DATASETS["xor"].bayes_error, 0.5, 0.0),
        (DATASETS["checkerboard"].bayes_error, 0.0, 0.0),
        # Where each point has left its square the colours are mixed evenly but for the rim.
        (DATASETS["checkerboard"].bayes_error, 10.0, 0.5),
    ],
)
def test_bayes_errors_by_hand(error, noise, expected):
    assert error(noise, 2) == pytest.approx(expected, rel=5e-4)


@pytest.mark.parametrize("name", KNOWN_ERROR)
def test_bayes_error_grows_with_the_noise(name):
    errors = [DATASETS[name].bayes_error(noise, 3) for noise in np.linspace(0.05, 0.5, 6)]
    assert errors == sorted(errors)
    assert 0 < errors[0] < errors[-1] < (2 / 3 if name == "blobs" else 0.5)


@pytest.mark.parametrize("noise", np.linspace(0, 0.5, 11))
def test_the_bayes_error_of_the_gaussians_is_the_exact_integral_to_a_thousandth(noise):
    # Across the boundary both densities are the same: left is one integral along the line through
    # the centres, which lie sqrt(2) apart. Simpson's rule, up to 9 deviations beyond the middle.
    sd = 0.15 + noise
    u = np.linspace(0, np.sqrt(0.5) + 9 * sd, 4001)
    farther = np.exp(-(((u + np.sqrt(0.5)) / sd) ** 2) / 2) / (sd * np.sqrt(2 * np.pi))
    weights = np.tile([4.0, 2.0], 2000)
    simpson = (farther[0] + weights[:-1] @ farther[1:-1] + farther[-1]) * (u[1] - u[0]) / 3
    assert DATASETS["gaussians"].bayes_error(noise, 2) == pytest.approx(simpson, rel=1e-3)


@pytest.mark.parametrize("name", CURVES)
def test_without_noise_curves_do_not_overlap(name):
    assert DATASETS[name].bayes_error(0.0, 2) == 0


@pytest.mark.parametrize("noise", [0.003, 0.01, 0.02])
def test_where_the_arms_of_the_spirals_meet_the_error_is_proportional_to_the_noise(noise):
    assert DATASETS["spirals"].bayes_error(noise, 2) == pytest.approx(0.4 * noise, rel=0.02)


# --- through features -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "noise", "features", "expected"),
    [
        # One coordinate of XOR says nothing; neither do sines, which are alike around 0 and 1.
        ("noisy_xor", 0.1, ("x1",), 0.5),
        ("noisy_xor", 0.2, ("x2",), 0.5),
        ("noisy_xor", 0.1, ("sin_x1", "sin_x2"), 0.5),
        # Along one axis the centres are 1 apart: Phi(-0.5 / 0.25), Phi(-0.5 / 0.45).
        ("gaussians", 0.1, ("x1",), 0.02275),
        ("gaussians", 0.3, ("x2",), 0.13326),
        # Two clouds that are mirror images at the origin.
        ("gaussians", 0.1, ("x1_x2",), 0.5),
        ("gaussians", 0.1, ("x1_squared", "x2_squared"), 0.5),
        # |x1| < 1/2 on the inner ring is met by the outer with (2 / pi) asin(1/2) = 1/3.
        ("circles", 0.0, ("x1",), 1 / 6),
        # Of rings around the origin the squares tell all: the radius.
        ("circles", 0.1, ("x1_squared", "x2_squared"), 0.00644),
        ("circles", 0.3, ("x1", "x2_squared"), 0.2127),
        # One coordinate of a checkerboard says nothing.
        ("checkerboard", 0.1, ("x1",), 0.5),
        ("checkerboard", 0.0, ("x2",), 0.5),
        # 4 rings around the origin: again the squares tell all.
        ("rings", 0.05, ("x1_squared", "x2_squared"), 0.0087),
    ],
)
def test_what_the_features_leave_of_the_bayes_error(name, noise, features, expected):
    assert DATASETS[name].best_error(noise, features) == pytest.approx(expected, abs=0.008)


@pytest.mark.parametrize("features", [("x1_x2",), ("sin_x1", "x2_squared"), ("x2_squared",)])
def test_a_rule_on_features_cannot_beat_what_they_leave_and_a_good_one_reaches_it(rng, features):
    points, labels = DATASETS["moons"].generate(rng, 200_000, 0.2, 2, 2)
    rows = expand(points, features)
    low, high = rows.min(axis=0), rows.max(axis=0)
    cells = ((rows - low) / (high - low) * (400 if len(features) == 1 else 40)).astype(int)
    keys = cells @ 1000 ** np.arange(len(features))
    learned, seen = np.arange(100_000), np.arange(100_000, 200_000)
    votes = np.zeros(keys.max() + 1)
    np.add.at(votes, keys[learned], np.where(labels[learned], 1, -1))
    observed = np.mean((votes[keys[seen]] > 0) != labels[seen])
    assert observed == pytest.approx(DATASETS["moons"].best_error(0.2, features), abs=0.015)


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (("x1", "x2"), True),
        (("x2", "x1_x2"), True),
        (("x1_squared", "sin_x1", "x2"), True),
        (("x1", "sin_x2"), False),
        (("x1_squared", "x2_squared", "x1_x2"), False),
        (("x1_x2",), False),
    ],
)
def test_which_features_tell_a_point(features, expected):
    assert bayes.tells_all(features) is expected


def test_without_loss_the_features_leave_the_bayes_error_as_it_is():
    moons = DATASETS["moons"]
    assert moons.best_error(0.2, ("x1", "x2", "sin_x1")) == moons.bayes_error(0.2, 2)
    assert DATASETS["own"].best_error(0.2, ("x1",)) is None
