"""A job whose trainings are read by the clock as well, so that it is done here and nowhere else."""

from collections.abc import Sequence

from engine.experiment.experiment import Experiment
from engine.training.run import Recording
from engine.training.timed import THETAS, Timed, Trace
from pages._kit.training.job import Job


class TimedJob(Job):
    """Experiments that are trained one by one, each with a trace.

    >>> job = TimedJob([Experiment(epochs=3, batch_size=2), Experiment(epochs=3)])
    >>> job.work(10)
    >>> [trace.end("updates") for trace in job.traces()]
    [6.0, 3.0]
    """

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        self._timed: list[Timed] = []
        self._known: tuple[int, list[Trace]] = (-1, [])
        super().__init__(experiments, snapshots=THETAS, stacked=False)

    @property
    def can_be_sent(self) -> bool:
        """Never: the seconds are to be this machine's."""
        return False

    def traces(self) -> list[Trace]:
        """Return each experiment's trace as far as it has come, in their order."""
        with self._lock:
            self.look()
            if self._known[0] != self.version:
                self._known = self.version, [timed.trace() for timed in self._timed]
            return self._known[1]

    def _record(self, stack: list[Experiment], most: int, is_brief: bool) -> Recording:
        (experiment,) = stack
        timed = Timed(experiment, most)
        self._timed.append(timed)
        return timed
