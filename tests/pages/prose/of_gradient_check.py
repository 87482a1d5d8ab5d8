"""What is said about checking gradients: what passes, where it lies, what a bug's pattern tells."""

import inspect
import math
from functools import cache

import numpy as np

from engine.checking.bugs import BUGS, equipped
from engine.checking.checkup import EPSILONS, RIGHT, WRONG, Checkup, check_up, objective_of
from engine.experiment.experiment import Experiment
from engine.nn.gradient_check import gradient_check
from engine.nn.types import Array
from pages._kit.runs.history import MOST
from tests.pages.prose.claims import Claims, computed, holds, says
from tests.pages.prose.runs import XOR, network, trained

SMOOTH = XOR.but(hidden=(4, 3), activation="tanh", epochs=10)


@cache
def checked(needs: str = "", is_trained: bool = False) -> Checkup:
    """The check of a smooth network, at its start or trained, with what a bug needs."""
    objective, start = objective_of(SMOOTH, 4)
    theta = trained(SMOOTH).theta if is_trained else start
    return check_up(equipped(objective, needs, np.random.default_rng(0)), theta)


def slopes() -> list[int]:
    """How the ratio of the right gradient goes with ε, on a log-log chart: above and below."""
    seen = checked()
    ratios = seen.ratios(seen.objective.gradient(seen.theta))
    at = dict(zip(EPSILONS, ratios, strict=True))
    return [
        round(math.log10(at[1e-2] / at[1e-3])),
        round(math.log10(at[1e-11] / at[1e-8]) / -3),
    ]


def least() -> float:
    seen = checked()
    return EPSILONS[int(np.argmin(seen.ratios(seen.objective.gradient(seen.theta))))]


def one_sided() -> int:
    """The slope of the error of a difference taken on one side only."""
    seen = checked()
    J, theta, exact = seen.objective.cost, seen.theta, seen.objective.gradient(seen.theta)
    steps = np.eye(theta.size)
    errors = [np.linalg.norm((J(theta + e * steps) - J(theta)) / e - exact) for e in (1e-2, 1e-3)]
    return round(math.log10(errors[0] / errors[1]))


def is_kinked() -> bool:
    """Whether at (0, 0), with biases of zero, every ReLU unit's sum is 0."""
    net, problem = network(XOR.but(hidden=(5,), activation="relu"))
    theta = net.layout.initialize(np.random.default_rng(0), "he")
    origin = problem.train.X[:, ~problem.train.X.any(axis=0)]
    return origin.shape[1] == 1 and not net.forward(theta, origin).Z[1].any()


def pattern(name: str, *, is_trained: bool = True) -> dict[str, str]:
    """What the check says of each matrix with a bug."""
    bug = BUGS[name]
    seen = checked(bug.needs if bug.needs != "hidden" else "", is_trained)
    wrong = bug.gradient(seen.objective, seen.theta)
    return {matrix.group: matrix.reading for matrix in seen.verdicts(wrong, EPSILONS.index(1e-5))}


def wrong_ones(name: str, **options: bool) -> set[str]:
    return {group for group, reading in pattern(name, **options).items() if reading != "right"}


ALL_OF = {"W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"}
WEIGHTS, BIASES = ({group for group in ALL_OF if group[0] == part} for part in "Wb")


def is_steeper_line() -> bool:
    """Whether without 1/m every derivative is m times what it should be; and the sign's is -1."""
    seen = checked()
    exact = seen.objective.gradient(seen.theta)
    no_mean, sign = (BUGS[name].gradient(seen.objective, seen.theta) for name in ("mean", "sign"))
    return np.allclose(no_mean, seen.objective.columns * exact) and np.allclose(sign, -exact)


def checks_two_programs() -> bool:
    """Whether a J and a gradient that are both wrong in the same way agree."""

    def cost(theta: Array) -> float:
        return 7 * float((theta**2).sum())  # a penalty seven times too strong

    theta = np.array([0.3, -0.2])
    return gradient_check(cost, 14 * theta, theta).ratio < RIGHT


def drawn_anew() -> bool:
    """Whether masks that are drawn anew at each evaluation make a right gradient look wrong."""
    rng = np.random.default_rng(0)

    def cost(theta: Array) -> float:
        return float(((theta * (rng.random(2) < 0.8)) ** 2).sum())

    theta = np.array([0.3, -0.2])
    return gradient_check(cost, 2 * theta, theta).ratio > WRONG


CLAIMS: Claims = {
    "pages/_kit/panels/prose/gradient_check_maths.md": {
        "About $10^{-7}$ or less": computed(lambda: [RIGHT]),
        "About $10^{-3}$ or more": computed(lambda: [WRONG]),
        "Against that stands": computed(lambda: [np.finfo(float).eps]),
        "On the log-log chart": computed(slopes),
        "They meet near": holds(
            lambda epsilon: abs(epsilon - np.finfo(float).eps ** (1 / 3)) < 0.5e-6
            and abs(math.log10(least() / epsilon)) < 1
        ),
        "A one-sided difference": holds(lambda two: one_sided() == two - 1 and slopes()[0] == two),
        "With biases of zero the input": holds(is_kinked),
        "*With dropout that is drawn": holds(drawn_anew),
        "A penalty that is wrong in J": holds(checks_two_programs),
    },
    "pages/_kit/panels/prose/gradient_check_patterns.md": {
        "**All points on a steeper line": holds(is_steeper_line),
        "**Only W off": holds(
            lambda: wrong_ones("penalty") == WEIGHTS
            and wrong_ones("bias") <= BIASES and wrong_ones("bias")
            and wrong_ones("penalized_biases") <= BIASES
        ),
        "**The last layer right": holds(
            lambda: all(
                wrong_ones(name) and not wrong_ones(name) & {"W[3]", "b[3]"}
                for name in ("slope", "mask")
            )
        ),
        "**All layers wrong": holds(
            lambda: all(wrong_ones(name) == ALL_OF for name in ("mean", "sign", "output"))
        ),
        "**A bug and yet right": holds(
            lambda: not wrong_ones("penalized_biases", is_trained=False)
            and bool(wrong_ones("penalized_biases"))
        ),
        "Check again after": holds(lambda: bool(wrong_ones("penalized_biases"))),
    },
    "pages/_kit/panels/gradient_words.py": {
        "; at 10⁻²": says(0.01),
        "To the right truncation": computed(lambda: [10**2, 10, 1e-2, 1e-3, 10]),
        "… is 10⁻³ or more": computed(lambda: [WRONG]),
        "… lies between": computed(lambda: [RIGHT, WRONG]),
        "… is 10⁻⁷ or less": computed(lambda: [RIGHT]),
    },
    "pages/_kit/panels/check.py": {
        "How far each parameter": computed(
            lambda: [inspect.signature(gradient_check).parameters["epsilon"].default]
        ),
    },
    "pages/_kit/runs/runs_file.py": {
        "The file is larger": computed(lambda: [MOST]),
    },
    "pages/_kit/knobs/points_file.py": {
        "Line … has …, but a point": computed(lambda: [len(Experiment().points[0])]),
    },
    "engine/checking/bugs.py": {"Output's derivative twice": says(2)},
}  # fmt: skip
