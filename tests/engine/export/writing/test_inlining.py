"""What is inlined must do, by itself, exactly what the engine's own function does."""

import ast
from functools import cache

import numpy as np
import pytest

from engine.data import planar
from engine.data.shift import SHIFTS
from engine.data.tables import DATASETS
from engine.experiment.streams import stream
from engine.export.writing.inlining import call, inlined
from engine.nn.bands import row_bands

GENERATORS = [data.generate for data in DATASETS.values() if data.generate]
INLINED = [*GENERATORS, *(shift.function for shift in SHIFTS.values()), stream, row_bands]

inlined_ones = pytest.mark.parametrize("function", INLINED, ids=lambda f: f.__name__)


def alone(function):
    """Return the inlined function, run with nothing but NumPy beside it."""
    namespace = {"np": np, "cache": cache}
    exec(inlined(function), namespace)
    return namespace


@inlined_ones
def test_nothing_else_is_needed_and_no_annotation_is_left(function):
    assert function.__name__ in alone(function)
    tree = ast.parse(inlined(function))
    nodes = list(ast.walk(tree))
    assert not any(isinstance(node, ast.AnnAssign | ast.Import) for node in nodes)
    assert not any(node.annotation for node in nodes if isinstance(node, ast.arg))
    assert not any(node.returns for node in nodes if isinstance(node, ast.FunctionDef))
    assert ">>>" not in inlined(function)


@pytest.mark.parametrize("generate", GENERATORS, ids=lambda f: f.__name__)
def test_an_inlined_generator_draws_the_same_points(generate):
    expected = generate(np.random.default_rng(5), 30, 0.2, 4, 5)
    code = call(
        generate, rng="np.random.default_rng(5)", samples="30", noise="0.2", bits="4", classes="5"
    )
    drawn = eval(code, alone(generate))
    for ours, theirs in zip(drawn, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
        assert ours.dtype == theirs.dtype


@pytest.mark.parametrize("name", SHIFTS)
def test_an_inlined_shift_makes_the_same_images(name):
    images = np.random.default_rng(1).uniform(0, 255, (3, 28, 28)).astype(np.float32)
    function = SHIFTS[name].function
    code = call(function, images="images", strength="0.5", rng="np.random.default_rng(2)")
    ours = eval(code, alone(function) | {"images": images})
    np.testing.assert_array_equal(ours, function(images, 0.5, np.random.default_rng(2)))


def test_only_arguments_that_are_used_are_kept():
    assert "def xor():" in inlined(planar.xor)
    assert "def circles(rng, samples, noise):" in inlined(planar.circles)


def test_a_docstring_keeps_its_first_paragraph_and_a_comment_stays():
    text = inlined(SHIFTS["rotated"].function)
    assert '"""Rotate counterclockwise by angle (radians), bilinearly; outside is black."""' in text
    assert "# Where each new pixel comes from" in text
    assert '"""Return the generator of one purpose: the same seed' in inlined(stream)
