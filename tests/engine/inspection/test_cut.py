"""The cut through the hidden space is the output neuron's own."""

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.inspection.cut import edge_on, ends
from engine.inspection.explain import contributions
from engine.training.run import run


@pytest.mark.parametrize("hidden", [(2,), (3,), (4, 5)])
def test_seen_along_the_cut_samples_lie_where_z_says(hidden):
    experiment = Experiment(hidden=hidden, learning_rate=2.0, epochs=300)
    theta, network = run(experiment).theta, network_of(experiment)
    taken = contributions(network, theta, load(experiment).train.X)
    weights = network.layout.layers(theta)[-1].W[0]
    across, along = edge_on(weights, taken.bias, taken.activations)
    assert np.allclose(across * np.linalg.norm(weights), taken.z)
    assert along.shape == across.shape
    distances = np.hypot(across[:, None] - across, along[:, None] - along)
    apart = np.linalg.norm(taken.activations[:, :, None] - taken.activations[:, None], axis=0)
    assert (distances <= apart + 1e-9).all()  # a view never puts two samples farther apart
    if len(weights) == 2:
        assert np.allclose(distances, apart)


def test_the_line_is_where_z_is_0_and_ends_at_the_frame(rng):
    for _ in range(50):
        weights, bias, points = rng.normal(size=2), rng.normal() / 4, rng.normal(size=(2, 5))
        found = ends(weights, bias, points)
        z = weights @ points + bias
        if found is None:
            assert (z > 0).all() or (z < 0).all()
            continue
        assert np.allclose(weights @ found + bias, 0)
        margin = 0.1 * np.ptp(points, axis=1).max()
        low, high = points.min(axis=1) - margin, points.max(axis=1) + margin
        assert (found >= low[:, None] - 1e-9).all()
        assert (found <= high[:, None] + 1e-9).all()


@pytest.mark.parametrize(
    ("weights", "bias", "line"),
    [
        ([0.0, 0.0], 1.0, None),
        ([1.0, 0.0], -5.0, None),
        ([0.0, 2.0], -1.0, [[-0.1, 1.1], [0.5, 0.5]]),
    ],
)
def test_a_cut_may_be_level_or_out_of_sight(weights, bias, line):
    found = ends(np.array(weights), bias, np.array([[0.0, 1.0], [0.0, 1.0]]))
    assert line is None if found is None else np.allclose(np.sort(found), line)


def test_weights_of_0_cut_nothing():
    across, along = edge_on(np.zeros(2), -0.5, np.ones((2, 3)))
    assert across.tolist() == [-0.5] * 3
    assert along.tolist() == [0.0] * 3
