"""What happens in one step of gradient descent, number by number?"""

from pages._kit.matrices import edits
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._kit.training import cache
from pages._one_step import digits, picture, prose, puzzles, samples, script, shapes, sheet, slips
from pages._one_step.lens import ONE_STEP as LENS
from pages._one_step.lens import OUTPUT

visit = open_lens(
    LENS,
    "What happens inside one step?",
    extras=(picture.EDITS, picture.LINE, digits.CELL),
    beside=(OUTPUT.name,),
)
elements.say(visit.notes)
picture.arrive(visit)
shown = stage.show(visit, picture.show)
picture.after(visit, shown)
run = cache.run(visit.experiment)
visit.finished(run, note=picture.before(visit, shown))

panel = visit.panels(
    {
        samples.TITLE: {
            samples.TITLE: lambda: samples.show(shown.step, str(shown.edits)),
            sheet.TITLE: lambda: sheet.show(shown.step),
        },
        "Slips and checks": {
            slips.TITLE: lambda: slips.show(visit, shown.step),
            gradient_panel.TITLE: lambda: gradient_panel.show(visit, visit.experiment, run.theta),
        },
        "Shapes": {
            shapes.TITLE: lambda: shapes.show(visit),
            puzzles.TITLE: puzzles.show,
        },
        digits.TITLE: {digits.TITLE: lambda: digits.show(visit)},
        "Take away and teach": {
            script.TITLE: lambda: script.show(shown.step),
            takeaway.TITLE: lambda: takeaway.show(visit, run),
            "Compare": lambda: panels.compare(visit, [run]),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
    }
)
visit.close(
    panel=panel,
    **{
        picture.EDITS: edits.write(shown.edits),
        picture.LINE: picture.resting(visit),
        digits.CELL: digits.resting(visit),
    },
)
