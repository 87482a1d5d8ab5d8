"""Above the fold a page says little: its question, and what the picture shows."""

import pytest

from tests.e2e.test_app import PAGES, SCREENS, open_page, settled, turn_to  # noqa: F401
from tests.e2e.test_hot_knobs import PICTURES_OF

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


@pytest.mark.parametrize("name", PAGES)
def test_few_words_stand_above_the_fold_on_every_screen(open_page, name):  # noqa: F811
    page = open_page(name)
    if name in PICTURES_OF:
        page.locator(PICTURES_OF[name][0]).first.wait_for()
    for screen in SCREENS:
        turn_to(page, screen)
        settled(page)
        words = page.evaluate(WORDS)
        assert 5 <= len(words) <= MOST, f"{screen}, {len(words)}: {' '.join(words)}"
