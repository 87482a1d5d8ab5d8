"""Shifted images: unchanged at strength 0, and each shift does what its name says."""

import numpy as np
import pytest

from engine.data.mnist import load
from engine.data.shift import SHIFTS, shifted

MIDDLE = 14 * 28 + 14


@pytest.fixture
def digits():
    return load().test_images[:700]  # more than one block


def dot(level=255, place=MIDDLE):
    image = np.zeros((1, 784), dtype=np.uint8)
    image[0, place] = level
    return image


def centre_and_spread(images):
    """The centre of mass (row, column) of the first image and the mean squared distance to it."""
    mass = images[0].reshape(28, 28) / images[0].sum()
    place = np.indices((28, 28))
    centre = (mass * place).sum(axis=(1, 2))
    squared = ((place - centre[:, None, None]) ** 2).sum(axis=0)
    return centre, (mass * squared).sum()


@pytest.mark.parametrize("kind", SHIFTS)
def test_strength_zero_changes_no_bit_and_copies(rng, digits, kind):
    result = shifted(digits, kind, 0.0, rng)
    np.testing.assert_array_equal(result, digits)
    assert not np.shares_memory(result, digits)


@pytest.mark.parametrize("kind", SHIFTS)
@pytest.mark.parametrize("strength", [1e-5, 1e-300])
def test_a_tiny_strength_changes_no_pixel_by_more_than_one_grey_level(rng, digits, kind, strength):
    result = shifted(digits, kind, strength, rng).astype(int)
    assert np.abs(result - digits).max() <= 1


@pytest.mark.parametrize("kind", SHIFTS)
def test_more_strength_changes_more(digits, kind):
    distances = [
        np.abs(shifted(digits, kind, s, np.random.default_rng(0)) - digits.astype(float)).mean()
        for s in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert distances[0] == 0
    assert (np.diff(distances) > 0).all()


@pytest.mark.parametrize("kind", SHIFTS)
def test_images_stay_bytes_and_the_originals_untouched(rng, digits, kind):
    before = digits.copy()
    result = shifted(digits, kind, 1.0, rng)
    assert result.shape == digits.shape
    assert result.dtype == np.uint8
    np.testing.assert_array_equal(digits, before)


@pytest.mark.parametrize("kind", SHIFTS)
def test_an_image_depends_on_its_place_not_on_how_many_follow(digits, kind):
    many, few = (shifted(digits[:m], kind, 0.7, np.random.default_rng(5)) for m in (700, 510))
    np.testing.assert_array_equal(many[:510], few)


@pytest.mark.parametrize("kind", ["noisy", "rotated"])
def test_chance_comes_from_the_generator(digits, kind):
    first, again, other = (shifted(digits, kind, 0.7, np.random.default_rng(s)) for s in (5, 5, 6))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize("kind", SHIFTS)
@pytest.mark.parametrize("count", [0, 1])
def test_no_image_or_a_single_one_will_do(rng, digits, kind, count):
    assert shifted(digits[:count], kind, 1.0, rng).shape == (count, 784)


@pytest.mark.parametrize("kind", SHIFTS)
def test_a_black_image_stays_black_unless_noise_is_added(rng, kind):
    result = shifted(np.zeros((1, 784), dtype=np.uint8), kind, 1.0, rng)
    assert (result.max() > 0) == (kind == "noisy")


def test_blur_spreads_a_dot_into_a_gaussian_of_two_and_a_half_pixels(rng):
    blurred = shifted(dot(), "blurred", 1.0, rng).reshape(28, 28)
    # 255 / (2 pi 2.5^2) = 6.49 in the middle, times exp(-9 / 12.5) = 0.487, so 3.16, 3 pixels on.
    assert blurred[14, 14] == 6
    assert blurred[14, 17] == blurred[17, 14] == blurred[11, 14] == 3
    np.testing.assert_array_equal(blurred, blurred.T)


def test_blur_keeps_the_amount_of_ink_and_adds_its_variance(rng):
    square = np.zeros((28, 28), dtype=np.uint8)
    square[12:16, 12:16] = 240
    original = square.reshape(1, 784)
    blurred = shifted(original, "blurred", 0.4, rng)
    centre, spread = centre_and_spread(original)
    blurred_centre, blurred_spread = centre_and_spread(blurred)
    assert blurred.sum() == pytest.approx(original.sum(), rel=0.01)  # rounding of faint pixels
    np.testing.assert_allclose(blurred_centre, centre, atol=1e-6)
    # Deviation 2.5 * 0.4 = 1 in each direction: the mean squared distance grows by 2.
    assert blurred_spread - spread == pytest.approx(2, rel=0.05)


def test_full_low_resolution_is_the_average_of_four_by_four_pixels(rng, digits):
    result = shifted(digits, "low_resolution", 1.0, rng)
    averages = digits.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4))
    np.testing.assert_array_equal(
        result, np.rint(averages.repeat(4, 1).repeat(4, 2)).reshape(-1, 784)
    )


def test_low_resolution_at_a_third_averages_two_by_two_pixels(rng, digits):
    result = shifted(digits, "low_resolution", 1 / 3, rng).astype(float)
    averages = digits.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))
    expected = averages.repeat(2, 1).repeat(2, 2).reshape(-1, 784)
    assert np.abs(result - expected).max() <= 0.5001


def test_noise_has_its_standard_deviation_and_no_bias_where_nothing_is_clipped(rng):
    grey = np.full((100, 784), 128, dtype=np.uint8)
    moved = shifted(grey, "noisy", 0.2, rng) - 128.0
    # Deviation 20; 78,400 draws: four standard errors are 0.29 for the mean, 0.2 for the
    # deviation. 128 is over six deviations from both ends.
    assert abs(moved.mean()) < 0.29
    assert moved.std() == pytest.approx(20, abs=0.21)


def test_noise_is_clipped_not_wrapped_around(rng):
    white = np.full((100, 784), 255, dtype=np.uint8)
    result = shifted(white, "noisy", 1.0, rng)
    # Half the pixels would exceed 255 and stay; 255 - 4 * 100 < 0 happens 53 times in 10,000.
    assert np.mean(result == 255) == pytest.approx(0.5, abs=0.01)
    assert np.mean(result < 10) < 0.01


def test_rotation_turns_a_dot_on_the_right_up_or_down_by_45_degrees(rng):
    # 8 right and half a pixel above the centre (13.5, 13.5): at distance sqrt(8.5^2 + 0.5^2).
    right = np.repeat(dot(place=13 * 28 + 22), 200, axis=0)
    result = shifted(right, "rotated", 1.0, rng)
    ways = np.array([centre_and_spread(result[i : i + 1])[0] for i in range(200)])
    # Counterclockwise by 45 degrees (8.5, 0.5) becomes (8, 9) / sqrt(2) = (5.657, 6.364) right and
    # up; clockwise (9, -8) / sqrt(2).
    up = np.abs(ways - [13.5 - 9 / np.sqrt(2), 13.5 + 8 / np.sqrt(2)]).max(axis=1) < 0.3
    down = np.abs(ways - [13.5 + 8 / np.sqrt(2), 13.5 + 9 / np.sqrt(2)]).max(axis=1) < 0.3
    assert (up ^ down).all()
    assert 70 < up.sum() < 130  # 100 expected, standard deviation 7
    # To the left, which is up here, where the draw is below one half: as in every link of before.
    np.testing.assert_array_equal(up, np.random.default_rng(0).random(200) < 0.5)


def test_rotation_keeps_the_middle_in_place_and_loses_no_ink(rng):
    square = np.zeros((28, 28), dtype=np.uint8)
    square[10:18, 10:18] = 200
    original = square.reshape(1, 784)
    result = shifted(original, "rotated", 0.5, rng)
    np.testing.assert_allclose(centre_and_spread(result)[0], 13.5, atol=0.02)
    assert result.sum() == pytest.approx(original.sum(), rel=0.02)


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_a_strength_outside_zero_to_one_is_refused(rng, strength):
    with pytest.raises(ValueError) as refusal:
        shifted(dot(), "blurred", strength, rng)
    assert str(refusal.value) == f"strength must be between 0 and 1, got {strength}."


def test_an_unknown_kind_is_refused(rng):
    with pytest.raises(ValueError) as refusal:
        shifted(dot(), "sepia", 0.5, rng)
    expected = "kind must be one of blurred, low_resolution, noisy, rotated, got 'sepia'."
    assert str(refusal.value) == expected
