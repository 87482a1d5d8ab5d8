"""The first picture: a series and its average, over which β and the day are dragged."""

from pathlib import Path

from engine.data.series import SERIES
from pages._averages import series
from pages._averages.lens import AVERAGES, BETAS, DRAWS, LINES, OWN
from pages._kit import plots
from pages._kit.site import elements
from pages._kit.site.visit import Visit

NAMES = ("series", "year", "beta", "t", "lines", "beside")

KEY = "averages.picture"

GONE = "A series of one's own that is too long for a link stays where it was brought."
"""What is said to who comes by the link to such a series."""

WEB = Path(__file__).parent / "web"

MODULES = tuple(
    WEB / name
    for name in (
        *("averages.js", "series.js", "said.js", "worked.js"),
        *("pinnedAverages.js", "drawing.js", "weights.js", "picture.js"),
    )
)

_mount = plots.component("averages", "averages", WEB, MODULES)


def show(visit: Visit) -> None:
    """Draw the series that is chosen."""
    said = series.said(visit)
    offered = {name: row.title for name, row in SERIES.items()}
    if series.own(said):
        offered[OWN] = AVERAGES.knob("series").show(OWN)
    is_gone = said["series"] == OWN and not series.own(said)
    elements.slot((lambda: elements.caption(GONE)) if is_gone else None)
    plots.draw(
        _mount, visit, KEY, NAMES,
        values=series.values(said).tolist(), unit=series.unit(said), choices=offered, stops=BETAS,
        titles=LINES, draws=DRAWS,
    )  # fmt: skip
