"""The page of batch sizes in a browser: one switch, another axis, another one is ahead."""

from tests.e2e.conftest import TWO_FRAMES
from tests.e2e.test_hot_knobs import PICTURES, drag

APP = "streamlit_app.py"

# What the line-up shows: which axis, what is said, and how far each run is.
SHOWN = """e => ({
  unit: e.lineup.movie.unit,
  isLogarithmic: e.lineup.movie.clock.domain.logarithmic,
  said: e.querySelector('[data-role=caption]').textContent.replaceAll('\\u00a0', ' '),
  costs: [...e.querySelectorAll('.tile dd:first-of-type')].map(cost => cost.textContent),
  updates: [...e.querySelectorAll('.tile div:nth-child(2) > dd')].map(dd => dd.textContent),
})"""


def by(page, name):
    return page.get_by_role("radio", name=name, exact=True)


def now(page, lineup):
    page.evaluate(TWO_FRAMES)
    return lineup.evaluate(SHOWN)


def test_the_switch_changes_axis_and_winner_at_once_and_every_run_is_where_it_was_then(
    page, server, problems
):
    page.goto(f"{server(APP)}/batches")
    lineup = page.locator(".lineup[data-painted]")
    lineup.wait_for()
    page.get_by_test_id("stProgress").wait_for(state="detached")
    version = lineup.get_attribute("data-version")

    by_updates = now(page, lineup)
    assert (by_updates["unit"], by_updates["isLogarithmic"]) == ("Update", True)
    assert by_updates["said"].startswith("B = m is ahead.")
    assert by_updates["updates"] == ["6,000", "390", "30"]

    page.locator(".clocks label", has_text="Epochs").click()
    by_epochs = now(page, lineup)  # before any answer of the server
    assert (by_epochs["unit"], by_epochs["isLogarithmic"]) == ("Epoch", False)
    assert by_epochs["said"].startswith("B = 1 is ahead after 30 epochs.")
    page.wait_for_function("() => location.search.includes('clock=epochs')")
    assert lineup.get_attribute("data-version") == version  # nothing has been trained anew

    # Halfway through the epochs each has had half of its updates.
    scrub = lineup.locator("[name=scrub]")
    scrub.fill("50")
    halfway = now(page, lineup)
    assert halfway["said"].startswith("Epoch 15 of 30, cost: A B = 1, stochastic ")
    assert halfway["updates"] == ["3,000", "195", "15"]
    assert halfway["costs"] != by_epochs["costs"]

    # At the same number of updates all have had as many, until one is at its end.
    by(page, "Epochs").focus()
    page.keyboard.press("ArrowLeft")
    assert by(page, "Updates").is_checked()
    page.wait_for_function("() => !location.search.includes('clock')")
    same = now(page, lineup)
    assert same["unit"] == "Update"
    assert same["updates"][0] != halfway["updates"][0]
    assert same["updates"][2] == "30"
    scrub.fill("10")
    assert len(set(now(page, lineup)["updates"])) == 1

    page.locator(".clocks label", has_text="Seconds").click()
    assert now(page, lineup)["unit"] == "Time"
    scrub.fill(scrub.get_attribute("max"))
    assert " ms with B = m" in now(page, lineup)["said"]

    # While a knob is dragged the picture follows, by the clock that was chosen.
    lineup.evaluate(PICTURES)
    drag(page, "Learning rate α", 0.5, 0.7)
    page.wait_for_function("() => window.pictures.size > 1")
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('learning_rate')")
    assert now(page, lineup)["unit"] == "Time"
    assert "clock=seconds" in page.url
    assert problems == []


def test_digits_are_timed_as_well_and_the_panels_are_drawn_without_a_complaint(
    page, server, problems
):
    digits = "dataset=mnist&samples=500&hidden=16&learning_rate=0.1&epochs=1&sizes=1.64.512.0"
    page.goto(f"{server(APP)}/batches?{digits}&clock=seconds&panel=Noise+of+the+gradient")
    lineup = page.locator(".lineup[data-painted]").first
    lineup.wait_for()
    page.get_by_test_id("stProgress").wait_for(state="detached")
    assert lineup.locator("header strong").all_inner_texts()[-1] == "B = m = 500, full batch"
    assert lineup.locator(".square:visible").count() == 0  # there is no plane to be drawn
    row = page.get_by_role("radiogroup", name="Below the picture")
    for panel, sentence in (
        ("", "Dots: measured over up to 32 mini-batches"),
        ("Paths", "updates with α ="),
        ("Cutting m", "an epoch has 5,000 updates"),
        ("Which size?", "The notes' rule for m = 500"),
    ):
        if panel:
            row.get_by_role("radio", name=panel).click()
        told = page.get_by_test_id("stCaptionContainer").filter(has_text=sentence)
        told.first.wait_for()
    assert problems == []
