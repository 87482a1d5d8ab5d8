"""The page on bias and variance in a real browser: what only a browser shows."""

from tests.e2e.test_app import LEARNING_RATE, charts, fits, open_page, press, settled, turn_to  # noqa: F401

PAGE = "bias_variance"
MISMATCHED = "Mismatched sets"
LAST = "All 60,000 digits"  # what the page ends with

# So small that the panel on mismatched sets, which trains 18 of these, takes about a second.
SHIFTED = (
    "dataset=mnist&samples=1000&dev_fraction=0.25&shift=blurred&hidden=16&activation=relu"
    "&optimizer=gradient_descent&learning_rate=0.3&batch_size=32&epochs=4"
)


def choose(page, panel):
    page.get_by_test_id("stMain").get_by_role("radio", name=panel).click()
    return settled(page)


def wait_for(page, text):
    page.get_by_text(text).first.wait_for()
    return settled(page)


def test_the_recipe_is_followed_and_walked_back(open_page):  # noqa: F811
    page = open_page(PAGE)
    wait_for(page, "High variance")
    page.get_by_role("button", name="More data").click()
    wait_for(page, "1. More data")
    page.wait_for_function("() => location.search.includes('path=')")
    charts(page)
    both_screens_fit(page)
    page.get_by_role("button", name="Go back").first.click()
    page.get_by_text("The path so far").wait_for(state="detached")
    wait_for(page, "High variance")


def test_a_case_is_drawn_as_it_learns_and_ends_in_its_verdict(open_page):  # noqa: F811
    page = open_page(PAGE)
    page.get_by_role("button", name="1 / 11 %").click()
    wait_for(page, "What do these have in common?")
    page.get_by_role("heading", name="High variance", exact=True).wait_for()
    charts(page)


def test_a_guess_comes_before_the_verdict_by_keyboard_alone(open_page):  # noqa: F811
    page = open_page(PAGE, "guess=1")
    assert page.get_by_text("You are here").count() == 0
    page.get_by_role("button", name="Variance", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show the verdict", exact=True).focus()
    page.keyboard.press("Enter")
    wait_for(page, "As you said.")
    page.get_by_text("You are here").wait_for()


def test_the_test_set_is_opened_by_a_button_and_sealed_again_by_a_knob(open_page):  # noqa: F811
    page = open_page(PAGE)
    page.get_by_role("button", name="Open the test set").click()
    wait_for(page, "The test set has been opened 1 time in this visit.")
    press(page, LEARNING_RATE, "ArrowRight")
    wait_for(page, "Opened 1 time in this visit.")
    page.get_by_role("button", name="Open the test set").wait_for()


def test_panels_that_train_are_complete_in_the_end(open_page):  # noqa: F811
    page = open_page(PAGE, "samples=200&epochs=30&hidden=8&starts=3")
    choose(page, "More data, more units")
    wait_for(page, "Median and quartiles of 3 seeds: with 10 training samples")
    choose(page, "Sets and inputs")
    choose(page, "Normalising inputs")
    wait_for(page, "What is wrong with it is the leak")
    charts(page)


def test_while_a_panel_trains_nothing_is_left_of_the_one_before_and_it_fits(open_page):  # noqa: F811
    page = open_page(PAGE, "panel=Splits&seed=3")
    main = page.get_by_test_id("stMain")
    main.get_by_role("radio", name=MISMATCHED).click()
    page.get_by_test_id("stProgress").get_by_text("Training,").wait_for()
    assert main.get_by_text(LAST).count() == 1
    both_screens_fit(page)


def test_a_study_of_mismatched_sets_comes_to_its_end(open_page):  # noqa: F811
    page = open_page(PAGE, f"{SHIFTED}&panel={MISMATCHED}&seed=3")
    wait_for(page, "Median and quartiles of 3 seeds.")
    assert page.get_by_test_id("stMain").get_by_text(LAST).count() == 1
    charts(page)
    both_screens_fit(page)


def both_screens_fit(page):
    for screen in ("projector", "phone"):
        turn_to(page, screen)
        fits(page)
