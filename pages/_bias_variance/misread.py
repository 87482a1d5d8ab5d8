"""The dev digits that a network misreads: looking at them is how one finds out what to do."""

import numpy as np

from engine.experiment.problem import load
from engine.experiment.wording import are, counted, percent
from engine.training.evaluation import logits
from engine.training.run import Run
from pages._kit.runs.words import a
from pages._kit.site import elements
from pages._kit.tiles import Tile, tiles

_MOST = 16
_LOOKED_AT = 500


def show(run: Run) -> None:
    """Draw some dev digits that are misread, with what they are taken for."""
    experiment, problem = run.experiment, load(run.experiment)
    dev = problem.dev.select(np.arange(min(problem.dev.m, _LOOKED_AT)))
    if not dev.m or not np.isfinite(run.theta).all():
        return
    network = problem.network(experiment)
    read, true = logits(network, run.theta, dev).argmax(axis=0), dev.y
    wrong = np.flatnonzero(read != true)
    tiles(
        [
            Tile(
                int(k),
                dev.rows[dev.index[k]],
                f"{true[k]} → {read[k]}",
                f"{a(int(true[k]))} read as {a(int(read[k]))}",
            )
            for k in wrong[:_MOST]
        ],
        "Misread dev digits",
        key="bias_variance.misread",
        size=44,
    )
    shown = "" if len(wrong) <= _MOST else f", {_MOST} shown"
    elements.caption(
        f"What do these have in common? {len(wrong):,} of {counted(dev.m, 'dev digit')} "
        f"({percent(len(wrong) / dev.m)}) {are(len(wrong))} misread{shown}."
    )
