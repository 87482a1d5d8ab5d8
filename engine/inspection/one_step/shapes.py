"""The shapes of a step without any data: of every matrix, and of each line's product."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.inspection.one_step.lines import Line, listing
from engine.nn.losses import LOSSES
from engine.nn.network import Network

Shape = tuple[int, int]


class Product(NamedTuple):
    """A product of two matrices, some of them turned over: their shapes, and which is turned."""

    left: str
    right: str
    is_left_turned: bool = False
    is_right_turned: bool = False


def shapes(network: Network, m: int) -> dict[str, Shape]:
    """Return the shape of every matrix of a step on m samples, by its key.

    >>> found = shapes(Network((784, 64, 10)), 60_000)
    >>> found["dW1"], found["dZ2"], found["db2"]
    ((64, 784), (10, 60000), (10, 1))
    """
    found: dict[str, Shape] = {"A0": (network.sizes[0], m), "Y": (network.sizes[-1], m)}
    for l, (n, below) in enumerate(network.layout.shapes, start=1):
        found |= dict.fromkeys((f"W{l}", f"dW{l}", f"W{l}+"), (n, below))
        found |= dict.fromkeys((f"b{l}", f"db{l}", f"b{l}+"), (n, 1))
        found |= dict.fromkeys((f"Z{l}", f"A{l}", f"dZ{l}", f"dA{l}", f"g{l}"), (n, m))
    derivation = LOSSES[network.output].derivation
    if not derivation.is_elementwise:
        found[f"g{len(network.sizes) - 1}"] = (m * network.sizes[-1], network.sizes[-1])
    for part in derivation.parts:
        found |= {part.left: found["Y"], part.right: found["Y"]}
    found |= dict.fromkeys(("losses", "losses+"), (1, m))
    return found | dict.fromkeys(("J", "J+", "fall", "predicted"), (1, 1))


def product(line: Line) -> Product | None:
    """Return the product of matrices in a line, None where there is none."""
    kind, l = line.result.rstrip("0123456789"), line.layer
    if kind == "Z":
        return Product(f"W{l}", f"A{l - 1}")
    if kind == "dW":
        return Product(f"dZ{l}", f"A{l - 1}", is_right_turned=True)
    if kind == "dA" and line.operands[0].startswith("W"):
        return Product(f"W{l + 1}", f"dZ{l + 1}", is_left_turned=True)
    return None


def turned(shape: Shape, is_turned: bool) -> Shape:
    """Return a shape, or that of the matrix turned over."""
    return (shape[1], shape[0]) if is_turned else shape


def inner(line: Line, found: Mapping[str, Shape]) -> tuple[Shape, Shape] | None:
    """Return the two shapes of a line's product as they are multiplied, None without a product."""
    of = product(line)
    if of is None:
        return None
    return turned(found[of.left], of.is_left_turned), turned(found[of.right], of.is_right_turned)


def fits(line: Line, found: Mapping[str, Shape]) -> bool:
    """Return whether the inner dimensions of a line's product are equal."""
    pair = inner(line, found)
    return pair is None or pair[0][1] == pair[1][0]


def table(network: Network, m: int) -> list[tuple[str, Shape]]:
    """Return the shapes as the notes list them at their end: forwards, then backwards."""
    found = shapes(network, m)
    last = len(network.sizes) - 1
    forwards = [key for l in range(1, last + 1) for key in (f"A{l - 1}", f"W{l}", f"b{l}", f"Z{l}")]
    backwards = [
        line.result for line in listing(network) if line.result.startswith(("dZ", "dW", "db"))
    ]
    return [(key, found[key]) for key in (*forwards, f"A{last}", *backwards)]
