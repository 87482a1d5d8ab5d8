"""The problems in the plane: their shapes, their noise, and the error nobody can avoid."""

import numpy as np
import pytest

from engine.data.tables import DATASETS

PLANAR = [name for name, dataset in DATASETS.items() if dataset.planar and dataset.generate]
DRAWN = [name for name in PLANAR if not DATASETS[name].fixed]


def generate(name, rng, samples=100, noise=0.0):
    return DATASETS[name].generate(rng, samples, noise, 2, 4)


def test_xor_is_the_truth_table_of_the_notes_whatever_the_knobs_say(rng):
    for samples, noise in [(4, 0.0), (2000, 0.5)]:
        points, labels = generate("xor", rng, samples, noise)
        assert points.T.tolist() == [[0, 0, 1, 1], [0, 1, 0, 1]]
        assert labels.tolist() == [0, 1, 1, 0]


def test_changing_the_points_of_xor_spoils_nobody_elses(rng):
    points, labels = generate("xor", rng)
    points += 9
    labels += 9
    points, labels = generate("xor", rng)
    assert points.max() == 1
    assert labels.max() == 1


@pytest.mark.parametrize("name", PLANAR)
@pytest.mark.parametrize("samples", [4, 5, 7, 2000])
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_points_and_labels_have_the_promised_shape_and_balance(rng, name, samples, noise):
    points, labels = generate(name, rng, samples, noise)
    expected = 4 if DATASETS[name].fixed else samples
    assert points.shape == (expected, 2)
    assert points.dtype == np.float64
    assert labels.shape == (expected,)
    assert labels.dtype == np.uint8
    assert np.isfinite(points).all()
    sizes = np.bincount(labels, minlength=DATASETS[name].classes or 4)
    assert sizes.max() - sizes.min() <= 1


@pytest.mark.parametrize("name", PLANAR)
def test_the_same_seed_draws_the_same_points(name):
    first, second = (generate(name, np.random.default_rng(7), noise=0.2) for _ in range(2))
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


@pytest.mark.parametrize("name", DRAWN)
def test_another_seed_draws_other_points(name):
    first, second = (generate(name, np.random.default_rng(s), noise=0.2)[0] for s in (7, 8))
    assert (first != second).all()


@pytest.mark.parametrize("name", DRAWN)
def test_more_samples_keep_the_points_already_there(name):
    few, many = (generate(name, np.random.default_rng(3), m, 0.2) for m in (50, 73))
    np.testing.assert_array_equal(many[0][:50], few[0])
    np.testing.assert_array_equal(many[1][:50], few[1])


@pytest.mark.parametrize("name", DRAWN)
def test_more_noise_moves_each_point_further_in_the_same_direction(name):
    none, some, more = (generate(name, np.random.default_rng(3), 50, s)[0] for s in (0, 0.1, 0.4))
    np.testing.assert_allclose(more - none, 4 * (some - none), atol=1e-14)


@pytest.mark.parametrize("name", DRAWN)
def test_noise_is_a_standard_deviation_in_both_coordinates(name):
    clean, noisy = (generate(name, np.random.default_rng(3), 2000, s)[0] for s in (0.0, 0.3))
    moved = noisy - clean
    # The mean of 2000 draws is within 4 * 0.3 / sqrt(2000) = 0.027 of 0, the deviation within
    # 4 * 0.3 / sqrt(4000) = 0.019 of 0.3, in all but one case in 16,000.
    np.testing.assert_allclose(moved.mean(axis=0), 0, atol=0.027)
    np.testing.assert_allclose(moved.std(axis=0), 0.3, atol=0.019)
    assert abs(np.corrcoef(moved.T)[0, 1]) < 4 / np.sqrt(2000)


@pytest.mark.parametrize("samples", [4, 6, 403])
def test_noisy_xor_serves_the_four_corners_evenly(rng, samples):
    points, labels = generate("noisy_xor", rng, samples)
    corners, counts = np.unique(points, axis=0, return_counts=True)
    assert corners.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert counts.max() - counts.min() <= 1
    np.testing.assert_array_equal(labels, points[:, 0] != points[:, 1])


def test_circles_without_noise_lie_on_radius_one_and_one_half(rng):
    points, labels = generate("circles", rng, 400)
    np.testing.assert_allclose(np.hypot(*points.T), np.where(labels == 0, 1, 0.5), rtol=1e-14)
    for k in (0, 1):
        quadrants = np.unique(points[labels == k] > 0, axis=0)
        assert len(quadrants) == 4


def test_moons_without_noise_are_two_half_circles_of_radius_two_thirds(rng):
    points, labels = generate("moons", rng, 400)
    # (cos t, sin t) around (0, 0) and (1, 1/2), moved by (-1/2, -1/4) and times 2/3.
    upper, lower = points[labels == 0], points[labels == 1]
    np.testing.assert_allclose(np.hypot(*(upper - [-1 / 3, -1 / 6]).T), 2 / 3, rtol=1e-14)
    np.testing.assert_allclose(np.hypot(*(lower - [1 / 3, 1 / 6]).T), 2 / 3, rtol=1e-14)
    assert upper[:, 1].min() >= -1 / 6
    assert lower[:, 1].max() <= 1 / 6
    np.testing.assert_allclose(points.min(axis=0), [-1, -1 / 2], atol=0.01)
    np.testing.assert_allclose(points.max(axis=0), [1, 1 / 2], atol=0.01)


def test_spirals_without_noise_wind_one_and_three_quarter_turns_half_a_turn_apart(rng):
    points, labels = generate("spirals", rng, 400)
    radius = np.hypot(*points.T)
    # Turned back by its angle every point of an arm lies on one ray: 0 degrees for class 0, and
    # 180 degrees for class 1.
    turned = (points[:, 0] + 1j * points[:, 1]) * np.exp(-2j * np.pi * 1.75 * radius)
    np.testing.assert_allclose(turned, np.where(labels == 0, radius, -radius), atol=1e-14)
    assert radius.max() < 1
    np.testing.assert_allclose(np.quantile(radius, [0.25, 0.5, 0.75]), [0.25, 0.5, 0.75], atol=0.1)


def test_gaussians_are_clouds_around_their_centres(rng):
    points, labels = generate("gaussians", rng, 2000, 0.1)
    for k, centre in enumerate([-0.5, 0.5]):
        cloud = points[labels == k]
        # Spread 0.15 + 0.1; 4 standard errors are 0.25 * 4 / sqrt(1000) = 0.032 and 0.022.
        np.testing.assert_allclose(cloud.mean(axis=0), centre, atol=0.032)
        np.testing.assert_allclose(cloud.std(axis=0), 0.25, atol=0.022)


def test_rings_without_noise_lie_on_four_circles_in_turn_the_long_ones_fuller(rng):
    points, labels = generate("rings", rng, 3000)
    radii, counts = np.unique(np.hypot(*points.T).round(12), return_counts=True)
    assert radii.tolist() == [0.25, 0.5, 0.75, 1.0]
    for radius, label in zip(radii, (1, 0, 1, 0), strict=True):
        ring = points[labels == label]
        ring = ring[np.isclose(np.hypot(*ring.T), radius)]
        assert len(np.unique(ring > 0, axis=0)) == 4
        assert len(ring) == counts[radii == radius]
    # 1/4 of class 1 on its inner circle and 1/3 of class 0, within 4 standard errors.
    np.testing.assert_allclose(counts[:2] / 1500, [1 / 4, 1 / 3], atol=0.05)


def test_a_checkerboard_without_noise_has_the_colour_of_each_square(rng):
    points, labels = generate("checkerboard", rng, 2000)
    column, row = np.floor((points + 1) / 0.5).astype(int).T
    assert points.min() >= -1
    assert points.max() < 1
    np.testing.assert_array_equal(labels, (row + column) % 2)
    # Evenly within: 125 of 2,000 in each of 16 squares, and of 4,096 cells hardly two in one.
    _, counts = np.unique(4 * row + column, return_counts=True)
    assert len(counts) == 16
    np.testing.assert_allclose(counts, 125, atol=45)
    inside = (points + 1) % 0.5 / 0.5
    np.testing.assert_allclose(inside.mean(axis=0), 0.5, atol=0.03)
    np.testing.assert_allclose(inside.std(axis=0), 12**-0.5, atol=0.02)
    assert abs(np.corrcoef(inside.T)[0, 1]) < 0.1


@pytest.mark.parametrize("classes", [3, 4, 5, 6])
def test_blobs_are_clouds_evenly_around_a_circle_the_first_one_on_top(rng, classes):
    points, labels = DATASETS["blobs"].generate(rng, 2000, 0.1, 2, classes)
    assert np.unique(labels).tolist() == list(range(classes))
    for k in range(classes):
        angle = np.pi / 2 - 2 * np.pi * k / classes
        cloud = points[labels == k]
        error = 0.2 / np.sqrt(len(cloud))
        centre = [0.8 * np.cos(angle), 0.8 * np.sin(angle)]
        np.testing.assert_allclose(cloud.mean(axis=0), centre, atol=4 * error)
        np.testing.assert_allclose(cloud.std(axis=0), 0.2, atol=4 * error)


@pytest.mark.parametrize("name", PLANAR)
def test_the_picture_shows_every_point_while_there_is_little_noise(rng, name):
    points, _ = generate(name, rng, 2000, 0.05)
    low, high = DATASETS[name].view
    assert low < points.min()
    assert points.max() < high
