"""Faults in a toy project: those that its tests see are caught, the others are named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.__main__ import KILLED, SAME, SURVIVED, TIMED_OUT, summary
from tests.mutation.neighbours import others, own
from tests.mutation.trial import Copy

ROOT = Path(__file__).parents[2]
FILES = {
    ".pytest.ini": "[pytest]\npythonpath = .\naddopts = --doctest-modules --import-mode=importlib",
    "engine/__init__.py": "",
    "engine/half.py": "LIMIT = 7\n\n\ndef half(n):\n    return n // 2 if n >= 0 else 0\n",
    "engine/user.py": "from engine.half import half\n\nquarter = half(4) // 2\n",
    "tests/engine/test_half.py": "from engine.half import half\n\n\n"
    "def test_half():\n    assert half(8) == 4\n",
    "tests/engine/test_user.py": "import engine.user\n\n\n"
    "def test_user():\n    assert engine.user.quarter == 1\n",
    "tests/engine/test_wide.py": "import engine.half\n\n\n"
    "def test_wide():\n    assert engine.half.half(-1) == 0\n",
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


OWN, OTHER = "tests/engine/test_half.py::test_half", "tests/engine/test_wide.py::test_wide"
VERDICTS = {
    "LIMIT = 8": (SURVIVED, ""),
    "LIMIT = 6": (SURVIVED, ""),
    "return (n * 2) if n >= 0 else 0": (KILLED, OWN),
    "return n // 3 if n >= 0 else 0": (KILLED, OWN),
    "return n // 1 if n >= 0 else 0": (KILLED, OWN),
    "return n // 2 if (n > 0) else 0": (SURVIVED, ""),  # half of 0 is 0 either way
    "return n // 2 if (n < 0) else 0": (KILLED, OWN),
    "return n // 2 if n >= 1 else 0": (SURVIVED, ""),
    "return n // 2 if n >= (-1) else 0": (KILLED, OTHER),
    "return n // 2 if n >= 0 else 1": (KILLED, OTHER),
    "return n // 2 if n >= 0 else (-1)": (KILLED, OTHER),
}


def tried(project, results):
    """Try the faults of the toy module: what was printed, and what was kept of each."""
    command = [sys.executable, "-m", "tests.mutation", "--root", project, "--results", results]
    done = subprocess.run(
        [*command, "--module", "engine/half.py"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout, list(map(json.loads, (results / "mutants.jsonl").read_text().splitlines()))


def test_each_fault_gets_its_verdict_and_the_project_stays_as_it_is(project, tmp_path_factory):
    results = tmp_path_factory.mktemp("results")
    printed, records = tried(project, results)
    assert len(records) == 6  # one fault for each place that can have one
    for record in records:
        after = record["mutant"].split("  + ")[1]
        assert (record["verdict"], record["by"]) == VERDICTS[after]
    assert (
        "engine/half.py:1 off by one\n  - LIMIT = 7\n  + LIMIT =" in printed.split("Survived:")[1]
    )
    assert {name: (project / name).read_text() for name in FILES} == FILES

    again, same_records = tried(project, results)
    assert again == printed
    assert same_records == records


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # from a worker that has threads
def test_what_never_ends_is_stopped_and_the_file_is_as_before(project):
    copy, module = Copy(project), "engine/half.py"
    with copy.version(module, "def half(n):\n    while True:\n        n += 1\n"):
        outcome = copy.run(["tests/engine/test_half.py"], limit=1)
    assert outcome.timed_out
    assert (project / module).read_text() == FILES[module]
    assert not copy.run(["tests/engine/test_half.py"], limit=1).failed


def test_the_share_leaves_out_what_changes_nothing():
    assert summary([KILLED] * 2 + [TIMED_OUT, SURVIVED] + [SAME] * 5) == (
        "2 killed, 5 same code, 1 survived, 1 timed out: 3 of 4 caught, 75.0 %"
    )
