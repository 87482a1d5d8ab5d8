"""Faults that do no harm, each with the reason why no test should notice it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import Mutant


@dataclass(frozen=True)
class Explanation:
    """Why a line of a module may become another one; without `after`, why it may be any."""

    module: str
    before: str
    reason: str
    after: str | None = None

    def explains(self, mutant: Mutant) -> bool:
        """Whether this is the fault that is meant."""
        is_there = (mutant.module, mutant.before) == (self.module, self.before)
        return is_there and self.after in (None, mutant.after)


EXPLAINED: tuple[Explanation, ...] = ()


def stale(explanations: Sequence[Explanation], root: Path) -> Iterator[str]:
    """Yield a sentence for each explanation whose line is not in the engine any more."""
    for one in explanations:
        file = root / one.module
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        lines = [line.strip() for line in text.splitlines()]
        # what spans several lines is written as one
        if one.before not in lines and one.before not in " ".join(lines):
            yield f"{one.module} has no line {one.before!r} any more; it is explained for nothing."
