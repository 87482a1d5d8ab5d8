"""MNIST: 70,000 handwritten digits of 28 by 28 grey levels, loaded once and shared by everyone.

Made by Yann LeCun, Corinna Cortes and Christopher J. C. Burges; licensed CC BY-SA 3.0. The file
beside this module holds their four arrays, unchanged.
"""

import functools
import threading
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from engine.data.dataset import Dataset
from engine.nn.types import Array

_FILE = Path(__file__).with_name("mnist.npz")
_ONE_AT_A_TIME = threading.Lock()


class DigitsError(RuntimeError):
    """The file of the digits cannot be read; the message is a sentence."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The file of the digits, engine/data/{_FILE.name}, {what}: copy it anew from where "
            "this project came from. Until then all works but what needs digits."
        )


class Mnist(NamedTuple):
    """Hold images as rows of 784 pixels, 0 (background) to 255 (ink), and their digits 0 to 9."""

    train_images: Array  # (60000, 784) uint8
    train_labels: Array  # (60000,) uint8
    test_images: Array  # (10000, 784) uint8
    test_labels: Array  # (10000,) uint8


def load() -> Mnist:
    """Return the data set: 55 MB, read-only, the same arrays at every call and in every thread.

    Raises DigitsError if its file is missing or damaged.
    """
    # Without the lock two first visitors would each read, and for a while keep, a copy.
    with _ONE_AT_A_TIME:
        return _read()


def in_memory() -> tuple[Array, ...]:
    """Return the four arrays if they have been loaded, else nothing."""
    return tuple(_read()) if _read.cache_info().currsize else ()


@functools.cache
def _read() -> Mnist:
    try:
        with _FILE.open("rb") as file, np.load(file) as stored:
            mnist = Mnist(stored["x_train"], stored["y_train"], stored["x_test"], stored["y_test"])
    except FileNotFoundError as missing:
        raise DigitsError("is missing") from missing
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as damage:
        raise DigitsError("is damaged") from damage
    for array in mnist:
        array.setflags(write=False)
    return mnist


MNIST = Dataset(
    name="mnist",
    title="MNIST",
    aim="read handwritten digits",
    meaning="Handwritten digits from 0 to 9, each 28 by 28 grey pixels.",
    classes=10,
    generate=None,
    planar=False,
    fixed=False,
    whole=False,
    view=(0.0, 1.0),
    bayes_error=None,
    of_images=True,
    sample="digit",
    label="digit",
)
