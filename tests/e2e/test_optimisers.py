"""The race of optimisers in a browser: its start follows the hand, its film the time bar."""

import json

from pages._optimisers.stops import STOPS
from tests.e2e.test_app import fits, open_page, settled, wait_for_address  # noqa: F401

RACE = ".race[data-painted]"
DRAWN = "e => ({...e.dataset, from: e.race.from, k: e.race.movie.methods.map(m => m.settled)})"
PASSED = """(e, [name, least]) => new Promise(done => {
  const look = () => Number(e.dataset[name]) > least ? done() : requestAnimationFrame(look);
  look();
})"""


def now(page):
    return page.locator(RACE).evaluate(DRAWN)


def wait_until(page, name, least):
    """Wait until what the race says of itself, a number, is more than this."""
    page.locator(RACE).evaluate(PASSED, [name, int(least)])


def middle(page):
    box = page.locator(".race .ground canvas").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def test_the_start_is_dragged_by_hand_and_by_key_and_all_follow(open_page):  # noqa: F811
    page = open_page("optimisers")
    page.locator(RACE).wait_for()
    before = now(page)
    x, y, width = middle(page)
    page.mouse.move(x - width / 4, y - 60)
    page.mouse.down()
    answered = [int(before["answered"])]
    for step in range(3):
        page.mouse.move(x - width / 4 + 30 * step, y - 60)
        wait_until(page, "answered", answered[-1])
        answered.append(int(now(page)["answered"]))
    assert answered == sorted(set(answered))
    dragged = now(page)
    assert dragged["from"] != before["from"]
    assert page.evaluate("location.search") == ""  # the page itself follows when it is let go
    page.mouse.up()
    page.wait_for_function("() => new URLSearchParams(location.search).has('from')")
    settled(page)
    rested = now(page)
    start = [float(part) for part in page.evaluate(
        "new URLSearchParams(location.search).get('from').split('_')"
    )]  # fmt: skip
    assert start == rested["from"] == dragged["from"]
    page.get_by_role("button", name="Where all start:").focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, "answered", rested["answered"])
    assert now(page)["from"][0] > rested["from"][0]
    page.get_by_role("button", name="Take the tour").click()
    for k, stop in enumerate(STOPS):
        page.get_by_role("dialog", name=stop.title).get_by_text(
            f"{k + 1} of {len(STOPS)}"
        ).wait_for()
        page.keyboard.press("Enter")


def test_it_plays_steps_and_rests_and_rates_are_set_row_by_row(open_page):  # noqa: F811
    page = open_page("optimisers", "steps=100&kappa=30")
    race = page.locator(RACE)
    race.wait_for()
    race.focus()
    page.keyboard.press("Home")
    page.locator(".race[data-frame='0']").wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_text("Step 1 of 100", exact=True).wait_for()
    wait_for_address(page, steps="100", kappa="30", at="1")
    for _ in range(3):
        page.keyboard.press("]")
    page.keyboard.press(" ")
    wait_until(page, "frame", 60)
    page.locator(".race[data-frame='100']").wait_for()
    wait_for_address(page, steps="100", kappa="30")
    page.get_by_label("α of Adam", exact=True).select_option("1")
    wait_for_address(page, steps="100", kappa="30", rates="0_0_0_0_0_1_0")
    page.get_by_label("α for all").select_option("0.01")
    wait_for_address(page, steps="100", kappa="30", rates="_".join(["0.01"] * 7))
    page.locator("tr", has_text="RMSprop").get_by_role("checkbox").uncheck()
    page.wait_for_function("() => new URLSearchParams(location.search).has('run')")
    assert "rmsprop" not in page.evaluate("new URLSearchParams(location.search).get('run')")
    assert "RMSprop" not in page.locator(".race .ground canvas").get_attribute("aria-label")


def test_a_network_is_raced_on_a_phone_in_the_dark(open_page, fresh):  # noqa: F811
    fresh.emulate_media(color_scheme="dark")
    page = open_page("optimisers", "on=path&panel=Stability", screen="phone")
    page.locator(RACE).wait_for()
    fits(page)
    label = page.locator(".race .ground canvas").get_attribute("aria-label")
    assert label.startswith("A network: where its run went from above")
    page.get_by_text("is highest at epoch").wait_for()
    assert json.dumps(now(page)["k"]) != "[]"
