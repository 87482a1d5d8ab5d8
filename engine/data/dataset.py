"""A Dataset says what a problem is called, how its points are drawn, and how well anyone can do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.data import bayes
from engine.data.planar import Curves
from engine.nn.types import Array

# (rng, samples, noise, bits) -> points (M, d) float64, labels (M,) uint8. Every generator takes
# all four, so that a caller needs no case by case; each says which of them it heeds.
Generate: TypeAlias = Callable[[np.random.Generator, int, float, int], tuple[Array, Array]]


@dataclass(frozen=True)
class Dataset:
    """Describe one classification problem.

    ``aim`` says what a network that has learned it can do, as the end of a sentence.
    ``generate`` is None where the examples are stored or given, not drawn. ``planar`` problems
    have two inputs and can be drawn; ``view`` is then the low and high end of both axes, otherwise
    the range of one input. ``fixed`` problems ignore the knobs ``samples`` and ``noise``; ``whole``
    ones, truth tables and points given by hand, are learned whole, with nothing held out.
    ``bayes_error`` takes the noise and returns the smallest error any classifier can reach, a
    probability; it is None where the true distribution is not known. ``curves`` are what the two
    classes are scattered around, with a deviation of ``spread`` and the noise, where they are.
    """

    name: str
    title: str
    aim: str
    meaning: str
    classes: int
    generate: Generate | None
    planar: bool
    fixed: bool
    whole: bool
    view: tuple[float, float]
    bayes_error: Callable[[float], float] | None
    curves: Curves | None = None
    spread: float = 0.0

    def best_error(self, noise: float, features: tuple[str, ...]) -> float | None:
        """Return the Bayes error for who sees these features of a point; None if not known."""
        if self.bayes_error is None:
            return None
        if self.curves is None or bayes.tells_all(features):
            return self.bayes_error(noise)
        return bayes.through(features, self.curves, self.spread + noise)
