"""The script on a unit is run as a student would run it, and prints the engine's numbers."""

import ast
import subprocess
import sys

import pytest

from engine.export.unit_script import unit_printout, unit_script
from engine.nn.activations import ACTIVATIONS


@pytest.mark.parametrize("z", [-2.35, 0.0, 6.0])
@pytest.mark.parametrize("g", ACTIVATIONS)
def test_it_prints_what_the_engine_says(g, z, tmp_path):
    code = unit_script(g, z, 10)
    ast.parse(code)
    file = tmp_path / "unit.py"
    file.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", file], capture_output=True, text=True, check=True
    )
    assert done.stdout == unit_printout(g, z, 10)


def test_by_hand():
    # A sigmoid at 0 is a half, its slope a quarter, and two layers leave a sixteenth.
    assert unit_printout("sigmoid", 0.0, 2) == (
        "a = g(z) 0.500000\nslope g'(z) 0.250000\ng'(z) ** L 6.2500e-02\n"
        "by central differences 0.250000\n"
    )
