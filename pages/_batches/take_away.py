"""Any of the runs side by side as files and as code, and its gradient checked."""

from pages._batches.side_by_side import SideBySide
from pages._kit.panels import gradient_check, takeaway
from pages._kit.site import elements
from pages._kit.site.visit import Visit

TITLE = takeaway.TITLE

NOTHING = "All runs left the finite numbers at once: lower the learning rate."


def show(visit: Visit, shown: SideBySide) -> None:
    """Let the visitor choose a run, and hand it over."""

    def hand_over() -> None:
        name = elements.choose("Run", shown.names, f"{visit.lens.path}.taken")
        takeaway.show(visit, shown.runs[shown.names.index(name)])

    elements.draw_unless("" if shown.runs else NOTHING, hand_over)


def check(visit: Visit, shown: SideBySide) -> None:
    """Check the gradient at the start, or as the last run has left the network."""

    def checked() -> None:
        gradient_check.show(visit, shown.runs[-1].experiment, shown.runs[-1].theta)

    elements.draw_unless("" if shown.runs else NOTHING, checked)
