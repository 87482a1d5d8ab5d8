"""Seven optimisers: a race on landscapes and slices of a network's cost, then real networks."""

from pages._kit.panels import common as panels
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._optimisers import networks, picture, prose, schedules, script, stability, step
from pages._optimisers.lens import OPTIMISERS as LENS

visit = open_lens(LENS, "Which way down is fastest?")
elements.say(visit.notes)
shown = stage.show(visit, picture.show, lambda experiment: ())
panel = visit.panels(
    {
        "One step": {
            step.TITLE: lambda: step.show(visit, shown),
            "The rules": step.rules,
        },
        "On a network": {
            networks.TITLE: lambda: networks.show(visit),
            networks.VALLEYS: lambda: networks.show_valleys(visit),
        },
        "Schedules": {schedules.TITLE: lambda: schedules.show(visit)},
        "Stability": {
            stability.TITLE: lambda: stability.show(visit, shown),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
        "Take away and teach": {script.TITLE: lambda: script.show(visit, shown)},
    }
)
visit.close(panel=panel)
