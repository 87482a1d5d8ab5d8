"""A shift turns training images into what users send: blurry, coarse, grainy, tilted.

The mismatched train and test distributions of the notes: the classes stay, the pixels change.
"""

from collections.abc import Callable, Generator
from typing import NamedTuple

import numpy as np

from engine.nn.stops import to_end
from engine.nn.types import Array

SIDE = 28
MAX_BLUR = 2.5  # standard deviation, pixels
MAX_PIXEL_WIDTH = 4.0  # 28 / 4: 7 by 7 pixels are left
MAX_NOISE = 100.0  # standard deviation, grey levels
MAX_ANGLE = 45.0  # degrees

_BLOCK = 500  # images at a time: 1.6 MB in float32, so the work stays in cache


class Shift(NamedTuple):
    """Name a shift and say in a sentence what it does; ``function`` does it to one block.

    ``function(images, strength, rng)`` maps float32 (n, 28, 28) to the same shape, in grey levels
    that need not be whole or within 0 to 255.
    """

    title: str
    meaning: str
    function: Callable[[Array, float, np.random.Generator], Array]


def shifted(images: Array, kind: str, strength: float, rng: np.random.Generator) -> Array:
    """Return shifted copies of images (k, 784) uint8; strength 0 changes nothing, 1 is hard.

    What happens to an image depends on its place, not on how many come after it. A kind that is
    not in SHIFTS or a strength outside [0, 1] raises ValueError.
    """
    return to_end(shifted_in_parts(images, kind, strength, rng))


def shifted_in_parts(
    images: Array, kind: str, strength: float, rng: np.random.Generator
) -> Generator[None, None, Array]:
    """Do the same, and stop on the way after every 500 images."""
    if kind not in SHIFTS:
        raise ValueError(f"kind must be one of {', '.join(SHIFTS)}, got {kind!r}.")
    if not 0 <= strength <= 1:
        raise ValueError(f"strength must be between 0 and 1, got {strength}.")
    result = images.copy()
    if strength == 0:
        return result
    for start in range(0, len(images), _BLOCK):
        block = images[start : start + _BLOCK].reshape(-1, SIDE, SIDE).astype(np.float32)
        changed = SHIFTS[kind].function(block, strength, rng).reshape(-1, SIDE * SIDE)
        result[start : start + _BLOCK] = np.rint(changed).clip(0, 255)
        yield
    return result


def _blurred(images: Array, strength: float, rng: np.random.Generator) -> Array:
    """Convolve with a Gaussian of standard deviation 2.5 * strength pixels; outside is black."""
    deviation = max(MAX_BLUR * strength, 0.01)  # narrower ones change nothing, but overflow
    distance = np.arange(1 - SIDE, SIDE)
    weight = np.exp(-0.5 * np.square(distance / deviation))
    kernel = weight / weight.sum()
    pixel = np.arange(SIDE)
    return _filtered(images, kernel[pixel[:, np.newaxis] - pixel + SIDE - 1])


def _low_resolution(images: Array, strength: float, rng: np.random.Generator) -> Array:
    """Average over square pixels 1 + 3 * strength wide, then sample these at the old places.

    With overlap[i, j] the length that old pixel i shares with wide pixel j, averaging is
    overlap^T / width and sampling is overlap, along rows and columns alike.
    """
    width = 1 + (MAX_PIXEL_WIDTH - 1) * strength
    old = np.arange(SIDE)[:, np.newaxis]
    wide = np.arange(np.ceil(SIDE / width)) * width
    overlap = (np.minimum(old + 1, wide + width) - np.maximum(old, wide)).clip(min=0)
    return _filtered(images, overlap @ overlap.T / width)


def _noisy(images: Array, strength: float, rng: np.random.Generator) -> Array:
    """Add Gaussian noise of standard deviation 100 * strength grey levels to every pixel."""
    grain = rng.standard_normal(images.shape, dtype=np.float32)
    grainy: Array = images + MAX_NOISE * strength * grain
    return grainy


def _rotated(images: Array, strength: float, rng: np.random.Generator) -> Array:
    """Turn each image about its centre by 45 * strength degrees, to the left or to the right."""
    to_the_left = rng.random(len(images)) < 0.5
    angle = np.deg2rad(MAX_ANGLE * strength)
    turned = np.empty_like(images)
    turned[to_the_left] = _turned(images[to_the_left], angle)
    turned[~to_the_left] = _turned(images[~to_the_left], -angle)
    return turned


def _filtered(images: Array, matrix: Array) -> Array:
    """Apply the same linear map (28, 28) to the columns and to the rows of every image."""
    matrix = matrix.astype(np.float32)
    filtered: Array = matrix @ images @ matrix.T
    return filtered


def _turned(images: Array, angle: float) -> Array:
    """Rotate counterclockwise by angle (radians), bilinearly; outside is black."""
    centre = (SIDE - 1) / 2
    down, right = np.indices((SIDE, SIDE)).reshape(2, -1) - centre
    # Where each new pixel comes from: the inverse rotation, the vertical axis pointing down.
    row = centre + np.cos(angle) * down + np.sin(angle) * right
    column = centre - np.sin(angle) * down + np.cos(angle) * right

    pixels = images.reshape(-1, SIDE * SIDE)
    turned = np.zeros_like(pixels)
    for i in (np.floor(row), np.floor(row) + 1):
        for j in (np.floor(column), np.floor(column) + 1):
            inside = (i >= 0) & (i < SIDE) & (j >= 0) & (j < SIDE)
            share = (1 - np.abs(row - i)) * (1 - np.abs(column - j)) * inside
            source = np.where(inside, i * SIDE + j, 0).astype(np.intp)
            turned += np.take(pixels, source, axis=1) * share.astype(np.float32)
    return turned.reshape(images.shape)


SHIFTS: dict[str, Shift] = {
    "blurred": Shift(
        "Blurred", "Out of focus: each pixel is smeared over its neighbours.", _blurred
    ),
    "low_resolution": Shift(
        "Low resolution", "Too few pixels: each is averaged with those near it.", _low_resolution
    ),
    "noisy": Shift("Noisy", "Poor light: every pixel is off by a random amount.", _noisy),
    "rotated": Shift(
        "Rotated", "Held askew: every digit is tilted to the left or to the right.", _rotated
    ),
}
