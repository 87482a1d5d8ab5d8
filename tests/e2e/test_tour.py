"""The tour in a browser: it is offered, taken or left, and then kept away."""

import re

import pytest

from pages._kit.tour import STOPS
from tests.e2e.test_app import open_page, settled  # noqa: F401


def card(page):
    return page.get_by_role("dialog", name=re.compile("|".join(stop.title for stop in STOPS)))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_tour_goes_from_thing_to_thing_and_does_not_come_back(open_page, width, height):  # noqa: F811
    page = open_page("home")
    page.set_viewport_size({"width": width, "height": height})
    page.locator(".player[data-painted]").wait_for()
    page.get_by_role("button", name="Take the tour").click()
    for k, stop in enumerate(STOPS):
        page.get_by_role("dialog", name=stop.title).wait_for()
        assert f"{k + 1} of {len(STOPS)}" in card(page).inner_text()
        page.wait_for_function("() => !document.getAnimations().length")
        shown, ring = card(page).bounding_box(), page.locator("[data-role=ring]").bounding_box()
        for box in (shown, ring):
            assert box["x"] >= -7
            assert box["x"] + box["width"] <= width + 7
        assert shown["y"] + shown["height"] <= height
        page.keyboard.press("Enter")  # on "Next", which has the focus
    card(page).wait_for(state="detached")
    assert page.get_by_role("button", name="Take the tour").count() == 0
    page.reload()
    settled(page)
    page.locator(".player[data-painted]").wait_for()
    assert page.get_by_role("button", name="Take the tour").count() == 0


def test_a_knob_can_be_dragged_while_the_tour_speaks_of_it(open_page):  # noqa: F811
    page = open_page("xor")
    page.get_by_role("button", name="Take the tour").click()
    page.keyboard.press("ArrowRight")
    page.get_by_role("dialog", name="Drag this").wait_for()
    page.locator(".hot").get_by_role("slider", name="Hidden units").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('hidden=4')")
    settled(page)
    assert page.get_by_role("dialog", name="Drag this").is_visible()
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Escape")
    card(page).wait_for(state="detached")


def test_where_there_is_less_to_show_the_tour_is_shorter_and_can_be_declined(open_page):  # noqa: F811
    page = open_page("bias_variance")
    page.get_by_role("button", name="Take the tour").click()
    page.get_by_role("dialog", name="Drag this").wait_for()
    assert "1 of 2" in card(page).inner_text()
    page.get_by_role("button", name="Leave").click()
    page.reload()
    settled(page)
    assert page.get_by_role("button", name="No tour, thank you").count() == 0
