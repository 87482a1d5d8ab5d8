"""A thousand links that no page has written: each opens, and says at most one note."""

import pytest

from pages._shared.atlas import LENSES
from tests.pages.hostile import links, mixtures
from tests.pages.screen import address, notes, sound
from tests.pages.test_pages import cheap

THOUSAND = 1000
EACH = -(-THOUSAND // len(LENSES))
MIXTURES = 20


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_a_hostile_link_opens_a_sound_page(visit, lens):
    all_sound(visit, lens, links(lens, EACH, seed=0))


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_a_hostile_mixture_of_activations_opens_a_sound_page(visit, lens):
    base = lens.write(cheap(lens, lens.defaults))
    all_sound(visit, lens, (base | link for link in mixtures(lens, MIXTURES, seed=0)))


def all_sound(visit, lens, given):
    """Open each link, and the link that the page has made of it."""
    at = visit(lens.path)
    for link in given:
        at.query_params.clear()
        at.switch_page("pages/home.py").run()
        at.query_params.update(link)
        at.switch_page(f"pages/{lens.path}.py").run()
        assert len(notes(sound(at))) <= 1, link
        kept = address(at)
        # What the page has made of the link is itself a link that nothing is wrong with.
        at.query_params.clear()
        at.switch_page("pages/home.py").run()
        at.query_params.update(kept)
        at.switch_page(f"pages/{lens.path}.py").run()
        assert notes(sound(at)) == [], link
        assert address(at) == kept, link
