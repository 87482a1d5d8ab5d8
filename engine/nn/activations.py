"""Activation functions: each row of the table carries everything about one of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from engine.nn import differentiation as by_hand
from engine.nn.differentiation import GELU_CUBIC, GELU_SCALE
from engine.nn.types import Array

LEAK = 0.01
"""Slope of the leaky ReLU for z < 0."""


class Written(NamedTuple):
    """An activation as NumPy code, for a script of its own and for a line of text.

    value     g(Z), with {z} for the name of Z
    slope     g'(Z), with {z} and {a} for the names of Z and A; None where it is 1
    shown     g' in one line of Z and A, as a reader meets it
    browser   g(z) in JavaScript
    browser_slope  g'(z) in JavaScript
    helpers   functions that `value` and `slope` call, each as its source
    """

    value: str
    slope: str | None
    shown: str
    browser: str
    browser_slope: str
    helpers: tuple[str, ...] = ()

    @property
    def slope_needs_a(self) -> bool:
        """Whether g' is computed from A = g(Z), not from Z alone."""
        return self.slope is not None and "{a}" in self.slope


class Start(NamedTuple):
    """An initialiser by its name, and the scale that its weights are multiplied by."""

    initializer: str
    scale: float = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Activation:
    """A function g and its derivative g', elementwise on arrays of any shape, and all about it.

    function(Z, out=None) -> A = g(Z)
    derivative(Z, A, out=None) -> g'(Z), given Z and A = g(Z), so that neither is computed again

    Both write into `out` where it is given; `out` may not overlap Z or A. At a kink the derivative
    is the one from the left (ReLU: g'(0) = 0).

    title      what a reader chooses; `word` is the same within a sentence
    symbol     what the notes write for it in a formula, if that is not its word
    formula    LaTeX in z
    written    the same in NumPy code
    start      the start that keeps the size of a signal from layer to layer
    derivation the lines by which one works g' out by hand
    mistaken   the activation whose derivative is easily taken for this one's
    low, high  the ends of g's range
    steepest   the largest g'
    has_kink   whether g' jumps somewhere
    is_silent  whether g and g' are 0 for every z <= 0: such a unit can die
    """

    title: str
    word: str
    function: Callable[..., Array]
    derivative: Callable[..., Array]
    formula: str
    written: Written
    start: Start
    derivation: tuple[by_hand.Case, ...]
    mistaken: str
    low: float = -math.inf
    high: float = math.inf
    symbol: str = ""
    steepest: float = 1.0
    has_kink: bool = False
    is_silent: bool = False

    @property
    def turn(self) -> float:
        """The value of g where z leaves zero upwards: above it a unit counts as active."""
        return float(self.function(np.zeros(1))[0]) + (1e-6 if self.is_silent else 0.0)

    @property
    def saturates(self) -> bool:
        """Whether g flattens out on both sides."""
        return math.isfinite(self.low) and math.isfinite(self.high)


def _linear_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope = np.empty_like(Z) if out is None else out
    slope[...] = 1
    return slope


_HALF, _ONE = (
    {np.dtype(kind): np.array(number, kind) for kind in (np.float32, np.float64)}
    for number in (0.5, 1.0)
)
"""Numbers as arrays without axes, which NumPy takes in half the time of a Python number."""


def sigmoid(Z: Array, out: Array | None = None) -> Array:
    """Return 1 / (1 + exp(-z)), as (1 + tanh(z/2)) / 2, which cannot overflow.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    half = _HALF.get(Z.dtype, 0.5)
    A: Array = np.multiply(Z, half, out=out)
    np.tanh(A, out=A)
    np.multiply(A, half, out=A)
    return np.add(A, half, out=A)


def _sigmoid_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.subtract(_ONE.get(A.dtype, 1), A, out=out)
    return np.multiply(slope, A, out=slope)


def _tanh_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.multiply(A, A, out=out)
    return np.subtract(_ONE.get(A.dtype, 1), slope, out=slope)


def _relu(Z: Array, out: Array | None = None) -> Array:
    # NumPy compares with an array of zeros several numbers at once, with a single zero one by one.
    A = np.zeros_like(Z) if out is None else out
    A.fill(0)
    return np.maximum(Z, A, out=A)


def _relu_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    return np.greater(Z, 0, out=np.empty_like(Z) if out is None else out)


def _leaky_relu(Z: Array, out: Array | None = None) -> Array:
    A: Array = np.multiply(Z, LEAK, out=out)
    return np.maximum(Z, A, out=A)


def _leaky_relu_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.greater(Z, 0, out=np.empty_like(Z) if out is None else out)
    np.multiply(slope, 1 - LEAK, out=slope)
    return np.add(slope, LEAK, out=slope)


def _softplus(Z: Array, out: Array | None = None) -> Array:
    A: Array = np.logaddexp(0, Z, out=out)
    return A


def _softplus_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    return sigmoid(Z, out=out)


def _elu(Z: Array, out: Array | None = None) -> Array:
    A: Array = np.minimum(Z, 0, out=out)
    np.expm1(A, out=A)
    np.copyto(A, Z, where=Z > 0)
    return A


def _elu_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope: Array = np.minimum(A, 0, out=out)
    np.add(slope, 1, out=slope)
    return slope


def _gelu_tanh(Z: Array) -> tuple[Array, Array]:
    """Return z within -10 to 10, beyond which nothing changes but an overflow, and GELU's tanh."""
    near = np.clip(Z, -10, 10)
    return near, np.tanh(GELU_SCALE * (near + GELU_CUBIC * (near * near * near)))


def _gelu(Z: Array, out: Array | None = None) -> Array:
    _, t = _gelu_tanh(Z)
    A: Array = np.multiply(Z, 0.5, out=out)
    np.multiply(A, 1 + t, out=A)
    return A


def _gelu_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    near, t = _gelu_tanh(Z)
    inner = GELU_SCALE * (1 + 3 * GELU_CUBIC * (near * near))
    slope: Array = np.multiply(0.5 * near * (1 - t * t), inner, out=out)
    np.add(slope, 0.5 * (1 + t), out=slope)
    return slope


def _swish(Z: Array, out: Array | None = None) -> Array:
    A = sigmoid(Z, out=out)
    np.multiply(A, Z, out=A)
    return A


def _swish_derivative(Z: Array, A: Array, out: Array | None = None) -> Array:
    slope = sigmoid(Z, out=out)
    np.add(slope, A * (1 - slope), out=slope)
    return slope


Names: TypeAlias = str | tuple[str, ...]
"""What is said of the hidden layers: one activation for all of them, or one for each, the notes'
g[l], from the input side."""

_HE, _GLOROT = Start("he"), Start("glorot")

WRITTEN_SIGMOID = '''\
def sigmoid(Z):
    """Return 1 / (1 + exp(-z)), in a form that cannot overflow."""
    return (1 + np.tanh(Z / 2)) / 2'''

_WRITTEN_GELU = '''\
def gelu_tanh(Z):
    """Return z within -10 to 10, beyond which nothing changes but an overflow, and GELU's tanh."""
    near = np.clip(Z, -10, 10)
    return near, np.tanh((2 / math.pi) ** 0.5 * (near + 0.044715 * (near * near * near)))'''

ACTIVATIONS: dict[str, Activation] = {
    "linear": Activation(
        title="Linear",
        word="linear",
        function=np.positive,
        derivative=_linear_derivative,
        formula=r"g(z) = z",
        written=Written("{z}", None, "1", "z", "1"),
        start=_GLOROT,
        derivation=by_hand.LINEAR,
        mistaken="sigmoid",
    ),
    "sigmoid": Activation(
        title="Sigmoid",
        word="sigmoid",
        symbol="σ",
        function=sigmoid,
        derivative=_sigmoid_derivative,
        formula=r"g(z) = \frac{1}{1 + e^{-z}}",
        written=Written(
            "sigmoid({z})",
            "((1 - {a}) * {a})",
            "A * (1 - A)",
            "1 / (1 + Math.exp(-z))",
            "1 / (2 + Math.exp(z) + Math.exp(-z))",
            (WRITTEN_SIGMOID,),
        ),
        # Its slope at 0 is a quarter of tanh's: Glorot and Bengio (2010) ask for four times the
        # weights, the knob's nearest stop is 3.
        start=Start("glorot", 3.0),
        derivation=by_hand.SIGMOID,
        mistaken="tanh",
        low=0.0,
        high=1.0,
        steepest=0.25,
    ),
    "tanh": Activation(
        title="tanh",
        word="tanh",
        function=np.tanh,
        derivative=_tanh_derivative,
        formula=r"g(z) = \tanh z",
        written=Written(
            "np.tanh({z})",
            "(1 - {a} * {a})",
            "(1 - A**2)",
            "1 - 2 / (Math.exp(2 * z) + 1)",
            "1 / Math.cosh(z) ** 2",
        ),
        start=_GLOROT,
        derivation=by_hand.TANH,
        mistaken="sigmoid",
        low=-1.0,
        high=1.0,
    ),
    "relu": Activation(
        title="ReLU",
        word="ReLU",
        function=_relu,
        derivative=_relu_derivative,
        formula=r"g(z) = \max(0, z)",
        written=Written(
            "np.maximum({z}, 0)", "({z} > 0)", "(Z > 0)", "z > 0 ? z : 0", "z > 0 ? 1 : 0"
        ),
        start=_HE,
        derivation=by_hand.RELU,
        mistaken="linear",
        low=0.0,
        has_kink=True,
        is_silent=True,
    ),
    "leaky_relu": Activation(
        title="Leaky ReLU",
        word="leaky ReLU",
        function=_leaky_relu,
        derivative=_leaky_relu_derivative,
        formula=r"g(z) = \max(0.01 z, z)",
        written=Written(
            "np.maximum({z}, 0.01 * {z})",
            "leaky_slope({z})",
            "np.where(Z > 0, 1, 0.01)",
            "z > 0 ? z : 0.01 * z",
            "z > 0 ? 1 : 0.01",
            (
                '''\
def leaky_slope(Z):
    """Return 1 where z > 0, else 0.01."""
    return np.where(Z > 0, 1, 0.01).astype(Z.dtype)''',
            ),
        ),
        start=_HE,
        derivation=by_hand.LEAKY_RELU,
        mistaken="relu",
        has_kink=True,
    ),
    # Dugas et al. (2001).
    "softplus": Activation(
        title="Softplus",
        word="softplus",
        function=_softplus,
        derivative=_softplus_derivative,
        formula=r"g(z) = \log(1 + e^z)",
        written=Written(
            "np.logaddexp(0, {z})",
            "sigmoid({z})",
            "(1 / (1 + np.exp(-Z)))",
            "Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))",
            "1 / (1 + Math.exp(-z))",
            (WRITTEN_SIGMOID,),
        ),
        start=_HE,
        derivation=by_hand.SOFTPLUS,
        mistaken="relu",
        low=0.0,
    ),
    # Clevert, Unterthiner and Hochreiter (2016), with their alpha of 1.
    "elu": Activation(
        title="ELU",
        word="ELU",
        function=_elu,
        derivative=_elu_derivative,
        formula=r"g(z) = \max(0, z) + \min(0, e^z - 1)",
        written=Written(
            "elu({z})",
            "(np.minimum({a}, 0) + 1)",
            "(np.minimum(A, 0) + 1)",
            "z > 0 ? z : Math.expm1(z)",
            "z > 0 ? 1 : Math.exp(z)",
            (
                '''\
def elu(Z):
    """Return z where z > 0, else exp(z) - 1."""
    return np.where(Z > 0, Z, np.expm1(np.minimum(Z, 0)))''',
            ),
        ),
        start=_HE,
        derivation=by_hand.ELU,
        mistaken="relu",
        low=-1.0,
    ),
    # Hendrycks and Gimpel (2016), z Phi(z), in their form with a tanh.
    "gelu": Activation(
        title="GELU",
        word="GELU",
        function=_gelu,
        derivative=_gelu_derivative,
        formula=(
            r"g(z) = \tfrac{z}{2} \left(1 + \tanh\!\left(\sqrt{2/\pi}\,"
            r"(z + 0.044715\, z^3)\right)\right)"
        ),
        written=Written(
            "gelu({z})",
            "gelu_slope({z})",
            "gelu_slope(Z)",
            "(z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)))",
            "(1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))) / 2 + "
            "((z / 2) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * z ** 2)) / "
            "Math.cosh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)) ** 2",
            (
                _WRITTEN_GELU,
                '''\
def gelu(Z):
    """Return z (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3))) / 2."""
    return Z * 0.5 * (1 + gelu_tanh(Z)[1])''',
                '''\
def gelu_slope(Z):
    """Return the derivative of gelu."""
    near, t = gelu_tanh(Z)
    inner = (2 / math.pi) ** 0.5 * (1 + 3 * 0.044715 * (near * near))
    return 0.5 * near * (1 - t * t) * inner + 0.5 * (1 + t)''',
            ),
        ),
        start=_HE,
        derivation=by_hand.GELU,
        mistaken="relu",
        low=-0.1700407506,
        steepest=1.1289931,
    ),
    # Elfwing, Uchibe and Doya (2018); Ramachandran, Zoph and Le (2017) call it swish.
    "swish": Activation(
        title="SiLU (swish)",
        word="SiLU",
        function=_swish,
        derivative=_swish_derivative,
        formula=r"g(z) = \frac{z}{1 + e^{-z}}",
        written=Written(
            "({z} * sigmoid({z}))",
            "swish_slope({z}, {a})",
            "(A + (1 - A) / (1 + np.exp(-Z)))",
            "z / (1 + Math.exp(-z))",
            "(1 + z / (1 + Math.exp(z))) / (1 + Math.exp(-z))",
            (
                WRITTEN_SIGMOID,
                '''\
def swish_slope(Z, A):
    """Return the derivative of z sigmoid(z), given its value A too."""
    S = sigmoid(Z)
    return S + A * (1 - S)''',
            ),
        ),
        start=_HE,
        derivation=by_hand.SILU,
        mistaken="sigmoid",
        low=-0.2784645428,
        steepest=1.0998393,
    ),
}


def by_layer(names: Names, layers: int) -> tuple[str, ...]:
    """Return the activation of each of so many hidden layers.

    Raises ValueError if there is not one name, or one for each layer, or for an unknown name.

    >>> by_layer("relu", 2), by_layer(("relu", "tanh"), 2)
    (('relu', 'relu'), ('relu', 'tanh'))
    """
    found = (names,) * layers if isinstance(names, str) else tuple(names)
    if len(found) != layers:
        raise ValueError(
            f"The number of activations, {len(found)}, is not that of hidden layers, {layers}: "
            "give one name for all of them, or one for each."
        )
    for name in found:
        if name not in ACTIVATIONS:
            raise ValueError(f"{name!r} is not an activation: choose from {_LISTED}.")
    return found


_LISTED = ", ".join(ACTIVATIONS)
