"""How long an update of theta takes on this machine, measured once for all of the same kind."""

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.training.trainer import Trainer

LAPS, LONG = 3, 0.03
"""Updates are timed in so many stretches of some hundredths of a second, of which the shortest
counts; one is enough where an update is estimated to take so many seconds by itself."""

MANY = 10_000
"""Epochs that no lap comes to the end of, or it would begin anew."""

REMEMBERED = 256
"""Of so many different kinds of updates it is remembered how long they take."""


class Stopwatch:
    """How long an update takes, measured by a training of its own that nobody looks at.

    A look in between would leave caches in which the next update finds nothing.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._trainer: Trainer | None = None
        self._before = 0, 0.0
        self._laps: list[float] = []
        is_long = effort.price(experiment).step > LONG
        self._wanted = 1 if is_long else LAPS

    @property
    def is_known(self) -> bool:
        """Whether it has been measured."""
        return len(self._laps) >= self._wanted

    @property
    def seconds(self) -> float:
        """The seconds of an update, 0 as long as there has been no lap."""
        return min(self._laps, default=0.0)

    def take_lap(self) -> None:
        """Train for a stretch."""
        trainer = self._trainer = self._trainer or Trainer(
            self._experiment, is_brief=True, is_tallied=False
        )
        (step, seconds), stretch = self._before, trainer.advance()
        if stretch is not None and trainer.step > step:
            self._laps.append((trainer.seconds - seconds) / (trainer.step - step))
            self._before = trainer.step, trainer.seconds
        if self.is_known:
            self._trainer = None


_stopwatches: dict[Experiment, Stopwatch] = {}


def stopwatch_for(experiment: Experiment) -> Stopwatch:
    """Return the stopwatch of an experiment's updates: one for all whose updates do the same work.

    Neither how long nor how wide steps are makes a difference, nor which samples are drawn, nor in
    which order they come.
    """
    kind = experiment.but(
        epochs=MANY, learning_rate=0.0, shuffle="each", seed=0, data_seed=0, patience=0
    )
    stopwatch = _stopwatches.pop(kind, None) or Stopwatch(kind)
    _stopwatches[kind] = stopwatch
    for oldest in list(_stopwatches)[:-REMEMBERED]:
        _stopwatches.pop(oldest, None)
    return stopwatch
