"""One stream of chance per purpose, so that turning one knob leaves the others' draws alone."""

import numpy as np

_PURPOSES = ("data", "split", "initialization", "batches", "dropout", "symmetry", "shift", "series")


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator of one purpose: the same seed and purpose give the same draws.

    >>> bool(stream(1, "data").random() == stream(1, "data").random())
    True
    >>> bool(stream(1, "data").random() == stream(1, "dropout").random())
    False
    """
    return np.random.default_rng([_PURPOSES.index(purpose), seed])
