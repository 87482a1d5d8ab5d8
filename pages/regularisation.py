"""What keeps a big network from learning its noise by heart?"""

from pages._shared import frame, gradient_panel, jobs, lenses, panels

LENS = lenses.REGULARISATION

visit = frame.open_lens(LENS, "What keeps a big network from learning its noise by heart?")
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
