"""Any of the runs side by side as files, and as code that repeats it."""

from pages._kit.knobs.lens import Lens
from pages._kit.panels import takeaway
from pages._regularisation.inside import choose
from pages._regularisation.side_by_side import SideBySide

TITLE = takeaway.TITLE


def show(lens: Lens, shown: SideBySide) -> None:
    """Let the visitor choose a run, and hand it over."""
    name = choose(lens, shown, first=())
    if name is not None:
        takeaway.show(lens, shown.runs[name])
