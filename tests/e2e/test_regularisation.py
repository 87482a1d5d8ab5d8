"""The regularisation page in a real browser: panels are quiet, and a sweep arrives by itself."""

from tests.e2e.test_app import sideways

APP = "streamlit_app.py"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
PARTS = {
    "The weights": "What it changes",
    "Dropout": "What it changes",
    "Why it helps": "Why it works",
    "How strong?": "How much of it",
    "The maths": "Why it works",
}


def opened(page, base, query=""):
    page.goto(f"{base}/regularisation?{query}")
    page.locator(".tile").nth(5).wait_for()
    page.locator(AT_REST).wait_for()
    return page


def chosen(page, panel, part):
    """Choose a part of a panel; a regulariser may have the same name."""
    below = page.locator("[class*=st-key-regularisation-panel]")
    below.get_by_text(panel, exact=True).click()
    below.get_by_text(part, exact=True).click()


def test_six_runs_and_every_panel_fit_a_tablet_and_one_can_be_taken_off_by_keyboard(
    page, server, problems
):
    page.set_viewport_size({"width": 1024, "height": 768})
    opened(page, server(APP), "epochs=10&hidden=4-3")
    assert page.locator(".tile").count() == 6  # a link that does not say which means all
    for part, panel in PARTS.items():
        chosen(page, panel, part)
        page.wait_for_function(
            "part => new URLSearchParams(location.search).get('panel') === part", arg=part
        )
        page.locator(AT_REST).wait_for()
        assert sideways(page) == [], part
        assert page.get_by_test_id("stException").count() == 0
    page.get_by_role("button", name="Early stopping", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('shown=')")
    page.locator(".tile").nth(5).wait_for(state="detached")
    assert page.locator(".tile").count() == 5
    assert problems == []


def test_a_sweep_is_drawn_as_it_comes_and_comes_to_its_end(page, server, problems):
    opened(page, server(APP), "seed=77&epochs=200")
    chosen(page, "How much of it", "How strong?")
    page.get_by_text("Best of the").wait_for()  # while the later settings are being trained
    page.get_by_text("% done").first.wait_for(state="hidden")
    page.get_by_text("Best: λ = ").wait_for()
    assert problems == []
