"""The coaching of one finished run on one page: what is tried for it, and what came of that."""

import threading

from engine.diagnosis.trials import Advice, Trials, Turned
from engine.training.run import Run
from pages._kit.training.job import Job


class Coaching:
    """Trials under way, or their outcome; shared by all visitors who look at the same run.

    `job` trains what is to be tried, None when that is over or there is nothing to try. `advice` is
    without any offers until then.
    """

    def __init__(self, run: Run, turned: Turned) -> None:
        self._lock = threading.Lock()
        trials = Trials(run, turned)
        self._trials: Trials | None = trials
        # Unstacked: a visitor who takes an offer sees the same numbers, to the last bit.
        self.job = Job(trials.experiments, snapshots=0, stacked=False, is_brief=True)
        self._advice = trials.untried()

    @property
    def is_over(self) -> bool:
        return self._trials is None

    def advice(self) -> list[Advice]:
        """Return what there is to mend, with what helps as soon as all has been tried."""
        with self._lock:
            if self._trials is not None and self.job.finished:
                self._advice = self._trials.advice(self.job.runs())
                self._trials, self.job = None, Job(())  # which have done their work
        return self._advice
