"""Averages that forget in a browser: what is dragged follows, and travels in the link."""

from urllib.parse import urlencode

import pytest

from pages._averages.page import PAGE
from pages._averages.stops import STOPS
from tests.e2e.test_activations import press_key, text
from tests.e2e.test_app import (  # noqa: F401
    SCREENS,
    fits,
    open_page,
    settled,
    turn_to,
    wait_for_address,
)
from tests.e2e.test_one_step import COUNT_WORDS

PANEL = ".averages-panel"


def opened(open_page, query="", screen="projector"):  # noqa: F811
    page = open_page("averages", query, screen)
    page.locator(f"{PANEL}[data-paint]").wait_for()
    return page


def grip_is_under_the_day(page):
    day = page.locator(f"{PANEL} .plot line.now").bounding_box()["x"]
    slider = page.locator(f"{PANEL} .t")
    t, last = (float(slider.evaluate(f"e => e.{name}")) for name in ("value", "max"))
    box, grip = slider.bounding_box(), 10
    share = (t - 1) / (last - 1)
    assert abs(box["x"] + grip + share * (box["width"] - 2 * grip) - day) < 2


def test_a_day_and_beta_are_dragged_without_a_word_to_the_server_until_they_are_let_go(
    open_page,  # noqa: F811
):
    page = opened(open_page)
    assert "averages over about 1/(1 − β) = 10 days" in text(page, f"{PANEL} .verdict")
    assert "65.1 % of the weight" in text(page, f"{PANEL} .verdict")
    weights = page.get_by_role("slider", name="Days before")
    assert weights.get_attribute("aria-valuetext") == "10 days before: 0.1 · 0.9¹⁰ = 0.0349"
    weights.press("ArrowRight")
    assert weights.get_attribute("aria-valuenow") == "9"
    page.locator(f"{PANEL} .t").focus()
    assert weights.get_attribute("aria-valuenow") == "10"
    grip_is_under_the_day(page)
    weights.hover(position={"x": 60, "y": 100})
    assert int(weights.get_attribute("aria-valuenow")) > 20
    page.evaluate(COUNT_WORDS)
    box = page.locator(f"{PANEL} .plot svg").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for share in (0.5, 0.3, 0.1):
        page.mouse.move(box["x"] + share * box["width"], middle)
    assert page.evaluate("window.words") == 0
    day = page.locator(f"{PANEL} .t").get_attribute("aria-valuetext")
    page.mouse.up()
    t = day.removeprefix("day ").partition(",")[0]
    wait_for_address(page, t=t)
    press_key(page, f"{PANEL} .beta", "End")
    assert "β = 0.99 averages" in text(page, f"{PANEL} .verdict")
    assert f"Day {t} has fewer behind it" in text(page, f"{PANEL} .verdict")
    press_key(page, f"{PANEL} .t", "ArrowRight", 2)
    wait_for_address(page, t=str(int(t) + 2), beta="0.99")
    page.get_by_role("checkbox", name="v, from 0 on").press("Space")
    assert page.locator(f"{PANEL} .plot .curve.slope").count() == 0
    page.get_by_role("button", name="Pin β = 0.99").click()
    press_key(page, f"{PANEL} .beta", "Home")
    assert "nothing is averaged" in text(page, f"{PANEL} .verdict")
    assert text(page, f"{PANEL} .compared tbody tr:last-child").startswith("A β = 0.99")
    wait_for_address(page, t=str(int(t) + 2), beta="0", beside="0.99", lines="corrected")
    page.get_by_role("button", name="A sudden jump").click()
    page.locator(f"{PANEL} .verdict", has_text="β = 0.9 averages").wait_for()
    page.get_by_role("button", name="Another draw").click()
    address = {"lines": "corrected", "beside": "0.99", "series": "jump", "year": "1"}
    wait_for_address(page, **address)
    assert page.locator(f"{PANEL} .series input:checked").get_attribute("value") == "jump"


def test_a_real_training_is_averaged_and_its_weight_and_batch_are_turned(open_page):  # noqa: F811
    page = opened(open_page)
    page.get_by_role("button", name="A real training").click()
    panel = ".training-panel"
    page.locator(f"{panel}[data-paint]").wait_for()
    assert "times the average's" in text(page, f"{panel} .of-momentum")
    before = text(page, f"{panel} .of-momentum")
    press_key(page, f"{panel} .beta1", "ArrowLeft", 2)
    assert text(page, f"{panel} .of-momentum") != before
    press_key(page, f"{panel} .batch", "End")
    page.locator(f"{panel} .of-momentum", has_text="much of it is no noise").wait_for()
    page.locator(f"{panel} select").select_option(index=32)
    wait_for_address(page, panel="A real training", beta1="0.85", batch="0", weight="33")
    for screen in SCREENS:
        turn_to(page, screen)
        fits(settled(page))
    page.get_by_role("radio", name="Your own series").click()
    page.get_by_role("textbox").fill("10\n10\n12,5\n11")
    page.get_by_role("button", name="Use these values").click()
    page.locator(f"{PANEL} .series label", has_text="Your own").wait_for()
    assert "4 days and their average" in page.locator(f"{PANEL} .plot svg").get_attribute(
        "aria-label"
    )
    assert page.get_by_role("button", name="Another draw").count() == 0
    file = {"name": "own.csv", "mimeType": "text/csv", "buffer": b"kg;\n80,5;\n79,5;\n81;"}
    page.locator("input[type=file]").set_input_files(file)
    page.locator(f"{PANEL} .plot svg[aria-label^='3 days']").wait_for()
    wait_for_address(
        page, panel="Your own series", beta1="0.85", batch="0", weight="33", series="own",
        own="80.5_79.5_81", t="3",
    )  # fmt: skip
    for screen in SCREENS:
        turn_to(page, screen)
        fits(settled(page))


@pytest.mark.parametrize("screen", ["phone"])
def test_the_lesson_is_done_by_turning_beta(open_page, screen):  # noqa: F811
    page = opened(open_page, urlencode(PAGE.lesson.link(PAGE.lens)), screen)
    page.get_by_text("at most 10: not yet, now 49").wait_for()
    press_key(page, f"{PANEL} .beta", "ArrowLeft", 9)
    page.get_by_text("All goals are reached.").wait_for()


def test_the_tour_shows_what_is_on_the_page(open_page):  # noqa: F811
    page = opened(open_page)
    page.get_by_role("button", name="Take the tour").click()
    for stop in STOPS:
        page.get_by_role("dialog", name=stop.title).wait_for()
        page.keyboard.press("Enter")
