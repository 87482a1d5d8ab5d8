from pages._kit.site import sitemap
from pages._pages.registry import LENSES
from tests.pages.offers import PAGES, ROOT

PLACES = sitemap.pages()


def test_every_page_is_on_the_map_once():
    assert sorted(place.file for place in PLACES) == [f"pages/{name}.py" for name in PAGES]


def test_every_place_says_what_it_is():
    assert len({place.title for place in PLACES}) == len(PLACES)
    for place in PLACES:
        assert (ROOT / place.file).is_file()
        assert place.icon.startswith(":material/")
        assert place.teaser.endswith(".")


def test_a_page_address_is_its_lens_path():
    assert {f"pages/{path}.py" for path in LENSES} <= {place.file for place in PLACES}
