import re
from itertools import permutations

import pytest

from engine.inspection.one_step.puzzles import PUZZLES, Tile, fits

puzzles = pytest.mark.parametrize("puzzle", PUZZLES.values(), ids=PUZZLES)


def named(puzzle, names):
    by_name = {tile.name: tile for tile in puzzle.tiles}
    return tuple(by_name[name] for name in names)


@puzzles
def test_its_answer_fits(puzzle):
    assert fits(named(puzzle, puzzle.answer), puzzle.result.shape)


@puzzles
def test_no_other_tiles_fit_without_a_matrix_used_twice(puzzle):
    def is_once(tiles):
        return len({tile.name.rstrip("ᵀ") for tile in tiles}) == len(tiles)

    right = [
        tuple(tile.name for tile in tiles)
        for tiles in permutations(puzzle.tiles, len(puzzle.answer))
        if is_once(tiles) and fits(tiles, puzzle.result.shape)
    ]
    assert right == [puzzle.answer]


@puzzles
def test_the_shapes_are_those_that_the_notes_write(puzzle):
    m = 60_000 if puzzle.result.name == "dW[1]" else 4
    written = [
        tuple(m if part == "m" else int(part) for part in pair.split(", "))
        for pair in re.findall(r"\(([^)]*)\)", puzzle.notes)
    ]
    result, *rest = written
    assert result == puzzle.result.shape
    assert rest == [tile.shape for tile in named(puzzle, puzzle.answer)]


def test_a_bias_of_another_height_does_not_fit():
    tiles = (Tile("W", (3, 2)), Tile("A", (2, 4)), Tile("b", (2, 1)))
    assert not fits(tiles, (3, 4))
