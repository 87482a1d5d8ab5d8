"""How a stroke of a pen became a digit of MNIST: cropped, scaled to 20 by 20, centred by mass."""

import numpy as np

from engine.nn.types import Array

SIDE, BOX = 28, 20
"""Pixels along the side of a picture, and of the box in its middle that the digit is scaled to."""


def normalised(ink: Array) -> Array:
    """Return ink of any height and width, 0 (paper) to 255, as MNIST's picture (28, 28) uint8.

    The box around all ink is scaled, its aspect ratio kept, so that its longer side measures 20
    pixels; a grey level is the mean of the ink that falls on the pixel. The picture is then moved
    by whole pixels until the ink's centre of mass lies within half a pixel of row and column 14.
    Without ink the picture is blank.

    So the set was made, says its home page (LeCun, Cortes and Burges, "The MNIST database"): "the
    images contain grey levels as a result of the anti-aliasing technique used by the normalization
    algorithm. The images were centered in a 28x28 image by computing the center of mass". That it
    is row and column 14, and whole pixels, can be read off the digits themselves.
    """
    picture = np.zeros((SIDE, SIDE), np.uint8)
    if not ink.any():
        return picture
    small = np.rint(_scaled(_cropped(ink).astype(float))).astype(np.uint8)
    rows, columns = np.nonzero(small)
    height, width = rows.max() + 1, columns.max() + 1
    mass = small.sum(dtype=float)
    up = _start(small.sum(axis=1) @ np.arange(BOX) / mass, height)
    left = _start(small.sum(axis=0) @ np.arange(BOX) / mass, width)
    picture[up : up + height, left : left + width] = small[:height, :width]
    return picture


def _cropped(ink: Array) -> Array:
    """Return the box around all ink."""
    rows, columns = np.nonzero(ink)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _scaled(ink: Array) -> Array:
    """Return ink (height, width) scaled into the corner of a box (20, 20), by area."""
    step = max(ink.shape) / BOX
    down, across = (_overlap(length, step) for length in ink.shape)
    scaled: Array = down @ ink @ across.T / step**2
    return scaled


def _overlap(length: int, step: float) -> Array:
    """Return how much of each of `length` pixels lies in each of 20 intervals of `step` pixels."""
    start, pixel = step * np.arange(BOX)[:, None], np.arange(length)
    shared: Array = np.minimum(pixel + 1, start + step) - np.maximum(pixel, start)
    return np.maximum(shared, 0)


def _start(centre: float, length: int) -> int:
    """Return where ink of this length begins once its centre of mass has moved to pixel 14."""
    return int(np.clip(np.floor(SIDE / 2 - centre + 0.5), 0, SIDE - length))
