"""Where training starts: each row carries everything about one way to draw a weight matrix.

Biases start at zero, always.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.nn.types import Array


class Written(NamedTuple):
    """A draw as code for a script of its own.

    draw      W, with rng, n_in and n_out; {normal} stands for n_out x n_in draws from N(0, 1)
    words     what that is, in Markdown
    helpers   functions that it calls, each as its source
    """

    draw: str
    words: str
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Initializer:
    """A way to draw initial weights, and all about it.

    draw(rng, fan_in, fan_out) -> W, shape (fan_out, fan_in), float64.

    title, short   what a reader chooses, with its variance and in a word or two
    deviation      (fan_in, fan_out) -> the standard deviation of one weight
    formula        LaTeX
    written        the same in NumPy code
    """

    title: str
    short: str
    draw: Callable[[np.random.Generator, int, int], Array]
    deviation: Callable[[int, int], float]
    formula: str
    written: Written

    @property
    def is_random(self) -> bool:
        """Whether the weights differ from each other."""
        return self.deviation(1, 1) > 0


def _normal(
    title: str,
    short: str,
    deviation: Callable[[int, int], float],
    formula: str,
    written: Written,
) -> Initializer:
    """Return an initialiser N(0, deviation^2).

    All of them scale the same standard normal draws, so that on one seed two schemes differ in
    size and in nothing else.
    """

    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        return rng.standard_normal((fan_out, fan_in)) * deviation(fan_in, fan_out)

    return Initializer(
        title=title,
        short=short,
        draw=draw,
        deviation=deviation,
        formula=formula,
        written=written,
    )


def _filled(title: str, short: str, value: float, formula: str, written: Written) -> Initializer:
    def draw(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        return np.full((fan_out, fan_in), value)

    return Initializer(
        title=title,
        short=short,
        draw=draw,
        deviation=lambda fan_in, fan_out: 0.0,
        formula=formula,
        written=written,
    )


def _uniform(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    return rng.uniform(-0.5, 0.5, (fan_out, fan_in))


def _orthogonal(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Return orthonormal rows or columns, whichever are fewer, drawn evenly from all there are.

    The QR decomposition of normal draws, its signs made unique: Mezzadri (2007).
    """
    G = rng.standard_normal((fan_out, fan_in))
    Q, R = np.linalg.qr(G if fan_out >= fan_in else G.T)
    Q = Q * np.sign(np.diag(R))
    return np.ascontiguousarray(Q if fan_out >= fan_in else Q.T)


INITIALIZERS: dict[str, Initializer] = {
    "zeros": _filled(
        "Zeros", "Zeros", 0.0, r"w = 0", Written("np.zeros((n_out, n_in))", "$W^{[l]} = 0$")
    ),
    "constant": _filled(
        "Constant 0.5",
        "Constant 0.5",
        0.5,
        r"w = 0.5",
        Written("np.full((n_out, n_in), 0.5)", "$W^{[l]} = 0.5$ everywhere"),
    ),
    "small": _normal(
        "Small N(0, 0.01²)",
        "Small 0.01",
        lambda fan_in, fan_out: 0.01,
        r"w \sim N(0,\ 0.01^2)",
        Written("{normal} * 0.01", r"$W^{[l]} \sim N(0, 0.01^2)$"),
    ),
    "large": _normal(
        "Large N(0, 1)",
        "Large 1",
        lambda fan_in, fan_out: 1.0,
        r"w \sim N(0,\ 1)",
        Written("{normal}", r"$W^{[l]} \sim N(0, 1)$"),
    ),
    "uniform": Initializer(
        title="Uniform U(−0.5, 0.5)",
        short="Uniform ±0.5",
        draw=_uniform,
        deviation=lambda fan_in, fan_out: 12**-0.5,
        formula=r"w \sim U(-\tfrac12,\ \tfrac12)",
        written=Written("rng.uniform(-0.5, 0.5, (n_out, n_in))", r"$W^{[l]} \sim U(-0.5, 0.5)$"),
    ),
    # LeCun, Bottou, Orr and Müller (1998), section 4.6.
    "lecun": _normal(
        "LeCun, Var 1/n",
        "LeCun",
        lambda fan_in, fan_out: fan_in**-0.5,
        r"w \sim N\!\left(0,\ \tfrac{1}{n^{[l-1]}}\right)",
        Written("{normal} * n_in**-0.5", r"LeCun: $W^{[l]} \sim N(0, 1 / n^{[l-1]})$"),
    ),
    # The notes' form of Glorot and Bengio (2010), the same numbers as LeCun's.
    "xavier": _normal(
        "Xavier, Var 1/n",
        "Xavier",
        lambda fan_in, fan_out: fan_in**-0.5,
        r"w \sim N\!\left(0,\ \tfrac{1}{n^{[l-1]}}\right)",
        Written("{normal} * n_in**-0.5", r"Xavier: $W^{[l]} \sim N(0, 1 / n^{[l-1]})$"),
    ),
    # Glorot and Bengio (2010), equation 16.
    "glorot": _normal(
        "Glorot, Var 2/(n_in + n_out)",
        "Glorot",
        lambda fan_in, fan_out: (2 / (fan_in + fan_out)) ** 0.5,
        r"w \sim N\!\left(0,\ \tfrac{2}{n^{[l-1]} + n^{[l]}}\right)",
        Written(
            "{normal} * (2 / (n_in + n_out)) ** 0.5",
            r"Glorot: $W^{[l]} \sim N(0, 2 / (n^{[l-1]} + n^{[l]}))$",
        ),
    ),
    # He, Zhang, Ren and Sun (2015).
    "he": _normal(
        "He, Var 2/n",
        "He",
        lambda fan_in, fan_out: (2 / fan_in) ** 0.5,
        r"w \sim N\!\left(0,\ \tfrac{2}{n^{[l-1]}}\right)",
        Written("{normal} * (2 / n_in) ** 0.5", r"He: $W^{[l]} \sim N(0, 2 / n^{[l-1]})$"),
    ),
    # Saxe, McClelland and Ganguli (2014).
    "orthogonal": Initializer(
        title="Orthogonal",
        short="Orthogonal",
        draw=_orthogonal,
        deviation=lambda fan_in, fan_out: max(fan_in, fan_out) ** -0.5,
        formula=r"W^T W = I \ \text{or} \ W W^T = I",
        written=Written(
            "orthogonal(rng, n_out, n_in)",
            r"Orthogonal: $W^{[l]T} W^{[l]} = I$ or, where $n^{[l]} < n^{[l-1]}$, "
            r"$W^{[l]} W^{[l]T} = I$",
            (
                '''\
def orthogonal(rng, n_out, n_in):
    """Return orthonormal rows or columns, whichever are fewer, drawn evenly from all there are."""
    G = rng.standard_normal((n_out, n_in))
    Q, R = np.linalg.qr(G if n_out >= n_in else G.T)
    Q = Q * np.sign(np.diag(R))
    return np.ascontiguousarray(Q if n_out >= n_in else Q.T)''',
            ),
        ),
    ),
}
