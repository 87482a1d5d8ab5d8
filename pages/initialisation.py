"""How large should the weights be before training?"""

from pages._shared import frame, jobs, lenses, panels
from pages._shared.initialisation import schemes, side_by_side

LENS = lenses.INITIALISATION

visit = frame.open_lens(LENS, "How large should the weights be before training?")
frame.say(visit.notes)
watched = jobs.follow(LENS, schemes.experiments(visit.experiment, visit.dial("schemes")))
picture, epoch = side_by_side.show(LENS, watched.job)
names = [schemes.name(run.experiment) for run in picture.runs]
if watched.job.finished:
    visit.finished(*picture.runs)

panel = visit.panels({"Compare": lambda: panels.compare(LENS, picture.runs, names)})
visit.close(panel=panel)
jobs.play(watched)
