"""A job is several experiments in training, stacked where they can be, and looked at on the way."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.training.run import Recording, Run
from engine.training.sweep import groups
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
    how the runs end: of their curves there is nothing but both ends. With no `snapshots` the runs
    are without any theta.

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
        stacks = [[self.experiments[k] for k in chosen] for chosen in self._groups]
        kept = sum(effort.theta_bytes(experiment) for experiment in self.experiments)
        most = max(2, min(snapshots, BYTES // max(kept, 1))) if snapshots else 0
        self._recordings = [self._record(stack, most, is_brief) for stack in stacks]
        self._seconds = [effort.price(s[0], len(s), is_brief).seconds for s in stacks]
        longest_first = sorted(range(len(stacks)), key=lambda which: -self._seconds[which])
        self._remote = Remote(
            {which: (tuple(stacks[which]), most, is_brief) for which in longest_first}
        )
        self._seen: tuple[int, list[Run]] = (-1, [])

    def _record(self, stack: list[Experiment], most: int, is_brief: bool) -> Recording:
        return Recording(stack, most, is_brief=is_brief)

    @property
    def can_be_sent(self) -> bool:
        """Whether an executor may train it, elsewhere perhaps."""
        return True

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
        total = self.estimated_seconds
        pairs = zip(self._recordings, self._seconds, strict=True)
        if self.finished or not total:
            return float(self.finished)
        return min(sum(recording.share * seconds for recording, seconds in pairs) / total, 1.0)

    @property
    def has_start(self) -> bool:
        """Whether there is something to be seen of every run, its start at least."""
        return all(recording.begun for recording in self._recordings)

    def look(self, seconds: float = math.inf) -> None:
        """See to it that there is something to be seen of every run, its start at least."""
        with self._lock:
            self._take(_begun, time.monotonic() + seconds)

    def work(self, seconds: float) -> None:
        """Train for so many seconds, or to the end of it; at first look at every run's start."""
        end = time.monotonic() + seconds
        with self._lock:
            if self._take(_begun, end):
                self._take(_finished, end)

    def _take(self, is_there: Callable[[Recording], bool], end: float) -> bool:
        """Take every run there, unless time is over; return whether they are."""
        for position, recording in enumerate(self._recordings):
            is_new = not recording.begun
            while not is_there(recording):
                if time.monotonic() >= end:
                    return False
                recording.go_on()
                self.version += 1
            if is_new and position:  # the first is trained next, so it keeps its trainer
                recording.rest()
        return True

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


def _begun(recording: Recording) -> bool:
    return recording.begun


def _finished(recording: Recording) -> bool:
    return recording.finished
