"""He against Xavier in a deep network of digits, both seen from the first moment on."""

from collections.abc import Mapping

import numpy as np

from engine.inspection.depth import depth_study
from pages._kit.training import cache
from pages._kit.training.pace import Pace

STARTS = {"he": "He", "xavier": "Xavier"}

_SLICE = 0.1
"""Seconds one of the two trains before it is the other's turn."""


class Race:
    """Two trainings of one network that differ in the start alone, and go on in turn."""

    def __init__(self, depth: int, seed: int) -> None:
        self.depth, self.seed = depth, seed
        self.lives = {name: cache.watched(depth_study(depth, name, seed)) for name in STARTS}
        self._pace = Pace()

    @property
    def is_running(self) -> bool:
        return any(live.is_running for live in self.lives.values())

    @property
    def is_over(self) -> bool:
        return all(live.trainer.finished for live in self.lives.values())

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return float(np.mean([live.epoch / live.experiment.epochs for live in self.lives.values()]))

    @property
    def seconds_left(self) -> float | None:
        """About how long it will still take, from what has been measured; None before that."""
        return self._pace.left(self.share)

    @property
    def estimated_seconds(self) -> float:
        """A rough guess at how long it takes in all, the same on every machine."""
        return sum(live.trainer.estimated_seconds for live in self.lives.values())

    def go_on(self) -> None:
        """Ask both to run to their end."""
        self._pace.start(self.share)
        for live in self.lives.values():
            live.go_on()

    def stop(self) -> None:
        """Ask both to rest where they are."""
        self._pace.halt(self.share)
        for live in self.lives.values():
            live.pause()

    def hand_over(self) -> dict[str, object]:
        """Let the script run that calls this work from now on, and no earlier one."""
        for live in self.lives.values():
            live.hand_over()
        return {name: live.worker for name, live in self.lives.items()}

    def work(self, workers: Mapping[str, object]) -> None:
        """Train the one that is behind for a moment, on behalf of who was handed it over."""
        self._pace.look(self.share)
        running = [name for name, live in self.lives.items() if live.is_running]
        if running:
            behind = min(running, key=lambda name: self.lives[name].epoch)
            cache.watch(self.lives[behind], _SLICE, workers[behind])

    def accuracy(self, name: str) -> float:
        """Return the test accuracy as it was last seen."""
        _, accuracies = self.curve(name)
        return accuracies[-1]

    def curve(self, name: str) -> tuple[list[float], list[float]]:
        """Return epochs and test accuracies so far; within an epoch of some of the test digits."""
        live = self.lives[name]
        points = {estimate.epoch: estimate.accuracy for estimate in live.estimates}
        points |= {s.epoch: s.history["test_accuracy"] for s in live.passed if s.history}
        return sorted(points), [points[epoch] for epoch in sorted(points)]
