"""Which interpreter is asked, and what is said where none can answer."""

import sys

import numpy as np
import pytest

from tests.oracles import asking
from tests.oracles.asking import Question, ask, candidates, interpreter


def test_the_one_that_runs_is_asked_first_and_debians_last(monkeypatch):
    monkeypatch.delenv("ORACLE_PYTHON", raising=False)
    assert candidates() == [sys.executable, "/usr/bin/python3"]
    monkeypatch.setenv("ORACLE_PYTHON", "/opt/python")
    assert candidates() == [sys.executable, "/opt/python", "/usr/bin/python3"]


def test_the_first_that_has_pytorch_is_taken(monkeypatch):
    monkeypatch.setattr(asking, "candidates", lambda: ["/no/python", "/a", "/b"])
    has_torch = asking.has_torch
    monkeypatch.setattr(asking, "has_torch", lambda path: path in "/a /b" or has_torch(path))
    assert interpreter() == "/a"


@pytest.mark.parametrize(
    ("required", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)]
)
def test_without_pytorch_tests_are_skipped_or_fail(monkeypatch, required, outcome):
    monkeypatch.setattr(asking, "candidates", lambda: ["/no/python"])
    monkeypatch.setenv("REQUIRE_ORACLES", required)
    with pytest.raises(outcome, match="no PyTorch in /no/python: apt-get install python3-torch"):
        ask({})


def test_a_name_without_an_oracle_fails_its_own_test_only():
    z = np.array([-1.0, 2.0])
    names = ("relu", "unheard_of")
    answers = ask({name: Question("activation", {"name": name}, {"z": z}) for name in names})
    np.testing.assert_array_equal(answers["relu"]["value"], [0, 2])
    with pytest.raises(pytest.fail.Exception, match="no oracle for the activation 'unheard_of'"):
        answers["unheard_of"]
