"""Puzzles of shapes, made of the notes' own lines: which matrices make the result."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.inspection.one_step.lines import listing
from engine.inspection.one_step.shapes import Shape, product, shapes
from engine.nn.network import Network


class Tile(NamedTuple):
    """A matrix to be put into a place: its name and its shape."""

    name: str
    shape: Shape


class Puzzle(NamedTuple):
    """A product to be put together.

    result   what is to come out
    tiles    what there is to choose from: each matrix as it is and turned over, and the bias
    answer   the names of the right tiles, in order; a third one is added
    notes    the shapes as the notes write them
    """

    result: Tile
    tiles: tuple[Tile, ...]
    answer: tuple[str, ...]
    notes: str


def fits(tiles: tuple[Tile, ...], result: Shape) -> bool:
    """Return whether the product of two tiles, and a third one added, has the result's shape.

    >>> fits((Tile("W", (3, 2)), Tile("A", (2, 4)), Tile("b", (3, 1))), (3, 4))
    True
    """
    left, right, *added = (tile.shape for tile in tiles)
    is_bias = all(shape in ((left[0], 1), (left[0], right[1])) for shape in added)
    return left[1] == right[0] and (left[0], right[1]) == result and is_bias


def _puzzle(network: Network, m: int, key: str, notes: str) -> Puzzle:
    found = shapes(network, m)
    line = next(line for line in listing(network) if line.result == key)
    of = product(line)
    assert of is not None
    tiles, answer = [], []
    for name, is_turned in ((of.left, of.is_left_turned), (of.right, of.is_right_turned)):
        rows, columns = found[name]
        tiles += [Tile(_shown(name), (rows, columns)), Tile(f"{_shown(name)}ᵀ", (columns, rows))]
        answer.append(f"{_shown(name)}ᵀ" if is_turned else _shown(name))
    if key.startswith("Z"):
        bias = f"b{key[1:]}"
        tiles.append(Tile(_shown(bias), found[bias]))
        answer.append(_shown(bias))
    order = sorted(tiles, key=lambda tile: (tile.name[-1] != "ᵀ", tile.name[::-1]))
    return Puzzle(Tile(_shown(key), found[key]), tuple(order), tuple(answer), notes)


def _shown(key: str) -> str:
    letters = key.rstrip("0123456789")
    return f"{letters}[{key[len(letters) :]}]"


_XOR = Network((2, 3, 1), "sigmoid", "sigmoid")

PUZZLES: Mapping[str, Puzzle] = {
    "Four units, three inputs": _puzzle(
        Network((3, 4, 1), "sigmoid", "sigmoid"), 1, "Z1", "(4, 1) = (4, 3) (3, 1) + (4, 1)"
    ),
    "Many samples at once": _puzzle(_XOR, 4, "Z2", "(1, m) = (1, 3) (3, m) + (1, 1)"),
    "Back to W[2]": _puzzle(_XOR, 4, "dW2", "(1, 3) = (1, 4) (4, 3)"),
    "Back to A[1]": _puzzle(_XOR, 4, "dA1", "(3, 4) = (3, 1) (1, 4)"),
    "Back to W[1] of MNIST": _puzzle(
        Network((784, 64, 10)), 60_000, "dW1", "(64, 784) = (64, m) (m, 784)"
    ),
}
"""The puzzles by their titles."""
