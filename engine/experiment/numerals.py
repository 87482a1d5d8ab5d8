"""Numbers in text from outside, of a link or a file: what is one is decided here alone."""

import math
import re

MOST_CHARACTERS = 40
"""The longest text that is read as a number; the longest one that is written for a float has 24."""

_WHOLE = re.compile(r"[+-]?[0-9]+")
_REAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def whole(text: str) -> int:
    """Return the whole number that a text is, or raise ValueError without a message.

    >>> whole("-12")
    -12
    """
    if len(text) > MOST_CHARACTERS or not _WHOLE.fullmatch(text):
        raise ValueError
    return int(text)


def real(text: str) -> float:
    """Return the finite number that a text is, or raise ValueError without a message.

    ASCII digits with a point and perhaps a power of ten; Python's own underscores, spaces, "inf"
    and "nan" are no numbers here, nor is one too large for a float.

    >>> real("-1.5e-3"), real("7")
    (-0.0015, 7.0)
    """
    if len(text) > MOST_CHARACTERS or not _REAL.fullmatch(text):
        raise ValueError
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def written(number: float) -> str:
    """Return the shortest text that `real` reads as exactly this finite number.

    >>> written(2.0), written(0.1 + 0.2), written(1e-5)
    ('2', '0.30000000000000004', '1e-05')
    """
    return repr(float(number)).removesuffix(".0")
