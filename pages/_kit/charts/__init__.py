"""Charts that several pages use, each a function of the engine's values.

They return a Vega-Lite specification with its data. The specification never depends on the data,
so that a chart that grows is updated in place.
"""

from pages._kit.charts.base import Spec, thinned
from pages._kit.charts.bowl import descent
from pages._kit.charts.gradient import agreement, epsilon_curve
from pages._kit.charts.plane import boundary, edge_on, hidden_space
from pages._kit.charts.runs import compared, seed_band

__all__ = [
    "Spec",
    "agreement",
    "boundary",
    "compared",
    "descent",
    "edge_on",
    "epsilon_curve",
    "hidden_space",
    "seed_band",
    "thinned",
]
