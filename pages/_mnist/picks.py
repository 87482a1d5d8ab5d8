"""A pick is which test digit the visitor is looking at, wherever on the page it was chosen."""

from pages._kit.site import session

DIGIT = "mnist.digit"
"""Key of the widget that shows the pick, counted from 1."""


def digit() -> int:
    """Return the position, 0, 1, ..., of the test digit that is looked at."""
    return int(session.keep(DIGIT, lambda: 1)) - 1


def look_at(position: int) -> None:
    """Look at another test digit; for callbacks, before the widget is drawn."""
    session.put(DIGIT, position + 1)
