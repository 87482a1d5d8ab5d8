"""How large should the weights be before training?"""

from pages._initialisation import look, predict, prose, schemes, seeds, side_by_side, symmetry, why
from pages._initialisation.lens import INITIALISATION as LENS
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import takeaway
from pages._kit.runs import words
from pages._kit.site import frame, jobs

visit = frame.open_lens(LENS, "How large should the weights be before training?", ("epoch",))
frame.say(visit.notes)
chosen = visit.dial("schemes")
watched = jobs.follow(visit, schemes.experiments(visit.experiment, chosen))
picture, epoch = side_by_side.show(LENS, watched.job, words.parse_epoch(visit.extras))
runs, names = picture.runs, [schemes.name(run.experiment) for run in picture.runs]
if watched.job.finished:
    visit.finished(*runs)

panel = visit.panels(
    {
        "What to look for": look.show,
        "Predict": lambda: predict.show(visit, chosen, runs, picture.verdicts),
        "Symmetry": lambda: symmetry.show(visit, runs, epoch),
        why.TITLE: lambda: why.show(visit),
        "Many seeds": lambda: seeds.show(visit, chosen),
        "Compare": lambda: panels.compare(LENS, runs, names),
        gradient_panel.TITLE: lambda: gradient_panel.show(
            visit, runs[-1].experiment, runs[-1].theta
        ),
        takeaway.TITLE: lambda: look.take_away(LENS, runs, names),
        "The maths": lambda: panels.maths(prose("maths"), visit.experiment),
    }
)
visit.close(epoch="" if epoch == picture.epochs[-1] else f"{epoch:g}", panel=panel)
