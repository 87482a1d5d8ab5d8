"""The script on averages is run as a student would run it, and prints the engine's numbers."""

import subprocess
import sys

import pytest

from engine.data.series import SERIES
from engine.experiment.streams import stream
from engine.export.average_script import average_printout, average_script

YEAR = SERIES["temperatures"].make(stream(0, "series")).tolist()

CASES = [(YEAR, 0.9, 110), (YEAR, 0.98, 1), (YEAR[:14], 0.0, 14), ([10.0, 12.0], 0.5, 2)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{len(case[0])} {case[1]}")
def test_it_prints_what_the_engine_says(case, tmp_path):
    file = tmp_path / "averages.py"
    file.write_text(average_script(*case), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", file], capture_output=True, text=True, check=True
    )
    assert done.stdout == average_printout(*case)


def test_by_hand():
    # 0.5 * 10 = 5, 0.5 * 5 + 0.5 * 14 = 9.5, divided by 0.75; of a change by 4 there is 2.67 left.
    assert average_printout([10.0, 14.0], 0.5, 2) == (
        "day 2: 14.0000\naverage 9.5000\ncorrected 12.6667\nas a sum 9.5000\n"
        "all weights 0.750000\nwindow 2 days, 0.7500 of the weight\nmean age 1.0000 days\n"
        "changes left 0.6667\n"
    )
