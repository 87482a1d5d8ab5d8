"""What the hidden units of a run make of the four points, in a sentence worked out from them."""

from collections.abc import Sequence

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.wording import are, counted, listed, number
from engine.inspection.explain import Contributions
from engine.inspection.gates import Gates, gates
from engine.nn.activations import ACTIVATIONS
from engine.nn.types import Array

CORNERS = ("(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)")
XOR = np.array([False, True, True, False])

_GATES = {
    (False, False, False, True): "AND",
    (False, True, True, True): "OR",
    (True, True, True, False): "NAND",
    (True, False, False, False): "NOR",
    tuple(XOR.tolist()): "XOR",
    (False, False, True, True): "x₁",
    (False, True, False, True): "x₂",
}
"""What is said of a unit besides, by where it is on."""

_SUMS = np.linspace(-10, 10, 2001)

MOST = 4
"""So many kinds of units can be told one by one."""


def sentence(taken: Contributions) -> str:
    """Say what each hidden unit does at the four points, and what the output makes of them."""
    read = gates(taken)
    if not read.counts.any():
        return "No hidden unit tells the four points apart, and so the output cannot."
    kinds = _kinds(read)
    if len(kinds) > MOST:
        said = [
            f"{counted(len(read.counts), 'unit')} share the work: with fewer, each can be told."
        ]
    else:
        said = [_told(read, taken, units) for units in kinds]
    idle = np.flatnonzero(~read.counts)
    if len(idle):
        said.append(f"{_named(idle)} hardly {'counts' if len(idle) == 1 else 'count'}.")
    return " ".join([*said, *_together(read, kinds)])


def of_one_line(experiment: Experiment) -> str:
    """Say what a single unit cannot do, "" where there are others or its boundary is no line."""
    if experiment.hidden != (1,) or experiment.features != ("x1", "x2"):
        return ""
    (name,) = experiment.activations
    values = ACTIVATIONS[name].function(_SUMS)
    if (np.diff(values) < 0).any():  # one that falls as well answers alike on two lines
        return ""
    return (
        "A single unit knows a single sum, so the boundary is one straight line. No line has more "
        "than 3 of the 4 points right: it takes a second unit."
    )


def _kinds(read: Gates) -> list[list[int]]:
    """Return the units that count, those together that are on at the same points for one cause."""
    found: dict[tuple[bool, ...], list[int]] = {}
    for unit in np.flatnonzero(read.counts).tolist():
        own = () if read.is_clear[unit] else (unit,)
        same = (*read.is_on[unit].tolist(), bool(read.favours[unit]), *own)
        found.setdefault(same, []).append(unit)
    return list(found.values())


def _told(read: Gates, taken: Contributions, units: Sequence[int]) -> str:
    first, *_ = units
    if not read.is_clear[first]:
        values = listed([number(a) for a in taken.activations[first]])
        return f"**{_named(units)}** answers by degrees: {values} at the four points."
    is_on = read.is_on[first]
    gate = _GATES.get(tuple(is_on.tolist()), "")
    return f"**{_named(units)}** {are(len(units))} {_where(is_on)}{f': {gate}' if gate else ''}."


def _where(is_on: Array) -> str:
    on, off = ([CORNERS[k] for k in np.flatnonzero(at)] for at in (is_on, ~is_on))
    if len(off) == 1:
        return f"on everywhere but at {off[0]}"
    return f"on at {listed(on)}{' alone' if len(on) == 1 else ''}"


def _together(read: Gates, kinds: Sequence[Sequence[int]]) -> list[str]:
    """Say how the output joins the units, whether that is XOR, and if not, what is in the way."""
    said = []
    if read.joined and len(kinds) <= MOST:
        word = " and " if read.joined == "all" else " or "
        votes = word.join(
            f"{_named(units).lower()} {are(len(units))} {'on' if read.favours[units[0]] else 'off'}"
            for units in kinds
        )
        said.append(f"The output says 1 where {votes}.")
    else:
        said.append(
            f"The output weighs what {'it says' if read.counts.sum() == 1 else 'they say'}."
        )
    right = int((read.says == XOR).sum())
    said.append(
        "**That is XOR.**" if right == len(XOR) else f"That is right at {right} of 4 points."
    )
    alike = _alike(read)
    if right < len(XOR) and alike:
        units = "the unit answers" if read.counts.sum() == 1 else "the units answer"
        said.append(
            f"At {listed(alike)} {units} nearly alike, but XOR does not: the output can hardly "
            "tell them apart."
        )
    return said


def _alike(read: Gates) -> list[str]:
    """Return two corners of different labels at which all units are on and off alike, if any."""
    if not read.is_clear[read.counts].all():
        return []
    on = read.is_on[read.counts]
    for negative in np.flatnonzero(~XOR):
        for positive in np.flatnonzero(XOR):
            if (on[:, negative] == on[:, positive]).all():
                return [CORNERS[negative], CORNERS[positive]]
    return []


def _named(units: Sequence[int] | Array) -> str:
    names = [str(unit) for unit in np.add(units, 1)]
    return f"Unit{'s' if len(names) > 1 else ''} {listed(names)}"
