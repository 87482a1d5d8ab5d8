"""The script on softmax is run as a student would run it, and prints the engine's numbers."""

import subprocess
import sys

import pytest

from engine.export.softmax_script import softmax_printout, softmax_script

CASES = [
    ((2.0, 1.0, 0.0), 1.0, 0),
    ((0.3, -4.9, 5.0, 1.7, 0.0, 2.2, -1.1, 3.3, -0.4, 0.9), 2.0, 9),
    ((-5.0, 5.0), 0.5, 0),
]


@pytest.mark.parametrize("case", CASES)
def test_it_prints_what_the_engine_says(case, tmp_path):
    file = tmp_path / "softmax.py"
    file.write_text(softmax_script(*case), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", file], capture_output=True, text=True, check=True
    )
    assert done.stdout == softmax_printout(*case)


def test_by_hand():
    # z = 0, 0: both a half, the slopes a quarter.
    assert softmax_printout((0.0, 0.0), 1.0, 0) == (
        "a [0.5 0.5]\njacobian\n[[ 0.25 -0.25]\n [-0.25  0.25]]\ndZ [-0.5  0.5]\n"
        "(a - y) / T [-0.5  0.5]\nlargest difference to central differences below 1e-8: True\n"
    )
