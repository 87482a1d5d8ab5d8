"""The way here from other pages: the step that follows on a run's network, as a link."""

import numpy as np

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.problem import load
from engine.inspection.one_step.start import as_edits, begin, problem_with
from engine.nn.types import Array
from pages._kit.matrices import edits
from pages._one_step.lens import ONE_STEP
from pages._one_step.picture import EDITS

_TAKEN = (
    *("dataset", "bits", "samples", "noise", "features"),
    *("hidden", "activation", "learning_rate", "seed", "data_seed"),
)
"""What the step has of a run's experiment: its data, its network, its α. theta comes besides."""


def link(experiment: Experiment, theta: Array) -> dict[str, str] | None:
    """Return a link to the step from theta (P,) of a run; None where it is too large to be read."""
    if experiment.dataset not in ONE_STEP.offers["dataset"] or experiment.standardize:
        return None
    taken = {name: getattr(experiment, name) for name in _TAKEN if KNOBS[name].matters(experiment)}
    try:
        made = ONE_STEP.defaults.but(**taken)
    except ValueError:
        return None
    if ONE_STEP.read(ONE_STEP.write(made)) != (made, []):
        return None
    start = begin(made)
    if not np.array_equal(start.X, load(experiment).train.X) or theta.size != start.theta.size:
        return None
    cells = as_edits(start, theta)
    if any(problem_with(start, cell) for cell in cells):
        return None
    return ONE_STEP.write(made) | {EDITS: edits.write(cells)}
