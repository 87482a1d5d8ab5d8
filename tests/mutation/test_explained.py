"""Explanations are about lines that are there, and about just the faults they name."""

from pathlib import Path

import pytest

from tests.mutation.explained import EXPLAINED, Explanation, stale
from tests.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]


def test_every_explained_line_is_still_in_the_engine():
    assert list(stale(EXPLAINED, ROOT)) == []


def test_they_stand_in_order():
    modules = [explanation.module for explanation in EXPLAINED]
    assert modules == sorted(modules)


def test_an_explanation_whose_line_is_gone_is_named(tmp_path):
    (tmp_path / "m.py").write_text("a = f(\n    1,\n)\n")
    there = [Explanation("m.py", before, "why") for before in ("a = f(", "a = f( 1, )")]
    gone = [Explanation("m.py", "a = 2", "why"), Explanation("n.py", "a = f(", "why")]
    assert list(stale([*there, *gone], tmp_path)) == [
        "m.py has no line 'a = 2' any more; it is explained for nothing.",
        "n.py has no line 'a = f(' any more; it is explained for nothing.",
    ]


@pytest.mark.parametrize(
    ("explanation", "expected"),
    [
        (Explanation("m.py", "a = 1", "why"), True),
        (Explanation("m.py", "a = 1", "why", after=("a = 2",)), True),
        (Explanation("m.py", "a = 1", "why", after=("a = 0", "a = 3")), False),
        (Explanation("m.py", "b = 1", "why"), False),
        (Explanation("n.py", "a = 1", "why"), False),
    ],
)
def test_an_explanation_is_for_one_line_and_one_fault_or_all(explanation, expected):
    mutant = Mutant("m.py", 1, "off by one", "a = 1", "a = 2", "")
    assert explanation.explains(mutant) is expected
