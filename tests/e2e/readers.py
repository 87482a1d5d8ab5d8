"""Networks that read digits, for the drawing: the MNIST page's own and some of other kinds."""

import math
from functools import lru_cache

from pages._kit.training.live import Live
from pages._mnist.drawing import pack
from pages._mnist.drawing.memory import Memory
from pages._mnist.lens import MNIST

_SMALL = MNIST.defaults.but(samples=300, epochs=1)

READERS = {
    "default": MNIST.defaults,
    "tanh": _SMALL.but(hidden=(20, 10), activation="tanh", standardize=True),
    "mixed": _SMALL.but(hidden=(15, 20, 10), activation=("sigmoid", "leaky_relu", "tanh")),
    "logistic": _SMALL.but(hidden=()),
}


@lru_cache
def opening(name: str) -> bytes:
    """Return what a drawing is sent that opens with a reader, trained to its end."""
    live = Live(READERS[name])
    live.work(math.inf)
    trainer = live.trainer
    return pack(trainer.network, trainer.kept, trainer.problem.test, Memory())
