"""Initialisation schemes by their short names, and the experiments that compare them."""

from collections.abc import Sequence

from engine.experiment.experiment import Experiment
from engine.experiment.wording import exact
from engine.nn.initializers import INITIALIZERS

TITLES = {name: initializer.short for name, initializer in INITIALIZERS.items()}


def experiments(base: Experiment, schemes: Sequence[str]) -> list[Experiment]:
    """Return one experiment per scheme, equal in everything else."""
    return [base.but(initializer=scheme) for scheme in schemes]


def name(experiment: Experiment) -> str:
    """Return the scheme of an experiment as the page calls it.

    >>> name(Experiment(initializer="he")), name(Experiment(initializer="small", init_scale=3))
    ('He', 'Small 0.01 × 3')
    """
    title, scale = TITLES[experiment.initializer], experiment.init_scale
    return title if scale == 1 else f"{title} × {exact(scale)}"
