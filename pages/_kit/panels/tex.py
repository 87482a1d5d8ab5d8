"""Numbers in LaTeX, and formulas with numbers put in for their symbols."""

import re
from collections.abc import Mapping

from engine.experiment import wording
from engine.experiment.wording import exact, number


def tex(value: float) -> str:
    r"""Return a measured number as LaTeX, with the digits that it has in text.

    >>> tex(0.4), tex(-12345.6), tex(1.5e-7)
    ('0.400', '-12{,}300', '1.50 \\cdot 10^{-7}')
    """
    return wording.tex(number(value))


def setting(value: float) -> str:
    r"""Return a number that somebody has chosen as LaTeX, with no more digits than it needs.

    >>> setting(0.999), setting(2.0), setting(1e-8), setting(-3e-5), setting(1 - 0.999)
    ('0.999', '2', '10^{-8}', '-3 \\cdot 10^{-5}', '0.001')
    """
    return wording.tex(exact(float(f"{value:.12g}")))


def filled(formula: str, numbers: Mapping[str, float]) -> str:
    r"""Return a formula with numbers put in for its symbols; 1 minus a symbol is worked out.

    >>> filled(r"v := \beta_1 v + (1 - \beta_1)\, d\theta", {r"\beta_1": 0.9})
    'v := 0.9 v + 0.1\\, d\\theta'
    >>> filled(r"\alpha = \frac{\alpha_0}{1 + k t}", {r"\alpha_0": 2.0, "k": 0.01})
    '\\alpha = \\frac{2}{1 + 0.01 t}'
    """
    for symbol, value in numbers.items():
        name = re.escape(symbol)
        # A symbol of its own, not a letter within a command nor the beginning of another symbol.
        for pattern, shown in (
            (rf"\(1 - {name}\)", setting(1 - value)),
            (rf"(?<![A-Za-z\\]){name}(?![A-Za-z_])", setting(value)),
        ):
            formula = _replaced(pattern, shown, formula)
    return formula


def _replaced(pattern: str, shown: str, formula: str) -> str:
    # By a function, as a text would have its backslashes read as escapes.
    return re.sub(pattern, lambda _: shown, formula)
