"""A teacher's plan: as many minutes as its title says."""

import re
from pathlib import Path

from tests.pages.prose.claims import Claim
from tests.pages.prose.numbers import numbers
from tests.pages.prose.sentences import ROOT


def _plan(sentence: str) -> Path:
    """Return the plan that has this title."""
    plans = sorted((ROOT / "pages/_prose").glob("teachers_*.md"))
    return next(plan for plan in plans if sentence in plan.read_text(encoding="utf-8"))


def _prove(sentence: str) -> None:
    minutes = re.findall(r"\((\d+) min\)", _plan(sentence).read_text(encoding="utf-8"))
    assert [one.value for one in numbers(sentence)] == [sum(map(int, minutes))]


PLAN = Claim(_prove)
