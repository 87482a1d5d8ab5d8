"""A gradient check of an experiment's own network: which parameters, which samples, what it tells.

All in float64 and on a few samples; in a big network on a sample of the parameters.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from engine.checking.bugs import Objective
from engine.experiment.experiment import Experiment
from engine.experiment.streams import stream
from engine.nn.activations import ACTIVATIONS
from engine.nn.gradient_check import central_differences, crossings, relative_difference
from engine.nn.parameters import Layout
from engine.nn.regularization import dropout_masks
from engine.nn.types import Array
from engine.training.trainer import Trainer

EPSILONS = tuple(10.0**-k for k in range(1, 14))
"""What central differences are taken with: 1e-1, 1e-2, ..., 1e-13."""

RIGHT, WRONG = 1e-7, 1e-3
"""The notes' reading of the ratio: about 1e-7 or less is right, 1e-3 or more is wrong."""

_MOST, _LEAST = 400, 12
_SECONDS = 0.5
"""How many parameters are looked at: up to so many, fewer where their costs take too long."""

_ULPS = 4
"""J is a sum of rounded numbers, off by so many units of rounding at most, as a rule."""


class Place(NamedTuple):
    """Where a parameter stands: which part ("W" or "b") of which layer l, row and column from 1."""

    part: str
    layer: int
    row: int
    column: int

    @property
    def group(self) -> str:
        """The matrix it is an entry of, in the notes' notation.

        >>> Place("W", 2, 1, 3).group
        'W[2]'
        """
        return f"{self.part}[{self.layer}]"

    @property
    def name(self) -> str:
        """The parameter's name.

        >>> Place("W", 2, 1, 3).name, Place("b", 2, 4, 1).name
        ('W[2] row 1, column 3', 'b[2] row 4')
        """
        column = f", column {self.column}" if self.part == "W" else ""
        return f"{self.group} row {self.row}{column}"


class GroupVerdict(NamedTuple):
    """What the check says of one matrix: W[l] or b[l].

    checked of its `size` parameters were looked at, `ratio` is the notes' over these, `largest`
    the greatest difference. `reading` is "right", "wrong", "doubtful" in between, or "rounding"
    where the differences are no larger than what rounding J does to them.
    """

    group: str
    checked: int
    size: int
    ratio: float
    largest: float
    reading: str


@dataclass(frozen=True, eq=False)
class Checkup:
    """Central differences of J at theta (P,) for some parameters, to hold a gradient against.

    indices (k,)    the parameters that are looked at, ascending
    numeric (E, k)  d_approx for each of EPSILONS
    cost_seconds, gradient_seconds   what one J and one backpropagation took, measured
    """

    objective: Objective
    theta: Array
    indices: Array
    numeric: Array
    cost_seconds: float
    gradient_seconds: float
    _crossed: dict[int, Array] = field(default_factory=dict, init=False)

    @property
    def places(self) -> list[Place]:
        """Where each of the parameters looked at stands."""
        return places(self.objective.network.layout, self.indices)

    @property
    def is_finite(self) -> bool:
        """Whether nothing has overflowed, so that there is something to compare."""
        return bool(np.isfinite(self.numeric).all())

    def exact(self, gradient: Array) -> Array:
        """Return the entries (k,) of a gradient (P,) that are looked at."""
        return gradient[self.indices]

    def ratios(self, gradient: Array) -> Array:
        """Return the notes' ratio (E,) of a gradient (P,) for each of EPSILONS."""
        exact = self.exact(gradient)
        return np.array([relative_difference(numeric, exact) for numeric in self.numeric])

    def verdicts(self, gradient: Array, at: int) -> list[GroupVerdict]:
        """Return what the check with EPSILONS[at] says of each matrix, from the input side."""
        exact, numeric = self.exact(gradient), self.numeric[at]
        groups = np.array([place.group for place in self.places])
        sizes = _sizes(self.objective.network.layout)
        noise = self.noise(at)
        return [
            _verdict(group, sizes[group], numeric[groups == group], exact[groups == group], noise)
            for group in sizes
            if group in groups
        ]

    def crossed(self, at: int, rest: Callable[[], None] = lambda: None) -> Array:
        """Return of which differences (k,) with EPSILONS[at] the two ends lie beyond a ReLU's kink.

        One end on each side, that is: for some unit and sample z > 0 at one end only. Worked out
        once for each of EPSILONS; `rest` is called now and then on the way.
        """
        if at not in self._crossed:
            self._crossed[at] = self._crossings(EPSILONS[at], rest)
        return self._crossed[at]

    def _crossings(self, epsilon: float, rest: Callable[[], None]) -> Array:
        names = self.objective.network.activations
        kinked = [k for k, name in enumerate(names) if ACTIVATIONS[name].has_kink]
        if not kinked:
            return np.zeros(len(self.indices), bool)

        def sides(theta: Array) -> list[Array]:
            rest()
            is_active = self.objective.is_active(theta)
            return [is_active[k] for k in kinked]

        with np.errstate(all="ignore"):
            return crossings(sides, self.theta, epsilon, self.indices)

    def noise(self, at: int) -> float:
        """Return by how much rounding J to 53 bits may spoil one difference with EPSILONS[at]."""
        J = abs(float(self.objective.cost(self.theta)))
        return _ULPS * float(np.finfo(float).eps) * J / EPSILONS[at]


def check_up(
    objective: Objective, theta: Array, seed: int = 0, rest: Callable[[], None] = lambda: None
) -> Checkup:
    """Take central differences of J at theta (P,) with all EPSILONS.

    All parameters of a small network are looked at, of a big one a sample drawn with `seed`.
    `rest` is called now and then on the way.
    """

    def cost(thetas: Array) -> Array:
        rest()
        return objective.cost(thetas)

    rng = np.random.default_rng(seed)
    indices = sampled(objective.network.layout, affordable(objective), rng)
    with np.errstate(all="ignore"):
        differences = [central_differences(cost, theta, epsilon, indices) for epsilon in EPSILONS]
        return Checkup(
            objective,
            theta,
            indices,
            np.stack(differences),
            _seconds(lambda: objective.cost(theta)),
            _seconds(lambda: objective.gradient(theta)),
        )


def objective_of(experiment: Experiment, columns: int) -> tuple[Objective, Array]:
    """Return J of an experiment's network on `columns` of its training samples, and its start (P,).

    The samples are evenly spaced; with dropout one set of masks is drawn and kept. Raises
    ValueError where there is no training sample.
    """
    trainer = Trainer(experiment)
    train = trainer.problem.train
    count = min(columns, train.m)
    samples = train.select(np.arange(count) * train.m // count)
    masks = None
    if experiment.hidden and experiment.keep_prob < 1:
        dropout = stream(experiment.seed, "dropout")
        masks = dropout_masks(experiment.hidden, count, experiment.keep_prob, dropout)
    objective = Objective(
        trainer.network,
        samples.X.astype(float),
        samples.Y.astype(float),
        train.m,
        experiment.l1,
        experiment.l2,
        masks,
    )
    return objective, trainer.start.astype(float)


def affordable(objective: Objective) -> int:
    """Return how many parameters can be looked at in about a second, at most 400."""
    layout = objective.network.layout
    is_penalized = objective.l1 or objective.l2
    # What one J costs: its parameters are read, and fewer thetas at a time share NumPy's calls.
    a_parameter = (4e-9 if is_penalized else 1e-9) + 5e-11 * len(layout.shapes)
    seconds = a_parameter * layout.size
    return int(np.clip(_SECONDS / (2 * len(EPSILONS) * seconds), _LEAST, _MOST))


def sampled(layout: Layout, most: int, rng: np.random.Generator) -> Array:
    """Return all parameters if they are at most `most`, else as many of each matrix; ascending.

    Where there are more matrices than `most`, one parameter of each of `most` of them, evenly
    spread over the layers.
    """
    if layout.size <= most:
        return np.arange(layout.size)
    sizes = list(_sizes(layout).values())
    starts = np.cumsum([0, *sizes[:-1]])
    share = max(1, most // len(sizes))
    spread = np.unique(np.linspace(0, len(sizes) - 1, min(most, len(sizes))).astype(int))
    return np.concatenate(
        [
            starts[g] + np.sort(rng.choice(sizes[g], min(share, sizes[g]), replace=False))
            for g in spread
        ]
    )


def places(layout: Layout, indices: Array) -> list[Place]:
    """Return where the entries of theta at `indices` stand.

    >>> places(Layout((1, 2)), np.array([1, 2]))
    [Place(part='W', layer=1, row=2, column=1), Place(part='b', layer=1, row=1, column=1)]
    """
    groups = list(_sizes(layout).items())
    starts = np.cumsum([0, *(size for _, size in groups)])
    found = []
    for i in indices:
        group = int(np.searchsorted(starts, i, side="right")) - 1
        part, layer = "Wb"[group % 2], group // 2 + 1
        width = layout.sizes[layer - 1] if part == "W" else 1
        row, column = divmod(int(i - starts[group]), width)
        found.append(Place(part, layer, row + 1, column + 1))
    return found


def _sizes(layout: Layout) -> dict[str, int]:
    """Return how many parameters each matrix has, by its name, in theta's order."""
    sizes: dict[str, int] = {}
    for l, (n_out, n_in) in enumerate(layout.shapes, start=1):
        sizes |= {f"W[{l}]": n_out * n_in, f"b[{l}]": n_out}
    return sizes


def _verdict(group: str, size: int, numeric: Array, exact: Array, noise: float) -> GroupVerdict:
    ratio, differences = relative_difference(numeric, exact), np.abs(numeric - exact)
    largest = float(differences.max())
    if ratio <= RIGHT:
        reading = "right"
    elif largest <= noise:
        reading = "rounding"
    else:
        reading = "wrong" if ratio >= WRONG else "doubtful"
    return GroupVerdict(group, len(exact), size, ratio, largest, reading)


def _seconds(call: Callable[[], Array]) -> float:
    """Return the shortest of a few measured times of a call."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)
