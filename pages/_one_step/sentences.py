"""What the page says of a step."""

import math

from engine.experiment.wording import counted, number, power
from engine.inspection.one_step.step import Step


def fallen(step: Step, count: int = 1) -> str:
    """Say how far J fell in the step of that number, beside what its slope has promised."""
    before, after, fall, predicted = (
        float(step.matrices[name][0, 0]) for name in ("J", "J+", "fall", "predicted")
    )
    if not all(map(math.isfinite, (before, after, predicted))):
        return "The numbers of this step overflow: α is far too large, or a weight is."
    moved = "falls" if fall < 0 else "rises"
    if predicted == 0:
        return f"J stays at {number(before)}: the step has no length."
    told = (
        f"**In step {count:,} J {moved} from {number(before)} to {number(after)}**, "
        f"by {number(abs(fall))}. "
    )
    promised = f"The slope alone promises a fall of {number(abs(predicted))}"
    if fall >= 0:
        return f"{told}{promised}: the step went too far."
    return f"{told}{promised}: {_kept(fall / predicted)}."


def _kept(share: float) -> str:
    """Say how a fall compares with what was promised, as their ratio."""
    if share > NEARLY_ALL:
        return "the step keeps the promise" if share < 2 - NEARLY_ALL else "the step keeps more"
    return "the slope changes on the way"


NEARLY_ALL = 0.95
"""A step keeps what its slope promises if it falls by so much of it."""


def looped(m: int, difference: float) -> str:
    """Say by how much the loop over m samples ends elsewhere than the lines of matrices."""
    turns = counted(m, "turn")
    if difference == 0:
        return f"After {turns} the loop and the matrices agree to the last bit."
    return (
        f"After {turns} the loop and the matrices agree but for rounding: the largest difference "
        f"is {power(difference)}."
    )


def of_digits(step: Step) -> str:
    """Say what a mini-batch holds, how it is read, and how far its cost falls."""
    labels, read = (step.matrices[name].argmax(axis=0) for name in ("Y", f"A{step.depth}"))
    digits = ", ".join(map(str, labels))
    right = int((labels == read).sum())
    before, after = (number(float(step.matrices[name][0, 0])) for name in ("J", "J+"))
    return (
        f"The digits are {digits}; {right} of {len(labels)} are read rightly. On them the step "
        f"takes J from {before} to {after}."
    )
