"""The map: all pages in their order, and by section."""

from collections.abc import Sequence
from importlib import import_module

from pages._kit.site.page import Page


def pages() -> Sequence[Page]:
    """Return all pages in the order of the map; the first is the start.

    They are asked for by name and late: the kit knows where the list is, and no page on it. On a
    server that has just started, a deep link draws its page before the entry file has run.
    """
    found: Sequence[Page] = import_module("pages._pages.order").PAGES
    return found


def page(path: str) -> Page:
    """Return the page at a path."""
    return next(entry for entry in pages() if entry.path == path)


def explaining(topic: str) -> Page:
    """Return the first page that explains a topic of the coach."""
    return next(entry for entry in pages() if topic in entry.explains)


def sections() -> dict[str, list[Page]]:
    """Return the pages of each section, without the start, which is in none."""
    found: dict[str, list[Page]] = {}
    for entry in pages():
        if entry.section:
            found.setdefault(entry.section, []).append(entry)
    return found
