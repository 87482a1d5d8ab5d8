"""Can a straight line separate XOR, and if not, what can?"""

from pages._kit.panels import challenge, stage, takeaway
from pages._kit.panels import coach as coach_panel
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.runs import words
from pages._kit.site import frame
from pages._xor import prose, story
from pages._xor.challenges import CHALLENGES
from pages._xor.lens import XOR as LENS

visit = frame.open_lens(LENS, "Which network can {aim}?", ("epoch",))
frame.say(visit.notes)

title = words.task(visit.experiment)
shown = stage.show(LENS, visit.experiment, title, epoch=words.parse_epoch(visit.extras))
before = stage.BEFORE if shown.is_changed else ""
visit.finished(shown.run, note=before)
coach_panel.show(visit, shown.run, note=before)

panel = visit.panels(
    {
        "The story": lambda: story.show(LENS, shown),
        "Seeds, not luck": lambda: panels.seeds(LENS, visit.experiment),
        "Compare": lambda: stage.of_the_run(shown, lambda: panels.compare(LENS, [shown.run])),
        "Experiments": lambda: stage.of_the_run(
            shown, lambda: challenge.show(LENS, CHALLENGES, shown.run)
        ),
        gradient_panel.TITLE: lambda: gradient_panel.show(visit, visit.experiment, shown.theta),
        takeaway.TITLE: lambda: takeaway.of_stage(LENS, shown),
        "The maths": lambda: panels.maths(prose("maths"), visit.experiment),
    }
)
visit.close(epoch="" if shown.is_end else f"{shown.epoch:g}", panel=panel)
