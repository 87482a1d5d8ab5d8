import ast
import re
import subprocess
import sys

import numpy as np
import pytest

from engine.export.step_script import printed, step_script
from engine.nn.activations import ACTIVATIONS
from tests.engine.inspection.one_step.drawn import drawn


def run(code):
    """What a script prints: its matrices by their names, in order."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = []
    for name, shape, text in re.findall(
        r"^(\S.*?) (\([\d, ]*\))\n(.*(?:\n[ \[].*)*)", done.stdout, re.M
    ):
        numbers = np.array([float(each) for each in re.findall(r"-?[\d.]+(?:e[+-]\d+)?", text)])
        found.append((name, ast.literal_eval(shape), numbers))
    return found


@pytest.mark.parametrize("k", range(24))
def test_the_script_prints_the_matrices_of_the_step(k):
    step = drawn(k).step
    said, meant = run(step_script(step)), printed(step)
    assert [name.rstrip("+") for name in meant] == [name for name, _, _ in said]
    for (name, shape, numbers), matrix in zip(said, meant.values(), strict=True):
        assert shape in (matrix.shape, ()), name
        np.testing.assert_allclose(numbers, matrix.ravel(), atol=2e-6, rtol=1e-5, err_msg=name)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_has_what_each_activation_calls(name):
    step = next(step for k in range(400) if name in (step := drawn(k).step).network.activations)
    assert run(step_script(step))


def test_it_is_read_from_top_to_bottom_like_the_listing():
    step = drawn(1).step
    code = step_script(step)
    places = [code.index(line.code) for line in step.lines if line.part != "after"]
    assert places == sorted(places)
