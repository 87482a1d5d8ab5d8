"""On the first screen of every page nothing lies over something else, and nothing is cut off."""

import itertools

import pytest

from tests.e2e.test_app import PAGES, SCREENS, open_page, settled, turn_to  # noqa: F401
from tests.e2e.test_hot_knobs import PICTURES_OF

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


@pytest.mark.parametrize("name", PAGES)
def test_nothing_overlaps_or_is_cut_off(open_page, name):  # noqa: F811
    page = open_page(name)
    drawn = PICTURES_OF[name][0] if name in PICTURES_OF else ""
    if drawn:
        page.locator(drawn).first.wait_for()
    for screen in SCREENS:
        turn_to(page, screen)
        settled(page)
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
