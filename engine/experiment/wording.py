"""Numbers as a person reads them. `format.js` of the player writes them in the same way.

Three significant digits, rounded as on paper (a five is rounded up), a true minus sign, a comma
between thousands, and a power of ten where there would be many zeros.
"""

import math
import re
from collections.abc import Sequence

from engine.nn.decision import ZERO

_SIGNS = "-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED, _LOWERED = str.maketrans(*_SIGNS), str.maketrans(*_SIGNS[::-1])
_POWER = re.compile(f"10([{_SIGNS[1]}]+)")

_PLAIN = range(-4, 6)
"""The powers of ten for which a number is written without one: 0.0001 to 999,999."""


def percent(share: float) -> str:
    """Return a share as per cent with one decimal.

    >>> percent(0.9635), percent(0.0625), percent(math.nan)
    ('96.4 %', '6.3 %', 'not known')
    """
    return f"{_tenths(share, 2)} %" if math.isfinite(share) else "not known"


def points(difference: float) -> str:
    """Return a difference of two shares in percentage points with one decimal.

    >>> points(0.128), points(-0.01), points(-0.0001)
    ('12.8 points', '−1.0 points', '0.0 points')
    """
    return f"{_tenths(difference, 2)} points" if math.isfinite(difference) else "not known"


def number(value: float) -> str:
    """Return a number with three significant digits; a whole one, which is exact, in full.

    >>> number(0.007), number(1234.5), number(1235), number(-0.25), number(1.5e-7), number(5.6e-17)
    ('0.00700', '1,230', '1,235', '−0.250', '1.50 × 10⁻⁷', '0')
    """
    if not math.isfinite(value):
        return "not finite"
    if abs(value) < ZERO:
        return "0"
    if value == int(value) and abs(value) < 1e6:
        return f"{value:,.0f}".replace("-", "−")
    return _signed(value, _written(*_significant(value, 3)))


def power(value: float) -> str:
    """Return a number of any size with two significant digits and a power of ten.

    >>> power(3.21e-8), power(1e-7), power(-250), power(1.0), power(0.0)
    ('3.2 × 10⁻⁸', '10⁻⁷', '−2.5 × 10²', '1', '0')
    """
    if value == 0 or not math.isfinite(value):
        return number(value)
    digits, exponent = _significant(value, 2)
    digits = "1" if digits == "10" else digits
    is_plain = exponent in (0, 1)
    return _signed(value, _placed(digits, exponent) if is_plain else _raised(digits, exponent))


def size(value: float) -> str:
    """Return a number of any size: as `number` does, or as `power` where it is small or large.

    >>> size(0.25), size(2.04e-9), size(3.4e38), size(0.0), size(math.inf)
    ('0.250', '2.0 × 10⁻⁹', '3.4 × 10³⁸', '0', 'overflow')
    """
    if not math.isfinite(value):
        return "overflow"
    return number(value) if value == 0 or 1e-3 <= abs(value) < 1e5 else power(value)


def exact(value: float) -> str:
    """Return a number that somebody chose, with all its digits and no others.

    Two different numbers never look the same.

    >>> exact(0.03), exact(1000.0), exact(-0.5), exact(1e-05), exact(2.5e-07)
    ('0.03', '1,000', '−0.5', '10⁻⁵', '2.5 × 10⁻⁷')
    """
    if value == 0 or not math.isfinite(value):
        return number(value)
    return _signed(value, _written(*_shortest(value)))


def tex(text: str) -> str:
    r"""Return a number that was written as text as LaTeX.

    >>> tex("−1.50 × 10⁻⁷"), tex("12,300")
    ('-1.50 \\cdot 10^{-7}', '12{,}300')
    """
    plain = text.replace("−", "-").replace(",", "{,}").replace(" × ", r" \cdot ")
    return _POWER.sub(lambda found: f"10^{{{found[1].translate(_LOWERED)}}}", plain)


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


def _shortest(value: float) -> tuple[str, int]:
    """Return the fewest digits that stand for a float, and the power of ten of the first one."""
    mantissa, _, exponent = repr(abs(float(value))).partition("e")
    whole, _, rest = mantissa.partition(".")
    digits = f"{whole}{rest}".lstrip("0")
    zeros = len(whole) + len(rest) - len(digits)
    return digits.rstrip("0"), int(exponent or 0) + len(whole) - 1 - zeros


def _rounded(digits: str, count: int) -> int:
    """Return the first digits, rounded by what follows: of the digits as a person would write."""
    return int(digits[:count].ljust(count, "0") or 0) + (digits[count : count + 1] >= "5")


def _significant(value: float, count: int) -> tuple[str, int]:
    """Return so many digits of a number, rounded, and the power of ten of the first one."""
    digits, exponent = _shortest(value)
    text = str(_rounded(digits, count))
    return text[:count], exponent + len(text) - count  # 999.6 becomes 1000, and that 1.00 × 10³


def _tenths(value: float, shift: int) -> str:
    """Return value times 10^shift with one decimal; what rounds to zero has no sign."""
    digits, exponent = _shortest(round(value, 12))  # 1 - 0.9875 is a little less than 0.0125
    count = exponent + shift + 2
    tenths = _rounded(digits, count) if count >= 0 else 0
    return _signed(value if tenths else 0.0, f"{tenths // 10:,}.{tenths % 10}")


def _written(digits: str, exponent: int) -> str:
    return _placed(digits, exponent) if exponent in _PLAIN else _raised(digits, exponent)


def _placed(digits: str, exponent: int) -> str:
    """Return digits with the point where it belongs."""
    if exponent < 0:
        return f"0.{'0' * (-exponent - 1)}{digits}"
    whole, rest = digits[: exponent + 1].ljust(exponent + 1, "0"), digits[exponent + 1 :]
    return f"{int(whole):,}{'.' if rest else ''}{rest}"


def _raised(digits: str, exponent: int) -> str:
    raised = f"10{str(exponent).translate(_RAISED)}"
    return raised if digits == "1" else f"{_placed(digits, 0)} × {raised}"


def _signed(value: float, text: str) -> str:
    return f"−{text}" if value < 0 else text
