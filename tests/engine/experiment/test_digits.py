"""Which digits are learned from and which one is judged by, clean or shifted."""

import multiprocessing
import tracemalloc

import numpy as np
import pytest

from engine.data import mnist
from engine.data.shift import SHIFTS
from engine.experiment import digits
from engine.experiment.experiment import Experiment
from engine.nn.stops import to_end

CLEAN = Experiment(dataset="mnist", samples=1000, dev_fraction=0.2)
BLURRED = CLEAN.but(shift="blurred", shift_strength=0.6)


def drawn(experiment):
    return to_end(digits.draw(experiment))


def pixels(samples):
    return samples.rows[samples.index]


def sizes(sets):
    return {name: samples.m for name, samples in sets.items()}


def test_without_a_shift_there_is_no_training_dev_set_and_no_pixel_is_copied():
    sets = drawn(CLEAN)
    assert sizes(sets) == {"train": 800, "train_dev": 0, "dev": 200, "test": 10_000}
    for name, samples in sets.items():
        data = mnist.load()
        assert samples.rows is (data.test_images if name == "test" else data.train_images)


@pytest.mark.parametrize(
    ("dev_fraction", "expected"),
    [
        (0.0, (1000, 0, 0)),
        (0.2, (600, 200, 200)),
        (0.5, (250, 250, 500)),  # train_dev takes at most half of what dev leaves
        (0.9, (50, 50, 900)),
        (1.0, (0, 0, 1000)),
    ],
)
def test_a_shift_holds_a_training_dev_set_out(dev_fraction, expected):
    sets = drawn(BLURRED.but(dev_fraction=dev_fraction))
    assert tuple(sizes(sets).values()) == (*expected, 10_000)


@pytest.mark.parametrize("kind", SHIFTS)
def test_dev_and_test_are_shifted_and_train_and_training_dev_are_not(kind):
    sets, data = drawn(CLEAN.but(shift=kind)), mnist.load()
    assert sets["train"].rows is data.train_images
    assert sets["train_dev"].rows is data.train_images
    clean = drawn(CLEAN.but(shift=kind, shift_strength=0.0))
    for name in ("dev", "test"):
        np.testing.assert_array_equal(sets[name].y, clean[name].y)
        distance = np.abs(pixels(sets[name]).astype(int) - pixels(clean[name])).mean()
        assert distance > 1  # grey level, on average
    np.testing.assert_array_equal(pixels(clean["test"]), data.test_images)


def test_the_four_sets_share_no_digit():
    sets = drawn(BLURRED.but(shift_strength=0.0, samples=60_000))
    told = [image.tobytes() for s in ("train", "train_dev", "dev") for image in pixels(sets[s])]
    everyone = [image.tobytes() for image in mnist.load().train_images]
    assert sorted(told) == sorted(everyone)


@pytest.mark.parametrize("share", [0.0, 0.1, 1.0])
def test_the_share_of_target_digits_is_met_in_train_and_training_dev(share):
    mixed = drawn(BLURRED.but(target_share=share))
    clean = drawn(BLURRED.but(target_share=0.0))
    for name in ("train", "train_dev"):
        np.testing.assert_array_equal(mixed[name].y, clean[name].y)
        changed = (pixels(mixed[name]) != pixels(clean[name])).any(axis=1)
        assert changed.sum() == round(share * mixed[name].m)


@pytest.mark.parametrize("kind", SHIFTS)
def test_more_target_digits_in_training_leave_dev_and_test_as_they_are(kind):
    base = CLEAN.but(shift=kind)
    few, many = (drawn(base.but(target_share=share)) for share in (0.0, 0.5))
    for name in ("dev", "test"):
        np.testing.assert_array_equal(pixels(few[name]), pixels(many[name]))


def test_noise_falls_differently_on_train_and_dev():
    noisy = CLEAN.but(shift="noisy", target_share=1.0)
    sets, clean = drawn(noisy), drawn(noisy.but(shift_strength=0.0))
    grain = [pixels(sets[s])[0].astype(int) - pixels(clean[s])[0] for s in ("train", "dev")]
    assert (grain[0] != grain[1]).mean() > 0.3


def test_the_shifted_test_digits_are_shared_and_cannot_be_changed():
    first, second = (drawn(BLURRED.but(seed=seed))["test"] for seed in (0, 1))
    assert first.rows is second.rows
    with pytest.raises(ValueError, match="read-only"):
        first.rows[0, 0] = 1


def test_a_shift_costs_the_rows_it_changes_and_no_more():
    # in a process of its own: what other threads take is counted as well
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        size, used = alone.apply(cost_of_a_shift)
    assert size == 6000
    assert used < 10_000 * 784 * 1.1


def cost_of_a_shift():
    """Return how many digits are trained on, and the bytes that half of all being moved takes."""
    drawn(BLURRED)  # the shared test digits exist
    tracemalloc.start()
    kept = drawn(BLURRED.but(samples=10_000, target_share=0.5))
    used, _ = tracemalloc.get_traced_memory()
    return sizes(kept)["train"], used
