"""What happens once per server process, before the first visitor is answered."""

import gc

import altair  # noqa: F401 - imported here so that no visitor waits for it
import pandas  # noqa: F401

from pages._initialisation import schemes
from pages._kit.training import cache
from pages._pages import lenses
from pages._regularisation.regularisers import REGULARISERS, regularised
from pages._regularisation.side_by_side import FRAMES

# Everything imported so far lives for good: looking through it at each collection is wasted time.
gc.collect()
gc.freeze()

cache.prepare(lenses.MNIST.defaults)
cache.prepare_job([lenses.VANISHING.defaults])
cache.prepare_job([lenses.BIAS_VARIANCE.first])
_init, _regul = lenses.INITIALISATION, lenses.REGULARISATION
cache.prepare_job(schemes.experiments(_init.defaults, _init.dial("schemes").default))
cache.prepare_job([regularised(_regul.defaults, name) for name in REGULARISERS], FRAMES)
