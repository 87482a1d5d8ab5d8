"""What happens once per server process, before the first visitor is answered."""

import gc

import altair  # noqa: F401 - imported here so that no visitor waits for it
import pandas  # noqa: F401

from pages._shared import cache, lenses
from pages._shared.initialisation import schemes
from pages._shared.regularisation.regularisers import REGULARISERS, regularised
from pages._shared.regularisation.side_by_side import FRAMES

# Everything imported so far lives for good: looking through it at each collection is wasted time.
gc.collect()
gc.freeze()

cache.prepare(lenses.MNIST.defaults)
cache.prepare_job([lenses.VANISHING.defaults])
cache.prepare_job([lenses.BIAS_VARIANCE.first])
_init, _regul = lenses.INITIALISATION, lenses.REGULARISATION
cache.prepare_job(schemes.experiments(_init.defaults, _init.dial("schemes").default))
cache.prepare_job([regularised(_regul.defaults, name) for name in REGULARISERS], FRAMES)
