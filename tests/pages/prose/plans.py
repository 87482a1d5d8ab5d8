"""A teacher's plan: as many minutes as its title says."""

import re

from pages._pages.order import PAGES
from tests.pages.prose.claims import Claim
from tests.pages.prose.numbers import numbers


def _prove(sentence: str) -> None:
    plan = next(page.plan for page in PAGES if sentence in page.plan)
    minutes = re.findall(r"\((\d+) min\)", plan)
    assert [number.value for number in numbers(sentence)] == [sum(map(int, minutes))]


PLAN = Claim(_prove)
