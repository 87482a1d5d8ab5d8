"""One neuron: a step with a loop over the samples and without, and what it learns."""

from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from pages._kit.panels import common as panels
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels import player_panel, takeaway
from pages._kit.site import elements, stage
from pages._kit.site.visit import Visit, open_lens
from pages._kit.training import cache
from pages._neuron import broadcast, loop, prose, race, shapes
from pages._neuron.lens import BROADCASTING
from pages._neuron.lens import NEURON as LENS


def picture(visit: Visit) -> None:
    """Draw the step that follows on the training line by line, and the race below it."""
    step = take_step(*begin(visit.experiment), visit.experiment.learning_rate)
    loop.show(visit, step)
    race.show(visit)


def trained() -> None:
    """Draw the film of the training."""
    player_panel.of_visit(visit)


visit = open_lens(LENS, "Why is a neuron trained without a loop?", (loop.AT,))
elements.say(visit.notes)
stage.show(visit, picture)
run = cache.run(visit.experiment)
visit.finished(run)
panel = visit.panels(
    {
        "Trained": {
            "Trained": trained,
            "The maths": lambda: panels.maths(visit, prose("maths")),
        },
        "Compare and check": {
            "Compare": lambda: panels.compare(visit, [run]),
            gradient_panel.TITLE: lambda: gradient_panel.show(visit, visit.experiment, run.theta),
        },
        BROADCASTING: {
            BROADCASTING: lambda: broadcast.show(visit),
            shapes.TITLE: lambda: shapes.show(visit),
        },
        "Take away and teach": {takeaway.TITLE: lambda: takeaway.show(visit, run)},
    }
)
visit.close(panel=panel, **{loop.AT: loop.resting(visit)})
