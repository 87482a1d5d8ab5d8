"""How well does the notes' network read handwritten digits?"""

from pages._kit.panels import coach as coach_panel
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._mnist import compare, drawing, inside, mistakes, picture, presets, prose, watch
from pages._mnist.lens import MNIST as LENS

visit = open_lens(LENS, "Can a network read handwriting?")
elements.say(visit.notes)
shown = stage.show(visit, picture.show)
live = shown.live
watch.buttons(LENS, live, visit.experiment)
is_whole = live.trainer.finished and not live.is_adjusted
watch.remarks(live, visit.experiment, is_coached=is_whole)
if is_whole:
    visit.finished(live.run())
watch.measured(live)
elements.slot((lambda: coach_panel.show(visit, live.run(), watch.set_up)) if is_whole else None)

panel = visit.panels(
    {
        "Networks to try": {presets.TITLE: lambda: presets.show(visit, live)},
        "What it sees": {
            inside.TITLE: lambda: inside.show(visit, live),
            mistakes.TITLE: lambda: mistakes.show(visit, live),
        },
        "Write to it": {drawing.TITLE: lambda: drawing.show(visit, live)},
        "Compare and check": {
            "Compare": lambda: compare.show(visit, live),
            gradient_panel.TITLE: lambda: gradient_panel.of_live(visit, live),
        },
        "Take away and teach": {
            takeaway.TITLE: lambda: takeaway.of_live(visit, live),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
    }
)
visit.follow(lambda: shown.play(with_page=panel == drawing.TITLE))
visit.close(panel=panel)
