"""The coach reads a finished run and names what it sees in it, with the run's own numbers.

Each rule looks at the evidence and finds one kind of fault or nothing. What would mend a fault is
guessed here; `engine.diagnosis.trials` tries it.
"""

import dataclasses

import numpy as np

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules import beginnings, generalising, learning, pool, stepping
from engine.diagnosis.rules.finding import Finding
from engine.training.run import Run

MOST = 3
"""So many findings are said at once: who is told ten things mends none."""

CAUSES = (
    learning.REGULARISED,
    stepping.UNMOVED,
    beginnings.UNSCALED,
    beginnings.START,
    beginnings.DEAD,
    stepping.JUMPING,
    beginnings.SATURATED,
    stepping.SMALL_BATCHES,
    stepping.TOO_SLOW,
    learning.NOT_LEARNING,
    learning.UNDERFITTING,
    learning.CHANCE,
    pool.SEVERAL,
    pool.DEEP,
)
"""What may be why a network has not learned its samples; of several, one is told. The last ones
are never suspected: their remedies are tried, and they are told when those help most."""

RULES = (
    beginnings.DIVERGED,
    learning.IMPOSSIBLE,
    beginnings.SYMMETRIC,
    *CAUSES,
    generalising.OVERFITTING,
    generalising.SURER,
    generalising.SMALL_DEV,
)
"""In the order of what to mend first."""


def suspicions(run: Run) -> list[Finding]:
    """Return all that the rules find in a finished run, in their order; [] if all is well.

    A network that is no better than chance is told so, whatever else is found.
    """
    evidence, found, hidden = Evidence(run), list[Finding](), set[str]()
    hidden.update(rule.name for rule in pool.NEVER_SUSPECTED)
    for rule in RULES:
        with np.errstate(all="ignore"):  # finite numbers may still be too large to be squared
            seen = None if rule.name in hidden else rule.look(evidence)
        if seen is not None:
            found.append(rule.finding(seen, run.experiment))
            hidden.update(rule.hides)
            if rule is beginnings.SYMMETRIC:  # explains whatever else it has not learned
                hidden.update(_CAUSES)
            if rule.is_final:
                return found
    return [_with_chance(finding, evidence) for finding in found]


def _with_chance(finding: Finding, evidence: Evidence) -> Finding:
    if finding.name not in (*_CAUSES - {learning.CHANCE.name}, learning.IMPOSSIBLE.name):
        return finding
    told = learning.at_chance(evidence)
    return dataclasses.replace(finding, seen=f"{told} {finding.seen}") if told else finding


_CAUSES = {rule.name for rule in CAUSES}


def is_cause(name: str) -> bool:
    """Whether a rule is one of several that may explain the same: that little is learned."""
    return name in _CAUSES


def findings(run: Run, most: int = MOST) -> list[Finding]:
    """Return what there is to mend in a finished run, the most urgent first; [] if all is well.

    Nothing is tried: of several possible causes the first one that is suspected.
    """
    return first_cause_only(suspicions(run))[:most]


def first_cause_only(found: list[Finding]) -> list[Finding]:
    """Return findings without the causes after the first one."""
    causes = [finding for finding in found if is_cause(finding.name)]
    return [finding for finding in found if finding not in causes[1:]]
