"""Any of the runs side by side as files, and as code that repeats it."""

from pages._kit.panels import takeaway
from pages._kit.site.visit import Visit
from pages._regularisation.inside import choose
from pages._regularisation.side_by_side import SideBySide

TITLE = takeaway.TITLE


def show(visit: Visit, shown: SideBySide) -> None:
    """Let the visitor choose a run, and hand it over."""
    name = choose(visit.lens, shown, first=())
    if name is not None:
        takeaway.show(visit, shown.runs[name])
