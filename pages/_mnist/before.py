"""What a training has left behind when the next one takes its place: something to compare with."""

from typing import NamedTuple

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from pages._kit.training.live import Live


class Before(NamedTuple):
    """The curves of an earlier training on its held-out digits, at the ends of its epochs (k,)."""

    experiment: Experiment
    epochs: Array
    cost: Array
    accuracy: Array
    test_accuracy: float


def left_by(live: Live) -> Before | None:
    """Return what a training leaves; nothing if it has not come to the end of an epoch."""
    run, split = live.run(), live.held_out
    if len(run.history["epoch"]) < 2:
        return None
    return Before(
        live.experiment,
        run.history["epoch"][1:],
        run.history[f"{split}_cost"][1:],
        run.history[f"{split}_accuracy"][1:],
        run.final("test_accuracy"),
    )
