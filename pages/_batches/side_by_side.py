"""The page's picture: batch sizes side by side, measured by updates, epochs, samples or seconds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.experiment.experiment import Experiment
from engine.training.run import Run
from engine.training.timed import CLOCKS, Trace
from pages._batches import rates, sentences, sizes
from pages._batches.pictures import Pictures, shared_pictures
from pages._kit.lineup import Clock, Entry, Points, Reading, lineup
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit

FEW = 60
"""So many points fit on a small picture."""


OWN = "Each has its best α of a sweep; the knob α changes nothing now."
WAITS = "Until the sweep is over, all have the same α."


class SideBySide(NamedTuple):
    """The runs on show, their job, and the sweep that gave them their learning rates, if any."""

    watched: jobs.Watched
    pictures: Pictures
    swept: rates.Swept | None

    @property
    def runs(self) -> list[Run]:
        """Those of which there is something to see."""
        return [run for run in self.pictures.runs if len(run.history["epoch"])]

    @property
    def names(self) -> list[str]:
        """How they are called."""
        runs, called = self.pictures.runs, sentences.names(self.pictures.job.experiments)
        return [name for name, run in zip(called, runs, strict=True) if len(run.history["epoch"])]


def trained(visit: Visit, base: Experiment) -> Sequence[Experiment]:
    """Return what is trained for the picture of an experiment."""
    chosen = visit.page_knob_value("sizes")
    swept = visit.page_knob_value("alpha") == rates.BEST
    also = rates.swept_experiments(base, chosen) if swept else []
    return [*sizes.experiments(base, chosen), *also]


def show(visit: Visit) -> SideBySide:
    """Train the visit's experiment in batches of each of the chosen sizes, and draw the runs."""
    chosen = visit.page_knob_value("sizes")
    swept = _swept(visit, chosen)
    found = swept.best() if swept is not None and swept.is_over else []
    experiments = sizes.experiments(visit.experiment, chosen, found)
    watched, timed = jobs.follow_timed(visit, experiments)
    pictures = shared_pictures(timed)
    key = f"{visit.lens.path}.lineup"

    def choose() -> None:
        said = session.keep(key, dict[str, Any]).get("clock")
        if said in CLOCKS:
            visit.set_page_knob("clock", said)

    film(
        visit,
        pictures,
        [sizes.name(experiment, has_own_rate=bool(found)) for experiment in experiments],
        sentences.told(experiments, pictures.traces, watched.job.finished),
        title="Batch sizes side by side",
        key=key,
        clock=visit.page_knob_value("clock"),
        on_clock=choose,
    )
    return SideBySide(watched, pictures, swept)


def _swept(visit: Visit, chosen: Sequence[str]) -> rates.Swept | None:
    """Follow the sweep of learning rates if each size is to have its own, and say so."""
    if visit.page_knob_value("alpha") != rates.BEST:
        elements.slot(None)  # where the other way has how far the sweep is
        elements.slot(None)
        return None
    swept = rates.follow(visit, visit.experiment, chosen)
    elements.slot(lambda: elements.caption(OWN if swept.is_over else WAITS))
    return swept


def film(
    visit: Visit,
    pictures: Pictures,
    names: Sequence[str],
    told: Mapping[str, str],
    *,
    title: str,
    key: str,
    clock: str,
    on_clock: Callable[[], None] | None = None,
) -> None:
    """Draw named runs side by side by the clocks of which there is something `told`."""
    longest = max(len(trace.rows) for trace in pictures.traces)
    rewinds = session.rewinds(visit.lens)
    lineup(
        [_entry(pictures, k, name) for k, name in enumerate(names)],
        np.arange(max(longest, 1)),
        key=key,
        points=_points(pictures),
        view=pictures.view or (0.0, 1.0, 0.0, 1.0),
        version=f"{pictures.job.experiments!r} {pictures.version} {rewinds}",
        title=title,
        start_frame=0 if rewinds else None,
        clocks=[Clock(name, sentence) for name, sentence in told.items()],
        clock=clock,
        on_clock=on_clock,
    )


def _points(pictures: Pictures) -> dict[str, Points]:
    points, train = pictures.problem.points, pictures.problem.train
    if points is None or pictures.view is None:
        return {}
    few = train.thinned(FEW)
    return {"train": Points(points[few.index], few.y)}


def _entry(pictures: Pictures, position: int, name: str) -> Entry:
    experiment = pictures.job.experiments[position]
    run, trace = pictures.runs[position], pictures.traces[position]
    return Entry(
        name=name,
        fields=pictures.fields[position],
        curves={"train_cost": trace.cost},
        readings=_readings(trace),
        verdict=sentences.verdict(experiment),
        note=sentences.note(run, pictures.is_done[position]),
        clocks=trace.clocks,
        moments=trace.rows,
    )


def _readings(trace: Trace) -> dict[str, Reading]:
    at = trace.rows
    return {
        "Cost": Reading(trace.cost[at]),
        "Updates": Reading(trace.clocks["updates"][at], "count"),
        "Milliseconds": Reading(1000 * trace.clocks["seconds"][at]),
    }
