"""Can a straight line separate XOR, and if not, what can?"""

from pages._shared import (
    coach_panel,
    frame,
    gradient_panel,
    lenses,
    panels,
    stage,
    story,
    takeaway,
    words,
)

LENS = lenses.XOR

visit = frame.open_lens(LENS, "Which network can tell XOR apart?", ("epoch",))
frame.say(visit.notes)

shown = stage.show(LENS, visit.experiment, "XOR", epoch=words.parse_epoch(visit.extras))
before = stage.BEFORE if shown.is_changed else ""
visit.finished(shown.run, note=before)
coach_panel.show(visit, shown.run, note=before)

panel = visit.panels(
    {
        "The story": lambda: story.show(LENS, shown),
        "Seeds, not luck": lambda: panels.seeds(LENS, visit.experiment),
        "Compare": lambda: stage.of_the_run(shown, lambda: panels.compare(LENS, [shown.run])),
        "Experiments": lambda: stage.of_the_run(shown, lambda: panels.challenges(LENS, shown.run)),
        gradient_panel.TITLE: lambda: gradient_panel.show(visit, visit.experiment, shown.theta),
        takeaway.TITLE: lambda: takeaway.of_stage(LENS, shown),
        "The maths": lambda: panels.prose("xor_maths"),
    }
)
visit.close(epoch="" if shown.is_end else f"{shown.epoch:g}", panel=panel)
