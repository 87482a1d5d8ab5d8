"""How large should the weights be before training?"""

from pages._shared import frame, gradient_panel, jobs, lenses, panels, takeaway, words
from pages._shared.initialisation import look, predict, schemes, seeds, side_by_side, symmetry, why
from pages._shared.jobs import Watched

LENS = lenses.INITIALISATION

visit = frame.open_lens(LENS, "How large should the weights be before training?", ("epoch",))
frame.say(visit.notes)
chosen = visit.dial("schemes")
watched = jobs.follow(LENS, schemes.experiments(visit.experiment, chosen))
picture, epoch = side_by_side.show(LENS, watched.job, words.parse_epoch(visit.extras))
runs, names = picture.runs, [schemes.name(run.experiment) for run in picture.runs]
if watched.job.finished:
    visit.finished(*runs)

of_panels: list[Watched] = []
panel = visit.panels(
    {
        "What to look for": look.show,
        "Predict": lambda: predict.show(visit, chosen, runs, picture.verdicts),
        "Symmetry": lambda: of_panels.extend(symmetry.show(visit, runs, epoch)),
        why.TITLE: lambda: why.show(visit),
        "Many seeds": lambda: of_panels.append(seeds.show(visit, chosen)),
        "Compare": lambda: panels.compare(LENS, runs, names),
        gradient_panel.TITLE: lambda: gradient_panel.show(
            visit, runs[-1].experiment, runs[-1].theta
        ),
        takeaway.TITLE: lambda: look.take_away(LENS, runs, names),
        "The maths": lambda: panels.maths("initialisation_maths", visit.experiment),
    }
)
visit.close(epoch="" if epoch == picture.epochs[-1] else f"{epoch:g}", panel=panel)
jobs.play(watched, *of_panels)
