"""Numbers as a person reads them."""

import math
from collections.abc import Sequence


def percent(share: float) -> str:
    """Return a share as per cent with one decimal.

    >>> percent(0.9635)
    '96.4 %'
    """
    return f"{100 * share:.1f} %"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float) -> str:
    """Return a number with three significant digits.

    >>> number(0.007), number(12345.6), number(-4), number(0.0), number(1.5e-7)
    ('0.00700', '12,300', '-4.00', '0', '1.50 × 10⁻⁷')
    """
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return f"{value}"
    rounded = float(f"{value:.3g}")
    if not 1e-4 <= abs(rounded) < 1e6:
        return _scientific(rounded, 3)
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:#.3g}"


def power(value: float) -> str:
    """Return a number of any size with two significant digits and a power of ten.

    >>> power(3.21e-8), power(1e-7), power(-250), power(0.0)
    ('3.2 × 10⁻⁸', '10⁻⁷', '−2.5 × 10²', '0')
    """
    if value == 0:
        return "0"
    return _scientific(value, 2).removeprefix("1.0 × ").replace("-", "−")


def _scientific(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{mantissa} × 10{str(int(exponent)).translate(_RAISED)}"


def counted(count: int, noun: str) -> str:
    """Return a number of things, in the singular where there is one.

    >>> counted(1, "training"), counted(1200, "step"), counted(0, "point")
    ('1 training', '1,200 steps', '0 points')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def are(count: int) -> str:
    """Return the verb for a number of things: "is" where there is one, else "are"."""
    return "is" if count == 1 else "are"


def listed(parts: Sequence[str]) -> str:
    """Return some things, one or more, as a sentence lists them.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def layers(widths: Sequence[int], kind: str = "hidden layer", unit: str = "unit") -> str:
    """Return the hidden part of a network, from the input side, short enough for a button.

    >>> layers(()), layers((8,)), layers((5, 5, 5))
    ('no hidden layer', '1 hidden layer of 8 units', '3 hidden layers of 5 units')
    >>> layers((8, 4, 1), kind="layer"), layers((9, 3) * 4)
    ('layers of 8, 4 and 1 units', '8 hidden layers of 3 to 9 units')
    """
    if not widths:
        return f"no {kind}"
    if len(set(widths)) == 1:
        return f"{counted(len(widths), kind)} of {counted(widths[0], unit)}"
    if len(widths) <= _MOST_WIDTHS:
        return f"{kind}s of {listed([str(width) for width in widths])} {unit}s"
    return f"{counted(len(widths), kind)} of {min(widths)} to {max(widths)} {unit}s"


_MOST_WIDTHS = 6
"""The widths of so many layers can still be read one by one."""


def epochs(count: int) -> str:
    """Return a number of epochs.

    >>> epochs(1), epochs(1200)
    ('1 epoch', '1,200 epochs')
    """
    return counted(count, "epoch")
