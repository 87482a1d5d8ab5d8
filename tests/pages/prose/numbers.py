"""The numbers that a sentence prints, with the precision that it prints them with."""

import re
from decimal import Decimal
from typing import NamedTuple

WORDS = {
    **{"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50},
    **{"hundred": 100, "thousand": 1000, "million": 10**6, "twice": 2},
    **{"half": 0.5, "halves": 0.5, "halve": 0.5, "quarter": 0.25, "quarters": 0.25},
    **{"tenth": 0.1, "thirtieth": 1 / 30, "½": 0.5, "¼": 0.25},
}
"""Numbers that are words; two and one are not among them, which are most often no number."""

ROUGHLY, LOOSELY = 0.125, 0.05
"""By so much, as a share, a number may be off that is about so; and one that is a half, a tenth."""

# What has digits in it and is a name: networks, layers, norms, parameters, sections, years.
_NAMES = re.compile(
    r"\b\d+(?:-\d+)+\b|\bL[12]\b|\b[Ll]ayers? \d+\b|\b[A-Za-z]+\[\d+\]|\b[WbZAx]\d\b|\bUTF-8\b"
    r"|\bCS231n\b|\bNumPy 2\b|\bPython 3\.11\b|\bfloat(?:32|64)\b|\(\d+ min\)|\bw\^\(L−1\)"
    r"|28 × 28|\b(?:section|sections|equations|chapters|lecture) \d[\d., to and]*"
    r"|\b(?:19|20)\d\d\b|\b\d(?=/n|/\(|[A-Za-zε])"
)
_POWER = r"\^?(?:\{(?P<braced>-?\d+)\}|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
_NUMBER = re.compile(
    rf"\b(?P<base>10|2){_POWER}"
    r"|(?P<whole>(?:(?<![\w.)\]}])[−-])?\d+(?:,\d{3})*(?:\.\d+)?)"
    rf"(?: ?(?:\\cdot|×) 10{_POWER.replace('braced', 'b').replace('raised', 'r')})?"
    rf"|\b(?P<word>{'|'.join(word for word in WORDS if word.isascii())})\b|(?P<vulgar>[½¼])",
    re.IGNORECASE,
)
_IN_LATEX = re.compile(
    r"(?:\d+(?:\.\d+)? \\cdot )?\b(?:10|2)\^\{-?\d+\}"  # powers
    r"|(?<![\w^_{.])\d+\.\d+|^\d+$"  # decimals, and what stands alone
    r"|(?<=[=<>] )-?\d+(?:\.\d+)?(?=$|,| )(?! [A-Za-z\\(])"  # what something equals
)
_ABOUT = re.compile(r"(?:about|roughly|almost|nearly|around)\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Printed(NamedTuple):
    """A number as a sentence prints it: its text, its value, and how far off that may be."""

    text: str
    exact: Decimal
    within: Decimal

    @property
    def value(self) -> float:
        return float(self.exact)

    def fits(self, value: float) -> bool:
        """Return whether a value may be printed like this."""
        return abs(Decimal(value) - self.exact) <= self.within * Decimal("1.000001")


def numbers(sentence: str) -> list[Printed]:
    r"""Return the numbers that a sentence prints, in order; names that have digits are left out.

    Within LaTeX only powers, decimals and what something equals are numbers, the rest is notation;
    and so is a plain 0 or 1 anywhere: a label, the end of a range, a factor that changes nothing.

    >>> [found.text for found in numbers("A 2-3-1 network gets 1,000 right, 11.35 %, by $\\ln 2$.")]
    ['1,000', '11.35']
    >>> [found.value for found in numbers(r"half of it, $2^{-15}$, 10⁻⁷ or $5 \cdot 10^{-3}$")]
    [0.5, 3.0517578125e-05, 1e-07, 0.005]
    >>> numbers("about ten")[0].fits(11), numbers("ten")[0].fits(11), numbers("9.5")[0].fits(9.54)
    (True, False, True)
    """
    text = _NAMES.sub(lambda match: "_" * len(match[0]), _without_notation(sentence))
    return [
        _printed(match, text[: match.start()])
        for match in _NUMBER.finditer(text)
        if match[0] not in ("0", "1") or text[match.end() :].startswith(" %")
    ]


def _printed(match: re.Match[str], before: str) -> Printed:
    word = match["word"] or match["vulgar"]
    if word:
        value = WORDS[word.lower()]
        exact, within = Decimal(value), Decimal(value * LOOSELY if value < 1 else 0)
    elif match["base"]:
        exact = Decimal(match["base"]) ** _power(match["braced"], match["raised"])
        within = exact * Decimal("1e-9")
    else:
        whole, exponent = match["whole"].replace(",", ""), _power(match["b"], match["r"])
        exact = Decimal(whole.replace("−", "-")).scaleb(exponent)
        digits = len(whole.partition(".")[2])
        is_count = not digits and not exponent and abs(exact) < 20
        within = Decimal("1e-9" if is_count else "0.5").scaleb(exponent - digits)
    if _ABOUT.search(before):
        within = max(within, abs(exact) * Decimal(ROUGHLY))
    return Printed(match[0], exact, within)


def _power(braced: str | None, raised: str | None) -> int:
    return int((braced or raised or "0").translate(_LOWERED))


def _without_notation(sentence: str) -> str:
    """Return a sentence of whose LaTeX only the numbers are left."""
    return re.sub(r"\$([^$]*)\$", lambda math: " ".join(_IN_LATEX.findall(math[1])), sentence)
