"""How large should the weights be before training?"""

from pages._shared import frame, gradient_panel, jobs, lenses, panels

LENS = lenses.INITIALISATION

visit = frame.open_lens(LENS, "How large should the weights be before training?")
frame.say(visit.notes)
watched = jobs.follow(LENS, [visit.experiment])
if watched.job.finished:
    visit.finished(*watched.job.runs())
panel = visit.panels(
    {
        "Compare": lambda: panels.compare(LENS, watched.job.runs()),
        gradient_panel.TITLE: lambda: gradient_panel.show(
            LENS, visit.experiment, watched.job.runs()[0].theta
        ),
    }
)
visit.close(panel=panel)
jobs.play(watched)
