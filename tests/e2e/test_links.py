"""A link carries the whole page: a fresh browser shows the same picture, pixel for pixel."""

from base64 import b64encode
from contextlib import ExitStack
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest

from pages._pages.registry import LENSES
from tests.e2e.conftest import LIMIT, SCREEN, Problems
from tests.e2e.test_app import APP, settled
from tests.pages.offers import dial_at_the_ends, random_experiment
from tests.pages.test_pages import cheap

LINKS = [(list(LENSES.values())[k % len(LENSES)], k // len(LENSES)) for k in range(12)]
"""Pages in turn, each time with other knobs."""

PICTURES = (
    ".player[data-refined=true], .lineup[data-painted], .matrices[data-painted], "
    ".race[data-painted], .turns[data-paint], "
    "[data-testid=stDataFrame], [data-testid=stVegaLiteChart]"
)
IS_STILL = """() => {
  const bar = document.querySelector('[data-testid=stMain] [data-testid=stProgress]');
  return !bar || / · (trained|stopped) in /.test(bar.innerText);
}"""


# Whether a rounded corner's edge is rounded this way or that is up to where the browser begins a
# tile: it is left out, wherever it is.
SQUARE_CORNERS = """() => {
  const square = root => {
    const style = document.createElement('style');
    style.textContent = '* { border-radius: 0 !important; }';
    (root.head ?? root).append(style);
    for (const element of root.querySelectorAll('*'))
      if (element.shadowRoot) square(element.shadowRoot);
  };
  square(document);
}"""


# A picture that begins between two pixels has its letters on this line or on the next, as it was
# when it was first drawn: so it is drawn anew.
DRAWN_ANEW = """element => {
  const { display } = element.style;
  element.style.display = 'none';
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
    element.style.display = display;
    requestAnimationFrame(() => requestAnimationFrame(done));
  })));
}"""


def random_link(lens, seed):
    """Return the link of a page whose knobs and page_knobs are all turned at random."""
    rng = np.random.default_rng([seed, 7])
    experiment = cheap(lens, random_experiment(lens, rng))
    page_knobs = {}
    for page_knob in lens.page_knobs:
        ends = dial_at_the_ends(page_knob)
        value = ends[rng.integers(len(ends))]
        if value != page_knob.default:
            page_knobs[page_knob.name] = page_knob.knob.write(value)
    return lens.write(experiment) | page_knobs


@pytest.fixture(scope="module")
def windows(browser):
    """Two browsers that know nothing of each other, one to compare, and what goes wrong in them."""
    problems, pages = Problems(), []
    with ExitStack() as stack:
        for _ in range(3):
            context = browser.new_context(viewport=SCREEN)
            stack.callback(context.close)
            pages.append(context.new_page())
            pages[-1].set_default_timeout(LIMIT)
            stack.enter_context(problems.watching(pages[-1]))
        yield pages, problems


def look(page, link):
    """Open a link; return the main picture's pixels and what the address says then."""
    page.goto(link)  # loads the app anew, which is a visit of its own to the server
    picture = page.locator(PICTURES).first
    picture.wait_for()
    page.wait_for_function(IS_STILL)
    settled(page)
    page.evaluate(SQUARE_CORNERS)
    picture.evaluate(DRAWN_ANEW)
    pixels = still(page, picture)
    return pixels, {k: v[-1] for k, v in parse_qs(urlsplit(page.url).query).items()}


def still(page, picture):
    """Return a picture's pixels when three looks at it show the same."""
    before, alike = b"", 0
    for _ in range(40):
        pixels = picture.screenshot(animations="disabled")
        alike = alike + 1 if pixels == before else 0
        if alike == 2:
            return pixels
        before = pixels
        page.wait_for_timeout(100)
    raise AssertionError("the picture never came to rest")


# The browser rounds the edge of what is round this way or that, by one part in 255.
FURTHEST_APART = """async ([first, second]) => {
  const read = async base64 => {
    const image = await (await fetch(`data:image/png;base64,${base64}`)).blob();
    const bitmap = await createImageBitmap(image);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [a, b] = [await read(first), await read(second)];
  if (a.width !== b.width || a.height !== b.height) return 255;
  return a.data.reduce((most, value, k) => Math.max(most, Math.abs(value - b.data[k])), 0);
}"""


def furthest_apart(page, *pictures):
    """By how much two pictures differ where they differ most, of 255."""
    return page.evaluate(FURTHEST_APART, [b64encode(picture).decode() for picture in pictures])


@pytest.mark.parametrize(("lens", "seed"), LINKS, ids=[f"{lens.path}-{k}" for lens, k in LINKS])
def test_a_page_and_the_page_of_its_link_are_the_same_to_the_pixel(windows, server, lens, seed):
    (window, other, blank), problems = windows
    page = f"{server(APP)}/{lens.path}"
    first, address = look(window, f"{page}?{urlencode(random_link(lens, seed))}")
    again, same = look(other, f"{page}?{urlencode(address)}")
    assert same == address
    assert again == first or furthest_apart(blank, first, again) <= 1
    assert problems == []


def test_pictures_are_told_apart_by_their_pixels(windows):
    (*_, blank), _ = windows
    blank.set_content("<p style='background: rgb(100, 100, 100)'>.</p>")
    first = blank.locator("p").screenshot()
    blank.set_content("<p style='background: rgb(101, 100, 100)'>.</p>")
    near = blank.locator("p").screenshot()
    blank.set_content("<p style='background: rgb(103, 100, 100)'>.</p>")
    far = blank.locator("p").screenshot()
    blank.set_content("")
    assert [furthest_apart(blank, first, picture) for picture in (first, near, far)] == [0, 1, 3]
