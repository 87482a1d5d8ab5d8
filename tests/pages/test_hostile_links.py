"""A thousand links that no page has written: each is read, and those that are opened are sound."""

import pytest

from pages._kit.lessons import lesson
from pages._kit.runs import pins
from pages._pages.registry import LENSES
from tests.pages.hostile import links, mixtures
from tests.pages.screen import address, arrived, notes
from tests.pages.test_pages import cheap

THOUSAND = 1000
EACH = -(-THOUSAND // len(LENSES))
OPENED, AGAIN = 12, 4
"""So many of a page's links are opened, and every fourth of the addresses it makes of them."""


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_a_hostile_link_is_read_and_what_is_made_of_it_is_a_sound_link(lens):
    for link in links(lens, EACH, seed=0):
        experiment, notes = lens.read(link)
        assert all("<" not in note for note in notes), link
        assert lens.read(lens.write(experiment)) == (experiment, []), link
        assert pins.read(lens, link.get("pins", "")), link
        assert lesson.read(link, lens), link


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_a_hostile_link_opens_a_sound_page(visit, lens):
    all_sound(visit, lens, links(lens, OPENED, seed=0))


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_a_hostile_mixture_of_activations_opens_a_sound_page(visit_alone, lens):
    base = lens.write(cheap(lens, lens.defaults))
    all_sound(visit_alone, lens, (base | link for link in mixtures(lens, OPENED // 2, seed=0)))


def all_sound(visit, lens, given):
    """Open each link as a new visitor would, and some of the links that the page makes of them."""
    at, again = visit(lens.path), {}
    for link in given:
        assert len(notes(arrived(at, lens.path, link))) <= 1, link
        kept = address(at)
        again.setdefault(tuple(sorted(kept.items())), link)
    again.pop((), None)  # an address that says nothing opens the page as it was left
    for kept, link in list(again.items())[::AGAIN]:
        # What the page has made of a link is itself a link that nothing is wrong with.
        assert notes(arrived(at, lens.path, dict(kept))) == [], link
        assert address(at) == dict(kept), link
