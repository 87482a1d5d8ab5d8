"""The line-up in a real browser: what its tiles show, its one scrubber, and late arrivals."""

import json

import pytest

from pages._kit.lineup.wire import pack
from tests.e2e.conftest import TWO_FRAMES
from tests.e2e.lineups import side_by_side
from tests.e2e.stage import LINEUP, Stage

DEMO = "tests/e2e/apps/lineup_demo.py"


@pytest.fixture
def visit(page, server, problems):
    """Open the demo and return its line-up, painted; demand a clean console."""

    def opened(query=""):
        page.goto(f"{server(DEMO)}/?{query}")
        page.locator(".lineup[data-painted]").wait_for()
        return page.locator(".lineup")

    yield opened
    assert problems == []


@pytest.fixture
def stage(page):
    """A line-up of nothing yet, and without Streamlit around it."""
    return Stage(page, LINEUP)


@pytest.fixture
def show(stage, page, problems):
    """Show runs on the stage and return the line-up, painted; demand a clean console."""

    def shown(count=6, **chosen):
        stage.show(pack(**side_by_side(count, **chosen), title="Runs", start_frame=None))
        page.locator(".lineup[data-painted]").wait_for()
        return page.locator(".lineup")

    yield shown
    assert problems == []


def settle(page, lineup, condition):
    page.wait_for_function(f"e => {condition}", arg=lineup.element_handle())


def verdicts(lineup):
    said = lineup.locator(".verdict").all_inner_texts()
    assert all(" %" not in verdict for verdict in said)  # which would stand on a line by itself
    return [verdict.replace("\N{NO-BREAK SPACE}", " ") for verdict in said]


def readings(lineup):
    return lineup.locator("dd").all_inner_texts()


def told(page, epoch):
    """Wait until the server knows where the film rests."""
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('[data-testid=stText]')]"
        ".some(e => e.innerText === wanted)",
        arg=json.dumps({"epoch": epoch}),
    )


def test_every_entry_has_a_tile_with_its_letter_numbers_and_verdict(show):
    lineup = show(3)
    assert lineup.locator(".letter").all_inner_texts() == ["A", "B", "C"]
    assert lineup.locator("header strong").all_inner_texts() == ["zeros", "small", "large"]
    ends = readings(lineup)
    assert ends[0] == "50.0 %"
    for verdict, right in zip(verdicts(lineup), ends, strict=True):
        assert verdict == f"After epoch 200. Ends at {right} of the training points right."


def test_the_field_is_orange_where_class_1_is_likely_and_blue_where_class_0_is(show):
    lineup = show(5, layered=False)
    centre, corner = (
        lineup.locator(".tile")
        .nth(4)
        .locator("canvas")
        .first.evaluate(
            """canvas => [[0.5, 0.52], [0.05, 0.5]].map(([x, y]) => {
          const place = [Math.round(x * canvas.width), Math.round(y * canvas.height)];
          const [red, , blue] = canvas.getContext('2d').getImageData(...place, 1, 1).data;
          return red - blue;
        })"""
        )
    )
    assert centre > 0 > corner


def test_one_scrubber_moves_all_tiles_and_the_server_learns_where_it_rests(visit, page):
    lineup = visit("count=3")
    ends = readings(lineup)
    page.get_by_role("button", name="Back to the start").click()
    settle(page, lineup, "e.dataset.frame === '0'")
    assert readings(lineup)[1:] != ends[1:]
    told(page, 0.0)
    page.get_by_role("slider", name="Epoch").focus()
    page.keyboard.press("ArrowRight")
    settle(page, lineup, "e.dataset.epoch === '1'")
    page.keyboard.press("End")
    settle(page, lineup, "e.dataset.epoch === '200'")
    told(page, None)
    assert readings(lineup) == ends


def test_a_card_is_judged_at_the_end_and_nothing_moves_for_that(show, page):
    lineup = show(3)
    ended = verdicts(lineup)
    height = lineup.bounding_box()["height"]
    page.get_by_role("button", name="Back to the start").click()
    settle(page, lineup, "e.dataset.frame === '0'")
    (said, *_), right = verdicts(lineup), readings(lineup)[0]
    assert said == f"After epoch 0: training right {right}."
    assert lineup.bounding_box()["height"] == height
    page.keyboard.press("End")
    settle(page, lineup, "e.dataset.epoch === '200'")
    assert verdicts(lineup) == ended


def test_it_plays_to_its_end(show, page):
    lineup = show(2)
    page.get_by_label("Speed").select_option("8")
    page.get_by_role("button", name="Play").click()
    settle(page, lineup, "e.dataset.epoch === '200' && e.dataset.fps === undefined")
    page.get_by_role("button", name="Play").wait_for()


def test_a_click_into_a_chart_goes_to_that_epoch(show, page):
    lineup = show(2)
    canvas = lineup.locator(".charts canvas").first
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    settle(page, lineup, "+e.dataset.epoch > 60 && +e.dataset.epoch < 140")


def test_arrivals_come_in_place_and_the_film_stays_where_it_stood(visit, page):
    lineup = visit("count=3&arrived=1")
    assert lineup.locator(".note:visible").all_inner_texts() == ["training ..."] * 2
    page.get_by_role("button", name="Back to the start").click()
    for _ in range(4):
        page.get_by_role("button", name="One epoch forward").click()
    settle(page, lineup, "e.dataset.frame === '4'")
    epoch = lineup.get_attribute("data-epoch")
    lineup.evaluate("e => { e.querySelector('.tile canvas').mark = true; }")
    page.get_by_role("button", name="One more arrives").click()
    settle(page, lineup, "e.querySelectorAll('.note:not([hidden])').length === 1")
    assert lineup.get_attribute("data-epoch") == epoch
    assert lineup.evaluate("e => e.querySelector('.tile canvas').mark")  # nothing was built anew
    assert len(readings(lineup)) == 2


def test_it_goes_on_playing_while_others_arrive(visit, page):
    lineup = visit("count=3&arrived=1")
    page.get_by_label("Speed").select_option("0.25")
    page.get_by_role("button", name="Play").click()
    settle(page, lineup, "+e.dataset.frame > 1")
    page.get_by_role("button", name="One more arrives").click()
    settle(page, lineup, "e.querySelectorAll('.note:not([hidden])').length === 1")
    frame = int(lineup.get_attribute("data-frame"))
    assert frame < 40
    settle(page, lineup, f"+e.dataset.frame > {frame}")


def test_runs_without_a_plane_and_without_layers_have_numbers_and_curves(show):
    lineup = show(2, plane=False, layered=False)
    assert lineup.locator(".square:visible").count() == 0
    assert lineup.locator(".strips:visible").count() == 0
    assert len(readings(lineup)) == 2
    assert lineup.locator(".charts strong").all_inner_texts() == ["Cost", "Accuracy"]


def test_tiles_fill_a_wide_window_and_wrap_on_a_phone(show, page):
    lineup = show()
    for width, a_row in ((1440, 6), (390, 2)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(TWO_FRAMES)
        tops = [tile.bounding_box()["y"] for tile in lineup.locator(".tile").all()]
        assert tops.count(tops[0]) == a_row
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_picture_shows_is_said_in_words(show):
    lineup = show(2)
    lineup.locator("canvas:not([aria-label])").first.wait_for(state="detached")
    labels = [canvas.get_attribute("aria-label") for canvas in lineup.locator("canvas").all()]
    assert len(labels) == 2 * 2 + 4
    assert all(labels)
    words = lineup.inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Epoch 200 of 200, training right: A zeros 50.0 %" in words
