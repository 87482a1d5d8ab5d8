"""A rule looks at the evidence for one kind of fault; what it sees becomes a finding."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.remedies import Change
from engine.experiment.experiment import Experiment

LEARNING, GENERALISING = "learning", "generalising"
"""What a fault is one of: how well the training samples are learned, or the held-out ones met."""


@dataclass(frozen=True)
class Finding:
    """What the coach sees in a run.

    name, title  of the rule that found it
    seen     a sentence with the run's numbers
    advice   a sentence that says what that means and what helps
    topic    what it is about, one of TOPICS
    changes  knobs to turn, name -> value, from the same seeds: the best guess first, others for
             pages that do not have its knobs; none where no knob helps
    kind     LEARNING or GENERALISING
    """

    name: str
    title: str
    seen: str
    advice: str
    topic: str
    changes: tuple[Change, ...]
    kind: str = LEARNING


class Seen(NamedTuple):
    """What a rule has seen: the sentence, and what may mend it."""

    sentence: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Rule:
    """A kind of fault: how to see it, what it means, and which other rules it makes needless.

    `is_final` rules leave nothing else worth saying.
    """

    name: str
    title: str
    look: Callable[[Evidence], Seen | None]
    advice: str
    topic: str
    hides: tuple[str, ...] = ()
    is_final: bool = False
    kind: str = LEARNING

    def finding(self, seen: Seen, experiment: Experiment) -> Finding:
        """Return what was seen as a finding, with those changes that give another experiment."""
        changes = tuple(
            change for change in seen.changes if changed(experiment, change) is not None
        )
        return Finding(
            self.name, self.title, seen.sentence, self.advice, self.topic, changes, self.kind
        )


def changed(experiment: Experiment, change: Change) -> Experiment | None:
    """Return the experiment with knobs turned; None if it stays the same, or is refused.

    >>> changed(Experiment(), {"epochs": 20_000}), changed(Experiment(), {"epochs": 1000})
    (None, None)
    """
    try:
        after = experiment.but(**change)
    except ValueError:
        return None
    return after if after != experiment else None
