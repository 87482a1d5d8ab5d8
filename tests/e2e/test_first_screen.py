"""The first screen of every page: all of it there, nothing over something else, and few words."""

import itertools

import pytest

from pages._pages.registry import LENSES
from tests.e2e.test_app import PAGES, SCREENS, open_page, settled, turn_to  # noqa: F401
from tests.e2e.test_sidebar import all_unfolded_knobs_end_on_the_first_screen_and_can_be_read

# What a page's picture is, and the sentence that says what it shows.
CAPTION = "[data-role=caption]"
CHART, UNDER_IT = "[data-testid=stVegaLiteChart]", "[data-testid=stCaptionContainer]"
PICTURES_OF = {
    "home": (".player [data-role=square]", CAPTION),
    "neuron": (".turns .tables table", CAPTION),
    "one_step": (".matrices .expression > *", CAPTION),  # the first matrix: on a phone they stack
    "activations": (".curve-panel .plot svg", ".curve-panel .verdict"),
    "averages": (".averages-panel .plot svg", ".averages-panel .verdict"),
    "xor": (".player [data-role=square]", CAPTION),
    "initialisation": (".lineup .tile canvas", CAPTION),
    "regularisation": (".lineup .tile canvas", CAPTION),
    "vanishing": (CHART, UNDER_IT),
    "batches": (".lineup .charts canvas", CAPTION),
    "bias_variance": (CHART, UNDER_IT),
    "mnist": (CHART, UNDER_IT),
    "optimisers": (".race .ground canvas", CAPTION),
}


MOST = 60

# The words of sentences in the first screen: what one reads, not what one presses or turns.
WORDS = """() => {
  const found = [];
  const read = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) read(node.shadowRoot);
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const box = node.parentElement;
      if (box.closest('button, label, select, svg, style, figcaption, dt, output')) continue;
      if (box.closest('summary, [role=radiogroup], [role=status], .hot, .hidden, .key')) continue;
      if (box.closest('.tile header, [data-testid=stIconMaterial]')) continue;
      if (box.closest('[data-testid=stMetric]')) continue;
      if (!box.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { top, bottom, width } = range.getBoundingClientRect();
      if (!width || bottom <= 0) continue;
      const cover = box.closest('.foot') ? null : box.getRootNode().querySelector?.('.foot');
      const end = cover ? cover.getBoundingClientRect().top : window.innerHeight;
      if (top >= end) continue;
      found.push(...(node.textContent.match(/\\p{L}{2,}/gu) ?? []));
    }
  };
  read(document.querySelector('[data-testid=stMain]'));
  return found;
}"""

# What one reads and presses on the first screen, each with the part of its box that can be seen.
THINGS = """drawn => {
  const roots = [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot)];
  const all = selector => roots.flatMap(root => [...(root?.querySelectorAll(selector) ?? [])]);
  const main = all('[data-testid=stMain]')[0].getBoundingClientRect();
  const foot = [...all('.foot'), ...all('.transport')].find(e => e.getClientRects().length);
  const end = foot ? foot.getBoundingClientRect().top : innerHeight;
  const selectors = ['h2', '.hot .knob', '.hot .tries', 'button.copy', '.foot', '.cards button',
    '[data-testid=stPopoverButton]', '[data-testid=stButtonGroup]', '[data-testid=stSlider]',
    '[data-testid=stMain] [data-testid=stButton]', '[data-testid=stMain] [data-testid=stPageLink]',
    '[data-testid=stCaptionContainer]', drawn].filter(Boolean);
  return selectors.flatMap(selector => all(selector).flatMap(e => {
    if (e.closest('[data-testid=stSidebar]') || !e.checkVisibility()) return [];
    const { left, right, top, bottom } = e.getBoundingClientRect();
    const last = e === foot ? innerHeight : end;
    if (right - left < 2 || top >= last) return [];
    const isCut = e.closest('.tries, .cards') ? false // they are scrolled, and fade out
      : left < main.left - 1 || right > main.right + 1 || top < 0;
    return [{ name: selector + ' ' + (e.innerText ?? '').slice(0, 30), isCut,
      left, right, top, bottom: Math.min(bottom, last) }];
  }));
}"""

SLACK = 2
"""Pixels by which borders may meet."""


# The name and the value of each knob in the picture.
WORDS_OF_KNOBS = """() => [...document.querySelectorAll('*')].flatMap(e =>
  [...(e.shadowRoot?.querySelectorAll('.hot .head') ?? [])].map(head => {
    const range = document.createRange();
    range.selectNodeContents(head);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { name: head.innerText, left, right, top, bottom };
  }))"""


# What of a chart's legend sticks out of the chart, and cannot be read.
OUTSIDE = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')]
  .flatMap(chart => [...chart.querySelectorAll('.role-legend-label text')])
  .filter(e => e.textContent && e.checkVisibility({ opacityProperty: true }))
  .filter(e => {
    const { left, right } = e.getBoundingClientRect();
    const chart = e.closest('svg').getBoundingClientRect();
    return left < chart.left - 1 || right > chart.right + 1;
  }).map(e => e.textContent)"""


def overlap(first, second):
    return (
        min(first["right"], second["right"]) - max(first["left"], second["left"]) > SLACK
        and min(first["bottom"], second["bottom"]) - max(first["top"], second["top"]) > SLACK
    )


def widened(box):
    """Return a box with the least of a gap to the next."""
    return box | {"right": box["right"] + 8}


def holds_question_knobs_picture_and_its_sentence(page, name, screen):
    """Each lies within the first screen, in this order, and above the time."""
    drawn, words = PICTURES_OF[name]
    width, height = SCREENS[screen]
    question = page.locator("h2").first.bounding_box()
    row = page.locator(".hot").bounding_box()
    picture = page.locator(drawn).first.bounding_box()
    assert question["y"] + question["height"] <= row["y"] + 1, screen
    assert row["y"] + row["height"] <= picture["y"] + 1, screen
    for box in (question, row, picture):
        assert box["x"] >= 0, screen
        assert box["x"] + box["width"] <= width + 1, screen
    time = page.locator(".transport")
    end = time.first.bounding_box()["y"] if time.count() else height
    said = page.locator(words).first.bounding_box()
    is_above_time = words == CAPTION and screen != "phone"  # there it follows the charts
    assert picture["y"] + picture["height"] <= (said["y"] if is_above_time else end), screen
    if screen != "phone":
        assert said["y"] + said["height"] <= end + 1, screen


def nothing_overlaps_or_is_cut_off(page, drawn, screen):
    things = page.evaluate(THINGS, drawn)
    words = page.evaluate(WORDS_OF_KNOBS)
    for first, second in itertools.combinations(words, 2):
        assert not overlap(widened(first), second), (screen, first["name"], second["name"])
    for seen in ("h2", drawn):
        assert any(thing["name"].startswith(seen) for thing in things), (screen, seen)
    assert [thing["name"] for thing in things if thing["isCut"]] == [], screen
    page.wait_for_function(f"() => ({OUTSIDE})().length === 0")
    met = [
        (first["name"], second["name"])
        for k, first in enumerate(things)
        for second in things[:k]
        if overlap(first, second)
    ]
    assert met == [], screen


def says_little(page, screen):
    words = page.evaluate(WORDS)
    assert 5 <= len(words) <= MOST, f"{screen}, {len(words)}: {' '.join(words)}"


@pytest.mark.parametrize("name", PAGES)
def test_the_first_screen_is_whole_tidy_and_brief(open_page, name):  # noqa: F811
    page = open_page(name)
    if name in LENSES:
        all_unfolded_knobs_end_on_the_first_screen_and_can_be_read(page)
    drawn = PICTURES_OF[name][0] if name in PICTURES_OF else ""
    if drawn:
        page.locator(drawn).first.wait_for()
    if drawn and name != "mnist":  # which always says how far its training is
        page.get_by_test_id("stProgress").wait_for(state="detached")
    for screen in SCREENS:
        turn_to(page, screen)
        settled(page)
        if drawn:
            holds_question_knobs_picture_and_its_sentence(page, name, screen)
        nothing_overlaps_or_is_cut_off(page, drawn, screen)
        says_little(page, screen)
