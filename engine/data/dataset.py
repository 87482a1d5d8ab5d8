"""A Dataset says what a problem is called, how its points are drawn, and how well anyone can do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.data import bayes
from engine.data.bayes import Curves
from engine.nn.types import Array

# (rng, samples, noise, bits, classes) -> points (M, d) float64, labels (M,) uint8. Every generator
# takes all five, so that a caller needs no case by case; each says which of them it heeds.
Generate: TypeAlias = Callable[[np.random.Generator, int, float, int, int], tuple[Array, Array]]


@dataclass(frozen=True)
class Dataset:
    """Describe one classification problem.

    ``aim`` says what a network that has learned it can do, as the end of a sentence.
    ``generate`` is None where the examples are stored or given, not drawn. ``planar`` problems
    have two inputs and can be drawn; ``view`` is then the low and high end of both axes, otherwise
    the range of one input. ``fixed`` problems ignore the knobs ``samples`` and ``noise``; ``whole``
    ones, truth tables and points given by hand, are learned whole, with nothing held out.
    ``classes`` is None where the knob of that name decides. ``bayes_error`` takes the noise and the
    number of classes and returns the smallest error any classifier can reach, a probability; it is
    None where the true distribution is not known. ``curves`` takes the number of classes and
    returns what they are scattered around, with a deviation of ``spread`` and the noise, where they
    are. ``of_images`` problems are pixels; ``sample`` and ``label`` are what one example and its
    class are called.
    """

    name: str
    title: str
    aim: str
    meaning: str
    classes: int | None
    generate: Generate | None
    planar: bool
    fixed: bool
    whole: bool
    view: tuple[float, float]
    bayes_error: Callable[[float, int], float] | None
    curves: Callable[[int], Curves] | None = None
    spread: float = 0.0
    of_images: bool = False
    sample: str = "sample"
    label: str = "class"

    @property
    def output(self) -> str:
        """The output layer, and with it the loss, that its classes need."""
        return "sigmoid" if self.classes == 2 else "softmax"

    @property
    def words(self) -> dict[str, str]:
        """What its samples and classes are called, to be put into a sentence."""
        return {"samples": f"{self.sample}s", "label": self.label}

    def best_error(self, noise: float, features: tuple[str, ...], classes: int = 2) -> float | None:
        """Return the Bayes error for who sees these features of a point; None if not known."""
        if self.bayes_error is None:
            return None
        if self.curves is None or bayes.tells_all(features):
            return self.bayes_error(noise, classes)
        return bayes.through(features, self.curves(classes), self.spread + noise, classes)
