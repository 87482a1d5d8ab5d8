"""The whole app in a real browser: every page on every screen, and an address that keeps up."""

import itertools
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from engine.experiment.experiment import KNOBS
from pages._kit.site import sitemap
from pages._pages.registry import LENSES
from tests.e2e.conftest import ROOT, TWO_FRAMES, end, go, start
from tests.pages.test_pages import cheap

APP = "streamlit_app.py"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SCREENS = {"phone": (390, 844), "tablet": (1024, 768), "projector": (1440, 900)}
LEARNING_RATE = "Learning rate α"

SIDEWAYS = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .filter(e => e.scrollWidth > e.clientWidth).map(e => e.tagName + e.scrollWidth)"""

IS_SETTLED = """() => document.querySelector('h1, h2')?.checkVisibility()
  && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
  && !document.querySelector('[data-testid=stSkeleton]')"""

IS_DARK = """() => {
  const colour = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
  return colour.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) < 3 * 128;
}"""

# What the frame does is the same on every page: here are one with a player, a live one, a line-up.
# For each a link whose learning rate is none of those that the slider stops at.
FRAMED = {
    "xor": "learning_rate=0.07&seed=5",
    "mnist": "samples=1000&learning_rate=0.07&seed=5",
    "initialisation": "learning_rate=0.07&seed=5",
}

pages = pytest.mark.parametrize("name", PAGES)
framed = pytest.mark.parametrize("name", FRAMED)


class Watch(list[str]):
    """Whatever the browser complains of, and whomever it asks but the server itself."""

    def __init__(self, address):
        super().__init__()
        self.host = urlsplit(address).netloc
        self.listeners = {"pageerror": self.catch, "console": self.hear, "request": self.ask}

    def catch(self, error):
        self.append(f"exception: {error}")

    def hear(self, message):
        # The client probes for the server's base path on deep links; a 404 there is its answer.
        is_probe = "_stcore" in message.location.get("url", "")
        if message.type in ("error", "warning") and not is_probe:
            self.append(f"{message.type}: {message.text}")

    def ask(self, request):
        asked = urlsplit(request.url)
        if asked.scheme not in ("data", "blob") and asked.netloc != self.host:
            self.append(f"asked {asked.netloc}")


def address(base, name, query=""):
    path = "" if name == "home" else name
    return f"{base}/{path}?{query}" if query else f"{base}/{path}"


@pytest.fixture
def open_page(fresh, server):
    """Open a page of the app, as a new visit, and demand at the end that all was quiet."""
    watches = []

    def opened(name, query="", screen="projector", base=None):
        base = base or server(APP)
        width, height = SCREENS[screen]
        fresh.set_viewport_size({"width": width, "height": height})
        watches.append(Watch(base))
        for event, listener in watches[-1].listeners.items():
            fresh.on(event, listener)
        fresh.goto(address(base, name, query))
        return settled(fresh)

    yield opened
    for watch in watches:
        for event, listener in watch.listeners.items():
            fresh.remove_listener(event, listener)
    assert [list(watch) for watch in watches] == [[]] * len(watches)


def settled(page):
    """Wait until the page asks its question, the server is silent and every widget is drawn.

    The client fetches the code of a kind of widget when it first meets one; until then a skeleton
    stands in its place, which no key reaches.
    """
    page.wait_for_function(IS_SETTLED)
    return page


def parameters(page):
    """Return what the address says; a link that says anything says its version too."""
    said = {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}
    assert said.pop("v", None) == ("1" if said else None)
    return said


def wait_for_address(page, **expected):
    """Wait until the address says just this, and its version."""
    if expected:
        expected["v"] = "1"
    page.wait_for_function(
        "wanted => JSON.stringify([...new URLSearchParams(location.search)].sort()) === wanted",
        arg="[" + ",".join(f'["{name}","{text}"]' for name, text in sorted(expected.items())) + "]",
    )


def press(page, label, key):
    beside(page).get_by_role("slider", name=label).focus()
    page.keyboard.press(key)


def shown(page, label):
    """What a slider says its value is."""
    return beside(page).get_by_role("slider", name=label).get_attribute("aria-valuetext")


def is_at(page, label, text):
    """Wait until a slider says so, and the server agrees."""
    slider = beside(page).locator(f"input[aria-label='{label}'][aria-valuetext='{text}']")
    slider.wait_for(state="attached")
    settled(page)


def beside(page):
    """Where all of a page's knobs are; some of them stand in the picture as well."""
    return page.get_by_test_id("stSidebar")


def charts(page):
    """Wait until every chart has drawn its marks."""
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
             .every(e => e.querySelector('canvas, svg'))"""
    )


def turn_to(page, screen):
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(TWO_FRAMES)


def fits(page):
    """Demand that nothing sticks out at the side, and that nothing went wrong."""
    assert page.get_by_test_id("stException").count() == 0
    page.wait_for_function(f"() => ({SIDEWAYS})().length === 0")


def sideways(page):
    """Return what can be scrolled sideways but should not be."""
    return page.evaluate(SIDEWAYS)


# --- every page on every screen -------------------------------------------------------------------


@pages
def test_a_page_is_whole_and_quiet_everywhere_and_its_controls_are_reached_by_tab(open_page, name):
    page = open_page(name, screen="phone")
    for scheme, screen in itertools.product(("light", "dark"), SCREENS):
        page.emulate_media(color_scheme=scheme)
        turn_to(page, screen)
        heading = page.locator("h1, h2").first
        assert heading.is_visible()
        assert heading.inner_text().strip()
        fits(page)
        page.wait_for_function(f"() => ({IS_DARK})() === {json.dumps(scheme == 'dark')}")
    if name in LENSES:
        tab_reaches_the_controls(page, LENSES[name])


FOCUSED = """() => {
  let e = document.activeElement;
  while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  const box = e.closest('[data-testid=stSlider], [data-testid=stSelectbox]');
  return (box ?? e).innerText || e.getAttribute('aria-label') || e.tagName;
}"""


def tab_reaches_the_controls(page, lens):
    wanted = {"Copy link", "Another seed", *sitemap.sections()}
    for name in {"learning_rate", "activation"} & {*lens.knobs}:
        section = KNOBS[name].section
        wanted.add(KNOBS[name].label if section in lens.unfolded else section.capitalize())
    reached = []
    while wanted and len(reached) < 150:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        wanted = {label for label in wanted if label not in reached[-1]}
    assert wanted == set(), reached


# This panel trains for many seconds, whatever the link says: it has tests of its own.
LONG = "Mismatched sets"


@pages
def test_whatever_one_chooses_on_a_page_fits_and_is_quiet(open_page, name):
    lens = LENSES.get(name)
    page = open_page(name, urlencode(lens.write(cheap(lens, lens.defaults))) if lens else "")
    main = page.get_by_test_id("stMain")
    panels = main.get_by_role("radiogroup", name="Below the picture")
    group = panels if panels.count() else main.get_by_role("radiogroup").first
    screens = ("projector", "phone")
    for _ in each_choice(page, group):
        parts = main.get_by_role("radiogroup", name="In this panel")
        for _ in each_choice(page, parts) if parts.count() else [""]:
            # To and fro, so that the next is drawn anew on the screen that this one leaves.
            for screen in screens:
                turn_to(page, screen)
                settled(page)
                charts(page)
                fits(page)
            screens = screens[::-1]


def each_choice(page, group):
    """Choose all there is to choose in a group, one after the other, but what takes long."""
    choices = group.get_by_role("radio")
    for k, title in enumerate(choices.all_inner_texts()):
        if title == LONG:
            continue
        if choices.nth(k).get_attribute("aria-checked") != "true":
            choices.nth(k).click()
            page.wait_for_timeout(300)  # until the server is heard to be at work
        page.wait_for_function("e => e.ariaChecked === 'true'", arg=choices.nth(k).element_handle())
        settled(page)
        yield title


# --- links ----------------------------------------------------------------------------------------


@pytest.fixture
def fresh_server():
    """A server that nobody has asked for anything."""
    process, base = start(ROOT / APP)
    yield base
    end(process)


def test_the_first_link_into_a_fresh_server_shows_the_page(fresh_server, open_page):
    # every other page comes by the same entry, as the tests without a browser see
    page = open_page("xor", FRAMED["xor"], base=fresh_server)
    is_at(page, LEARNING_RATE, "0.07")
    wait_for_address(page, learning_rate="0.07", seed="5")
    assert page.get_by_role("dialog").count() == 0
    assert page.get_by_text("Page not found").count() == 0
    assert page.get_by_test_id("stTopNavSection").all_inner_texts() == [*sitemap.sections()]
    go(page, "Start")
    page.get_by_role("heading", name="Neural networks you can turn").wait_for()


@framed
def test_the_address_follows_a_knob_survives_a_reload_and_adds_nothing_to_the_history(
    open_page, name
):
    page = open_page("home")
    go(page, sitemap.page(name).title)
    page.wait_for_url(f"**/{name}")
    settled(page)
    length, before = page.evaluate("() => history.length"), shown(page, LEARNING_RATE)
    assert parameters(page) == {}
    turned(page, "ArrowRight")
    kept = parameters(page)
    is_at(page, LEARNING_RATE, kept["learning_rate"])
    page.reload()
    is_at(settled(page), LEARNING_RATE, kept["learning_rate"])
    assert parameters(page) == kept
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        turned(page, key)
    wait_for_address(page)  # which forgets the default
    is_at(page, LEARNING_RATE, before)
    assert page.evaluate("() => history.length") == length
    page.go_back()
    page.wait_for_url(re.compile(r"/$"))
    page.get_by_role("heading", name="Neural networks you can turn").wait_for()


def turned(page, key):
    """Turn the learning rate by a key and wait until the address follows."""
    before = page.url
    press(page, LEARNING_RATE, key)
    page.wait_for_function("before => location.href !== before", arg=before)


@framed
def test_a_link_is_copied_restored_on_return_and_a_value_between_the_stops_left_by_a_key(
    window, open_page, name
):
    query = FRAMED[name]
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page(name, query)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    assert page.url.endswith(f"/{name}?{query}&v=1")
    go(page, "Start")
    page.get_by_role("heading", name="Neural networks you can turn").wait_for()
    go(page, sitemap.page(name).title)
    page.locator("h2").wait_for()
    is_at(settled(page), LEARNING_RATE, "0.07")
    wait_for_address(page, **dict(pair.split("=") for pair in query.split("&")))
    press(page, LEARNING_RATE, "ArrowRight")
    is_at(page, LEARNING_RATE, "0.1")
    page.wait_for_function("() => !location.search.includes('0.07')")
    press(page, LEARNING_RATE, "ArrowRight")
    is_at(page, LEARNING_RATE, "0.3")
