"""Derivatives as one works them out by hand: step by step, and with the numbers put in.

A step's formula is LaTeX. In `filled`, @ and a letter stands for one of QUANTITIES.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array

GELU_SCALE, GELU_CUBIC = (2 / np.pi) ** 0.5, 0.044715
"""The constants of GELU's form with a tanh, in which z Phi(z) is approximated to 0.0005."""


class Quantity(NamedTuple):
    """A number that steps are made of, from z: in Python, and in JavaScript."""

    of: Callable[[Array], Array]
    browser: str


def _gelu_tanh(z: Array) -> Array:
    t: Array = np.tanh(GELU_SCALE * (z + GELU_CUBIC * z**3))
    return t


QUANTITIES: dict[str, Quantity] = {
    "z": Quantity(lambda z: z, "z"),
    "p": Quantity(np.exp, "Math.exp(z)"),
    "n": Quantity(lambda z: np.exp(-z), "Math.exp(-z)"),
    "s": Quantity(lambda z: 1 / (1 + np.exp(-z)), "1 / (1 + Math.exp(-z))"),
    "t": Quantity(_gelu_tanh, "Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))"),
    "d": Quantity(
        lambda z: GELU_SCALE * (1 + 3 * GELU_CUBIC * z**2),
        "Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * z ** 2)",
    ),
}
"""z, e^z, e^-z, sigmoid(z), and of GELU tanh(u) and u'; beside them a is g(z) and g is g'(z)."""


class Step(NamedTuple):
    """A line of a derivation: why, its formula, and the right side of that with numbers.

    `gives` is what the line comes to: g for g'(z), a for g(z), or one of QUANTITIES.
    """

    reason: str
    formula: str
    filled: str
    gives: str = "g"


class Case(NamedTuple):
    """The lines of a derivation where z is "<", "=", "<=" or ">" 0; "" for every z."""

    where: str
    steps: tuple[Step, ...]

    def holds(self, z: float) -> bool:
        """Return whether z is where these lines are about."""
        return not self.where or "<=>"[int(np.sign(z)) + 1] in self.where


_RIGHT = Case(
    ">",
    (
        Step("Right of 0 it is z itself.", r"a = z", "@z", "a"),
        Step("The slope of z.", r"g'(z) = 1", "1"),
    ),
)

LINEAR = (
    Case(
        "",
        (
            Step("It is z itself.", r"a = z", "@z", "a"),
            Step("The slope of z, wherever z is.", r"g'(z) = 1", "1"),
        ),
    ),
)

SIGMOID = (
    Case(
        "",
        (
            Step("Its value.", r"a = \frac{1}{1 + e^{-z}}", r"\frac{1}{1 + @n}", "a"),
            Step(
                "Quotient rule: (u/v)′ = (u′v − uv′)/v², where u′ = 0 and v′ = −e⁻ᶻ.",
                r"g'(z) = \frac{-(-e^{-z})}{(1 + e^{-z})^2}",
                r"\frac{@n}{(1 + @n)^2}",
            ),
            Step(
                "Above, e⁻ᶻ is 1 + e⁻ᶻ − 1: split it there.",
                r"g'(z) = \frac{1}{1 + e^{-z}} - \frac{1}{(1 + e^{-z})^2}",
                r"\frac{1}{1 + @n} - \frac{1}{(1 + @n)^2}",
            ),
            Step("Both parts are made of a.", r"g'(z) = a (1 - a)", r"@a \cdot (1 - @a)"),
        ),
    ),
)

TANH = (
    Case(
        "",
        (
            Step(
                "Its value.",
                r"a = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
                r"\frac{@p - @n}{@p + @n}",
                "a",
            ),
            Step(
                "Quotient rule: (u/v)′ = (u′v − uv′)/v², where u′ = v and v′ = u.",
                r"g'(z) = \frac{(e^z + e^{-z})^2 - (e^z - e^{-z})^2}{(e^z + e^{-z})^2}",
                r"\frac{(@p + @n)^2 - (@p - @n)^2}{(@p + @n)^2}",
            ),
            Step(
                "Separate what is above.",
                r"g'(z) = 1 - \frac{(e^z - e^{-z})^2}{(e^z + e^{-z})^2}",
                r"1 - \frac{(@p - @n)^2}{(@p + @n)^2}",
            ),
            Step("The fraction is a squared.", r"g'(z) = 1 - a^2", r"1 - @a^2"),
        ),
    ),
)

RELU = (
    _RIGHT,
    Case(
        "<",
        (
            Step("Left of 0 it is 0.", r"a = 0", "0", "a"),
            Step("The slope of 0: nothing changes.", r"g'(z) = 0", "0"),
        ),
    ),
    Case(
        "=",
        (
            Step("At 0 both sides meet.", r"a = 0", "0", "a"),
            Step(
                "The slope jumps from 0 to 1, so there is none. The engine takes the left one; "
                "the notes take 1.",
                r"g'(0) = 0",
                "0",
            ),
        ),
    ),
)

LEAKY_RELU = (
    _RIGHT,
    Case(
        "<",
        (
            Step("Left of 0 a little of z leaks through.", r"a = 0.01 z", r"0.01 \cdot @z", "a"),
            Step("The slope of 0.01 z.", r"g'(z) = 0.01", "0.01"),
        ),
    ),
    Case(
        "=",
        (
            Step("At 0 both sides meet.", r"a = 0", "0", "a"),
            Step(
                "The slope jumps from 0.01 to 1, so there is none. The engine takes the left one.",
                r"g'(0) = 0.01",
                "0.01",
            ),
        ),
    ),
)

SOFTPLUS = (
    Case(
        "",
        (
            Step("Its value.", r"a = \log(1 + e^z)", r"\log(1 + @p)", "a"),
            Step(
                "Chain rule: (log u)′ = u′/u, where u = 1 + eᶻ and u′ = eᶻ.",
                r"g'(z) = \frac{e^z}{1 + e^z}",
                r"\frac{@p}{1 + @p}",
            ),
            Step(
                "Divide by eᶻ above and below: it is the sigmoid.",
                r"g'(z) = \frac{1}{1 + e^{-z}}",
                r"\frac{1}{1 + @n}",
            ),
        ),
    ),
)

ELU = (
    _RIGHT,
    Case(
        "<=",
        (
            Step("Left of 0 it bends towards −1.", r"a = e^z - 1", "@p - 1", "a"),
            Step("The slope of eᶻ is eᶻ.", r"g'(z) = e^z", "@p"),
            Step("Which is one more than a.", r"g'(z) = a + 1", "@a + 1"),
        ),
    ),
)

GELU = (
    Case(
        "",
        (
            Step(
                "Its value, where t = tanh u and u = √(2/π) (z + 0.044715 z³).",
                r"a = \frac{z}{2} (1 + t)",
                r"\frac{@z}{2} \cdot (1 + @t)",
                "a",
            ),
            Step(
                "The slope of u.",
                r"u' = \sqrt{2 / \pi} (1 + 3 \cdot 0.044715 z^2)",
                r"\sqrt{2 / \pi} \cdot (1 + 3 \cdot 0.044715 \cdot @z^2)",
                "d",
            ),
            Step(
                "Product rule, and the chain rule for t: t′ = (1 − t²) u′.",
                r"g'(z) = \frac{1 + t}{2} + \frac{z}{2} (1 - t^2) u'",
                r"\frac{1 + @t}{2} + \frac{@z}{2} \cdot (1 - @t^2) \cdot @d",
            ),
        ),
    ),
)

SILU = (
    Case(
        "",
        (
            Step("Its value: z times the sigmoid σ.", r"a = z \sigma(z)", r"@z \cdot @s", "a"),
            Step(
                "Product rule, with σ′ = σ (1 − σ).",
                r"g'(z) = \sigma(z) + z \sigma(z) (1 - \sigma(z))",
                r"@s + @z \cdot @s \cdot (1 - @s)",
            ),
            Step(
                "There, z σ(z) is a.",
                r"g'(z) = a + \sigma(z) (1 - a)",
                r"@a + @s \cdot (1 - @a)",
            ),
        ),
    ),
)
