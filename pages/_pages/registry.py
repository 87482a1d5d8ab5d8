"""What there is of all pages, by the page's path."""

from pages._kit.knobs.lens import Lens
from pages._kit.lessons.ready import Ready
from pages._pages.order import PAGES

LENSES: dict[str, Lens] = {page.path: page.lens for page in PAGES if page.lens and page.lens.knobs}
"""Those of the pages that train what their knobs say."""
READY: dict[str, Ready] = {page.path: page.lesson for page in PAGES if page.lesson}
