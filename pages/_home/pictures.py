"""Small pictures of what a page shows, as PNG files."""

import numpy as np
from PIL import Image, ImageColor, ImageDraw

from engine.data import mnist
from engine.data.shift import SIDE
from engine.experiment.problem import load
from engine.inspection.field import field
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.pictures import BLUE, ORANGE
from pages._kit.pictures.png import png

_SIZE = 276, 207
"""Three times as wide and high as it is shown."""

_CELLS = 69
_BLUE, _ORANGE = map(ImageColor.getrgb, (BLUE, ORANGE))
_PAPER = (250, 250, 248)
_STRENGTH = 0.8
_RADIUS = 8.0

_COLUMNS, _ROWS = 4, 3


def boundary(run: Run) -> bytes:
    """Return how a run's network divides the plane, with its training points.

    Blue and round is one class, orange and standing on its edge the other.
    """
    experiment, problem = run.experiment, load(run.experiment)
    assert problem.points is not None
    points, labels = problem.points[problem.train.index], problem.train.y
    view = _view(points)
    network = problem.network(experiment)
    seen = field(network, run.theta, experiment.features, problem.standardizer, view, _CELLS)
    image = _coloured(seen.p.T[::-1]).resize(_SIZE, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(image)
    for (x1, x2), label in zip(points, labels, strict=True):
        x = (x1 - view[0]) / (view[1] - view[0]) * _SIZE[0]
        y = (view[3] - x2) / (view[3] - view[2]) * _SIZE[1]
        corners, colour = (4, _ORANGE) if label else (24, _BLUE)
        pen.regular_polygon((x, y, _RADIUS), corners, 45, colour, _PAPER)
    return png(np.asarray(image))


def digits() -> bytes:
    """Return the first of the test digits, dark on paper; raises DigitsError without them."""
    images = mnist.load().test_images[: _COLUMNS * _ROWS]
    grid = images.reshape(_ROWS, _COLUMNS, SIDE, SIDE).swapaxes(1, 2)
    sheet = grid.reshape(_ROWS * SIDE, _COLUMNS * SIDE)
    return png(np.asarray(Image.fromarray(255 - sheet).resize(_SIZE, Image.Resampling.BICUBIC)))


def _view(points: Array) -> tuple[float, float, float, float]:
    """Return a view of the picture's shape that shows all points."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, 0.6 * (high - low)[1]
    wide = max(half * _SIZE[0] / _SIZE[1], 0.6 * (high - low)[0])
    return middle[0] - wide, middle[0] + wide, middle[1] - half, middle[1] + half


def _coloured(p: Array) -> Image.Image:
    """Return probabilities (n, n) as colours, blue at 0, paper at one half, orange at 1."""
    share = _STRENGTH * np.abs(2 * p - 1)[..., None]
    towards = np.where(p[..., None] < 0.5, _BLUE, _ORANGE)
    return Image.fromarray(np.rint(share * towards + (1 - share) * _PAPER).astype(np.uint8))
