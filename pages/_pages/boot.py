"""What happens once per server process, before the first visitor is answered."""

import gc

import altair  # noqa: F401 - imported here so that no visitor waits for it
import pandas  # noqa: F401
from streamlit import config

from pages._kit.site import log
from pages._kit.training.settings import settings
from pages._pages.order import PAGES

log.keep_tracebacks_out()

# As .streamlit/config.toml says, for a copy of the project that was made without hidden files. The
# very first visitor is told before this is read: the README's unit has it in its environment too.
config.set_option("browser.gatherUsageStats", False)

# Everything imported so far lives for good: looking through it at each collection is wasted time.
gc.collect()
gc.freeze()

settings()  # so that the log says at the start what is wrong with them

for page in PAGES:
    page.prepare()
