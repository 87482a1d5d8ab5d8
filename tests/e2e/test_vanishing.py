"""The page on depth in a real browser: the wildest corner, and a race that is watched."""

import re

APP = "streamlit_app.py"
DEEP = "-".join(["64"] * 50)
WILD = f"hidden={DEEP}&activation=relu&initializer=large&learning_rate=1000"


def open_page(page, base, query=""):
    page.goto(f"{base}/vanishing?{query}")
    page.get_by_text("Before training.").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def test_the_wildest_corner_has_its_pictures_and_is_quiet(page, server, problems):
    open_page(page, server(APP), WILD)
    page.get_by_text("larger than float64 can hold").wait_for()
    count = "() => document.querySelectorAll('[data-testid=stVegaLiteChart] {}').length"
    page.wait_for_function(f"{count.format('svg')} === 3")  # curves of sizes, and of powers of w
    page.wait_for_function(f"{count.format('canvas')} === 2")  # the maps
    assert page.get_by_test_id("stException").count() == 0
    assert problems == []


def test_the_race_shows_progress_can_be_stopped_and_comes_to_its_end(page, server, problems):
    open_page(page, server(APP), "panel=The+literature%2C+live&depth=20")
    page.get_by_role("button", name="Run it").click()
    page.get_by_text(re.compile(r"^Training, \d+ % done, about [\d.]+ (s|min|h) left$")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text(re.compile(r"^Stopped, \d+ % done, about")).wait_for()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Both trained for 3 epochs").wait_for()
    page.get_by_text("With 20 hidden layers the He start reads").wait_for()
    assert page.get_by_test_id("stException").count() == 0
    assert problems == []
