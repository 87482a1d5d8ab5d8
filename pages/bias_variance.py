"""What is wrong with this network, and what should be done next?"""

from pages._shared import frame, gradient_panel, jobs, lenses, panels

LENS = lenses.BIAS_VARIANCE

visit = frame.open_lens(LENS, "What is wrong with this network, and what should be done next?")
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
