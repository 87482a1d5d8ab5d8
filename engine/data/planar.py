"""Problems in the plane, each a curve or a few centres for every class plus Gaussian noise.

``noise`` is a standard deviation in the units of the axes. Noise has a stream of its own and every
stream is drawn point by point: a larger ``noise`` moves the same points further along the same
directions, and a larger ``samples`` adds points to the ones already there.
"""

import functools
import math

import numpy as np

from engine.data import bayes
from engine.data.bayes import Curves
from engine.data.dataset import Dataset
from engine.nn.types import Array

GAUSSIAN_CENTRES = np.array([[-0.5, -0.5], [0.5, 0.5]])
GAUSSIAN_SPREAD = 0.15
SPIRAL_TURNS = 1.75
BLOB_SPREAD = 0.1
BOARD_SQUARES = 4
BOARD_SIDE = 0.5

_STROKES = 250 * (5**0.5 - 1) / 2
"""The golden section of 250: evenly spaced places along a stroke lie evenly spread over a square,
never in rows."""

_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_CORNER_LABELS = np.array([0, 1, 1, 0], dtype=np.uint8)


def xor(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Return the truth table of XOR: (0,0), (0,1), (1,0), (1,1), whatever the arguments."""
    return _CORNERS.copy(), _CORNER_LABELS.copy()


def noisy_xor(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Scatter points around the four corners of XOR in turn; a point's class is its corner's."""
    corner = np.arange(samples) % 4
    return _scattered(_CORNERS[corner], noise, rng), _CORNER_LABELS[corner]


def circles(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw class 0 on the circle of radius 1 and class 1 on the one of radius 0.5."""
    return _along(on_circles, rng, samples, noise)


def moons(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw two interleaved half circles of radius 2/3, class 0 the upper, class 1 the lower.

    The usual moons, (cos t, sin t) and (1 - cos t, 1/2 - sin t), moved by (-1/2, -1/4) to the
    origin and shrunk by 2/3: they fill [-1, 1] by [-1/2, 1/2].
    """
    return _along(on_moons, rng, samples, noise)


def spirals(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw two arms winding 1.75 times out to radius 1, one the other turned by half a turn.

    The radius grows in step with the angle and is uniform on [0, 1], as in TensorFlow Playground.
    """
    return _along(on_spirals, rng, samples, noise)


def gaussians(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw two round clouds around (-0.5, -0.5) and (0.5, 0.5), standard deviation 0.15 + noise."""
    labels = _alternating(samples)
    return _scattered(on_centres(labels, labels), GAUSSIAN_SPREAD + noise, rng), labels


def rings(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw class 0 on the circles of radius 1 and 1/2, class 1 on those of 3/4 and 1/4.

    The longer a circle, the more points it gets.
    """
    return _along(on_rings, rng, samples, noise)


def checkerboard(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw points evenly on a board of 4 by 4 squares, the classes like black and white."""
    return _along(on_squares, rng, samples, noise)


def blobs(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    """Draw a round cloud for each class, around places evenly spread on a circle of radius 0.8."""
    labels = (np.arange(samples) % classes).astype(np.uint8)
    return _scattered(_blob_centres(labels, classes), BLOB_SPREAD + noise, rng), labels


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


def on_rings(labels: Array, t: Array) -> Array:
    """Return points (m, 2) of the rings: a share of t for each circle, by its length."""
    inner, outer = np.where(labels == 0, 0.5, 0.25), np.where(labels == 0, 1.0, 0.75)
    share = inner / (inner + outer)
    is_inner = t < share
    along = np.where(is_inner, t / share, (t - share) / (1 - share))
    return _polar(np.where(is_inner, inner, outer), 2 * np.pi * along)


def on_squares(labels: Array, t: Array) -> Array:
    """Return points (m, 2) of the board: t goes through a class's eight squares one by one.

    In a square the curve goes up 155 times from left to right, so close that no gap is seen.
    """
    place = np.minimum((8 * t).astype(int), 7)
    row = place // 2
    column = 2 * (place % 2) + (row + labels) % 2
    across = 8 * t - place
    up = across * _STROKES % 1
    half = BOARD_SQUARES / 2
    board: Array = BOARD_SIDE * np.stack([column + across - half, row + up - half], axis=1)
    return board


@functools.cache
def on_blob_centres(classes: int) -> Curves:
    """Return the curves of so many blobs: a label's centre (m, 2), whatever t."""
    return lambda labels, t: _blob_centres(labels, classes)


def _blob_centres(labels: Array, classes: int) -> Array:
    """Return the centre (m, 2) of each label's blob, the first one on top, then clockwise."""
    return _polar(np.full(len(labels), 0.8), np.pi / 2 - 2 * np.pi * labels / classes)


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


def _of_gaussians(noise: float, classes: int) -> float:
    distance = math.dist(*GAUSSIAN_CENTRES.tolist())
    return bayes.two_clouds(distance, GAUSSIAN_SPREAD + noise)


def _of_checkerboard(noise: float, classes: int) -> float:
    return bayes.checkerboard(BOARD_SIDE, BOARD_SQUARES, noise)


def _of_blobs(noise: float, classes: int) -> float:
    return bayes.of_curves(on_blob_centres(classes), BLOB_SPREAD + noise, classes)


PLANAR: tuple[Dataset, ...] = (
    Dataset(
        name="xor",
        title="XOR",
        aim="compute XOR",
        meaning="The four points of the truth table, which no straight line separates.",
        classes=2,
        generate=xor,
        planar=True,
        fixed=True,
        whole=True,
        view=(-0.5, 1.5),
        bayes_error=lambda noise, classes: 0.0,
    ),
    Dataset(
        name="noisy_xor",
        title="Noisy XOR",
        aim="separate the clouds of noisy XOR",
        meaning="Clouds around the four corners of XOR, which overlap as the noise grows.",
        classes=2,
        generate=noisy_xor,
        planar=True,
        fixed=False,
        whole=False,
        view=(-0.75, 1.75),
        bayes_error=lambda noise, classes: bayes.noisy_xor(noise),
        curves=lambda classes: on_corners,
    ),
    Dataset(
        name="circles",
        title="Circles",
        aim="separate the circles",
        meaning="A ring inside a ring, so the boundary has to close on itself.",
        classes=2,
        generate=circles,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=lambda noise, classes: bayes.of_curves(on_circles, noise),
        curves=lambda classes: on_circles,
    ),
    Dataset(
        name="moons",
        title="Moons",
        aim="separate the moons",
        meaning="Two half circles that reach into each other, so the boundary has to bend.",
        classes=2,
        generate=moons,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=lambda noise, classes: bayes.of_curves(on_moons, noise),
        curves=lambda classes: on_moons,
    ),
    Dataset(
        name="spirals",
        title="Spirals",
        aim="separate the spirals",
        meaning="Two arms wound around each other, harder to learn than circles or moons.",
        classes=2,
        generate=spirals,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=lambda noise, classes: bayes.of_curves(on_spirals, noise),
        curves=lambda classes: on_spirals,
    ),
    Dataset(
        name="gaussians",
        title="Gaussians",
        aim="separate the two Gaussians",
        meaning="Two round clouds, which a straight line separates as well as anything can.",
        classes=2,
        generate=gaussians,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=_of_gaussians,
        curves=lambda classes: on_centres,
        spread=GAUSSIAN_SPREAD,
    ),
    Dataset(
        name="rings",
        title="Rings",
        aim="separate the rings",
        meaning="Four rings inside each other, of two classes in turn: three closed boundaries.",
        classes=2,
        generate=rings,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=lambda noise, classes: bayes.of_curves(on_rings, noise),
        curves=lambda classes: on_rings,
    ),
    Dataset(
        name="checkerboard",
        title="Checkerboard",
        aim="tell the squares of a checkerboard apart",
        meaning="Sixteen squares of two classes in turn: the XOR of the plane many times over.",
        classes=2,
        generate=checkerboard,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=_of_checkerboard,
        curves=lambda classes: on_squares,
    ),
    Dataset(
        name="blobs",
        title="Blobs",
        aim="separate the blobs",
        meaning="Three to six round clouds, one for each class: softmax in the plane.",
        classes=None,
        generate=blobs,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=_of_blobs,
        curves=on_blob_centres,
        spread=BLOB_SPREAD,
    ),
    Dataset(
        name="own",
        title="Your own points",
        aim="separate your own points",
        meaning="Up to a hundred points that you put into the plane yourself.",
        classes=2,
        generate=None,
        planar=True,
        fixed=True,
        whole=True,
        view=(-1.5, 1.5),
        bayes_error=None,
    ),
)
"""In the order in which they are offered."""
