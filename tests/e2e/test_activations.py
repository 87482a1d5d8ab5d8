"""Activations and outputs in a browser: what is dragged follows, and travels in the link."""

from urllib.parse import urlencode

import pytest

from pages._activations.page import PAGE
from pages._activations.stops import STOPS
from tests.e2e.test_app import SCREENS, fits, open_page, turn_to, wait_for_address  # noqa: F401
from tests.e2e.test_one_step import COUNT_WORDS

FAST = 50
"""Milliseconds within which a picture is painted."""


def text(page, selector):
    return " ".join(page.locator(selector).first.inner_text().split())


def press_key(page, selector, key, times=1):
    page.locator(selector).first.focus()
    for _ in range(times):
        page.keyboard.press(key)


@pytest.fixture
def opened(open_page):  # noqa: F811
    page = open_page("activations")
    page.locator(".curve-panel[data-paint]").wait_for()
    return page


def test_z_is_dragged_in_the_picture_without_a_word_to_the_server_until_it_is_let_go(opened):
    page = opened
    page.evaluate(COUNT_WORDS)
    box = page.locator(".curve-panel .plot svg").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for share in (0.6, 0.7, 0.8, 0.9):
        page.mouse.move(box["x"] + share * box["width"], middle)
        assert float(page.locator(".curve-panel").get_attribute("data-paint")) < FAST
    assert page.evaluate("window.words") == 0
    z = text(page, ".curve-panel .where")
    assert text(page, ".curve-panel .verdict").startswith("Flat: saturated")
    page.mouse.up()
    wait_for_address(page, z=z.removeprefix("z = ").rstrip("0").rstrip("."))


def test_keys_turn_z_and_the_activation(opened):
    page = opened
    press_key(page, ".curve-panel .z", "ArrowLeft", 2)
    assert text(page, ".curve-panel .where") == "z = 1.90"
    press_key(page, ".curve-panel .choice input:checked", "ArrowRight")
    assert "e" in text(page, ".curve-panel .steps")
    wait_for_address(page, z="1.9", g="tanh")
    page.get_by_role("button", name="A dead ReLU").click()
    page.locator(".curve-panel .verdict", has_text="Silent").wait_for()


def test_logits_are_dragged_and_a_hundred_changes_nothing(opened):
    page = opened
    page.get_by_role("button", name="Add 100 to all").first.click()
    page.locator(".softmax-panel .added", has_text="100 is added").wait_for()
    meter = ".softmax-panel .logits .meter span"
    before = page.locator(meter).all_inner_texts()
    for _ in range(7):
        page.locator(".softmax-panel [data-add='100']").click()
    assert page.locator(meter).all_inner_texts() == before
    assert "∞/∞ is not a number" in text(page, ".softmax-panel .verdict")
    press_key(page, ".softmax-panel [data-index='1']", "End")
    assert "Class 2 is the likeliest" in text(page, ".softmax-panel .verdict")
    press_key(page, ".softmax-panel [aria-selected=true]", "ArrowRight")
    assert "Case I, i ≠ j" in text(page, ".softmax-panel .steps")
    wait_for_address(page, add="800", logits="2_5_0", j="2")


def test_squared_error_is_flat_where_it_is_badly_wrong(opened):
    page = opened
    page.get_by_role("button", name="Squared error, badly wrong").click()
    page.locator(".losses-panel .verdict", has_text="Flat where it is most wrong").wait_for()
    page.locator(".losses-panel .outputs label", has_text="Sigmoid, cross").click()
    assert "a − y = −0.998" in text(page, ".losses-panel .verdict")


def test_columns_of_y_are_made_of_digits(open_page):  # noqa: F811
    page = open_page("activations", "panel=Which+output&m=2")
    page.locator(".labels-panel canvas").nth(1).wait_for()
    press_key(page, ".labels-panel #columns", "ArrowRight")
    assert page.locator(".labels-panel canvas").count() == 3
    assert "Y is (10, 3)" in text(page, ".labels-panel .verdict")


@pytest.mark.parametrize("panel", ["Softmax", "Losses", "Which output", "Take it away"])
def test_panels_fit(open_page, panel):  # noqa: F811
    many = "logits=5_4_3_2_1_0_-1_-2_-3_-5&T=0.1&add=1000"
    page = open_page("activations", f"panel={panel.replace(' ', '+')}&{many}&g=gelu&z=-7", "phone")
    page.locator(".curve-panel[data-paint]").wait_for()
    for screen in SCREENS:
        turn_to(page, screen)
        fits(page)


def test_on_a_phone_the_jacobian_of_ten_classes_is_seen_whole(open_page):  # noqa: F811
    page = open_page("activations", "logits=5_4_3_2_1_0_-1_-2_-3_-5", "phone")
    cells = page.locator(".softmax-panel .jacobian td[data-i]")
    cells.nth(99).wait_for()
    assert page.locator(".softmax-panel .right").evaluate("e => e.scrollWidth <= e.clientWidth")
    cut = "cells => cells.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    assert cells.evaluate_all(cut) == []
    assert page.get_by_text("Numbers in hundredths.").is_visible()


def test_the_lesson_is_done_by_dragging_z(open_page):  # noqa: F811
    page = open_page("activations", urlencode(PAGE.lesson.link(PAGE.lens)))
    page.get_by_text("not yet, now 100.0 %").wait_for()
    page.locator(".curve-panel .choice label", has_text="tanh").click()
    page.get_by_text("All goals are reached.").wait_for()
    page.locator(".curve-panel .z").fill("0.6")
    page.get_by_text("not yet").wait_for()


def test_the_tour_shows_what_is_on_the_page(open_page):  # noqa: F811
    page = open_page("activations")
    page.get_by_role("button", name="Take the tour").click()
    for stop in STOPS:
        page.get_by_role("dialog", name=stop.title).wait_for()
        page.keyboard.press("Enter")


def test_a_pinned_curve_stays_to_be_compared(opened):
    page = opened
    page.get_by_role("button", name="Pin Sigmoid").click()
    page.locator(".curve-panel .choice label", has_text="tanh").click()
    assert text(page, ".curve-panel .compared tbody tr:last-child").startswith("A Sigmoid")
    assert page.locator(".curve-panel svg .pinned").count() == 2
    wait_for_address(page, g="tanh", beside="sigmoid")
    page.get_by_role("button", name="Unpin Sigmoid").click()
    assert page.locator(".curve-panel svg .pinned").count() == 0
    wait_for_address(page, g="tanh")
