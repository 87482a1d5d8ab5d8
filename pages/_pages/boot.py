"""What happens once per server process: before its first visitor is answered, and after that."""

import gc
from functools import cache as once
from importlib import import_module

from streamlit import config

from pages._kit.site import log
from pages._kit.training import cache
from pages._kit.training.settings import settings
from pages._pages.order import PAGES

log.keep_tracebacks_out()

# As .streamlit/config.toml says, for a copy of the project that was made without hidden files. The
# very first visitor is told before this is read: the README's unit has it in its environment too.
config.set_option("browser.gatherUsageStats", False)


def settle() -> None:
    """Keep everything imported so far for good: to look through it ever again is wasted time."""
    gc.collect()
    gc.freeze()


def import_what_draws_charts() -> None:
    """Import what takes longest and what the start needs nothing of."""
    for name in ("altair", "pandas"):
        import_module(name)
    settle()


@once
def prepare() -> None:
    """Begin in the background what visitors are going to ask for, once the first has a page."""
    cache.in_background(import_what_draws_charts)
    for page in PAGES:
        page.prepare()


settle()

settings()  # so that the log says at the start what is wrong with them
