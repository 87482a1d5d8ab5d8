"""A selection of shared rows as columns of X, floats as they are and pixels scaled."""

import dataclasses

import numpy as np
import pytest

from engine.data.samples import Samples

POINTS = Samples(
    rows=np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]),
    labels=np.array([0, 1, 1, 0], np.uint8),
    index=np.array([3, 1]),
    codes=np.array([[0.0], [1.0]]),
)
PIXELS = Samples(
    rows=np.array([[0, 255], [51, 102]], np.uint8),
    labels=np.array([2, 0], np.uint8),
    index=np.array([1, 0]),
    codes=np.eye(3, dtype=np.float32),
    scale=1 / 255,
)


@pytest.mark.parametrize(("most", "kept"), [(1, [0]), (2, [0, 2]), (3, [0, 1, 2]), (9, range(4))])
def test_at_most_so_many_are_kept_and_evenly_spaced(most, kept):
    four = dataclasses.replace(POINTS, index=np.arange(4))
    assert four.thinned(most).index.tolist() == list(kept)


def test_points_by_hand():
    assert POINTS.m == 2
    assert POINTS.dtype == np.float64
    assert POINTS.X.tolist() == [[6, 2], [7, 3]]
    assert POINTS.Y.tolist() == [[0, 1]]
    assert POINTS.y.tolist() == [0, 1]


def test_pixels_by_hand():
    assert PIXELS.dtype == np.float32
    assert PIXELS.X.dtype == PIXELS.Y.dtype == np.float32
    np.testing.assert_allclose(PIXELS.X, [[0.2, 0], [0.4, 1]], rtol=1e-6)
    assert PIXELS.Y.tolist() == [[1, 0], [0, 0], [0, 1]]
    assert PIXELS.y.tolist() == [0, 2]


def test_pixels_are_scaled_and_then_shifted():
    # (x / 255 - 0.5) / 0.25 = x / 63.75 - 2.
    standardized = dataclasses.replace(PIXELS, scale=1 / 63.75, shift=-2.0)
    np.testing.assert_allclose(standardized.X, [[-1.2, -2], [-0.4, 2]], rtol=1e-6)
    assert standardized.X.dtype == np.float32


@pytest.mark.parametrize("samples", [POINTS, PIXELS], ids=["points", "pixels"])
def test_a_batch_for_each_replica_is_gathered_at_once(samples):
    positions = np.array([[0, 1, 1], [1, 0, 0]])
    rows, targets = samples.gather(positions), samples.targets(positions)
    assert rows.shape == (2, 3, 2)
    assert targets.shape == (2, 3, len(samples.Y))
    for replica, own in enumerate(positions):
        np.testing.assert_array_equal(rows[replica], samples.X.T[own])
        np.testing.assert_array_equal(targets[replica], samples.Y.T[own])
        np.testing.assert_array_equal(samples.classes(positions)[replica], samples.y[own])


@pytest.mark.parametrize("samples", [POINTS, PIXELS], ids=["points", "pixels"])
def test_gathering_writes_where_it_is_told(samples):
    raw, out = np.empty((2, 2), samples.rows.dtype), np.empty((2, 2), samples.dtype)
    assert samples.gather(np.array([0, 1]), raw, out) is out
    np.testing.assert_array_equal(out, samples.X.T)
    targets = np.empty((2, samples.codes.shape[1]), samples.codes.dtype)
    assert samples.targets(np.array([0, 1]), targets) is targets
    np.testing.assert_array_equal(targets, samples.Y.T)


def test_a_column_slice_of_x_is_contiguous():
    assert POINTS.X[:, :1].flags.f_contiguous


def test_an_empty_selection_has_no_columns():
    nobody = dataclasses.replace(POINTS, index=np.empty(0, np.intp))
    assert nobody.m == 0
    assert nobody.X.shape == (2, 0)
    assert nobody.Y.shape == (1, 0)
