"""All weights and biases of a network as one flat vector theta, and the views of it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.nn.initializers import INITIALIZERS
from engine.nn.types import Array


class Layer(NamedTuple):
    """Views into theta: W (..., n_l, n_{l-1}) and b (..., n_l, 1); writing to one writes theta."""

    W: Array
    b: Array


@dataclass(frozen=True)
class Layout:
    """Where W[1], b[1], W[2], b[2], ... lie in theta, each in C order.

    >>> layout = Layout((2, 3, 1))
    >>> layout.size
    13
    >>> theta = np.zeros(layout.size)
    >>> layout.layers(theta)[1].b[0, 0] = 7
    >>> theta[-1]
    np.float64(7.0)
    """

    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or min(self.sizes) < 1:
            raise ValueError(
                f"sizes is {self.sizes}, but a network needs at least an input and an output size, "
                "each 1 or more."
            )

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """The shape (n_l, n_{l-1}) of each W[l]."""
        return list(zip(self.sizes[1:], self.sizes[:-1], strict=True))

    @property
    def size(self) -> int:
        """The number P of parameters."""
        return sum(n_out * n_in + n_out for n_out, n_in in self.shapes)

    def layers(self, theta: Array) -> list[Layer]:
        """Return the views of theta (..., P), layer by layer."""
        if theta.shape[-1] != self.size:
            raise ValueError(
                f"theta has {theta.shape[-1]} parameters, but the sizes {self.sizes} "
                f"need {self.size}."
            )
        lead, start, layers = theta.shape[:-1], 0, []
        for n_out, n_in in self.shapes:
            middle, end = start + n_out * n_in, start + n_out * n_in + n_out
            layers.append(
                Layer(
                    theta[..., start:middle].reshape(*lead, n_out, n_in),
                    theta[..., middle:end].reshape(*lead, n_out, 1),
                )
            )
            start = end
        return layers

    @property
    def weight_mask(self) -> Array:
        """Return 1.0 where theta holds a weight and 0.0 where it holds a bias, shape (P,)."""
        mask = np.zeros(self.size)
        for layer in self.layers(mask):
            layer.W[...] = 1
        return mask

    def initialize(self, rng: np.random.Generator, initializer: str, scale: float = 1.0) -> Array:
        """Return a fresh theta (P,), float64: weights drawn, times scale; biases zero."""
        theta = np.zeros(self.size)
        for layer in self.layers(theta):
            n_out, n_in = layer.W.shape
            layer.W[...] = scale * INITIALIZERS[initializer].draw(rng, n_in, n_out)
        return theta
