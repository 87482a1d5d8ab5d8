"""Trials: what may mend a run is trained before it is offered, and only what helps is.

A change is better when it lowers one number that is the same for all changes (`badness`), and with
it the cost or the error where the fault is. As that number only ever falls, no chain of first
offers can come back to where it began.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.diagnosis.coach import MOST, RULES, first_cause_only, is_cause, suspicions
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.remedies import Change
from engine.diagnosis.rules.finding import GENERALISING, Finding, changed
from engine.diagnosis.rules.pool import in_general, pool
from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.training.run import Run

WEIGHT = 0.1
"""A cost as high as chance's counts as much as a tenth of the samples being wrong."""

LESS_COST, FEWER_WRONG = 0.02, 0.01
"""What counts as better: a cost lower by this share of itself, or an error lower by this."""

LESS_BAD = 1e-4
"""So much less bad a run has to be: less could be another rounding."""

CLOSE = 0.02
"""Results that differ by less are as good as each other: then the simpler change comes first."""

OFFERS = 3
"""So many changes are offered against one finding."""

EACH, LONGEST, IN_ALL = 1.8, 5.9, 7.4
"""Estimated seconds: of a run that is tried as it is, of the longest trial, and of all trials."""

Turned = Callable[[Experiment, Change], Experiment | None]
"""Makes a change to an experiment as far as the page can, or says None."""


class Result(NamedTuple):
    """How a run ended: cost and error by split, and the split that judges it."""

    numbers: dict[str, tuple[float, float]]
    judge: str
    badness: float

    @classmethod
    def of(cls, run: Run, row: int | None = None) -> "Result":
        """Read it off a run, at its end or another row of its history.

        One that diverged is as bad as can be.
        """
        row = run.kept_row if row is None else row
        numbers = {
            name: (
                float(run.history[f"{name}_cost"][row]),
                1 - float(run.history[f"{name}_accuracy"][row]),
            )
            for name in ("train", "dev", "test")
            if len(run.history.get(f"{name}_cost", ()))
        }
        judge = next((name for name in ("dev", "test") if name in numbers), "train")
        if run.diverged_at is not None or not numbers:
            return cls(numbers, judge, math.inf)
        cost, error = numbers[judge]
        chance = math.log(run.experiment.class_count)
        return cls(numbers, judge, error + WEIGHT * cost / chance)


@dataclass(frozen=True)
class Offer:
    """A change that helps: the experiment after it, and what it brings.

    cost and error are (before, after) on the split that is named, None where the run before has
    none; `is_shorter` says that both were trained for less than they ask for.
    """

    after: Experiment
    split: str
    cost: tuple[float, float] | None
    error: tuple[float, float] | None
    badness: float
    is_shorter: bool


@dataclass(frozen=True)
class Advice:
    """A finding, what has been seen to help against it, the best first, and how much was tried.

    `untried` counts what would have taken too long to try.
    """

    finding: Finding
    offers: tuple[Offer, ...]
    tried: int
    untried: int = 0


class Trials:
    """What is to be tried for a finished run.

    `turned` makes a change as far as the page can. `experiments` are to be trained, and their runs
    given to `advice` in the same order; of the histories only both ends are needed.
    """

    def __init__(self, run: Run, turned: Turned = changed) -> None:
        self.run = run
        self._evidence = Evidence(run)
        self._found = suspicions(run)
        self._falls_short = run.diverged_at is None and self._evidence.falls_short
        self._share = min(1.0, EACH / max(_seconds(run.experiment), EACH))
        self._wished = self._wanted(turned)
        self._passed = {
            candidate.after: self._on_the_way(candidate.after) for candidate in self._wished
        }
        self._candidates = self._affordable(self._wished)
        asked = [
            candidate.after
            for candidate in self._candidates
            if self._passed[candidate.after] is None
        ]
        base = [run.experiment] if self._share < 1 and asked else []
        self._afters = [*base, *dict.fromkeys(asked)]
        self.experiments = tuple(self._shorter(after) for after in self._afters)

    def _wanted(self, turned: Turned) -> list["_Candidate"]:
        """Return what may help, without what the page cannot do or another rule has said before."""
        experiment = self.run.experiment
        wanted = [(finding.name, change) for finding in self._found for change in finding.changes]
        if self._falls_short:
            wanted += [(rule.name, change) for rule, change in pool(experiment)]
        candidates: dict[tuple[str, Experiment], _Candidate] = {}
        for name, change in wanted:
            after = turned(experiment, change)
            if after is not None:
                group = "" if is_cause(name) else name
                candidates.setdefault((group, after), _Candidate(name, after))
        return list(candidates.values())

    def _on_the_way(self, after: Experiment) -> Result | None:
        """Return what the run itself was after fewer epochs, if that is all that is asked for."""
        run = self.run
        is_fewer = set(after.differences(run.experiment)) == {"epochs"}
        if not is_fewer or run.stopped_at is not None or run.best_epoch is not None:
            return None
        rows = np.flatnonzero(run.history["epoch"] == after.epochs)
        return Result.of(run, int(rows[0])) if len(rows) else None

    def _affordable(self, candidates: list["_Candidate"]) -> list["_Candidate"]:
        chosen, seconds = [], 0.0
        for candidate in candidates:
            is_known = self._passed[candidate.after] is not None
            if not is_known and self._share < 1 and _RULES[candidate.name].kind == GENERALISING:
                continue  # what comes late in a training cannot be seen in a shorter one
            needed = 0.0 if is_known else _seconds(self._shorter(candidate.after))
            if needed <= LONGEST and seconds + needed <= IN_ALL:
                chosen.append(candidate)
                seconds += needed
        return chosen

    def _shorter(self, experiment: Experiment) -> Experiment:
        return shortened(experiment, self._share)

    def untried(self, most: int = MOST) -> list[Advice]:
        """Return what there is to mend as far as it can be said before anything is tried."""
        return [Advice(finding, (), 0) for finding in first_cause_only(self._found)][:most]

    def advice(self, runs: Sequence[Run], most: int = MOST) -> list[Advice]:
        """Return what there is to mend, the most urgent first, with what has been seen to help."""
        results = {after: Result.of(run) for after, run in zip(self._afters, runs, strict=True)}
        before = results.get(self.run.experiment) or Result.of(self.run)
        results |= {after: passed for after, passed in self._passed.items() if passed}
        told, is_explained = list[Advice](), False
        for finding in self._found:
            if not is_cause(finding.name):
                mine = [
                    candidate for candidate in self._candidates if candidate.name == finding.name
                ]
                offers = self._offers(mine, before, results)
                wanted = sum(candidate.name == finding.name for candidate in self._wished)
                told.append(Advice(finding, offers, len(mine), wanted - len(mine)))
            elif not is_explained:
                is_explained = True
                cause = self._cause(finding, before, results)
                # A network that works is told a fault only if mending it makes it better.
                if cause.offers or self._falls_short:
                    told.append(cause)
        return told[:most]

    def _cause(self, first: Finding, before: Result, results: dict[Experiment, Result]) -> Advice:
        """Return the cause whose remedy helps most, or the first suspected if nothing does."""
        mine = [candidate for candidate in self._candidates if is_cause(candidate.name)]
        offers = self._offers(mine, before, results)
        untried = sum(is_cause(candidate.name) for candidate in self._wished) - len(mine)
        if not offers:
            return Advice(first, (), len(mine), untried)
        best = next(candidate.name for candidate in mine if candidate.after == offers[0].after)
        suspected = {finding.name: finding for finding in self._found}
        finding = suspected.get(best) or in_general(_RULES[best], self._evidence)
        return Advice(finding, offers, len(mine), untried)

    def _offers(
        self, candidates: list["_Candidate"], before: Result, results: dict[Experiment, Result]
    ) -> tuple[Offer, ...]:
        """Return the changes that help, the best first.

        Of those about as good, the one for what was suspected first, and then the simplest.
        """
        suspected, found = [finding.name for finding in self._found], []
        for place, candidate in enumerate(candidates):
            offer = self._offer(candidate, before, results[candidate.after])
            if offer is not None:
                turns = len(candidate.after.differences(self.run.experiment))
                urgency = (
                    suspected.index(candidate.name)
                    if candidate.name in suspected
                    else len(suspected)
                )
                rank = round(offer.badness / CLOSE), urgency, turns, place
                found.append((rank, offer))
        return self._without_frills([offer for _, offer in sorted(found, key=lambda pair: pair[0])])

    def _without_frills(self, offers: list[Offer]) -> tuple[Offer, ...]:
        """Return the first OFFERS, less those that turn more knobs than one before for as much."""
        chosen, before = list[Offer](), self.run.experiment
        for offer in offers:
            turned = offer.after.differences(before).items()
            if not any(other.after.differences(before).items() <= turned for other in chosen):
                chosen.append(offer)
        return tuple(chosen[:OFFERS])

    def _offer(self, candidate: "_Candidate", before: Result, after: Result) -> Offer | None:
        is_whole = self._share == 1 or self._passed[candidate.after] is not None
        before = Result.of(self.run) if is_whole else before
        is_apart = _RULES[candidate.name].kind == GENERALISING
        split = before.judge if is_apart else "train"
        if not after.badness < before.badness - LESS_BAD:
            return None
        if not math.isfinite(before.badness):  # it diverged, and now it does not
            return Offer(candidate.after, split, None, None, after.badness, not is_whole)
        cost, error = before.numbers[split]
        new_cost, new_error = after.numbers[split]
        if new_cost > (1 - LESS_COST) * cost and new_error > error - FEWER_WRONG:
            return None
        return Offer(
            candidate.after,
            split,
            (cost, new_cost),
            (error, new_error),
            after.badness,
            not is_whole,
        )


class _Candidate(NamedTuple):
    """An experiment to try, and the rule for which its success would speak."""

    name: str
    after: Experiment


def shortened(experiment: Experiment, share: float) -> Experiment:
    """Return the experiment trained for a share of its epochs or, below one epoch, of its digits.

    >>> digits = Experiment(dataset="mnist", samples=0, epochs=10)
    >>> shorter = shortened(digits, 0.25), shortened(digits, 0.05)
    >>> [(experiment.epochs, experiment.samples) for experiment in shorter]
    [(2, 0), (1, 30000)]
    """
    if share >= 1 or not experiment.epochs:
        return experiment
    epochs = max(1, round(share * experiment.epochs))
    left = share * experiment.epochs / epochs
    after = experiment.but(epochs=epochs)
    if left < 0.75 and experiment.data.of_images:
        digits = round(left * (experiment.samples or _DIGITS))
        after = after.but(samples=max(min(digits, _DIGITS), _FEWEST))
    return after


def _seconds(experiment: Experiment) -> float:
    return effort.price(experiment, is_brief=True).seconds


_DIGITS, _FEWEST = 60_000, 1000
_RULES = {rule.name: rule for rule in RULES}
