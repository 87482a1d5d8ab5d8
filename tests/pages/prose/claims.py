"""A claim is what proves a sentence of prose: a computation of the numbers that it prints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import TypeAlias

from tests.pages.prose.numbers import numbers

Value: TypeAlias = float | EllipsisType
"""What a printed number ought to be; ... for one that only says what it is about."""


@dataclass(frozen=True, eq=False)
class Claim:
    """prove(sentence) raises AssertionError where the engine says otherwise."""

    prove: Callable[[str], None]
    is_slow: bool = False


Claims: TypeAlias = Mapping[str, Mapping[str, Claim]]
"""File -> beginning of a sentence in it -> what proves that sentence."""


def computed(values: Callable[[], Sequence[Value]], *, is_slow: bool = False) -> Claim:
    """Return the claim that a sentence's numbers are these, in order, at the printed precision."""

    def prove(sentence: str) -> None:
        printed, found = numbers(sentence), list(values())
        assert len(printed) == len(found), (
            f"{[number.text for number in printed]} printed, {found} found"
        )
        for number, value in zip(printed, found, strict=True):
            is_true = isinstance(value, EllipsisType) or number.fits(float(value))
            assert is_true, f"“{sentence}” prints {number.text}, but it is {value}"

    return Claim(prove, is_slow)


def holds(test: Callable[..., bool], *, is_slow: bool = False) -> Claim:
    """Return the claim that a test holds for the numbers that a sentence prints."""

    def prove(sentence: str) -> None:
        printed = [number.value for number in numbers(sentence)]
        assert test(*printed), f"“{sentence}” does not hold for {printed}"

    return Claim(prove, is_slow)


def says(*values: float) -> Claim:
    """Return the claim of a sentence that only names numbers: a request, a question, a title.

    They are given here, so that a change of the sentence is seen.
    """
    return computed(lambda: values)


def cited(source: str, *values: float) -> Claim:
    """Return the claim that somebody else has reported these numbers."""
    assert source
    return computed(lambda: values)
