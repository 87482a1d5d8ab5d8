"""One neuron in a browser: the loop run line by line, what travels in its link."""

import pytest

from tests.e2e.test_app import (  # noqa: F401
    SCREENS,
    fits,
    open_page,
    settled,
    turn_to,
    wait_for_address,
)
from tests.e2e.test_one_step import COUNT_WORDS, FAST

LAST = 6 * 7 + 1
"""Six turns of seven lines, and the line after the loop."""


@pytest.fixture
def opened(open_page):  # noqa: F811
    page = open_page("neuron")
    page.locator(f".turns[data-at='{LAST}']").wait_for()
    return page


def at(page):
    return int(page.locator(".turns").get_attribute("data-at"))


def now(page):
    return page.locator(".turns .line strong").inner_text()


def go(page, way):
    page.locator(f".turns [data-go={way}]").click()


def test_the_loop_is_run_line_by_line_without_a_word_to_the_server(opened):
    page = opened
    settled(page)
    page.evaluate(COUNT_WORDS)
    for way, position, line in (("start", 0, "J = dw₁"), ("step", 1, "z(i)"), ("step", 2, "a(i)"),
                                ("layer", 7, "db += "), ("layer", 14, "db += "),
                                ("back", 13, "dw₂ += "), ("end", LAST, "J, dw₁")):  # fmt: skip
        go(page, way)
        assert at(page) == position
        assert now(page).startswith(line)
        assert float(page.locator(".turns").get_attribute("data-paint")) < FAST
    assert page.evaluate("window.words") == 0


def test_keys_run_it_and_the_line_without_a_loop_is_marked(opened):
    page = opened
    page.locator(".turns [aria-current=step]").focus()
    for key, position in (("Home", 0), ("ArrowRight", 1), ("PageDown", 7), ("ArrowLeft", 6)):
        page.keyboard.press(key)
        assert at(page) == position
    assert page.locator(".turns .same code").inner_text() == "dw = X @ dz.T / m"
    assert page.locator(".turns td.chosen").get_attribute("data-column") == "dw2"


def test_it_plays(opened):
    page = opened
    go(page, "play")
    page.locator(".turns[data-at='2']").wait_for()
    go(page, "play")
    assert page.locator(".turns [data-go=play]").inner_text() == "Play"


def test_where_one_rests_is_in_the_link(opened, open_page):  # noqa: F811
    page = opened
    go(page, "start")
    wait_for_address(page, at="0")
    page = open_page("neuron", "at=12")
    page.locator(".turns[data-at='12']").wait_for()
    assert page.locator(".turns .where").inner_text() == "i = 2 of 6"
    go(page, "end")
    wait_for_address(page)


def test_with_other_samples_the_loop_is_at_its_end_again(opened):
    page = opened
    page.locator(".hot").get_by_role("slider", name="Samples m").focus()
    page.keyboard.press("ArrowRight")
    page.locator(f".turns[data-at='{LAST + 7}']").wait_for()
    wait_for_address(page, samples="7")


def test_the_tables_fit(open_page):  # noqa: F811
    page = open_page("neuron", "samples=8&at=20&learning_rate=30", "phone")
    page.locator(".turns[data-at='20']").wait_for()
    for screen in SCREENS:
        turn_to(page, screen)
        fits(page)
        is_inside = page.locator(".turns").evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert is_inside, screen


def test_a_shape_is_checked_while_one_types(open_page):  # noqa: F811
    page = open_page("neuron", "panel=Shapes+of+your+own&right=4_1")
    verdict = page.locator(".shapes .verdict")
    assert "NumPy refuses" in verdict.inner_text()
    left = page.locator(".shapes [name=left]")
    left.fill("(4")
    assert left.get_attribute("aria-invalid") == "true"
    assert "A bracket" in page.locator("#of-left").inner_text()
    left.fill("(3,)")
    assert left.get_attribute("aria-invalid") == "false"
    assert verdict.inner_text() == "(3,) and (4, 1) give (4, 3)."
    assert page.locator(".shapes .ghosts figure").first.locator(".copy").count() == 9
    left.press("Enter")
    wait_for_address(page, panel="Shapes of your own", left="3", right="4_1")
