"""The runs' paths in the plane in which they vary most, over the network's cost there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from engine.experiment.wording import listed, number, percent
from engine.inspection.loss_plane import Slice, of_path
from engine.nn.types import Array
from engine.training.timed import Trace
from pages._batches import charts, prose, sentences
from pages._batches.pictures import Pictures
from pages._batches.side_by_side import SideBySide
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training import cache

TITLE = "In the network's loss"

SIDE, SIDE_OF_IMAGES, MOST = 41, 21, 200
"""Cells along each side of the plane, and on how many samples the cost is worked out there."""

_MARGIN = 0.12


@dataclass(frozen=True, eq=False)
class Seen:
    """The cost over a plane, the paths in it, and which share of all variation it holds."""

    first: Array
    second: Array
    costs: Array
    paths: list[tuple[str, Array]]
    share: float


def show(visit: Visit, shown: SideBySide) -> None:
    """Draw the paths of the runs, as soon as they are trained."""
    st.markdown(prose("plane"))
    job, pictures = shown.watched.job, shown.pictures
    elements.draw_unless(
        "" if job.finished and shown.runs else "The runs are being trained.",
        lambda: _draw(visit, pictures),
    )


def _draw(visit: Visit, pictures: Pictures) -> None:
    seen = cache.worked_out(
        ("paths in a plane", pictures.job.experiments), lambda rest: look(pictures, rest)
    )
    elements.chart(
        charts.plane(seen.first, seen.second, seen.costs, seen.paths),
        told(seen, pictures),
        key=f"{visit.lens.path}.plane",
    )


def look(pictures: Pictures, rest: Callable[[], None]) -> Seen:
    """Work out the plane of all runs' thetas, and the cost over it."""
    problem, experiment = pictures.problem, pictures.job.experiments[0]
    traces = [trace for trace in pictures.traces if len(trace.thetas)]
    plane, share = of_path(np.concatenate([trace.thetas for trace in traces]).astype(float))
    letters = [
        letter
        for letter, trace in zip("ABCDEF", pictures.traces, strict=False)
        if len(trace.thetas)
    ]
    paths = [
        (letter, plane.coordinates(trace.thetas.astype(float)))
        for letter, trace in zip(letters, traces, strict=True)
    ]
    everywhere = np.concatenate([path for _, path in paths])
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    margin = _MARGIN * np.maximum(high - low, 1e-3 * max(float((high - low).max()), 1e-9))
    side = SIDE_OF_IMAGES if experiment.data.of_images else SIDE
    first, second = (np.linspace(low[k] - margin[k], high[k] + margin[k], side) for k in (0, 1))
    few = problem.train.thinned(MOST)
    seen = Slice(
        problem.network(experiment), plane, few.X.astype(float), few.Y.astype(float), rest=rest
    )
    costs = seen.cost(np.stack(np.meshgrid(first, second), axis=-1))
    return Seen(first, second, costs, paths, share)


def detour(trace: Trace) -> float:
    """Return how many times as long as the straight line from start to end a path is, at least.

    It is that through the thetas that were kept; what lies between two of them is cut short.
    """
    steps = np.linalg.norm(np.diff(trace.thetas.astype(float), axis=0), axis=1)
    straight = float(np.linalg.norm(trace.thetas[-1].astype(float) - trace.thetas[0]))
    return float(steps.sum()) / straight if straight else 1.0


def told(seen: Seen, pictures: Pictures) -> str:
    """Return how much of the way lies in the plane, and how straight each path is."""
    named = zip(sentences.names(pictures.job.experiments), pictures.traces, strict=True)
    lengths = [f"{detour(trace):.1f} ({name})" for name, trace in named if len(trace.thetas) > 1]
    known = seen.costs[np.isfinite(seen.costs)]
    lowest, highest = (number(float(end)) for end in (known.min(), known.max()))
    return (
        f"The plane holds {percent(seen.share)} of what the weights have moved. The darker, the "
        f"lower the cost on it, from {lowest} to {highest}. How many times as long as the straight "
        f"line each path is, at least: {listed(lengths)}."
    )
