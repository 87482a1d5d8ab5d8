"""How large should the weights be before training?"""

from pages._initialisation import (
    predict,
    prose,
    schemes,
    seeds,
    side_by_side,
    symmetry,
    what_to_look_for,
    why,
)
from pages._initialisation.lens import INITIALISATION as LENS
from pages._kit import miniature
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens

visit = open_lens(LENS, "How large should the weights be before training?", ("epoch",))
elements.say(visit.notes)
chosen = visit.page_knob("schemes")
watched, picture, epoch = stage.show(
    visit,
    lambda visit: side_by_side.follow(visit, chosen),
    lambda experiment: schemes.experiments(experiment, chosen),
)
runs, names = picture.runs, [schemes.name(run.experiment) for run in picture.runs]
if watched.job.finished:
    visit.finished(*runs)

panel = visit.panels(
    {
        "Look and predict": {
            "What to look for": lambda: miniature.beside(lambda: what_to_look_for.show(visit)),
            "Predict": lambda: miniature.beside(
                lambda: predict.show(visit, chosen, runs, picture.verdicts)
            ),
        },
        "Why": {
            "Symmetry": lambda: symmetry.show(visit, runs, epoch),
            why.TITLE: lambda: why.show(visit),
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
        "Seeds": {"Many seeds": lambda: seeds.show(visit, chosen)},
        "Compare and check": {
            "Compare": lambda: panels.compare(visit, runs, names),
            gradient_panel.TITLE: lambda: gradient_panel.show(
                visit, runs[-1].experiment, runs[-1].theta
            ),
        },
        "Take away and teach": {
            takeaway.TITLE: lambda: what_to_look_for.take_away(visit, runs, names)
        },
    }
)
visit.close(epoch="" if epoch == picture.epochs[-1] else f"{epoch:g}", panel=panel)
