"""What errors and the gaps between them say, in words with their numbers."""

from typing import NamedTuple

from engine.diagnosis.gaps import Diagnosis, Gap, Rate
from engine.experiment import wording
from engine.experiment.wording import listed, percent, points
from engine.training.run import Run

ERRORS = {
    "best": "Best possible error", "train": "Training error", "train_dev": "Training-dev error",
    "dev": "Dev error", "test": "Test error",
}  # fmt: skip


class Words(NamedTuple):
    """What a gap is called, of which errors it is the difference, and what it is if it is high."""

    title: str
    formula: str
    high: str


GAPS = {
    "avoidable_bias": Words("Avoidable bias", "training error − best possible error", "high bias"),
    "variance": Words("Variance", "dev error − training error", "high variance"),
    "mismatch": Words("Mismatch", "dev error − training-dev error", "mismatched sets"),
}


def bound(found: Gap) -> str:
    """Return from where on a gap is high; thresholds are whole percentage points."""
    return wording.counted(round(100 * found.threshold), "point")


def verdict(diagnosis: Diagnosis) -> str:
    """Return the diagnosis in a few words."""
    if not diagnosis.high:
        return "Neither high bias nor high variance"
    text = listed([GAPS[name].high for name in diagnosis.high])
    return f"{text[0].upper()}{text[1:]}"


def gap(name: str, found: Gap, *, has_train_dev: bool = False) -> str:
    """Return how large a gap is, whether that is high, and how sure that is."""
    title, formula, _ = GAPS[name]
    if name == "variance" and has_train_dev:
        formula = "training-dev error − training error"
    limit = bound(found)
    interval = f"{points(found.low).removesuffix(' points')} to {points(found.high)}"
    size = f"**{title}** ({formula}): **{points(found.value)}**, "
    if found.is_high and found.is_sure:
        return f"{size}high: the whole 95 % interval, {interval}, lies above {limit}."
    if found.is_sure:
        return f"{size}not high: the whole 95 % interval, {interval}, lies below {limit}."
    if found.is_high:
        return (
            f"{size}high, but not surely: so few samples fit anything from {interval}, and "
            f"{limit} are where high begins."
        )
    return (
        f"{size}not high, but not surely: so few samples fit anything from {interval}, and {limit} "
        "are where high begins."
    )


def below_best(diagnosis: Diagnosis, *, of_people: bool) -> str:
    """Return what it means if the training error is below what is possible, or nothing."""
    if diagnosis.avoidable_bias.value >= 0 or diagnosis.best == 0:
        return ""
    if of_people:
        return "On its training digits the network errs less than people do."
    told = "The training error is below what even the best rule could reach on new samples: "
    if diagnosis.avoidable_bias.high < 0:
        return f"{told}the network has learned the noise of its own samples by heart."
    return f"{told}by luck, with so few samples, or because it has learned their noise by heart."


def lucky(diagnosis: Diagnosis) -> str:
    """Return what it means if the dev error is below what is possible, or nothing."""
    dev = diagnosis.rates.get("dev")
    if dev is None or dev.error >= diagnosis.best:
        return ""
    return (
        f"The dev error is below the best possible one, which no network can be in the long run: "
        f"{wording.counted(dev.m, 'sample')} {'leaves' if dev.m == 1 else 'leave'} room for luck, "
        f"from {percent(dev.low)} to {percent(dev.high)}."
    )


def rates(diagnosis: Diagnosis, *, of_people: bool) -> str:
    """Return the errors in one sentence."""
    told = [
        f"{ERRORS[name].lower()} {percent(rate.error)} ({counted(rate)})"
        for name, rate in diagnosis.rates.items()
    ]
    whose = "what people misread, about" if of_people else "best possible error"
    text = f"{whose} {percent(diagnosis.best)}, {', '.join(told)}."
    return f"{text[0].upper()}{text[1:]} Whiskers: 95 % intervals. Red: where high begins."


def counted(rate: Rate) -> str:
    """Return on how many samples a rate was counted.

    >>> counted(Rate.counted(1, 200))
    '1 of 200'
    """
    return f"{round(rate.error * rate.m):,} of {rate.m:,}"


def curves(run: Run) -> str:
    """Return the errors of the network handed over, and where the dev error was least."""
    dev = run.history.get("dev_accuracy")
    last, train = run.kept_epoch, percent(1 - run.final("train_accuracy"))
    if dev is None:
        return f"After epoch {last:,} the training error is {train}; there is no dev set."
    best = int(dev.argmax())
    least = percent(1 - float(dev[best]))
    return (
        f"After epoch {last:,}: training error {train}, dev error "
        f"{percent(1 - run.final('dev_accuracy'))}. Least dev error: {least}, after epoch "
        f"{int(run.history['epoch'][best]):,}."
    )


def _way(change: float) -> str:
    if abs(change) < _UNCHANGED:
        return "unchanged"
    return "down" if change < 0 else "up"


_UNCHANGED = 5e-4
"""A share that changes by less is printed as the same."""


def moved(before: Diagnosis, after: Diagnosis) -> str:
    """Return how bias, variance and mismatch changed from one network to the next."""
    told = []
    for name, old in before.gaps.items():
        new = after.gaps.get(name)
        if new is not None:
            change = new.value - old.value
            numbers = f"{points(old.value).removesuffix(' points')} → {points(new.value)}"
            told.append(f"{GAPS[name].title.lower()} {numbers} ({_way(change)})")
    text = ", ".join(told)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def from_below(before: Diagnosis, after: Diagnosis) -> str:
    """Return that the gap to the dev error closed because the training error rose, if it did."""
    if "dev" not in before.rates or "dev" not in after.rates:
        return ""
    rise = after.rates["train"].error - before.rates["train"].error
    fall = before.rates["dev"].error - after.rates["dev"].error
    if rise > 0 and fall < rise and rise + fall > 0.005:
        return " The gap closed mostly from below: it was the training error that rose."
    return ""
