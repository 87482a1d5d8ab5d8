"""Questions put to PyTorch, in whichever interpreter has it, all of them at once.

That is the one that runs the tests, else the one that the variable ORACLE_PYTHON names, else
/usr/bin/python3: PyPI's PyTorch brings gigabytes for graphics cards, Debian's python3-torch none.
"""

import json
import os
import subprocess
import sys
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pytest

from engine.nn.types import Array

_SCRIPT = Path(__file__).parent / "reference.py"
_HAS_TORCH = "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)"


class Question(NamedTuple):
    """What to compute, by the name of its function in reference.py, with settings and arrays."""

    kind: str
    settings: Mapping[str, Any]
    arrays: Mapping[str, Array]


@dataclass(frozen=True)
class Answers:
    """What came back, by the keys of the questions."""

    found: Mapping[Hashable, Mapping[str, Array]]

    def __getitem__(self, key: Hashable) -> Mapping[str, Array]:
        """Return one answer; the test fails where the question had a name without an oracle."""
        answer = self.found[key]
        if "missing" in answer:
            pytest.fail(str(answer["missing"]))
        return answer


def candidates() -> list[str]:
    """Return the interpreters that may have PyTorch, the most wanted first."""
    return [sys.executable, *filter(None, [os.environ.get("ORACLE_PYTHON")]), "/usr/bin/python3"]


@cache
def has_torch(python: str) -> bool:
    """Whether an interpreter is there and has PyTorch, without the seconds of importing it."""
    try:
        return subprocess.run([python, "-E", "-c", _HAS_TORCH], check=False).returncode == 0
    except OSError:
        return False


def interpreter() -> str:
    """Return an interpreter that has PyTorch.

    Without one the tests are skipped, or fail where the variable REQUIRE_ORACLES is set.
    """
    found = next(filter(has_torch, candidates()), None)
    if found is None:
        give_up = pytest.fail if os.environ.get("REQUIRE_ORACLES") else pytest.skip
        give_up(
            f"no PyTorch in {', '.join(candidates())}: apt-get install python3-torch, or name an "
            "interpreter that has it in ORACLE_PYTHON"
        )
    return found


def ask(questions: Mapping[Hashable, Question]) -> Answers:
    """Return PyTorch's answers."""
    python, asked = interpreter(), list(questions.values())
    with TemporaryDirectory() as name:
        folder = Path(name)
        arrays = {
            f"{k} {n}": a for k, question in enumerate(asked) for n, a in question.arrays.items()
        }
        np.savez(folder / "arrays.npz", **arrays)
        listed = [(question.kind, question.settings, list(question.arrays)) for question in asked]
        (folder / "questions.json").write_text(json.dumps(listed), encoding="utf-8")
        # Without the variables for this Python: the other has a NumPy of its own.
        subprocess.run([python, "-E", str(_SCRIPT), str(folder)], check=True)
        found: list[dict[str, Array]] = [{} for _ in asked]
        with np.load(folder / "answers.npz") as answers:
            for key, value in answers.items():
                position, quantity = key.split(" ", 1)
                found[int(position)][quantity] = value
    return Answers(dict(zip(questions, found, strict=True)))
