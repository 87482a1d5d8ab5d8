"""A job is several experiments in training, stacked where they can be, and looked at on the way."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Executor

from engine.experiment.experiment import Experiment
from engine.training.run import Recording, Run
from engine.training.sweep import groups
from engine.training.trainer import Trainer
from pages._kit.training.remote import Remote
from pages._kit.training.shared import Views

SNAPSHOTS = 61
BYTES = 2**24
"""All thetas kept of a job, over all of its runs, fill about this much at most."""


class Job:
    """Experiments to be trained, a moment at a time; shared by all visitors who ask for them.

    Whoever `work`s takes it further for everybody, and who `wait`s has an executor do it, with the
    same numbers. `version` grows whenever there is more to see.
    Runs that are `stacked` agree with single ones to rounding, which a deep network may blow up to
    another outcome: where a run is to be opened by itself, they should not be. A brief job is about
    how the runs end: of their curves there is nothing but both ends.

    >>> job = Job([Experiment(epochs=3), Experiment(epochs=3, seed=1)])
    >>> job.work(10)
    >>> job.finished, [len(run.history["epoch"]) for run in job.runs()]
    (True, [4, 4])
    """

    def __init__(
        self,
        experiments: Sequence[Experiment],
        snapshots: int = SNAPSHOTS,
        stacked: bool = True,
        is_brief: bool = False,
    ) -> None:
        self.experiments = tuple(experiments)
        self.version = 0
        self.views = Views()
        self._lock = threading.RLock()
        each = [[k] for k in range(len(self.experiments))]
        self._groups = groups(self.experiments) if stacked else each
        trainers = [
            Trainer([self.experiments[k] for k in chosen], is_brief=is_brief)
            for chosen in self._groups
        ]
        kept = sum(trainer.kept.nbytes for trainer in trainers)
        most = max(2, min(snapshots, BYTES // max(kept, 1)))
        self._recordings = [Recording(trainer, most) for trainer in trainers]
        self._seconds = [trainer.estimated_seconds for trainer in trainers]
        self._remote = Remote(
            {
                which: (tuple(self.experiments[k] for k in self._groups[which]), most, is_brief)
                for which in sorted(range(len(trainers)), key=lambda which: -self._seconds[which])
            }
        )
        self._seen: tuple[int, list[Run]] = (-1, [])

    @property
    def estimated_seconds(self) -> float:
        """A rough estimate of how long it takes in all, the same on every machine."""
        return sum(self._seconds)

    @property
    def finished(self) -> bool:
        return all(recording.finished for recording in self._recordings)

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        shares = [_share(recording) for recording in self._recordings]
        total = self.estimated_seconds
        parts = sum(share * s for share, s in zip(shares, self._seconds, strict=True))
        if self.finished:
            return 1.0
        return min(parts / total, 1.0) if total else 0.0

    @property
    def has_start(self) -> bool:
        """Whether there is something to be seen of every run, its start at least."""
        return all(recording.begun for recording in self._recordings)

    def look(self) -> None:
        """See to it that there is something to be seen of every run, its start at least."""
        with self._lock:
            for recording in self._recordings:
                if not recording.begun:
                    recording.go_on()
                    self.version += 1

    def work(self, seconds: float) -> None:
        """Train for so many seconds, or to the end of it."""
        end = time.monotonic() + seconds
        with self._lock:
            self.look()
            for recording in self._recordings:
                while not recording.finished:
                    if time.monotonic() >= end:
                        return
                    recording.go_on()
                    self.version += 1

    def wait(self, executor: Executor, seconds: float) -> None:
        """Have it trained by an executor, and wait so many seconds for what comes of it next.

        Nothing is trained here meanwhile. Raises RemoteError if the executor fails.
        """
        for which, runs in self._remote.wait(executor, seconds).items():
            with self._lock:
                self._recordings[which].end_with(runs)
                self.version += 1

    def stop(self) -> None:
        """Call off what an executor has not begun with; `wait` goes on."""
        self._remote.stop()

    def runs(self) -> list[Run]:
        """Return each experiment's run as far as it has come, in their order."""
        with self._lock:
            self.look()
            if self._seen[0] != self.version:
                found: dict[int, Run] = {}
                for chosen, recording in zip(self._groups, self._recordings, strict=True):
                    found |= zip(chosen, recording.runs(), strict=True)
                self._seen = self.version, [found[k] for k in range(len(self.experiments))]
            return self._seen[1]

    def done(self) -> list[bool]:
        """Return of each experiment whether it has been trained to its end."""
        with self._lock:
            ends = {
                k: recording.finished
                for chosen, recording in zip(self._groups, self._recordings, strict=True)
                for k in chosen
            }
            return [ends[k] for k in range(len(self.experiments))]


def _share(recording: Recording) -> float:
    trainer = recording.trainer
    epochs = trainer.experiments[0].epochs
    return 1.0 if recording.finished or not epochs else trainer.epoch / epochs
