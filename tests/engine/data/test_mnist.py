"""MNIST is the genuine data set, read once, and nobody can scribble on it."""

import hashlib
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine.data import mnist
from engine.data.tables import DATASETS


def images_and_labels(half):
    data = mnist.load()
    return getattr(data, f"{half}_images"), getattr(data, f"{half}_labels")


def test_the_file_is_the_one_that_was_checked():
    content = Path(mnist.__file__).with_name("mnist.npz").read_bytes()
    digest = "6ff3272174ad1dcb2ce270847ad63698633925ed0249e1e856d6fd92a3fbd58e"
    assert hashlib.sha256(content).hexdigest() == digest


@pytest.mark.parametrize(
    ("field", "digest"),
    [
        ("train_images", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        ("train_labels", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        ("test_images", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        ("test_labels", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ],
)
def test_the_bytes_are_those_of_the_published_idx_files(field, digest):
    array = getattr(mnist.load(), field)
    # An IDX file is a magic number, the lengths of its axes (big endian), and the raw bytes:
    # 2051 for images of 28 by 28, 2049 for labels.
    if array.ndim == 2:
        header = struct.pack(">4I", 2051, len(array), 28, 28)
    else:
        header = struct.pack(">2I", 2049, len(array))
    assert hashlib.sha256(header + array.tobytes()).hexdigest() == digest


@pytest.mark.parametrize(("half", "count"), [("train", 60_000), ("test", 10_000)])
def test_images_are_contiguous_rows_of_bytes(half, count):
    images, labels = images_and_labels(half)
    assert images.shape == (count, 784)
    assert labels.shape == (count,)
    assert images.dtype == labels.dtype == np.uint8
    assert images.flags.c_contiguous


@pytest.mark.parametrize(
    ("half", "counts"),
    [
        ("train", [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]),
        ("test", [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]),
    ],
)
def test_each_digit_occurs_as_often_as_published(half, counts):
    assert np.bincount(images_and_labels(half)[1]).tolist() == counts


@pytest.mark.parametrize(
    ("half", "labels"),
    [("train", [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]), ("test", [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])],
)
def test_the_first_digits_are_the_well_known_ones(half, labels):
    assert images_and_labels(half)[1][:10].tolist() == labels


@pytest.mark.parametrize("field", mnist.Mnist._fields)
def test_no_visitor_can_write_to_the_shared_arrays(field):
    with pytest.raises(ValueError, match="read-only"):
        getattr(mnist.load(), field)[0] = 0


def test_every_thread_gets_the_same_arrays_though_all_ask_first(monkeypatch):
    reads = []
    stored = {
        name: np.zeros((2, 784) if name.startswith("x") else 2, np.uint8)
        for name in ("x_train", "y_train", "x_test", "y_test")
    }

    class SlowFile:
        def __enter__(self):
            reads.append(threading.get_ident())
            threading.Event().wait(0.05)  # time enough for the others to arrive
            return stored

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(mnist.np, "load", lambda _: SlowFile())
    mnist._read.cache_clear()
    everyone_is_here = threading.Barrier(4)

    def ask(_):
        everyone_is_here.wait()
        return mnist.load()

    try:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(ask, range(4)))
    finally:
        mnist._read.cache_clear()
    assert len(reads) == 1
    assert all(answer is answers[0] for answer in answers)


def test_mnist_is_stored_not_drawn():
    assert DATASETS["mnist"].generate is None
    assert DATASETS["mnist"].classes == 10
    assert not DATASETS["mnist"].planar


def _flipped(whole):
    """Return the file with one bit of its digits turned over."""
    return whole[:5_000_000] + bytes([whole[5_000_000] ^ 1]) + whole[5_000_001:]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (None, "is missing"),
        (lambda whole: b"", "is damaged"),
        (lambda whole: whole[:1000], "is damaged"),
        (lambda whole: whole[: len(whole) // 2], "is damaged"),
        (lambda whole: b"version https://git-lfs.github.com/spec/v1", "is damaged"),
        (_flipped, "is damaged"),
    ],
    ids=["missing", "empty", "cut", "half", "a pointer", "flipped"],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(monkeypatch, tmp_path, change, what):
    copy = tmp_path / "mnist.npz"
    if change is not None:
        copy.write_bytes(change(mnist._FILE.read_bytes()))
    monkeypatch.setattr(mnist, "_FILE", copy)
    mnist._read.cache_clear()
    try:
        with pytest.raises(mnist.DigitsError, match=f"engine/data/mnist.npz, {what}: copy it"):
            mnist.load()
    finally:
        mnist._read.cache_clear()
