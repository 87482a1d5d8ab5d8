"""A training on digits, watched in a real browser: start, stop, go on, leave, return."""

import re

import pytest

APP = "streamlit_app.py"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
LEARNING_RATE = "Learning rate α"
LONG = "epochs=50"  # more than anybody waits for, so that a stop comes before the end


@pytest.fixture
def visitor(browser, server, problems):
    """Open the page as a new visitor; the browser must have nothing to complain of."""
    contexts = []

    def opened(query=""):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        problems.watch(page)
        page.goto(f"{server(APP)}/mnist?{query}")
        page.get_by_text(re.compile("^After 5 epochs on 60,000 digits")).wait_for()
        at_rest(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


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


def stops(page):
    """Press Stop and wait until the page offers to go on."""
    press(page, "Stop")
    page.get_by_role("button", name="Go on", exact=True).wait_for()
    at_rest(page)


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
    assert progress(page).startswith("Epoch 5.0 of 5 · ")
    assert 95 <= accuracy(sentence(page)) <= 98
    assert page.get_by_role("button", name="Stop", exact=True).is_disabled()


def test_a_training_moves_stops_and_goes_on_to_its_end(visitor):
    page = visitor("epochs=10&seed=1")
    press(page, "Train")
    starts(page, 10)
    moves(page, 2)
    stops(page)
    halted = progress(page)
    assert epoch(page) < 10
    assert page.get_by_role("button", name="Train", exact=True).is_enabled()
    press(page, "Go on")
    said = finishes(page, 10)
    assert progress(page) != halted
    assert said.startswith("After 10 epochs on 60,000 digits ")
    assert 95 <= accuracy(said) <= 98


def test_the_progress_is_told_while_it_moves(visitor):
    page = visitor(LONG)
    press(page, "Train")
    starts(page, 50)
    said = moves(page, 8)
    epochs = [float(re.match(r"Epoch ([\d.]+) of 50 ", text)[1]) for text in said]
    assert epochs == sorted(epochs)
    assert all(" digits a second" in text for text in said)
    stops(page)


def test_stop_is_heard_long_before_the_end(visitor):
    page = visitor(LONG)
    press(page, "Train")
    starts(page, 50)
    stops(page)
    halted = progress(page)
    assert epoch(page) < 50
    page.get_by_text("The first test digits").click()  # a rerun that must not train on
    at_rest(page)
    assert progress(page) == halted


def test_a_training_that_was_stopped_and_one_that_was_not_end_alike(visitor):
    one, other = visitor("epochs=10&seed=2"), visitor("epochs=10&seed=2")
    press(one, "Train")
    whole = finishes(one, 10)
    press(other, "Train")
    starts(other, 10)
    stops(other)
    press(other, "Go on")
    assert finishes(other, 10) == whole


def test_a_knob_moved_while_training_leaves_the_training_alone(visitor):
    page = visitor(LONG)
    press(page, "Train")
    starts(page, 50)
    page.get_by_role("slider", name=LEARNING_RATE).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("These curves are from other settings: Learning rate").wait_for()
    page.wait_for_function("() => location.search.includes('learning_rate=')")
    before = epoch(page)
    moves(page, 3)
    assert epoch(page) >= before
    stops(page)
    page.get_by_role("slider", name=LEARNING_RATE).focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("These curves are from other settings").wait_for(state="detached")


def test_leaving_the_page_and_coming_back_keeps_the_training(visitor):
    page = visitor("epochs=2&samples=30000&seed=3")
    press(page, "Train")
    said = finishes(page, 2)
    drawn = progress(page)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="XOR").click()
    page.get_by_text("Which network can tell XOR apart?").wait_for()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="MNIST").click()
    page.get_by_text("After 2 epochs on 30,000 digits").wait_for()
    at_rest(page)
    assert (sentence(page), progress(page)) == (said, drawn)
    assert page.get_by_text("These curves are from other settings").count() == 0


def test_a_training_left_under_way_goes_on_when_one_comes_back(visitor):
    page = visitor(LONG)
    press(page, "Train")
    starts(page, 50)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="XOR").click()
    page.get_by_text("Which network can tell XOR apart?").wait_for()
    at_rest(page)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="MNIST").click()
    starts(page, 50)
    moves(page, 2)
    stops(page)


def test_two_visitors_train_at_once_and_get_the_same(visitor):
    pages = [visitor("epochs=20&seed=4") for _ in range(2)]
    for page in pages:  # each is watched at once: a training of some seconds is soon over
        press(page, "Train")
        starts(page, 20)
    one, other = (finishes(page, 20) for page in pages)
    assert one == other


def test_one_visitor_stops_without_stopping_the_other(visitor):
    one, other = visitor(LONG), visitor(LONG)
    for page in (one, other):
        press(page, "Train")
        starts(page, 50)
    stops(one)
    halted = progress(one)
    moves(other, 3)
    assert progress(one) == halted
    stops(other)


def test_a_training_that_diverges_says_so(visitor):
    page = visitor("learning_rate=1000&l2=1000&samples=1000&epochs=5")
    press(page, "Train")
    page.get_by_text("training diverged. A smaller learning rate helps.").wait_for()
    page.get_by_role("button", name="Train", exact=True, disabled=False).wait_for()
    at_rest(page)
    assert page.get_by_test_id("stException").count() == 0
