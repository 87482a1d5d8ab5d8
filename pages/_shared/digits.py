"""A few test digits as a network reads them."""

from typing import NamedTuple

import numpy as np

from engine.network import Network
from engine.samples import Samples
from engine.types import Array

SCALE = 4
"""Pixels on screen per pixel of a digit, so that the browser need not blur it."""


class Reading(NamedTuple):
    """One digit: its picture (28 SCALE, 28 SCALE) uint8, its label, and the ten probabilities."""

    picture: Array
    label: int
    probabilities: Array

    @property
    def prediction(self) -> int:
        return int(self.probabilities.argmax())


def read(network: Network, theta: Array, samples: Samples, positions: Array) -> list[Reading]:
    """Return how the network reads the samples at these positions."""
    predictions = network.predict(theta, samples.gather(positions).T).T
    pictures = samples.rows[samples.index[positions]].reshape(-1, 28, 28)
    return [
        Reading(enlarged(picture), int(label), probabilities)
        for picture, label, probabilities in zip(
            pictures, samples.classes(positions), predictions, strict=True
        )
    ]


def enlarged(picture: Array) -> Array:
    """Return a grey picture with dark ink on white, each pixel a square of SCALE pixels."""
    return 255 - np.kron(picture, np.ones((SCALE, SCALE), np.uint8))


def mistakes(network: Network, theta: Array, samples: Samples) -> Array:
    """Return the positions of the misread samples, those read with most confidence first."""
    wrong, confidence = [], []
    for start in range(0, samples.m, 1000):
        positions = np.arange(start, min(start + 1000, samples.m))
        predictions = network.predict(theta, samples.gather(positions).T)
        is_wrong = predictions.argmax(axis=0) != samples.classes(positions)
        wrong.append(positions[is_wrong])
        confidence.append(predictions.max(axis=0)[is_wrong])
    order = np.argsort(-np.concatenate(confidence), kind="stable")
    return np.concatenate(wrong)[order]
