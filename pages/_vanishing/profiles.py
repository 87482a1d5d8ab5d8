"""The layers of a job's runs at every epoch that was kept, looked at once each as they come."""

import threading
from typing import NamedTuple

import numpy as np

from engine.inspection.depth import Profile, View
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.training import cache
from pages._kit.training.job import Job
from pages._kit.training.visitor import heedful

FACTORS = (0.5, 2.0)
"""The start is looked at with its weights so many times as large, too: biases are 0 there."""


class Layers(NamedTuple):
    """A run's layers at its snapshots: epochs (K,), and a profile of arrays (K, L)."""

    epochs: Array
    profile: Profile

    def at(self, k: int) -> Profile:
        """Return the k-th profile alone, arrays (L,)."""
        return Profile(*(values[k] for values in self.profile))


class Profiles:
    """What has been seen of a job's runs so far; shared by all who look at the job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._views = [View.of(experiment) for experiment in job.experiments]
        self._seen: list[dict[int, Profile]] = [{} for _ in self._views]
        self._scaled: dict[int, Profile] = {}
        self._lock = threading.Lock()

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """What kind of numbers the runs are computed with."""
        return self._views[0].X.dtype

    def of(self, which: int, run: Run) -> Layers:
        """Return the layers of the job's run number `which`, as far as it has come."""
        epochs, seen = [int(epoch) for epoch in run.snapshots.epochs], self._seen[which]
        with heedful(self._lock):
            new = [k for k, epoch in enumerate(epochs) if epoch not in seen]
            if new:
                with cache.turn:
                    found = self._views[which].profiles(
                        run.snapshots.thetas[new], cache.turn.let_others
                    )
                rows = zip(*found, strict=True)
                seen.update((epochs[k], Profile(*row)) for k, row in zip(new, rows, strict=True))
        arrays = zip(*(seen[epoch] for epoch in epochs), strict=True)
        return Layers(np.array(epochs), Profile(*(np.stack(values) for values in arrays)))

    def scaled(self, which: int, run: Run) -> Profile:
        """Return the layers of run number `which` before training, its weights times FACTORS."""
        with heedful(self._lock):
            if which not in self._scaled:
                with cache.turn:
                    thetas = np.multiply.outer(np.array(FACTORS), run.snapshots.thetas[0])
                    found = self._views[which].profiles(thetas, cache.turn.let_others)
                self._scaled[which] = found
        return self._scaled[which]


def shared_profiles(job: Job) -> Profiles:
    """Return the layers of a job's runs, as far as anybody has looked at them; shared."""
    return job.views.of(job, Profiles)
