"""The coach in a real browser: one click mends a run, and what is turned off stays off."""

from tests.e2e.conftest import go

APP = "streamlit_app.py"


def test_a_click_mends_a_run_and_the_coach_can_be_silenced(page, server, problems):
    page.goto(f"{server(APP)}/xor?learning_rate=100")
    page.get_by_text("The coach sees one thing to mend.").wait_for()
    page.get_by_role("button", name="Set learning rate α to 2").click()
    page.get_by_text("The coach sees nothing to mend").wait_for()
    page.wait_for_function("() => !location.search.includes('learning_rate')")
    page.get_by_text("Coach", exact=True).click()
    page.get_by_text("The coach is off.").wait_for()
    go(page, "MNIST")
    page.wait_for_url("**/mnist")
    page.get_by_text("The coach is off.").wait_for()
    assert page.get_by_text("The coach sees").count() == 0
    assert problems == []
