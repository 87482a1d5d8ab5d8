"""Pinned trainings on digits side by side; none is repeated for it, as they may take long."""

from engine.experiment.experiment import Experiment
from pages._kit.panels import common as panels
from pages._kit.runs.outcome import Outcome
from pages._kit.site import session
from pages._kit.site.visit import Visit
from pages._kit.training.live import Live


def show(visit: Visit, live: Live) -> None:
    """Pin the training at rest, and compare those pinned that were trained in this visit."""

    def find(experiment: Experiment) -> Outcome | None:
        entry = session.history().find(visit.lens.path, experiment)
        return None if entry is None else entry.outcome

    at_rest = [] if live.is_running or live.is_adjusted or not live.trainer.finished else [live]
    panels.compare(visit, [training.run() for training in at_rest], find=find)
