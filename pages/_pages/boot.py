"""What happens once per server process, before the first visitor is answered."""

import gc

import altair  # noqa: F401 - imported here so that no visitor waits for it
import pandas  # noqa: F401

from pages._kit.training.settings import settings
from pages._pages.order import PAGES

# Everything imported so far lives for good: looking through it at each collection is wasted time.
gc.collect()
gc.freeze()

settings()  # so that the log says at the start what is wrong with them

for page in PAGES:
    page.prepare()
