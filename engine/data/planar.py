"""Two-class problems in the plane, each a curve or a few centres plus Gaussian noise.

``noise`` is a standard deviation in the units of the axes. Noise has a stream of its own and every
stream is drawn point by point: a larger ``noise`` moves the same points further along the same
directions, and a larger ``samples`` adds points to the ones already there.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.nn.types import Array

Curves: TypeAlias = Callable[[Array, Array], Array]
"""(labels (m,), t (m,) from 0 to 1) -> the points (m, 2) that samples are scattered around."""

GAUSSIAN_CENTRES = np.array([[-0.5, -0.5], [0.5, 0.5]])
GAUSSIAN_SPREAD = 0.15
SPIRAL_TURNS = 1.75

_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_CORNER_LABELS = np.array([0, 1, 1, 0], dtype=np.uint8)


def xor(rng: np.random.Generator, samples: int, noise: float, bits: int) -> tuple[Array, Array]:
    """Return the truth table of XOR: (0,0), (0,1), (1,0), (1,1), whatever the arguments."""
    return _CORNERS.copy(), _CORNER_LABELS.copy()


def noisy_xor(
    rng: np.random.Generator, samples: int, noise: float, bits: int
) -> tuple[Array, Array]:
    """Scatter points around the four corners of XOR in turn; a point's class is its corner's."""
    corner = np.arange(samples) % 4
    return _scattered(_CORNERS[corner], noise, rng), _CORNER_LABELS[corner]


def circles(rng: np.random.Generator, samples: int, noise: float, bits: int) -> tuple[Array, Array]:
    """Draw class 0 on the circle of radius 1 and class 1 on the one of radius 0.5."""
    return _along(on_circles, rng, samples, noise)


def moons(rng: np.random.Generator, samples: int, noise: float, bits: int) -> tuple[Array, Array]:
    """Draw two interleaved half circles of radius 2/3, class 0 the upper, class 1 the lower.

    The usual moons, (cos t, sin t) and (1 - cos t, 1/2 - sin t), moved by (-1/2, -1/4) to the
    origin and shrunk by 2/3: they fill [-1, 1] by [-1/2, 1/2].
    """
    return _along(on_moons, rng, samples, noise)


def spirals(rng: np.random.Generator, samples: int, noise: float, bits: int) -> tuple[Array, Array]:
    """Draw two arms winding 1.75 times out to radius 1, one the other turned by half a turn.

    The radius grows in step with the angle and is uniform on [0, 1], as in TensorFlow Playground.
    """
    return _along(on_spirals, rng, samples, noise)


def gaussians(
    rng: np.random.Generator, samples: int, noise: float, bits: int
) -> tuple[Array, Array]:
    """Draw two round clouds around (-0.5, -0.5) and (0.5, 0.5), standard deviation 0.15 + noise."""
    labels = _alternating(samples)
    return _scattered(on_centres(labels, labels), GAUSSIAN_SPREAD + noise, rng), labels


def on_corners(labels: Array, t: Array) -> Array:
    """Return corners (m, 2) of XOR of these labels: its first corner for t below 1/2."""
    first, second = np.array([0, 1])[labels], np.array([3, 2])[labels]
    chosen: Array = _CORNERS[np.where(t < 0.5, first, second)]
    return chosen


def on_centres(labels: Array, t: Array) -> Array:
    """Return the centre (m, 2) of the Gaussian cloud of each label, whatever t."""
    centres: Array = GAUSSIAN_CENTRES[labels]
    return centres


def on_circles(labels: Array, t: Array) -> Array:
    """Return the points (m, 2) of the circles at the places t (m,) from 0 to 1 along them."""
    return _polar(np.where(labels == 0, 1.0, 0.5), 2 * np.pi * t)


def on_moons(labels: Array, t: Array) -> Array:
    """Return the points (m, 2) of the moons at the places t (m,) from 0 to 1 along them."""
    half_circle = _polar(np.ones(len(t)), np.pi * t)
    is_upper = (labels == 0)[:, np.newaxis]
    usual = np.where(is_upper, half_circle, np.array([1.0, 0.5]) - half_circle)
    centred: Array = (usual - np.array([0.5, 0.25])) * (2 / 3)
    return centred


def on_spirals(labels: Array, t: Array) -> Array:
    """Return the points (m, 2) of the arms at the radii t (m,)."""
    return _polar(t, 2 * np.pi * SPIRAL_TURNS * t + np.pi * labels)


def _along(
    curves: Curves, rng: np.random.Generator, samples: int, noise: float
) -> tuple[Array, Array]:
    """Draw points uniformly along two curves, and scatter them."""
    position, jitter = rng.spawn(2)
    labels = _alternating(samples)
    return _scattered(curves(labels, position.random(samples)), noise, jitter), labels


def _alternating(samples: int) -> Array:
    """Return the labels 0, 1, 0, 1, ...: classes of equal size, or class 0 one larger."""
    return (np.arange(samples) % 2).astype(np.uint8)


def _polar(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _scattered(points: Array, deviation: float, rng: np.random.Generator) -> Array:
    return points + rng.normal(scale=deviation, size=points.shape)
