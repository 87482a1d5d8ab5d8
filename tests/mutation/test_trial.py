"""Faults in a toy project: those that its tests see are caught, the others are named."""

import pytest

from tests.mutation.__main__ import KILLED, SAME, SURVIVED, TIMED_OUT, Judge, summary
from tests.mutation.mutants import Mutant, mutants, sites
from tests.mutation.neighbours import others, own
from tests.mutation.trial import Copy

FILES = {
    ".pytest.ini": "[pytest]\npythonpath = .\naddopts = --doctest-modules --import-mode=importlib",
    "engine/__init__.py": "",
    "engine/half.py": "def half(n):\n    while n > 9:\n        n -= 1\n    return n // 2\n",
    "engine/user.py": "from engine.half import half\n\nquarter = half(4) // 2\n",
    "tests/engine/test_half.py": "from engine.half import half\n\n\n"
    "def test_half():\n    assert half(8) == 4\n",
    "tests/engine/test_user.py": "import engine.user\n\n\n"
    "def test_user():\n    assert engine.user.quarter == 1\n",
    "tests/engine/test_wide.py": "import engine.half\n\n\n"
    "def test_wide():\n    assert engine.half.half(12) == 4\n",
}


@pytest.fixture
def project(tmp_path):
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_a_modules_own_tests_come_first_and_then_those_of_its_users(project):
    assert own(project, "engine/half.py") == ["tests/engine/test_half.py", "engine/half.py"]
    cost = {"tests/engine/test_user.py": 2.0, "tests/engine/test_wide.py": 1.0}
    assert others(project, "engine/half.py", cost.get) == [
        "tests/engine/test_wide.py",
        "tests/engine/test_user.py",
    ]
    cost["tests/engine/test_half.py"] = 0.0
    assert others(project, "engine/user.py", cost.get) == [
        "tests/engine/test_half.py",
        "tests/engine/test_wide.py",
    ]


@pytest.fixture
def judge(project, tmp_path_factory):
    return Judge(Copy(project), tmp_path_factory.mktemp("results"), wide=60.0)


def fault(project, after):
    """The fault of the toy module that makes this line of one of its own."""
    text = (project / "engine/half.py").read_text()
    every = (m for site in sites("engine/half.py", text) for m in mutants(site, text))
    return next(m for m in every if m.after == after)


def test_each_fault_gets_its_verdict_and_the_project_stays_as_it_is(project, judge):
    verdicts = {
        "return (n * 2)": (KILLED, "tests/engine/test_half.py::test_half"),
        # only half(12) goes through the loop, which is not among the module's own tests
        "while n > 10:": (KILLED, "tests/engine/test_wide.py::test_wide"),
        "while (n >= 9):": (SURVIVED, ""),
    }
    for after, (expected, by) in verdicts.items():
        verdict, _, seen_by = judge.verdict(fault(project, after))
        assert (verdict, seen_by) == (expected, by)
    idle = FILES["engine/half.py"].replace("n // 2", "(n // 2)")
    assert judge.verdict(Mutant("engine/half.py", 4, "", "", "", idle))[0] == SAME
    assert {name: (project / name).read_text() for name in FILES} == FILES


def test_what_never_ends_is_stopped(project):
    copy, endless = Copy(project), fault(project, "pass")
    with copy.version(endless.module, endless.text):
        outcome = copy.run(["tests/engine/test_wide.py"], limit=2)
    assert outcome.timed_out
    assert not copy.run(["tests/engine/test_wide.py"], limit=2).failed


def test_the_share_leaves_out_what_changes_nothing():
    assert summary([KILLED] * 2 + [TIMED_OUT, SURVIVED] + [SAME] * 5) == (
        "2 killed, 5 same code, 1 survived, 1 timed out: 3 of 4 caught, 75.0 %"
    )
