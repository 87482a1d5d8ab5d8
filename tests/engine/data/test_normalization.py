"""Standardising: the training set's numbers, finite whatever the features are."""

import numpy as np
import pytest

from engine.data.mnist import load
from engine.data.normalization import Standardizer, fit, fit_images


def test_two_features_by_hand():
    # Means 2 and 10; variances ((-1)^2 + 1^2) / 2 = 1 and (16 + 16) / 2 = 16.
    standardizer = fit(np.array([[1.0, 6.0], [3.0, 14.0]]))
    assert standardizer.mu.tolist() == [2, 10]
    assert standardizer.sigma.tolist() == [1, 4]
    # The dev set gets the training set's numbers: (4 - 2) / 1 and (4 - 10) / 4.
    assert standardizer.apply(np.array([[4.0, 4.0]])).tolist() == [[2, -1.5]]


def test_the_training_set_itself_gets_mean_zero_and_deviation_one(rng):
    rows = rng.normal([5, -3, 0], [0.1, 10, 1], size=(200, 3))
    standardized = fit(rows).apply(rows)
    np.testing.assert_allclose(standardized.mean(axis=0), 0, atol=1e-13)
    np.testing.assert_allclose(standardized.std(axis=0), 1, rtol=1e-13)


# The mean of three 0.1 is 0.10000000000000002, so the computed deviation is not quite zero.
@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, -1e30])
@pytest.mark.parametrize("m", [1, 3])
def test_a_feature_that_never_varies_becomes_exactly_zero(value, m):
    rows = np.full((m, 2), value)
    standardizer = fit(rows)
    assert standardizer.sigma.tolist() == [1, 1]
    assert (standardizer.apply(rows) == 0).all()


def test_without_rows_nothing_is_changed():
    standardizer = fit(np.empty((0, 2)))
    assert standardizer.apply(np.array([[3.0, -4.0]])).tolist() == [[3, -4]]
    assert standardizer.apply(np.empty((0, 2))).shape == (0, 2)


def test_fitting_and_applying_leave_the_rows_alone(rng):
    rows = rng.normal(size=(5, 2))
    before = rows.copy()
    fit(rows).apply(rows)
    np.testing.assert_array_equal(rows, before)


def test_mnist_has_the_published_mean_and_deviation():
    assert fit_images(load().train_images) == pytest.approx((0.130660, 0.308108), abs=5e-7)
    # 33.791224 / 255 and 79.172463 / 255.
    assert fit_images(load().test_images) == pytest.approx((0.132515, 0.310480), abs=5e-7)


@pytest.mark.parametrize("m", [1, 999, 1000, 1001, 2500])
def test_images_are_measured_the_same_whatever_the_number_of_blocks(m):
    images = load().test_images[:m]
    scaled = images / 255
    assert fit_images(images) == pytest.approx((scaled.mean(), scaled.std()), rel=1e-12)


def test_a_subset_is_picked_by_number_or_by_mask(rng):
    images = load().test_images
    index = rng.permutation(len(images))[:1500]
    mask = np.isin(np.arange(len(images)), index)
    expected = fit_images(images[index])
    assert fit_images(images, index) == expected
    assert fit_images(images, mask) == expected
    assert expected != fit_images(images)


def test_images_without_contrast_stay_finite():
    assert fit_images(np.full((3, 784), 51, dtype=np.uint8)) == Standardizer(0.2, 1.0)
    assert fit_images(np.empty((0, 784), dtype=np.uint8)) == Standardizer(0.0, 1.0)
    nobody = np.zeros(3, dtype=bool)
    assert fit_images(np.full((3, 784), 51, dtype=np.uint8), nobody) == Standardizer(0.0, 1.0)


def test_single_precision_images_stay_in_single_precision():
    images = load().test_images[:2].astype(np.float32) / 255
    assert fit_images(load().test_images).apply(images).dtype == np.float32
