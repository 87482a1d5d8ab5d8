"""Hot knobs in a browser: the picture follows a drag, the page follows when it is let go."""

import pytest

from tests.e2e.conftest import TWO_FRAMES
from tests.e2e.test_app import (  # noqa: F401
    SCREENS,
    is_at,
    open_page,
    parameters,
    settled,
    wait_for_address,
)

UNITS = "Hidden units"

# Note every picture that is painted while the mouse is down.
PICTURES = """picture => {
  window.pictures = new Set();
  new MutationObserver(() => window.pictures.add(picture.dataset.version))
    .observe(picture, { attributeFilter: ["data-painted"] });
}"""


def hot(page, label):
    return page.locator(".hot").get_by_role("slider", name=label)


def grip(page, label, share):
    """Return where a range is when it stands at a share of its way."""
    box = hot(page, label).bounding_box()
    return box["x"] + 8 + (box["width"] - 16) * share, box["y"] + box["height"] / 2


def drag(page, label, start, end, steps=12):
    """Take a range's grip and move it, but do not let it go."""
    while True:  # the page may move under the mouse as long as it is being drawn
        page.mouse.move(*grip(page, label, start))
        page.mouse.down()
        if hot(page, label).evaluate("e => e.getRootNode().activeElement === e"):
            break
        page.mouse.up()
        page.wait_for_timeout(200)
    for k in range(1, steps + 1):
        page.mouse.move(*grip(page, label, start + (end - start) * k / steps))
        page.wait_for_timeout(60)


@pytest.mark.parametrize(
    ("name", "picture", "label"),
    [
        ("xor", ".player", UNITS),
        ("initialisation", ".lineup", "Initial scale"),
        ("regularisation", ".lineup", "L2 penalty λ"),
        ("one_step", ".matrices", "Learning rate α"),
    ],
)
def test_pictures_follow_a_drag_and_the_page_follows_its_end(open_page, name, picture, label):  # noqa: F811
    page = open_page(name)
    page.locator(picture).first.evaluate(PICTURES)
    drag(page, label, 0.2, 0.8)
    assert parameters(page) == {}  # the link is of what has been let go
    page.wait_for_function("() => window.pictures.size > 1")
    now = hot(page, label).get_attribute("aria-valuetext")
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('=')")
    settled(page)
    assert hot(page, label).get_attribute("aria-valuetext") == now
    said = now if name == "xor" else next(iter(parameters(page).values()))
    assert float(said.replace(",", "")) == float(now.replace(",", ""))


def test_a_drag_goes_on_through_no_hidden_unit_where_another_knob_loses_its_meaning(open_page):  # noqa: F811
    page = open_page("xor")
    page.locator(".player").first.evaluate(PICTURES)
    drag(page, UNITS, 0.3, 0.0)
    page.wait_for_function("() => window.pictures.size > 1")
    page.wait_for_timeout(500)  # the answer for no hidden unit has been drawn by then
    page.mouse.move(*grip(page, UNITS, 0.5))
    assert hot(page, UNITS).get_attribute("aria-valuetext") == "6"
    page.mouse.up()
    wait_for_address(page, hidden="6")


def test_row_and_sidebar_are_in_step_both_ways(open_page):  # noqa: F811
    page = open_page("xor")
    hot(page, "Learning rate α").focus()
    page.keyboard.press("ArrowRight")
    wait_for_address(page, learning_rate="3")
    is_at(page, "Learning rate α", "3")
    page.get_by_test_id("stSidebar").get_by_role("slider", name="Learning rate α").focus()
    page.keyboard.press("ArrowLeft")
    wait_for_address(page)
    settled(page)
    assert hot(page, "Learning rate α").get_attribute("aria-valuetext") == "2"
    more = page.get_by_role("button", name="one more")
    for seed in ("1", "2", "3"):
        more.click()
        wait_for_address(page, seed=seed)
        settled(page)


def test_what_is_tried_sets_the_knobs_opens_its_panel_and_brings_it_into_view(open_page):  # noqa: F811
    page = open_page("xor")
    page.get_by_role("button", name="Two units, 32 seeds").click()
    wait_for_address(page, hidden="2", panel="Seeds, not luck")
    row = page.get_by_role("radiogroup", name="Below the picture")
    page.get_by_text("Final training cost: median").wait_for()
    settled(page)
    row.evaluate(
        """async row => {
          while (row.getBoundingClientRect().y > 200) await new Promise(requestAnimationFrame);
        }"""
    )
    page.get_by_role("button", name="One neuron").click()
    wait_for_address(page, hidden="none")
    page.get_by_text("The four conditions").first.wait_for()


def test_a_drag_does_not_wait_for_what_the_coach_tries(open_page):  # noqa: F811
    page = open_page("xor", "learning_rate=100&samples=1000&dataset=moons&epochs=1000")
    page.locator(".player").first.evaluate(PICTURES)
    drag(page, UNITS, 0.2, 0.6)
    page.wait_for_function("() => window.pictures.size > 1")
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('hidden')")


def test_a_knob_that_a_lesson_locks_is_not_hot(open_page):  # noqa: F811
    page = open_page("xor", "lesson_title=Units&lesson_show=hidden&lesson_lock=learning_rate")
    assert page.locator(".hot").get_by_role("slider").count() == 1
    assert page.get_by_role("button", name="One neuron").count() == 0


# --- the time -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "query", "drawn"),
    [
        ("xor", "", ".player canvas:visible"),
        ("xor", "hidden=6-6-6&dataset=moons", ".player canvas:visible"),
        ("xor", "hidden=8-8-8-8-8", ".player canvas:visible"),
        ("initialisation", "", ".tile canvas:visible"),
    ],
)
def test_the_time_covers_no_chart(open_page, name, query, drawn):  # noqa: F811
    page = open_page(name, query)
    page.locator(drawn).first.wait_for()
    width, height = SCREENS["projector"]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(TWO_FRAMES)
    settled(page)
    end = page.locator(".foot").bounding_box()["y"]
    for canvas in page.locator(drawn).all():
        box = canvas.bounding_box()
        assert box["y"] + box["height"] <= end
