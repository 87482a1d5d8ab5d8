"""Pieces added up are what they are at once, however many are waiting to be scored."""

import numpy as np
import pytest

import engine.training.running_means
from engine.nn.losses import LOSSES
from engine.training.running_means import RunningMeans


@pytest.mark.parametrize("elements", [1, 30, 2**14], ids=["one by one", "a few", "all together"])
@pytest.mark.parametrize(("output", "n_y"), [("sigmoid", 1), ("softmax", 3), ("linear", 1)])
@pytest.mark.parametrize("lead", [(), (2,)])
def test_pieces_of_any_width_have_the_means_of_the_whole(
    rng, monkeypatch, elements, output, n_y, lead
):
    monkeypatch.setattr(engine.training.running_means, "_ELEMENTS", elements)
    widths = [3, 1, 4, 1, 5]
    m = sum(widths)
    labels = rng.integers(0, max(n_y, 2), m)
    Y = np.eye(n_y)[:, labels] if n_y > 1 else labels[None].astype(float)
    Z = rng.normal(size=(*lead, n_y, m))
    tally = RunningMeans(LOSSES[output], (*lead, n_y), m, Z.dtype)
    for end, width in zip(np.cumsum(widths), widths, strict=True):
        tally.add(Z[..., end - width : end], Y[:, end - width : end])
    cost, accuracy = tally.means()
    np.testing.assert_allclose(cost, LOSSES[output].loss(Z, Y).mean(axis=-1), rtol=1e-14)
    np.testing.assert_allclose(accuracy, LOSSES[output].correct(Z, labels).mean(axis=-1))


def test_a_waiting_piece_is_a_copy():
    tally = RunningMeans(LOSSES["sigmoid"], (1,), 2, np.dtype(np.float64))
    Z, Y = np.array([[0.0]]), np.array([[1.0]])
    tally.add(Z, Y)
    Z[...], Y[...] = 1000, 0
    cost, accuracy = tally.means()
    assert cost == pytest.approx(np.log(2))
    assert accuracy == 0


def test_nothing_has_no_means():
    cost, accuracy = RunningMeans(LOSSES["softmax"], (4, 3), 9, np.dtype(np.float32)).means()
    assert cost.shape == accuracy.shape == (4,)
    assert np.isnan([cost, accuracy]).all()
