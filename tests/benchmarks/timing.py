"""Contenders take turns on one clock, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Contender = Callable[[], float | None]
"""What is timed. One that works in another process returns the CPU seconds it took there."""


@dataclass(frozen=True)
class Timings:
    """The CPU seconds of every contender in every round: name -> one number per round.

    CPU time, because the turns that other programs take do not count in it, while a second thread
    counts twice: on one thread and an idle machine it is the time on the wall.
    """

    seconds: Mapping[str, list[float]]

    def best(self, name: str) -> float:
        """Return the fastest round: noise only ever adds."""
        return min(self.seconds[name])

    def ratio(self, name: str, reference: str) -> float:
        """Return best over best."""
        return self.best(name) / self.best(reference)

    def typical_ratio(self, name: str, reference: str) -> float:
        """Return the median over the rounds of the ratio within one round."""
        pairs = zip(self.seconds[name], self.seconds[reference], strict=True)
        return median(mine / theirs for mine, theirs in pairs)


def interleave(contenders: Mapping[str, Contender], rounds: int) -> Timings:
    """Time the contenders in turn, A B C A B C ..., after one turn each that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, contender in contenders.items():
            start = time.process_time()
            elsewhere = contender()
            elapsed = time.process_time() - start if elsewhere is None else elsewhere
            if number:
                seconds[name].append(elapsed)
    return Timings(seconds)
