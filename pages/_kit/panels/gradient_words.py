"""What a gradient check shows, in sentences and tables with its own numbers."""

from typing import Any, NamedTuple

import numpy as np

from engine.checking.bugs import DECAY, KEEP_PROB, Bug, Objective
from engine.checking.checkup import EPSILONS, RIGHT, WRONG, Checkup, GroupVerdict
from engine.experiment.wording import exact, number, power
from engine.nn.network import Network
from engine.nn.types import Array
from pages._kit.runs.words import duration
from pages._kit.training import cache

_READINGS = {
    "right": "✓ agrees",
    "wrong": "✗ wrong",
    "doubtful": "? look closer",
    "rounding": "~ too small to tell",
}


class Findings(NamedTuple):
    """A checkup read with EPSILONS[at]: of the right gradient and of the one that is checked.

    `sound` and `checked` are gradients (P,), `bug` what is planted in the second, or None. `given`
    is what J was given for the bug: a "penalty", "dropout", or "" for nothing.
    """

    checkup: Checkup
    at: int
    bug: Bug | None
    sound: Array
    checked: Array
    given: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether a planted bug changes any number that is looked at."""
        exact = self.checkup.exact
        return bool(np.any(exact(self.checked) != exact(self.sound)))

    @property
    def ratio(self) -> float:
        """The notes' ratio of the gradient that is checked."""
        return float(self.checkup.ratios(self.checked)[self.at])

    @property
    def sound_ratio(self) -> float:
        """The notes' ratio of the right gradient."""
        return float(self.checkup.ratios(self.sound)[self.at])

    @property
    def verdicts(self) -> list[GroupVerdict]:
        """What the check says of each matrix."""
        return self.checkup.verdicts(self.checked, self.at)


def missing(objective: Objective) -> set[str]:
    """Return which of "penalty" and "dropout" J does not have."""
    lacking = set() if objective.l1 or objective.l2 else {"penalty"}
    return lacking if objective.masks is not None else lacking | {"dropout"}


def verdict(findings: Findings, is_secret: bool = False) -> str:
    """Return what the ratio says, and whether that is true."""
    ratio = power(findings.ratio)
    if findings.bug is None:
        return _of_sound(findings, ratio)
    if not findings.is_seen:
        return (
            f"**Not to be seen here.** The ratio is {ratio}, although the bug is there: it changes "
            f"nothing where {findings.bug.unseen}. A check in one place proves little."
        )
    found = "a bug is found" if is_secret else "the bug is found"
    if findings.ratio >= WRONG:
        told = (
            f":material/bug_report: **Wrong: {found}.** {ratio} is 10⁻³ or more. {_where(findings)}"
        )
    elif findings.ratio > RIGHT:
        told = (
            f":material/help: **Look closer.** {ratio} lies between 10⁻⁷ and 10⁻³. "
            f"{_where(findings)}"
        )
    else:
        told = (
            f":material/visibility_off: **Missed.** {ratio} passes: the bug changes the gradient "
            "too little to be seen."
        )
    return told + _without(findings)


def _without(findings: Findings) -> str:
    """Return what the ratio would be without the bug, and whether that would pass."""
    told = f" Without the bug the ratio is {power(findings.sound_ratio)}"
    if findings.sound_ratio < WRONG:
        return f"{told}."
    return f"{told}, which does not pass either: this ε, or this θ, cannot tell right from wrong."


def _of_sound(findings: Findings, ratio: str) -> str:
    checkup, at = findings.checkup, findings.at
    if findings.ratio <= RIGHT:
        same = "both gradients are zero" if findings.ratio == 0 else f"{ratio} is 10⁻⁷ or less"
        return f":material/check_circle: **Right:** {same}. Backpropagation agrees with J itself."
    says = "wrong" if findings.ratio >= WRONG else "look closer"
    lies = f":material/warning: **The check says “{says}”, and it lies:** nothing is planted. "
    crossed = int(cache.crossed(checkup, at).sum())
    if crossed:
        return lies + (
            f"The two ends of {crossed} of {len(checkup.indices)} differences lie on two sides of "
            "ReLU's kink, z = 0, where there is no derivative to approximate."
        )
    least = int(np.argmin(checkup.ratios(findings.sound)))
    if at < least:
        return lies + "ε is too large: truncation, which grows with ε²."
    if at > least:
        return lies + "ε is too small: J is rounded, and the difference divides that by 2ε."
    return lies + "Here J is rounded more coarsely than these derivatives are large."


def _where(findings: Findings) -> str:
    """Return in which matrices the check finds something, and in which it does not."""
    groups: dict[str, list[str]] = {}
    for matrix in findings.verdicts:
        groups.setdefault(matrix.reading, []).append(matrix.group)
    wrong, doubtful, agreeing = (groups.get(name, []) for name in ("wrong", "doubtful", "right"))
    suspect = wrong or doubtful
    if len(suspect) == len(findings.verdicts):
        return "Every matrix shows it."
    told = f"It shows in {_listed(suspect)}" if suspect else "No single matrix shows it"
    rest = []
    if agreeing:
        rest.append(f"{_listed(agreeing)} {'agrees' if len(agreeing) == 1 else 'agree'}")
    if wrong and doubtful:
        verb = "wants" if len(doubtful) == 1 else "want"
        rest.append(f"{_listed(doubtful)} {verb} a closer look")
    return told + (f", while {' and '.join(rest)}." if rest else ".")


def _listed(names: list[str]) -> str:
    if len(names) > 6:
        names = [*names[:3], "...", *names[-2:]]
    return ", ".join(names)


def code(bug: Bug, network: Network) -> str:
    """Return the lines of code of a planted bug, and those that should stand there."""
    rows = []
    for line in _lines(bug, network):
        rows += [(line.wrong, f"planted{line.where}"), (line.right, f"right{line.where}")]
    width = max(len(text) for text, _ in rows)
    return "\n".join(f"{text:{width}}  # {comment}" for text, comment in rows)


def replaced(bug: Bug, network: Network) -> str:
    """Return which line stands where which other one should."""
    told = [
        f"`{line.wrong}` stands where `{line.right}` should{line.where}"
        for line in _lines(bug, network)
    ]
    return f"{'; '.join(told)}."


class _Line(NamedTuple):
    """A line of code as it should be, with a bug in it, and in which layers it stands so."""

    right: str
    wrong: str
    where: str


def _lines(bug: Bug, network: Network) -> list[_Line]:
    """Return a bug's line, once for each way that g' makes it."""
    layers: dict[tuple[str, str], list[str]] = {}
    # Without a hidden layer no line speaks of g', so any name will do.
    for l, name in enumerate(network.activations or ("linear",), start=1):
        layers.setdefault(bug.lines(name), []).append(str(l))
    if len(layers) == 1:
        return [_Line(*pair, "") for pair in layers]
    return [
        _Line(*pair, f" in {'layers' if len(names) > 1 else 'layer'} {_listed(names)}")
        for pair, names in layers.items()
    ]


def subject(findings: Findings) -> str:
    """Return which J was looked at, and how much of it."""
    checkup = findings.checkup
    objective, looked_at, size = checkup.objective, len(checkup.indices), checkup.theta.size
    parameters = f"All {size:,} parameters"
    if looked_at < size:
        parameters = f"{looked_at:,} of {size:,} parameters, drawn by chance from each matrix"
    m = objective.columns
    samples = "1 training sample" if m == 1 else f"{m} training samples"
    told = f"{parameters}; {samples}; float64; J = {number(float(objective.cost(checkup.theta)))}."
    return told + _GIVEN[findings.given]


_GIVEN = {
    "": "",
    "penalty": f" The network has no penalty, so J was given an L2 one with λ/m = {exact(DECAY)}.",
    "dropout": f" The network has no dropout, so it was given one mask, keep_prob = "
    f"{exact(KEEP_PROB)}.",
}


def agreement(findings: Findings) -> str:
    """Return how far from each other the two values of a derivative are."""
    ((name, exact, numeric),) = _largest(findings, 1)
    return (
        "A point for each parameter; on the dashed line both values agree. Farthest off is "
        f"{name}, by {power(abs(exact - numeric))}: backpropagation says {number(exact)}, the "
        f"difference {number(numeric)}."
    )


_AT = {round(epsilon, 13): k for k, epsilon in enumerate(EPSILONS)}
"""Where each epsilon stands."""


def curve(findings: Findings) -> str:
    """Return where the right gradient's ratio is least, and how it grows on either side."""
    checkup = findings.checkup
    ratios = checkup.ratios(findings.sound)
    if not ratios.all():
        return "Both gradients are zero for some ε, and zero has no place on a log scale."
    if cache.crossed(checkup, len(EPSILONS) - 1).any():
        return (
            "Some z lies on ReLU's kink: however small ε is, a difference reaches across it, and "
            "the right gradient has a ratio that no ε makes small."
        )
    least = int(np.argmin(ratios))
    falls = float(ratios[_AT[1e-2]] / ratios[_AT[1e-3]])
    grows = float(ratios[_AT[1e-12]] / ratios[_AT[1e-8]]) ** 0.25  # from 1e-8 to 1e-12: 4 powers
    crosses = cache.crossed(checkup, _AT[1e-2]).any()
    kink = "; at 10⁻² some differences still reach across ReLU's kink" if crosses else ""
    told = (
        f"The right gradient's ratio is least at ε = {power(EPSILONS[least])}: "
        f"{power(float(ratios[least]))}. To the right truncation goes with ε², a factor of 100 for "
        f"each power of ten (here {number(falls)} from 10⁻² to 10⁻³"
        f"{kink}); to the left rounding goes with 1/ε, a "
        f"factor of 10 (here {number(grows)})."
    )
    if findings.bug is not None and findings.is_seen:
        told += " The bug is a floor that no ε gets below."
    return told


def table(findings: Findings) -> dict[str, list[Any]]:
    """Return the check's verdict on each matrix, as a table's columns."""
    verdicts = findings.verdicts
    return {
        "Matrix": [matrix.group for matrix in verdicts],
        "Reading": [_READINGS[matrix.reading] for matrix in verdicts],
        "Ratio": [matrix.ratio for matrix in verdicts],
        "Looked at": [f"{matrix.checked:,} of {matrix.size:,}" for matrix in verdicts],
    }


def worst(findings: Findings, most: int) -> dict[str, list[Any]]:
    """Return the parameters whose two values differ most, as a table's columns."""
    rows = _largest(findings, most)
    return {
        "Parameter": [row.name for row in rows],
        "dθ": [row.exact for row in rows],
        "dθ approx": [row.numeric for row in rows],
        "Difference": [row.exact - row.numeric for row in rows],
    }


class _Row(NamedTuple):
    """A parameter, its derivative by backpropagation, and the one by the difference."""

    name: str
    exact: float
    numeric: float


def _largest(findings: Findings, most: int) -> list[_Row]:
    """Return the parameters whose two values differ most."""
    checkup = findings.checkup
    exact, numeric = checkup.exact(findings.checked), checkup.numeric[findings.at]
    order = np.argsort(-np.abs(exact - numeric), kind="stable")[:most]
    places = checkup.places
    return [_Row(places[k].name, float(exact[k]), float(numeric[k])) for k in order]


def price(checkup: Checkup) -> str:
    """Return why nobody trains with differences, with this network's number and measured times."""
    P = checkup.theta.size
    differences, backwards = 2 * P * checkup.cost_seconds, checkup.gradient_seconds
    return (
        f"**Why not train with it?** One gradient takes 2P = {2 * P:,} evaluations of J. Here one "
        f"takes {_short(checkup.cost_seconds)}, so all take {_short(differences)}; "
        f"backpropagation gives the same gradient in {_short(backwards)}, "
        f"{differences / backwards:,.0f} times faster. So check once, on a few samples, and "
        "switch the check off."
    )


def _short(seconds: float) -> str:
    """Return a measured time.

    >>> _short(6.2e-5), _short(0.0123), _short(12.3)
    ('62 µs', '12 ms', '12 s')
    """
    if seconds < 1e-3:
        return f"{1e6 * seconds:.0f} µs"
    return f"{1e3 * seconds:.0f} ms" if seconds < 1 else duration(seconds)
