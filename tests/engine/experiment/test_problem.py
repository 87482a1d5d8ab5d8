"""From an experiment to its samples: split, and scaled by what the training set says."""

import gc
import threading

import numpy as np
import pytest

from engine.data import mnist
from engine.data.features import expand
from engine.data.tables import DATASETS
from engine.experiment import problem as problems
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Choice, Integer, Real, Widths
from engine.experiment.problem import KEPT, KEPT_BYTES, load, network_of, training_size
from engine.experiment.symmetry import starts_equal

DRAWN = [name for name, data in DATASETS.items() if data.planar and not data.fixed]


@pytest.mark.parametrize("dataset", DRAWN)
def test_the_three_splits_are_disjoint_and_use_every_sample(dataset):
    problem = load(Experiment(dataset=dataset, samples=100))
    assert [samples.m for samples in problem.splits.values()] == [60, 20, 20]
    everyone = np.concatenate([samples.index for samples in problem.splits.values()])
    assert sorted(everyone) == list(range(100))
    many = DATASETS[dataset].classes is None
    expected = (2, 3, "softmax") if many else (2, 1, "sigmoid")
    assert (problem.n_x, problem.n_y, problem.output) == expected


@pytest.mark.parametrize(("dataset", "m", "n_x"), [("xor", 4, 2), ("parity", 16, 4)])
def test_a_truth_table_is_learned_whole_and_in_order(dataset, m, n_x):
    problem = load(Experiment(dataset=dataset, bits=4, train_fraction=0.1))
    assert list(problem.splits) == ["train"]
    assert problem.train.X.shape == (n_x, m)
    assert problem.train.y[:4].tolist() == [0, 1, 1, 0]
    np.testing.assert_array_equal(problem.train.X.T, problem.points)
    assert problem.train.Y.tolist() == [problem.train.y.tolist()]


def test_your_own_points_are_all_learned():
    points = [(0.1 * k, -0.2 * k, k % 2) for k in range(10)]
    problem = load(Experiment(dataset="own", points=points))
    assert {name: samples.m for name, samples in problem.splits.items()} == {"train": 10}
    np.testing.assert_allclose(problem.points, [point[:2] for point in points], atol=1e-12)
    np.testing.assert_array_equal(problem.train.X.T, problem.points)
    np.testing.assert_array_equal(problem.train.y, np.arange(10) % 2)


def test_splits_without_samples_are_not_named():
    problem = load(Experiment(dataset="moons", train_fraction=1.0, dev_fraction=0.0))
    assert list(problem.splits) == ["train"]
    problem = load(Experiment(dataset="moons", train_fraction=0.5, dev_fraction=0.5))
    assert list(problem.splits) == ["train", "dev"]


def test_the_network_sees_the_features_chosen():
    problem = load(Experiment(dataset="moons", features=("x1", "x1_x2", "sin_x2")))
    assert problem.n_x == 3
    expected = expand(problem.points, ("x1", "x1_x2", "sin_x2"))[problem.dev.index]
    np.testing.assert_array_equal(problem.dev.X.T, expected)


def test_standardising_uses_the_training_sets_numbers_for_every_split():
    plain = load(Experiment(dataset="gaussians", samples=100))
    scaled = load(Experiment(dataset="gaussians", samples=100, standardize=True))
    train = plain.train.X
    mu, sigma = train.mean(axis=1, keepdims=True), train.std(axis=1, keepdims=True)
    for name, samples in scaled.splits.items():
        expected = (plain.splits[name].X - mu) / sigma
        np.testing.assert_allclose(samples.X, expected, rtol=1e-12, atol=1e-14)
    # Its own mean would be 0: the dev set's is not.
    assert np.abs(scaled.dev.X.mean(axis=1)).min() > 1e-3
    np.testing.assert_array_equal(scaled.points, plain.points)


def test_a_constant_feature_is_standardised_to_zero():
    # In a training set of one sample every feature is constant.
    problem = load(
        Experiment(
            dataset="moons", samples=4, train_fraction=0.25, dev_fraction=0.5, standardize=True
        )
    )
    assert problem.train.m == 1
    assert (problem.train.X == 0).all()
    assert np.isfinite(problem.dev.X).all()


OTHERS = [name for name, knob in KNOBS.items() if knob.section != "data" and name != "data_seed"]
"""The knobs that do not belong to the data."""


def another(name):
    """Return a value of a knob that is not its default."""
    match KNOBS[name]:
        case Choice(titles=titles):
            values = list(titles)
        case Integer(low=low, high=high) | Real(low=low, high=high):
            values = [low, high]
        case Widths():
            values = [(9,)]
    return next(value for value in values if value != getattr(Experiment(), name))


def forgetful(monkeypatch):
    """Let nothing be remembered of the problems that have been loaded before."""
    monkeypatch.setattr(problems, "_MEMORY", problems._Memory())


def arrays(problem):
    sets = [problem.train, problem.train_dev, problem.dev, problem.test]
    return [
        array for part in sets if part for array in (part.rows, part.labels, part.index, part.codes)
    ]


@pytest.mark.parametrize(
    ("name", "dataset"),
    [*((name, "moons") for name in OTHERS), ("hidden", "mnist"), ("initializer", "mnist")],
)
def test_a_knob_of_the_network_leaves_the_data_alone(name, dataset, monkeypatch):
    before = Experiment(dataset=dataset, samples=60, standardize=True)
    after = before.but(**{name: another(name)})
    mine = load(before)
    assert load(after) is mine or starts_equal(after)
    forgetful(monkeypatch)
    theirs = load(after)
    assert theirs is not mine
    for array, other in zip(arrays(mine), arrays(theirs), strict=True):
        np.testing.assert_array_equal(array, other)
    for split, samples in mine.splits.items():
        np.testing.assert_allclose(samples.X, theirs.splits[split].X, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("start", [{"initializer": "zeros"}, {"init_scale": 0.0}])
def test_images_for_units_that_start_alike_are_other_data(start):
    plain = Experiment(dataset="mnist", samples=50)
    single, exact = load(plain), load(plain.but(**start))
    assert (single.train.dtype, exact.train.dtype) == (np.float32, np.float64)
    assert load(plain) is single


def test_every_knob_of_the_data_gives_other_data():
    base = Experiment(dataset="mnist", samples=50, shift="rotated")
    changes = [
        {}, {"samples": 60}, {"dev_fraction": 0.5}, {"data_seed": 1}, {"shift": "none"},
        {"shift_strength": 0.9}, {"target_share": 0.5}, {"standardize": True},
        {"standardize": True, "fitted_on": "all"}, {"standardize": True, "fitted_on": "each"},
    ]  # fmt: skip
    seen = [load(base.but(**change)) for change in changes]
    assert len({id(problem) for problem in seen}) == len(seen)


def test_nobody_can_write_to_samples_that_others_share():
    for dataset in ("moons", "parity", "own", "mnist"):
        problem = load(Experiment(dataset=dataset, samples=50, standardize=True))
        for array in arrays(problem):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0
    with pytest.raises(ValueError, match="read-only"):
        load(Experiment(dataset="moons", standardize=True)).standardizer.mu[0] = 7


def test_few_problems_are_remembered_and_no_copies_of_digits(monkeypatch):
    forgetful(monkeypatch)
    memory = problems._MEMORY
    for seed in range(3 * KEPT):
        load(Experiment(dataset="mnist", samples=0, dev_fraction=0.1, data_seed=seed))
        load(Experiment(dataset="mnist", samples=200, shift="rotated", data_seed=seed))
    gc.collect()
    kept = list(memory._in_use.values())
    assert len(kept) == KEPT
    assert sum(problem.nbytes for problem in kept) <= KEPT * KEPT_BYTES
    # 60,000 + 10,000 positions of 8 bytes, and the labels as one-hot rows; no pixel is its own.
    assert all(560_000 <= problem.nbytes < 570_000 for problem in kept)
    everything = mnist.load()
    assert all(problem.train.rows is everything.train_images for problem in kept)


def test_what_is_in_use_is_not_made_again_however_large(monkeypatch):
    forgetful(monkeypatch)
    wanted = Experiment(dataset="mnist", samples=200, shift="rotated")
    held = load(wanted)
    assert held.nbytes > KEPT_BYTES
    for seed in range(2 * KEPT):
        load(Experiment(dataset="moons", data_seed=seed))
    assert load(wanted) is held


def test_many_threads_that_ask_at_once_get_one_problem(monkeypatch):
    forgetful(monkeypatch)
    start, got = threading.Barrier(8), []

    def ask():
        start.wait()
        got.append(load(Experiment(dataset="mnist", samples=3000)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(problem) for problem in got}) == 1


@pytest.mark.parametrize(
    ("changes", "sizes", "output"),
    [
        ({}, (2, 3, 1), "sigmoid"),
        ({"hidden": ()}, (2, 1), "sigmoid"),
        ({"features": ("x1", "x2", "x1_x2"), "hidden": (4, 2)}, (3, 4, 2, 1), "sigmoid"),
        ({"dataset": "parity", "bits": 5}, (5, 3, 1), "sigmoid"),
        ({"dataset": "mnist", "samples": 50, "hidden": (64,)}, (784, 64, 10), "softmax"),
    ],
)
def test_the_network_has_the_problems_inputs_and_outputs(changes, sizes, output):
    network = network_of(Experiment(activation="tanh", **changes))
    assert (network.sizes, network.hidden, network.output) == (sizes, "tanh", output)


def test_another_data_seed_draws_other_samples_and_splits_them_otherwise():
    first, other = (load(Experiment(dataset="moons", data_seed=seed)) for seed in (0, 1))
    assert (first.points != other.points).all()
    assert set(first.train.index) != set(other.train.index)


def test_more_noise_splits_the_same_samples_the_same_way():
    quiet, noisy = (load(Experiment(dataset="moons", noise=noise)) for noise in (0.0, 0.3))
    np.testing.assert_array_equal(quiet.train.index, noisy.train.index)


class TestMnist:
    def test_all_digits_are_the_shared_images_themselves(self, monkeypatch):
        forgetful(monkeypatch)  # other tests read the file anew
        problem, data = load(Experiment(dataset="mnist", samples=0, dev_fraction=0.0)), mnist.load()
        assert [(name, samples.m) for name, samples in problem.splits.items()] == [
            ("train", 60_000),
            ("test", 10_000),
        ]
        assert problem.train.rows is data.train_images
        assert problem.test.rows is data.test_images
        assert (problem.n_x, problem.n_y, problem.output) == (784, 10, "softmax")

    def test_samples_counts_train_and_dev_together_and_the_test_digits_come_on_top(self):
        problem = load(Experiment(dataset="mnist", samples=42_000, dev_fraction=1 / 42))
        assert {name: samples.m for name, samples in problem.splits.items()} == {
            "train": 41_000,
            "dev": 1_000,
            "test": 10_000,
        }
        assert not np.intersect1d(problem.train.index, problem.dev.index).size

    def test_every_digit_keeps_its_share(self):
        problem = load(Experiment(dataset="mnist", samples=6000, dev_fraction=0.1))
        share = np.bincount(mnist.load().train_labels) / 60_000
        for samples in (problem.train, problem.dev):
            assert (np.abs(np.bincount(samples.y) - share * samples.m) < 1).all()

    def test_pixels_become_levels_from_zero_to_one_and_digits_one_hot_columns(self):
        problem, data = load(Experiment(dataset="mnist", samples=500)), mnist.load()
        index = problem.train.index
        np.testing.assert_allclose(problem.train.X.T, data.train_images[index] / 255, rtol=1e-6)
        np.testing.assert_array_equal(problem.train.Y.argmax(axis=0), data.train_labels[index])
        np.testing.assert_array_equal(problem.train.Y.sum(axis=0), np.ones(problem.train.m))

    def test_standardised_digits_have_the_training_digits_mean_and_deviation(self):
        problem = load(Experiment(dataset="mnist", samples=500, standardize=True))
        plain = load(Experiment(dataset="mnist", samples=500))
        mu, sigma = plain.train.X.mean(dtype=float), plain.train.X.std(dtype=float)
        for name, samples in problem.splits.items():
            if name != "test":
                expected = (plain.splits[name].X - mu) / sigma
                np.testing.assert_allclose(samples.X, expected, atol=2e-6)
        some = np.arange(100)
        expected = (plain.test.gather(some) - mu) / sigma
        np.testing.assert_allclose(problem.test.gather(some), expected, atol=2e-6)


# --- fitted on what -------------------------------------------------------------------------------


@pytest.mark.parametrize("fitted_on", ["each", "all"])
@pytest.mark.parametrize("dataset", ["gaussians", "mnist"])
def test_standardising_wrongly_is_what_its_name_says(dataset, fitted_on):
    base = Experiment(dataset=dataset, samples=100, noise=0.3)
    plain = load(base).splits
    wrong = load(base.but(standardize=True, fitted_on=fitted_on)).splits
    axis = None if dataset == "mnist" else 1
    whole = np.concatenate([samples.X for samples in plain.values()], axis=1, dtype=float)
    for name, samples in wrong.items():
        measured = whole if fitted_on == "all" else plain[name].X.astype(float)
        mu = measured.mean(axis=axis, keepdims=True)
        sigma = measured.std(axis=axis, keepdims=True)
        np.testing.assert_allclose(samples.X, (plain[name].X - mu) / sigma, rtol=2e-5, atol=2e-5)


def test_how_inputs_are_standardised_wrongly_leaves_the_training_set_alone_if_by_itself():
    base = Experiment(dataset="moons", samples=50, standardize=True)
    right, each = load(base), load(base.but(fitted_on="each"))
    np.testing.assert_array_equal(right.train.X, each.train.X)
    assert (right.dev.X != each.dev.X).any()
    np.testing.assert_array_equal(right.standardizer.mu, each.standardizer.mu)


def test_an_empty_split_can_be_standardised_by_itself():
    problem = load(
        Experiment(
            dataset="moons", train_fraction=1.0, dev_fraction=0.0, standardize=True,
            fitted_on="each",
        )
    )  # fmt: skip
    assert list(problem.splits) == ["train"]


def test_mismatched_digits_have_a_training_dev_set_between_train_and_dev():
    problem = load(Experiment(dataset="mnist", samples=500, shift="blurred"))
    assert list(problem.splits) == ["train", "train_dev", "dev", "test"]
    assert problem.splits["train_dev"] is problem.train_dev
    assert list(load(Experiment(dataset="mnist", samples=500)).splits) == ["train", "dev", "test"]


@pytest.mark.parametrize(
    "start",
    [
        Experiment(dataset="mnist", samples=2000, dev_fraction=0.4),
        Experiment(dataset="circles", samples=500, train_fraction=0.2, dev_fraction=0.4),
        Experiment(dataset="mnist", samples=0),
        Experiment(dataset="mnist", samples=0, dev_fraction=0.05, shift="blurred"),
        Experiment(dataset="mnist", samples=2000, shift="noisy", dev_fraction=0.8),
        Experiment(),
        Experiment(dataset="own", points=((0.1, 0.2, 1),) * 100),
        *(Experiment(dataset="parity", bits=bits) for bits in (2, 5, 10)),
    ],
)
def test_the_training_size_is_what_is_drawn(start):
    assert training_size(start) == load(start).train.m


def test_the_training_size_is_right_to_the_last_sample_however_the_fractions_round():
    rng = np.random.default_rng(0)
    for dataset in ("noisy_xor", "circles", "moons", "spirals", "gaussians"):
        for _ in range(60):
            train, dev, _ = np.round(rng.dirichlet((1, 1, 1)), rng.integers(1, 4))
            fractions = {"train_fraction": train, "dev_fraction": min(dev, round(1 - train, 9))}
            start = Experiment(dataset=dataset, samples=rng.integers(4, 400), **fractions)
            assert training_size(start) == load(start).train.m, start
