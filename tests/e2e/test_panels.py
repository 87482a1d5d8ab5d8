"""Panels that train, in a real browser: nothing is left of what stood there before."""

import pytest

from tests.e2e.test_app import open_page, settled  # noqa: F401

# Note, as often as the picture changes, how many copies of each text can be seen.
WATCH = """texts => {
  window.most = Object.fromEntries(texts.map(text => [text, 0]));
  window.both = false;
  const count = () => {
    const words = document.querySelector('[data-testid=stMain]')?.innerText ?? '';
    const copies = texts.map(text => words.split(text).length - 1);
    texts.forEach((text, k) => { window.most[text] = Math.max(window.most[text], copies[k]); });
    if (copies[1] && copies[2]) window.both = true;
    requestAnimationFrame(count);
  };
  count();
}"""


PANEL_OF = {
    "Normalising inputs": "Sets and inputs",
    "Splits": "Sets and inputs",
    "The weights": "What it changes",
    "Take it away": "Take away and teach",
    "Cures": "What cures it",
    "The maths": "Why",
}


def choose(page, part):
    """Open a part of a panel: two presses, or one where the panel has no other part."""
    main = page.get_by_test_id("stMain")
    main.get_by_role("radio", name=PANEL_OF[part], exact=True).click()
    if part != "Cures":
        main.get_by_role("radio", name=part, exact=True).click()


@pytest.mark.parametrize(
    ("name", "query", "last", "first", "said", "second", "then"),
    [
        (
            "bias_variance", "seed=11&epochs=60&samples=2000", "Where to go next:",
            "Normalising inputs", "Users come one at a time", "Splits", "is counted as",
        ),
        (
            "regularisation", "seed=13&epochs=60&batch_size=10", "Where to go next:",
            "The weights", "L1 against L2 at equal dev error",
            "Take it away", "plain NumPy program",
        ),
        (
            "vanishing", "seed=15&epochs=60&batch_size=10", "Next: where to start",
            "Cures", "Look into one of them", "The maths", "A layer adds up",
        ),
    ],
)  # fmt: skip
def test_nothing_is_left_of_what_trains(
    open_page, name, query, last, first, said, second, then  # noqa: F811
):  # fmt: skip
    page = open_page(name, f"{query}&panel={second}")
    page.evaluate(WATCH, [last, said, then])
    for panel, text in ((first, said), (second, then), (first, said)):
        choose(page, panel)  # while the one before still trains
        page.get_by_text(text).first.wait_for()
    page.get_by_role("button", name="Another seed").click()
    page.wait_for_function("() => /seed=1[246]/.test(location.search)")
    page.get_by_test_id("stProgress").first.wait_for(state="detached")
    settled(page)
    most = page.evaluate("window.most")
    assert (most[last], most[said]) == (1, 1)
    assert not page.evaluate("window.both")


def test_a_panel_of_a_network_at_rest_is_gone_when_it_learns_again(open_page):  # noqa: F811
    page = open_page("mnist", "samples=1000&epochs=500&panel=Take it away")
    script = page.get_by_text("plain NumPy program")
    script.wait_for()
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text("It can be taken away when it rests.").wait_for()
    assert script.count() == 0
    page.get_by_role("button", name="Stop", exact=True).click()
    script.wait_for()
