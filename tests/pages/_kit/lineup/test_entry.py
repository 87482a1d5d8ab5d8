import numpy as np
import pytest

from pages._kit.lineup.entry import Entry, Layers, Reading, quantised

LAYERS = Layers(np.zeros((3, 2, 8), np.uint8), np.array([0.0, 1.0]), np.ones((3, 2)))


def test_a_level_is_above_the_middle_where_class_1_is_the_likelier():
    p = np.array([0.0, 0.25, np.nextafter(0.5, 0), 0.5, 0.6, 1.0])
    levels = quantised(p)
    np.testing.assert_array_equal(levels >= 128, p > 0.5)
    # by hand: s = -0.5 and 0.2, 128 sqrt(0.5) = 90.5, 128 sqrt(0.2) = 57.2
    np.testing.assert_array_equal(levels, [0, 37, 127, 127, 185, 255])


def test_a_probability_close_to_one_half_is_kept_to_a_thousandth():
    p = np.linspace(0.49, 0.51, 101)
    level = quantised(p).astype(float)
    s = np.where(level >= 128, (level - 127.5) / 128, -(127.5 - level) / 128)
    np.testing.assert_allclose((1 + np.sign(s) * s**2) / 2, p, atol=1e-3)


@pytest.mark.parametrize("p", [np.nan, np.inf, -np.inf, 2.0, -1.0])
def test_what_is_no_probability_becomes_a_level_all_the_same(p):
    assert 0 <= int(quantised(np.array([p]))[0]) <= 255


@pytest.mark.parametrize(
    ("parts", "frames"),
    [
        ({}, 0),
        ({"fields": np.zeros((4, 8, 8), np.uint8)}, 4),
        ({"readings": {"Right": Reading(np.ones(5), "percent")}}, 5),
        ({"layers": {"Activations": LAYERS}}, 3),
        ({"curves": {"train_cost": np.ones(100)}}, 0),
    ],
)
def test_an_entry_has_as_many_frames_as_its_arrays(parts, frames):
    assert Entry(name="He", **parts).frames == frames


def test_arrays_of_different_lengths_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match=r"'He' has arrays of \[3, 4\] frames, not of one F\."):
        Entry(name="He", readings={"Right": Reading(np.ones(4))}, layers={"Activations": LAYERS})
