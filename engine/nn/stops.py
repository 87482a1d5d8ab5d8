"""Long work that stops on the way, as a generator, so that whoever does it may do other things."""

from collections.abc import Callable, Generator
from typing import TypeVar

T = TypeVar("T")


def to_end(way: Generator[None, None, T], rest: Callable[[], None] = lambda: None) -> T:
    """Go the whole way and return what it comes to; `rest` is called at every stop.

    >>> def three():
    ...     yield
    ...     return 3
    >>> to_end(three())
    3
    """
    while True:
        try:
            next(way)
        except StopIteration as end:
            found: T = end.value
            return found
        rest()
