"""A training that is watched: what it has shown so far, and a way to let it go on for a moment."""

import time
from dataclasses import dataclass, field

from engine.experiment import Experiment
from engine.trainer import Trainer
from engine.training import Snapshot, snapshots


@dataclass(eq=False)
class Live:
    """One visitor's training under way, or finished.

    `passed` holds every snapshot's numbers in order (their thetas are dropped, all but the
    trainer's own), `seconds` the time spent training, `is_running` what the visitor asked for.
    """

    experiment: Experiment
    is_running: bool = False
    seconds: float = 0.0
    passed: list[Snapshot] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.trainer = Trainer(self.experiment)
        self.work(0.0)

    @property
    def is_finished(self) -> bool:
        return self.trainer.finished

    @property
    def share(self) -> float:
        """How much of the training is done, 0 to 1."""
        return min(1.0, self.passed[-1].epoch / max(self.experiment.epochs, 1))

    @property
    def last_epoch(self) -> Snapshot:
        """The latest snapshot with a history: that of the last whole epoch."""
        return next(snapshot for snapshot in reversed(self.passed) if snapshot.history)

    def work(self, budget: float) -> None:
        """Train for about `budget` seconds, at least one stretch; does nothing when finished."""
        start = time.perf_counter()
        while not self.trainer.finished:
            shown = snapshots(self.trainer, self.trainer.advance())
            self.passed += [snapshot._replace(theta=self.trainer.theta[:0]) for snapshot in shown]
            if time.perf_counter() - start >= budget:
                break
        self.seconds += time.perf_counter() - start
        self.is_running = self.is_running and not self.trainer.finished
