"""Random runs of a page with the coach, what its first button does to them, and healthy runs."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.gaps import best_error
from engine.diagnosis.trials import Advice, Offer, Result, Trials
from engine.experiment.experiment import Experiment
from engine.training.run import Run, record, run
from engine.training.sweep import sweep
from engine.training.trainer import Trainer
from pages._kit.knobs.lens import Lens
from tests.pages.offers import at_random

LEAST_COST, LEAST_WRONG = 0.02, 0.01
"""A run is better with a cost lower by this share of it, or an accuracy higher by this."""


class Case(NamedTuple):
    """A run, and what the coach says of it once it has tried what may help."""

    run: Run
    advice: list[Advice]

    @property
    def first(self) -> Offer | None:
        """The first button on the page."""
        return next((piece.offers[0] for piece in self.advice if piece.offers), None)


def coached(experiment: Experiment, lens: Lens) -> Case:
    """Train an experiment and let the coach try what may help it."""
    before = run(experiment)
    trials = Trials(before, lens.turned)
    return Case(before, trials.advice([_ends(experiment) for experiment in trials.experiments]))


def _ends(experiment: Experiment) -> Run:
    return record(experiment, 2, is_brief=True)[0]


def turned_at_random(lens: Lens, base: Experiment, rng: np.random.Generator) -> Experiment:
    """Return an experiment with one to three of a page's knobs turned anywhere they can be."""
    while True:
        names = rng.choice(lens.knobs, rng.integers(1, 4), replace=False)
        turns: dict[str, Any] = {str(name): at_random(lens, str(name), rng) for name in names}
        try:
            experiment = lens.checked(base.but(**turns))
            Trainer(experiment)
        except ValueError:  # not allowed together, or no training sample left
            continue
        if experiment != base:
            return experiment


def is_better(before: Run, after: Run, split: str) -> bool:
    """Whether a run is better on a split: the judgement of this test, not the coach's own."""
    if after.diverged_at is not None:
        return False
    if before.diverged_at is not None:
        return True
    cost, accuracy = ends(before, split)
    new_cost, new_accuracy = ends(after, split)
    return new_cost <= (1 - LEAST_COST) * cost or new_accuracy >= accuracy + LEAST_WRONG - 1e-9


def ends(done: Run, split: str) -> tuple[float, float]:
    """Return cost and accuracy of the network that a run hands over."""
    row = -1 if done.best_epoch is None else done.best_epoch
    return float(done.history[f"{split}_cost"][row]), float(done.history[f"{split}_accuracy"][row])


def is_at_chance(done: Run) -> bool:
    """Whether a run's training cost is near what the shares of the classes alone would give."""
    return done.diverged_at is None and Evidence(done).is_near_chance


def badness(done: Run) -> float:
    """Return the number that every first button lowers."""
    return Result.of(done).badness


class Survey(NamedTuple):
    """How many of the runs had a first button, and with which of them it failed."""

    runs: int
    offered: int
    failed: list[tuple[Experiment, Experiment]]
    silent_at_chance: list[Experiment]
    back: list[tuple[Experiment, Experiment]]


def survey(lens: Lens, base: Experiment, seed: int, count: int) -> Survey:
    """Draw runs of a page, press the first button of each, and count what came of it."""
    rng = np.random.default_rng(seed)
    offered, failed, silent, back = 0, [], [], []
    for _ in range(count):
        case = coached(turned_at_random(lens, base, rng), lens)
        if is_at_chance(case.run) and not case.advice:
            silent.append(case.run.experiment)
        if case.first is None:
            continue
        offered += 1
        after = run(case.first.after)
        pair = case.run.experiment, after.experiment
        if not is_better(case.run, after, case.first.split):
            failed.append(pair)
        if not badness(after) < badness(case.run):
            back.append(pair)
    return Survey(count, offered, failed, silent, back)


def chain(experiment: Experiment, lens: Lens, most: int = 12) -> list[Experiment]:
    """Return the experiments that one comes to by the first button, again and again."""
    passed = [experiment]
    while len(passed) < most:
        first = coached(passed[-1], lens).first
        if first is None:
            break
        passed.append(first.after)
        if first.after in passed[:-1]:
            break
    return passed


def is_healthy(done: Run, tolerance: float = 0.03) -> bool:
    """Whether a run ended, and stayed, within 3 points of the best, and held-out cost at its least.

    Over the last tenth of its epochs, so that the result is no luck of the last one.
    """
    if done.diverged_at is not None:
        return False
    split = next(s for s in ("dev", "test", "train") if f"{s}_accuracy" in done.history)
    accuracy, cost = done.history[f"{split}_accuracy"], done.history[f"{split}_cost"]
    settled = accuracy[-max(1, len(accuracy) // 10) :].min()
    best = best_error(done.experiment)
    return bool(1 - settled <= best + tolerance and cost[-1] <= 1.1 * cost.min() + 1e-3)


def reads_digits_well(done: Run) -> bool:
    """Whether a run reads 95.5 % of the test digits, as many as are known of 784-64-10, and stays.

    And its test cost is near its least: one that has risen deserves a word.
    """
    if done.diverged_at is not None:
        return False
    cost = done.history["test_cost"]
    return bool(done.history["test_accuracy"][-1] >= 0.955 and cost[-1] <= 1.1 * cost.min())


def healthy_runs(
    drawn: Iterator[Experiment],
    count: int,
    is_well: Callable[[Run], bool] = is_healthy,
    at_once: int = 16,
) -> Iterator[Run]:
    """Yield the healthy ones of drawn experiments' runs, until there are enough.

    So many are trained at once: small networks share their steps, but few digits' are wanted.
    """
    passed = 0
    while passed < count:
        for finished in sweep(list(islice(drawn, at_once)), snapshots=2):
            if passed < count and is_well(finished):
                passed += 1
                yield finished
