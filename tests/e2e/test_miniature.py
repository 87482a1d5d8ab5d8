"""The picture stands small beside a panel that speaks of it, and keeps in step with it."""

import pytest

from tests.e2e.test_app import fits, open_page, settled, turn_to  # noqa: F401

PANELS = [
    ("xor", "Step by step"),
    ("xor", "Experiments"),
    ("initialisation", "Predict"),
    ("regularisation", "Dropout"),
]

# Whether the copies are, pixel by pixel, what they copy.
IS_SAME = """([small, large]) => {
  const [copies, views] = [small, large].map(root => [...root.querySelectorAll('canvas')]);
  const seen = views.filter(view => view.closest('[data-role=square], .tile .square'));
  return copies.length === seen.length
    && copies.every((copy, k) => copy.toDataURL() === seen[k].toDataURL());
}"""


def both(page):
    small = page.locator(".miniature")
    small.wait_for()
    return small, page.locator(".player, .lineup").first


def wait_until_same(page):
    handles = [part.element_handle() for part in both(page)]
    page.wait_for_function(IS_SAME, arg=handles)


@pytest.mark.parametrize(("name", "part"), PANELS)
def test_the_miniature_shows_what_the_picture_shows_also_at_another_moment(open_page, name, part):  # noqa: F811
    page = open_page(name, f"panel={part}")
    wait_until_same(page)
    small, large = both(page)
    large.focus()
    page.keyboard.press("Home")
    large.locator("[data-role=caption]").get_by_text("Epoch 0 of").wait_for()
    small.locator("figcaption").get_by_text("Epoch 0 of").wait_for()
    wait_until_same(page)


@pytest.mark.parametrize("screen", ["projector", "tablet", "phone"])
def test_the_miniature_is_beside_the_panel_or_above_it_and_hides_nothing(open_page, screen):  # noqa: F811
    page = open_page("xor", "panel=Step by step")
    page.get_by_role("radio", name="3 A hidden layer").click()
    table = page.get_by_test_id("stTable")
    table.wait_for()
    turn_to(page, screen)
    fits(settled(page))
    small, panel = both(page)[0].bounding_box(), table.bounding_box()
    if screen == "projector":
        assert small["x"] + small["width"] <= panel["x"]
    else:
        assert small["y"] + small["height"] <= panel["y"]


def test_opening_a_panel_brings_it_into_view_with_the_picture_and_a_press_leads_back(open_page):  # noqa: F811
    page = open_page("xor", "panel=The maths")
    page.get_by_role("radio", name="Step by step").click()
    small = both(page)[0]
    page.wait_for_function(
        """e => { const { top, bottom } = e.getBoundingClientRect();
                 return top >= 0 && bottom <= innerHeight; }""",
        arg=small.element_handle(),
    )
    small.get_by_role("button").press("Enter")
    page.wait_for_function(
        "() => document.activeElement.shadowRoot?.activeElement?.matches('.player')"
    )


def test_a_step_with_a_picture_of_its_own_has_no_miniature(open_page):  # noqa: F811
    page = open_page("xor", "panel=Step by step")
    both(page)
    page.get_by_role("radio", name="2 One perceptron").click()
    page.get_by_text("The four conditions").wait_for()
    page.locator(".miniature").wait_for(state="detached")
