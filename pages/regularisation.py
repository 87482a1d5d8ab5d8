"""What keeps a big network from learning its noise by heart?"""

from pages._shared import frame, jobs, lenses, panels
from pages._shared.regularisation import side_by_side

LENS = lenses.REGULARISATION

visit = frame.open_lens(LENS, "What keeps a big network from learning its noise by heart?")
frame.say(visit.notes)
shown = side_by_side.show(LENS, visit.experiment, visit.dial("shown"))
if shown.watched.job.finished:
    visit.finished(*shown.runs.values())
panel = visit.panels(
    {"Compare": lambda: panels.compare(LENS, list(shown.runs.values()), shown.titles)}
)
visit.close(panel=panel)
jobs.play(shown.watched)
