"""What a network's errors say: is it bias, variance or mismatch, and how sure is that?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.data.samples import Samples
from engine.experiment.experiment import Experiment
from engine.experiment.problem import TRAIN_SAMPLE, load
from engine.nn.intervals import wilson
from engine.training.run import Run

THRESHOLD = 0.03
"""From this size on a gap between two errors counts as high, where nobody says otherwise."""

HUMAN_ERROR = 0.002
"""What people get wrong of MNIST's digits, roughly: an estimate, as no Bayes error is known."""

SPLITS = ("train", "train_dev", "dev", "test")


@dataclass(frozen=True)
class Rate:
    """A share of m samples that is wrong, and its 95 % interval from `low` to `high`."""

    error: float
    m: int
    low: float
    high: float

    @classmethod
    def counted(cls, wrong: int, m: int) -> "Rate":
        """Return the rate of `wrong` out of m samples, with Wilson's interval.

        >>> rate = Rate.counted(10, 100)
        >>> rate.error, round(rate.low, 3), round(rate.high, 3)
        (0.1, 0.055, 0.174)
        """
        low, high = wilson(wrong, m)
        return cls(wrong / m, m, float(low), float(high))

    @classmethod
    def known(cls, error: float) -> "Rate":
        """Return an error that is known, not counted."""
        return cls(error, 0, error, error)


@dataclass(frozen=True)
class Gap:
    """What one error has more than another, its 95 % interval, and from where on it is high."""

    value: float
    low: float
    high: float
    threshold: float

    @property
    def is_high(self) -> bool:
        return self.value >= self.threshold

    @property
    def is_sure(self) -> bool:
        """Whether the whole interval lies on the same side of the threshold."""
        return self.low >= self.threshold or self.high < self.threshold


def gap(lower: Rate, upper: Rate, threshold: float = THRESHOLD) -> Gap:
    """Return upper - lower, with the interval of a difference of two independent rates.

    Newcombe's: each end adds the distances of the two rates from the ends of their own intervals,
    as the sides of a right angle. With p the upper rate, in [l, u], and q the lower, in [l', u']:

        p - q - sqrt((p - l)^2 + (u' - q)^2)  to  p - q + sqrt((u - p)^2 + (q - l')^2)

    (R. G. Newcombe 1998, method 10).

    >>> found = gap(Rate.counted(10, 100), Rate.counted(30, 100))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.2, 0.09, 0.306)
    """
    value = upper.error - lower.error
    down = math.hypot(upper.error - upper.low, lower.high - lower.error)
    up = math.hypot(upper.high - upper.error, lower.error - lower.low)
    return Gap(value, value - down, value + up, threshold)


@dataclass(frozen=True)
class Diagnosis:
    """The errors of a network on its splits, and what lies between them.

    rates by the names in SPLITS, those that are not empty; `best` is the Bayes error, or people's.
    avoidable_bias = train - best; variance = dev - train, but train_dev - train where dev comes
    from another distribution, which then adds mismatch = dev - train_dev. None where a split is
    empty.
    """

    best: float
    rates: Mapping[str, Rate]
    avoidable_bias: Gap
    variance: Gap | None
    mismatch: Gap | None

    @property
    def high(self) -> tuple[str, ...]:
        """Which of avoidable_bias, variance and mismatch are high, in this order."""
        return tuple(name for name, measured in self.gaps.items() if measured.is_high)

    @property
    def gaps(self) -> dict[str, Gap]:
        """The gaps there are, by name."""
        named = {
            "avoidable_bias": self.avoidable_bias,
            "variance": self.variance,
            "mismatch": self.mismatch,
        }
        return {name: measured for name, measured in named.items() if measured is not None}


def measure(run: Run) -> dict[str, Rate]:
    """Return the errors of the network that a run hands over, by the names in SPLITS.

    For MNIST the training error is counted on at most TRAIN_SAMPLE training digits, as everywhere.
    The same interval is given to it as to the others, although the network knows these samples: it
    says how far the count could differ on other samples that are known as well. Raises ValueError
    for a run that diverged before it had any.
    """
    problem = load(run.experiment)
    rates = {}
    for name in SPLITS:
        accuracy = run.final(f"{name}_accuracy")
        if not math.isnan(accuracy):
            counted = problem.splits[name].m
            m = min(counted, TRAIN_SAMPLE) if name == "train" else counted
            rates[name] = Rate.counted(m - round(accuracy * m), m)
    if "train" not in rates:
        raise ValueError("The run diverged before it had any error to be diagnosed.")
    return rates


def diagnosis_of(rates: Mapping[str, Rate], best: float, threshold: float = THRESHOLD) -> Diagnosis:
    """Return what lies between errors, `best` being the Bayes error or people's."""
    train, dev, train_dev = (rates.get(name) for name in ("train", "dev", "train_dev"))
    assert train is not None
    like_train = train_dev or dev
    return Diagnosis(
        best,
        rates,
        gap(Rate.known(best), train, threshold),
        gap(train, like_train, threshold) if like_train else None,
        gap(train_dev, dev, threshold) if train_dev and dev else None,
    )


def diagnose(run: Run, best: float | None = None, threshold: float = THRESHOLD) -> Diagnosis:
    """Return the diagnosis of a run; `best` replaces the Bayes or human error."""
    return diagnosis_of(
        measure(run), best_error(run.experiment) if best is None else best, threshold
    )


def best_error(experiment: Experiment) -> float:
    """Return the least error that anyone can have who sees the inputs that the network sees.

    The Bayes error of the data set through the chosen features, but at least the share of samples
    in the minority among training samples with equal inputs: whatever the network, it says the
    same of all of them. For MNIST HUMAN_ERROR.
    """
    if experiment.data.of_images:
        return HUMAN_ERROR
    dataset = experiment.data
    bayes_error = dataset.best_error(experiment.noise, experiment.features, experiment.class_count)
    return max(bayes_error or 0.0, contradicted(load(experiment).train))


def contradicted(samples: Samples) -> float:
    """Return the share of samples whose label is not the most common one among equal inputs.

    >>> rows, labels = np.zeros((3, 2)), np.array([0, 1, 1])
    >>> round(contradicted(Samples(rows, labels, np.arange(3), np.eye(2))), 3)
    0.333
    """
    if not samples.m:
        return 0.0
    _, kinds = np.unique(samples.X.T, axis=0, return_inverse=True)
    counts = np.zeros((int(kinds.max()) + 1, int(samples.y.max()) + 1), int)
    np.add.at(counts, (kinds.ravel(), samples.y), 1)
    return float(1 - counts.max(axis=1).sum() / samples.m)
