import json
from dataclasses import replace

import numpy as np
import pytest

from pages._kit.player.wire import Movie, Points, pack, parameter_count


def a_movie(**changes):
    rng = np.random.default_rng(0)
    frames, epochs = 120, 1000
    history = {"epoch": np.arange(epochs + 1)}
    for split in ("train", "dev", "test"):
        history[f"{split}_cost"] = rng.random(epochs + 1)
        history[f"{split}_accuracy"] = rng.random(epochs + 1)
    movie = Movie(
        version="a run",
        sizes=(2, 3, 1),
        activation="tanh",
        features=("x1", "x2"),
        thetas=rng.normal(size=(frames, 13)),
        steps=np.arange(frames),
        epochs=np.linspace(0, epochs, frames),
        view=(-1.0, 1.0, -1.0, 1.0),
        points={
            split: Points(rng.normal(size=(m, 2)), rng.integers(0, 2, m))
            for split, m in {"train": 200, "dev": 60, "test": 60}.items()
        },
        history=history,
    )
    return replace(movie, **changes)


def unpack(data):
    """Read the bytes as the browser does: header, then arrays found by offset, shape and dtype."""
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8

    def array(place):
        count = int(np.prod(place["shape"]))
        flat = np.frombuffer(data, "<" + place["dtype"], count, start + place["offset"])
        return flat.reshape(place["shape"])

    return header, array


def test_every_array_comes_back_as_it_was_sent():
    movie = a_movie()
    header, array = unpack(pack(movie))
    np.testing.assert_array_equal(array(header["thetas"]), movie.thetas.astype("f4"))
    np.testing.assert_array_equal(array(header["steps"]), movie.steps)
    for split, (x, labels) in movie.points.items():
        np.testing.assert_array_equal(array(header["points"][split]["x"]), x.astype("f4"))
        np.testing.assert_array_equal(array(header["points"][split]["labels"]), labels)
    for name, series in movie.history.items():
        np.testing.assert_array_equal(array(header["history"][name]), series.astype("f4"))


def test_the_header_says_what_the_browser_cannot_guess():
    header, _ = unpack(pack(a_movie(mean=(1.0, 2.0), deviation=(3.0, 4.0)), {"editable": True}))
    assert header["sizes"] == [2, 3, 1]
    assert (header["mean"], header["deviation"]) == ([1, 2], [3, 4])
    assert header["options"] == {"editable": True}
    assert header["start"] == 119  # the last of 120 frames


@pytest.mark.parametrize(
    ("sizes", "activation", "sent"),
    [
        ((2, 1), "tanh", []),
        ((2, 3, 1), "tanh", ["tanh"]),
        ((2, 3, 4, 1), "tanh", ["tanh", "tanh"]),
        ((2, 3, 4, 1), ("relu", "tanh"), ["relu", "tanh"]),
    ],
)
def test_the_header_says_the_activation_of_each_hidden_layer(sizes, activation, sent):
    thetas = np.zeros((120, parameter_count(sizes)))
    header, _ = unpack(pack(a_movie(sizes=sizes, activation=activation, thetas=thetas)))
    assert header["activations"] == sent


def test_inputs_that_are_not_standardised_have_mean_0_and_deviation_1():
    header, _ = unpack(pack(a_movie()))
    assert (header["mean"], header["deviation"]) == ([0, 0], [1, 1])


def test_the_frame_to_open_at_can_be_chosen():
    header, _ = unpack(pack(a_movie(start_frame=7)))
    assert (header["start"], header["chosen"]) == (7, True)


@pytest.mark.parametrize("version", ["", "a", "ab", "abc", "ä", "日本語"])
def test_the_arrays_begin_at_a_multiple_of_eight_bytes_whatever_the_header_weighs(version):
    data = pack(a_movie(version=version))
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    assert header["version"] == version
    assert header["thetas"]["offset"] % 8 == 0
    assert len(data) % 8 == 0
    assert not any(data[4 + length : -(-(4 + length) // 8) * 8])  # only zeros in between


def test_a_small_run_of_1000_epochs_travels_in_60_kilobytes():
    assert len(pack(a_movie())) < 60_000


def test_a_cost_that_is_not_finite_survives_the_journey():
    history = {"epoch": np.arange(3), "train_cost": np.array([0.5, np.inf, np.nan])}
    header, array = unpack(pack(a_movie(history=history)))
    np.testing.assert_array_equal(array(header["history"]["train_cost"]), [0.5, np.inf, np.nan])


def test_numpy_scalars_are_plain_numbers_in_the_header():
    header, _ = unpack(
        pack(a_movie(start_frame=np.int64(3), view=tuple(np.array([-1, 1, -2, 2.0]))))
    )
    assert (header["start"], header["view"]) == (3, [-1, 1, -2, 2])


@pytest.mark.parametrize(
    ("sizes", "count"),
    [((2, 1), 3), ((2, 3, 1), 13), ((7, 12, 12, 1), 7 * 12 + 12 + 12 * 12 + 12 + 12 + 1)],
)
def test_the_length_of_theta_follows_from_the_sizes(sizes, count):
    assert parameter_count(sizes) == count


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"sizes": (2, 3, 2)},
            r"sizes must be \(n, ..., 1\), or 3 to 6 at the end, not \(2, 3, 2\)",
        ),
        (
            {"sizes": (2, 3, 7)},
            r"sizes must be \(n, ..., 1\), or 3 to 6 at the end, not \(2, 3, 7\)",
        ),
        ({"activation": "cosine"}, r"activation must be .*'tanh'.*, not 'cosine'\."),
        (
            {"activation": ("tanh", "relu")},
            r"activation must be .*each hidden layer, not \('tanh',",
        ),
        ({"features": ("x1",)}, r"features must be 2 of .*'sin_x2'.*, not \('x1',\)\."),
        ({"features": ("x1", "x3")}, r"features must be 2 of .*, not \('x1', 'x3'\)\."),
        ({"thetas": np.zeros((120, 12))}, r"thetas must be \(K, P\), not \(120, 12\)\."),
        ({"epochs": np.zeros(3)}, r"epochs must be 120 numbers, not 3\."),
        ({"points": {"exam": Points(np.zeros((1, 2)), np.zeros(1))}}, r"points must be .*'exam'"),
        ({"points": {"train": Points(np.zeros((2, 4)), np.zeros(4))}}, r"train points must be \(m"),
        ({"history": {}}, r"history must be a series named epoch, not \(\)\."),
        ({"view": (1.0, -1.0, 0.0, 1.0)}, r"view must be increasing ranges"),
    ],
)
def test_a_movie_that_makes_no_sense_is_refused_in_a_sentence(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        a_movie(**changes)
