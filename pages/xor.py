"""Can a straight line separate XOR, and if not, what can?"""

from pages._kit import miniature
from pages._kit.panels import challenge, look_inside, player_panel, takeaway
from pages._kit.panels import coach as coach_panel
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._xor import story
from pages._xor.challenges import CHALLENGES
from pages._xor.lens import XOR as LENS

visit = open_lens(LENS, "Which network can {aim}?", ("epoch",))
elements.say(visit.notes)

shown = stage.show(visit, player_panel.of_visit)
before = player_panel.BEFORE if shown.is_changed else ""
visit.finished(shown.run, note=before)
look_inside.offer(visit.experiment, shown.theta)
coach_panel.show(visit, shown.run, note=before)

panel = visit.panels(
    {
        "The story": {
            "Step by step": lambda: story.show(visit, shown),
            "The maths": lambda: panels.maths(visit, story.maths(visit.experiment)),
        },
        "Many seeds": {"Seeds, not luck": lambda: panels.seeds(visit)},
        "Compare and predict": {
            "Compare": lambda: miniature.beside(
                lambda: player_panel.of_the_run(shown, lambda: panels.compare(visit, [shown.run]))
            ),
            "Experiments": lambda: miniature.beside(
                lambda: player_panel.of_the_run(
                    shown, lambda: challenge.show(visit, CHALLENGES, shown.run)
                )
            ),
        },
        "Check the gradient": {
            gradient_panel.TITLE: lambda: gradient_panel.show(visit, visit.experiment, shown.theta)
        },
        "Take away and teach": {takeaway.TITLE: lambda: takeaway.of_stage(visit, shown)},
    }
)
visit.close(epoch="" if shown.is_end else f"{shown.epoch:g}", panel=panel)
