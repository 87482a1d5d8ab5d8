"""Links that were made before the house was moved open what they opened then."""

import json

import pytest

from engine.experiment.experiment import KNOBS, Experiment
from pages._pages.registry import LENSES
from tests.pages.offers import ROOT

BEFORE = json.loads((ROOT / "tests/pages/links_before.json").read_text(encoding="utf-8"))
"""What each page began with, and of sixty links the query and the knobs that it turned."""


def restored(value):
    """Return a value of a knob as it was before it was written as JSON: lists were tuples."""
    return tuple(map(restored, value)) if isinstance(value, list) else value


@pytest.mark.parametrize("page", BEFORE["defaults"])
def test_what_links_are_written_against_is_what_it_was(page):
    knobs = {name: restored(value) for name, value in BEFORE["defaults"][page].items()}
    assert LENSES[page].defaults == Experiment(**knobs)


@pytest.mark.parametrize("number", range(len(BEFORE["links"])))
def test_a_link_opens_what_it_opened(number):
    link = BEFORE["links"][number]
    lens = LENSES[link["page"]]
    query = {name: text for name, text in link["query"].items() if name in KNOBS}
    turned = {name: restored(value) for name, value in link["knobs"].items()}
    assert lens.read(query) == (lens.defaults.but(**turned), [])
    assert set(link["query"]) - set(query) <= {page_knob.name for page_knob in lens.page_knobs}
    for page_knob in lens.page_knobs:
        assert page_knob.read(link["query"].get(page_knob.name))[1] == []
