"""A training on digits, watched in a real browser: start, stop, go on, leave, return."""

import re

import pytest

from tests.e2e.conftest import LIMIT, SCREEN, TWO_FRAMES, go
from tests.e2e.test_hot_knobs import drag

APP = "streamlit_app.py"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
LEARNING_RATE = "Learning rate α"
SHORT = "epochs=3&samples=10000&seed=4"
ENDLESS = "epochs=500&seed=4"  # so that whatever a test does comes before the end


@pytest.fixture
def visitor(page, server, problems):
    """Open the page as a new visitor; the browser must have nothing to complain of."""
    yield lambda query="": come(page, server(APP), query)
    assert problems == []


@pytest.fixture
def another_visitor(browser, server, problems):
    """Open the page as somebody else, from another browser."""
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    with problems.watching(page):
        yield lambda query="": come(page, server(APP), query)
    context.close()


def come(page, address, query):
    page.set_default_timeout(LIMIT)
    page.goto(f"{address}/mnist?{query}")
    page.get_by_text(re.compile(r"^After \d+ epochs on ")).wait_for()
    at_rest(page)
    return page


def at_rest(page):
    page.locator(AT_REST).wait_for()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def progress(page):
    return page.get_by_test_id("stProgress").inner_text().strip()


def epoch(page):
    """How far the training is, in epochs, as the page says it."""
    return float(re.match(r"Epoch ([\d.]+) of", progress(page))[1])


def starts(page, epochs):
    """Wait until a training of so many epochs is under way."""
    page.wait_for_function(
        """epochs => {
          const text = document.querySelector('[data-testid=stProgress]')?.innerText ?? '';
          const [, at, all] = text.match(/Epoch ([0-9.]+) of ([0-9]+)/) ?? [];
          return all === epochs && +at > 0 && +at < +all;
        }""",
        arg=str(epochs),
    )


def moves(page, times):
    """Wait until the progress has said something new so many times; return what it said."""
    said = [progress(page)]
    for _ in range(times):
        page.wait_for_function(
            "said => document.querySelector('[data-testid=stProgress]').innerText.trim() !== said",
            arg=said[-1],
        )
        said.append(progress(page))
    return said


def pauses(page):
    """Press Pause and wait until the page offers to go on."""
    press(page, "Pause")
    page.get_by_role("button", name="Continue", exact=True, disabled=False).wait_for()
    at_rest(page)


def paused_at(page):
    return re.match(r"Paused at epoch ([\d.]+) of", progress(page))[1]


def sentence(page):
    return page.get_by_text(re.compile("^After .* of the 10,000 test digits are read")).inner_text()


def finishes(page, epochs):
    """Wait for the end of a training and return what the page says of it."""
    page.get_by_text(re.compile(f"^After {epochs} epochs")).wait_for()
    page.get_by_test_id("stProgress").get_by_text(re.compile(rf"^Epoch {epochs}\.0 of")).wait_for()
    page.get_by_role("button", name="Train", exact=True, disabled=False).wait_for()
    at_rest(page)
    return sentence(page)


def accuracy(said):
    return float(re.search(r"([\d.]+) % of the 10,000 test digits", said)[1])


def test_it_opens_with_a_finished_training(visitor):
    page = visitor()
    assert progress(page).startswith("Epoch 5.0 of 5 · trained in ")
    assert 95 <= accuracy(sentence(page)) <= 98
    assert page.get_by_role("button", name="Stop", exact=True).is_disabled()


def test_a_training_moves_pauses_and_goes_on(visitor):
    page = visitor(ENDLESS)
    press(page, "Train")
    starts(page, 500)
    said = moves(page, 6)
    epochs = [float(re.match(r"Epoch ([\d.]+) of 500 ", text)[1]) for text in said]
    assert epochs == sorted(epochs)
    assert all(re.search(r" epochs or [\d,]+ digits a second · about ", text) for text in said[1:])
    pauses(page)
    halted = paused_at(page)
    page.get_by_text("Take away and teach").click()
    page.get_by_text("The maths").click()  # reruns that must not train on
    page.get_by_text("Ten equal probabilities cost").wait_for()
    at_rest(page)
    assert paused_at(page) == halted
    press(page, "Continue")
    moves(page, 2)
    press(page, "Stop")


def test_a_knob_turned_while_it_trains_is_marked_and_another_network_begins_anew(visitor):
    page = visitor(ENDLESS)
    press(page, "Train")
    starts(page, 500)
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("slider", name=LEARNING_RATE).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text(
        re.compile("^Turned on the way: at epoch .* Learning rate α 0.1 → ")
    ).wait_for()
    moves(page, 2)
    sidebar.get_by_role("slider", name="Hidden layers").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("Turned on the way").wait_for(state="detached")
    moves(page, 2)
    press(page, "Stop")
    page.get_by_text(re.compile(r"Epoch [\d.]+ of 500 · stopped in ")).wait_for()


def test_a_training_left_under_way_goes_on_when_one_comes_back(visitor):
    page = visitor(ENDLESS)
    press(page, "Train")
    starts(page, 500)
    go(page, "XOR")
    page.get_by_text("Which network can compute XOR?").wait_for()
    at_rest(page)
    go(page, "MNIST")
    starts(page, 500)
    moves(page, 2)
    press(page, "Stop")
    page.get_by_text(re.compile(r"Epoch [\d.]+ of 500 · stopped in ")).wait_for()
    halted = progress(page)
    go(page, "XOR")
    page.get_by_text("Which network can compute XOR?").wait_for()
    go(page, "MNIST")
    page.get_by_test_id("stProgress").wait_for()
    at_rest(page)
    assert progress(page) == halted


def test_of_two_who_train_at_once_one_pauses_and_both_end_with_the_same(another_visitor, visitor):
    first, second = visitor(ENDLESS), another_visitor(ENDLESS)
    for page in (first, second):
        press(page, "Train")
        starts(page, 500)
    pauses(first)
    halted = paused_at(first)
    moves(second, 2)
    assert paused_at(first) == halted
    press(second, "Stop")  # or it takes turns with what follows

    first, second = visitor(SHORT), another_visitor(SHORT)
    press(first, "Again from the same start")
    first.get_by_test_id("stProgress").get_by_text("not trained yet").wait_for()
    at_rest(first)  # or what is pressed next is still about the training before
    press(first, "One mini-batch")  # which pauses by itself, in the middle of an epoch
    first.get_by_test_id("stProgress").get_by_text("Paused at epoch").wait_for()
    halted = progress(first)
    press(second, "Train")
    reached = finishes(second, 3)
    assert progress(first) == halted
    press(first, "Continue")
    assert finishes(first, 3) == reached


def test_what_is_drawn_is_read_by_the_network_as_it_learns(visitor):
    page = visitor(ENDLESS)
    page.get_by_role("radio", name="Write to it").click()
    page.get_by_role("img", name=re.compile("Draw", re.I)).or_(
        page.locator("canvas")
    ).first.wait_for()
    press(page, "Train")
    starts(page, 500)
    moves(page, 3)
    pauses(page)
    assert page.get_by_test_id("stException").count() == 0


# --- the first screen -----------------------------------------------------------------------------


def test_digits_what_they_are_read_as_and_the_pad_are_on_the_first_screen(visitor):
    page = visitor()
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(TWO_FRAMES)
        boxes = [
            page.get_by_test_id("stVegaLiteChart").first.bounding_box(),
            page.get_by_text(re.compile(r"^It reads \d+ of these 24 right")).bounding_box(),
            page.locator(".quick").bounding_box(),
        ]
        if width > 390:
            boxes.append(page.get_by_text(re.compile("^After .* digits are read")).bounding_box())
        for box in boxes:
            assert box["y"] > 0
            assert box["y"] + box["height"] <= height + 1
            assert box["x"] + box["width"] <= width + 1


def test_a_hot_knob_shows_a_shorter_training_while_it_is_dragged_and_the_whole_one_then(visitor):
    page = visitor("seed=5")
    before = accuracy(sentence(page))
    drag(page, LEARNING_RATE, 0.5, 0.2)
    page.get_by_text(re.compile("^While you drag, each network is trained for 1 epoch")).wait_for()
    page.get_by_text(re.compile("^After 1 epoch on 50,000 digits")).wait_for()
    page.mouse.up()
    page.get_by_text(re.compile("^After 5 epochs .* Grey, before: ")).wait_for()
    page.get_by_text(re.compile("^While you drag")).wait_for(state="detached")
    at_rest(page)
    assert accuracy(sentence(page)) != before
    assert "learning_rate=" in page.url


def test_what_is_written_beside_the_training_can_be_taken_to_the_panel(visitor):
    page = visitor()
    pad = page.locator(".quick canvas")
    box = pad.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + box["height"] - 40, steps=8)
    page.mouse.up()
    page.locator(".quick[data-strokes='1']").wait_for()
    said = page.locator(".quick").get_attribute("data-sentence")
    page.locator(".quick").get_by_role("button", name="More").click()
    panel = page.locator(".drawing:not(.quick)")
    page.locator(".drawing:not(.quick)[data-strokes='1']").wait_for()
    assert panel.get_attribute("data-sentence") == said
