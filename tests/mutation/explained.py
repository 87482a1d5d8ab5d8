"""Faults that do no harm, each with the reason why no test should notice it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import Mutant


@dataclass(frozen=True)
class Explanation:
    """Why a line of a module may become one of some others; without `after`, why it may be any."""

    module: str
    before: str
    reason: str
    after: tuple[str, ...] = ()

    def explains(self, mutant: Mutant) -> bool:
        """Whether this is a fault that is meant."""
        is_there = (mutant.module, mutant.before) == (self.module, self.before)
        return is_there and (not self.after or mutant.after in self.after)


AT_A_TIME = "Only how much is worked on at a time: the numbers are the same."

EXPLAINED: tuple[Explanation, ...] = (
    Explanation(
        "engine/data/normalization.py",
        "_BLOCK = 1000  # images at a time: 6 MB in float64",
        AT_A_TIME,
    ),
    Explanation(
        "engine/data/normalization.py",
        "count = max(count, 1)",
        "Without any pixel the sum is 0, whatever it is divided by; an image has 784.",
        ("count = max(count, 2)",),
    ),
    Explanation(
        "engine/data/shift.py",
        "_BLOCK = 500  # images at a time: 1.6 MB in float32, so the work stays in cache",
        f"{AT_A_TIME} Chance is drawn image by image.",
    ),
    Explanation(
        "engine/diagnosis/notes_cases.py",
        'hidden=(8,), activation="tanh", optimizer="adam", learning_rate=0.03, epochs=300,',
        "One epoch more or less leaves the errors of the case what they are.",
        (
            'hidden=(8,), activation="tanh", optimizer="adam", learning_rate=0.03, epochs=301,',
            'hidden=(8,), activation="tanh", optimizer="adam", learning_rate=0.03, epochs=299,',
        ),
    ),
    Explanation(
        "engine/diagnosis/remedies.py",
        "return nearest_stop(name, min(strength / 10, m / 1000)) if m >= 10 else 0.0",
        "A sample more or less in a thousand comes to the same stop, but at the edge between two.",
        (
            "return nearest_stop(name, min(strength / 10, m / 999)) if m >= 10 else 0.0",
            "return nearest_stop(name, min(strength / 10, m / 1001)) if m >= 10 else 0.0",
        ),
    ),
    Explanation(
        "engine/diagnosis/rules/beginnings.py",
        "if 1 / FITTING < size < FITTING and middle < FITTING:",
        "No inputs lie on the bound to the last bit.",
        (
            "if 1 / FITTING < size < FITTING and (middle <= FITTING):",
            "if (1 / FITTING <= size < FITTING) and middle < FITTING:",
        ),
    ),
    Explanation(
        "engine/diagnosis/trials.py",
        "return Result.of(run, int(rows[0])) if len(rows) else None",
        "An epoch has one row.",
        ("return Result.of(run, int(rows[(-1)])) if len(rows) else None",),
    ),
    Explanation(
        "engine/experiment/knobs.py",
        "raise NotImplementedError",
        "Every kind of knob has a method of its own in place of this one.",
        ("pass",),
    ),
    Explanation(
        "engine/export/writing/training_code.py",
        """widths = textwrap.wrap(f"{', '.join(map(str, plan.n))},", 90)""",
        "Where a list of layers is broken into lines.",
        (
            """widths = textwrap.wrap(f"{', '.join(map(str, plan.n))},", 89)""",
            """widths = textwrap.wrap(f"{', '.join(map(str, plan.n))},", 91)""",
        ),
    ),
    Explanation(
        "engine/inspection/field.py",
        "p = LOSSES[network.output].activation(Z)[..., 0, :].reshape(shape)",
        "A field is of a network with one output, whose first is its last.",
        ("p = LOSSES[network.output].activation(Z)[..., (-1), :].reshape(shape)",),
    ),
    Explanation(
        "engine/inspection/layer_statistics.py",
        "_LARGEST = 1e300",
        "Any number will do of which twice as much is finite.",
        ("_LARGEST = 2e+300", "_LARGEST = 5e+299"),
    ),
    Explanation(
        "engine/training/batches.py",
        "self.columns = 0",
        "Says that there is such a number; nobody asks for it before the first batch.",
        ("pass",),
    ),
    Explanation(
        "engine/training/batches.py",
        "batches = max(1, room // self.size)",
        f"{AT_A_TIME} The next line bounds it.",
        ("batches = max(1, (room * self.size))",),
    ),
    Explanation(
        "engine/training/evaluation.py",
        "looked_at = held[0] if few == 1 else held",
        "A single network then keeps its replica axis: slower, with the same numbers.",
        ("looked_at = held[0] if few == 0 else held",),
    ),
    Explanation(
        "engine/training/run.py",
        "names = self._histories[0]",
        "The history of every stretch has the same names.",
        ("names = self._histories[(-1)]", "names = self._histories[1]"),
    ),
)
"""By the names of the modules."""


def stale(explanations: Sequence[Explanation], root: Path) -> Iterator[str]:
    """Yield a sentence for each explanation whose line is not in the engine any more."""
    for explanation in explanations:
        file = root / explanation.module
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        lines = [line.strip() for line in text.splitlines()]
        # what spans several lines is written as one
        if explanation.before not in lines and explanation.before not in " ".join(lines):
            line = f"{explanation.module} has no line {explanation.before!r} any more"
            yield f"{line}; it is explained for nothing."
