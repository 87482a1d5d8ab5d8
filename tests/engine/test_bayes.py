"""The error nobody can avoid, against an integral, against points, and by hand."""

import numpy as np
import pytest

from engine.datasets import DATASETS, bayes

DRAWN = [name for name, dataset in DATASETS.items() if dataset.planar and not dataset.fixed]
KNOWN_ERROR = [name for name in DRAWN if DATASETS[name].bayes_error]


def densities(name, noise, grid):
    """The two class densities at grid (M, 2), written out from the definition."""
    if name == "noisy_xor":
        centres, sd = {0: [(0, 0), (1, 1)], 1: [(0, 1), (1, 0)]}, noise
    else:
        centres, sd = {0: [(-0.5, -0.5)], 1: [(0.5, 0.5)]}, 0.15 + noise
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
    # Midpoint rule on a square that reaches 6.9 deviations beyond every centre. Away from the
    # boundary the smaller density falls like exp(-a t), a = 0.5 / 0.2^2 = 12.5 at the steepest:
    # the rule's relative error there is (a * step)^2 / 24 = 0.0026.
    step = 0.02
    axis = np.arange(-5, 6, step) + step / 2
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    smaller = np.minimum(*densities(name, noise, grid))
    integral = smaller.sum() * step**2 / 2
    assert DATASETS[name].bayes_error(noise) == pytest.approx(integral, rel=3e-3)


@pytest.mark.parametrize("name", KNOWN_ERROR)
@pytest.mark.parametrize("noise", [0.25, 0.5])
def test_the_best_rule_errs_on_generated_points_as_often_as_the_bayes_error_says(rng, name, noise):
    points, labels = DATASETS[name].generate(rng, 100_000, noise, 2)
    zero, one = densities(name, noise, points)
    observed = np.mean((one > zero) != labels)
    expected = DATASETS[name].bayes_error(noise)
    # Four standard errors: at most 4 * sqrt(0.25 / 100,000) = 0.0063.
    assert abs(observed - expected) < 4 * np.sqrt(expected * (1 - expected) / len(labels))


@pytest.mark.parametrize(
    ("error", "noise", "expected"),
    [
        # Phi(-1) = 0.158655, so 2 * 0.158655 * 0.841345 = 0.266968.
        (bayes.noisy_xor, 0.5, 0.266968),
        (bayes.noisy_xor, 0.0, 0.0),
        # sigma = 0.15 + 0.5 = 0.65: Phi(-0.707107 / 0.65) = Phi(-1.087857) = 0.138330.
        (bayes.gaussians, 0.5, 0.138330),
        # Phi(-0.707107 / 0.15) = Phi(-4.714045) = 1.214e-6: not rounded to zero.
        (bayes.gaussians, 0.0, 1.214e-6),
        (bayes.separable, 0.5, 0.0),
    ],
)
def test_bayes_errors_by_hand(error, noise, expected):
    assert error(noise) == pytest.approx(expected, rel=5e-4)


@pytest.mark.parametrize("name", KNOWN_ERROR)
def test_bayes_error_grows_with_the_noise(name):
    errors = [DATASETS[name].bayes_error(noise) for noise in np.linspace(0.05, 0.5, 10)]
    assert errors == sorted(errors)
    assert 0 < errors[0] < errors[-1] < 0.5
