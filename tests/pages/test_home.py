"""The start page: its knobs travel in its link, and ready-made lessons are a press away."""

from urllib.parse import parse_qs

from pages._home.lens import HOME
from pages._kit.site import sitemap
from tests.pages.hostile import links
from tests.pages.screen import address, arrived, movie, sound


def test_the_knobs_travel_in_the_link(visit):
    at = visit("home")
    assert address(at) == {}
    at.session_state["home.main.player"] = {"hidden": [3, 3]}
    assert address(sound(at.run())) == {"hidden": "3-3"}
    again = arrived(at, "home", {"hidden": "3-3", "activation": "relu"})
    assert movie(again)["sizes"] == [2, 3, 3, 1]
    assert address(again) == {"hidden": "3-3", "activation": "relu"}


def test_ready_lessons_can_be_opened(visit):
    at = visit("home")
    links = {link.proto.label: link.proto for link in at.get("page_link")}
    for page in sitemap.pages():
        if page.lesson is not None:
            proto = links[page.lesson.lesson.title]
            assert parse_qs(proto.query_string, True) == {
                name: [text] for name, text in page.lesson.link(page.lens).items()
            }


def test_a_hostile_link_opens_a_sound_page(visit):
    at = visit("home")
    for link in links(HOME, 20, 0):
        arrived(at, "home", link)
        assert len(at.info) <= 1
