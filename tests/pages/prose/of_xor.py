"""What is said about XOR and the plane: the page, its experiments and story, the teacher's plan."""

import dataclasses
import itertools
import math

import numpy as np

from engine.data.planar import BOARD_SQUARES
from engine.data.tables import DATASETS
from engine.experiment.problem import load
from engine.inspection.explain import xor_conditions
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.panels.challenge import Challenge
from pages._kit.panels.common import SEEDS
from pages._kit.player.wire import CLASSES
from pages._kit.runs import pins, words
from pages._pages.registry import READY
from pages._xor.challenges import CHALLENGES
from tests.pages.prose.claims import Claims, computed, holds, says
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import XOR, last, network, seeds, stuck, trained

CORNERS = len(load(XOR).points)
ALL = computed(lambda: [CORNERS])


def perceptron() -> Run:
    return trained(XOR.but(hidden=()))


def most_right_by_a_line() -> int:
    """Of all perceptrons with these weights, that which has the most points right."""
    weights = np.linspace(-2, 2, 9)
    return max(
        sum(condition.holds for condition in xor_conditions(np.array(theta))[0])
        for theta in itertools.product(weights, repeat=3)
    )


def says_a_half() -> bool:
    run = perceptron()
    output = network(run.experiment)[0].predict(run.theta, load(XOR).train.X)
    return bool(np.allclose(output, 0.5, atol=1e-9))


def named(title: str) -> Challenge:
    return next(challenge for challenge in CHALLENGES if challenge.title.startswith(title))


def ended(challenge: Challenge, hidden: tuple[int, ...], **finals: float) -> Run:
    """A run of a challenge that ended as said."""
    changes = {**challenge.setting, "hidden": hidden, "epochs": 1}
    if challenge.title.startswith("What does a linear"):
        changes["activation"] = "tanh"
    run = trained(XOR.but(**changes))
    history = dict(run.history) | {name: np.full(2, value) for name, value in finals.items()}
    return dataclasses.replace(run, history=history)


def is_bound(challenge: Challenge, hidden: tuple[int, ...], name: str, bound: float) -> bool:
    """Whether a challenge is met on one side of a bound and not on the other."""
    kept = {"train_accuracy": 1.0, "train_cost": 0.0, "test_cost": 0.0, "test_accuracy": 1.0}
    below, above = (
        challenge.is_met(ended(challenge, hidden, **kept | {name: bound + step}))
        for step in (-1e-6, 1e-6)
    )
    return below != above


def is_met_with(challenge: Challenge, hidden: tuple[int, ...]) -> bool:
    finals = {"train_accuracy": 1.0, "train_cost": 0.0, "test_cost": 0.0}
    return challenge.is_met(ended(challenge, hidden, **finals))


def two_lines() -> bool:
    """Whether two units always leave one class between their lines and the other outside."""
    ways = set()
    for run in seeds(XOR.but(hidden=(2,)), 200):
        if last(run, "train_accuracy") < 1:
            continue
        sides = network(run.experiment)[0].forward(run.theta, load(XOR).train.X).Z[1] > 0
        labels = load(XOR).train.y
        together = [
            bool((sides[:, labels == k][:, 0] == sides[:, labels == k].T).all()) for k in (0, 1)
        ]
        if sum(together) != 1:
            return False
        ways.add(together[1])
    return ways == {True, False}  # either class may be the one between the lines


def with_the_product() -> bool:
    """Whether x1 + x2 - 2 x1 x2 - 1/2 is above 0 exactly where XOR is 1."""
    points, labels = load(XOR).points, load(XOR).train.y
    x1, x2 = points[load(XOR).train.index].T
    return bool((((x1 + x2 - 2 * x1 * x2 - 0.5) > 0) == labels).all())


def moons_with(units: int, count: int = 16) -> int:
    """How many of the starts come to a test cost below 0.05 on the moons."""
    setting = named("The smallest").setting
    runs = seeds(XOR.but(**{**setting, "hidden": (units,)}), count)
    return sum(last(run, "test_cost") < 0.05 for run in runs)


def rings() -> Array:
    """Return the radii of the rings."""
    points, _ = DATASETS["rings"].generate(np.random.default_rng(0), 500, 0.0, 2, 2)
    return np.unique(np.hypot(*points.T).round(9))


def harder() -> bool:
    """Whether a network that learns simpler shapes fails at the spirals."""
    easy = {"samples": 200, "noise": 0.05, "hidden": (6,), "activation": "tanh"}
    base = XOR.but(**easy, learning_rate=0.5, epochs=300)
    errors = {
        name: 1
        - np.median([last(run, "train_accuracy") for run in seeds(base.but(dataset=name), 5)])
        for name in ("circles", "moons", "gaussians", "noisy_xor", "spirals")
    }
    return errors.pop("spirals") > 0.2 > 2 * max(errors.values())


def bar_is(bar: float) -> bool:
    """Whether `words.solved` counts from this share of the held-out points on."""
    run = trained(XOR.but(dataset="circles", epochs=1))
    told = [
        words.solved([dataclasses.replace(run, history=run.history | {"test_accuracy": ends})])
        for ends in np.array([[0, bar / 100], [0, bar / 100 - 1e-6]])
    ]
    return "in 1 of 1" in told[0] and "in 0 of 1" in told[1]


CLAIMS: Claims = {
    "pages/_xor/prose/contradiction.md": {
        "It is the same number": computed(
            lambda: [len(xor_conditions(np.array([1.0, 2.0, 3.0]))[0])]
        ),
        "Add the first and the last condition": holds(
            lambda: math.isclose(xor_conditions(np.array([1.0, 2.0, 3.0]))[1].value, 9.0)
        ),
    },
    "pages/_xor/prose/each_neuron.md": {"The table takes": ALL},
    "pages/_xor/prose/four_points.md": {
        "The training set is the whole truth table": holds(lambda: load(XOR).train.m == CORNERS),
    },
    "pages/_xor/prose/hidden_layer.md": {
        "Three hidden units are enough": holds(
            lambda units: stuck((int(units),)) <= 10 < 20 < stuck((2,))
        ),
    },
    "pages/_xor/prose/perceptron.md": {
        "To compute XOR, its three numbers": computed(lambda: [perceptron().theta.size, CORNERS]),
        "Gradient descent ends": holds(
            lambda half, cost: (
                half == 0.5 and says_a_half() and cost == round(last(perceptron(), "train_cost"), 3)
            )
        ),
        "The sums $z$ are then 0": holds(
            lambda: max(abs(c.z) for c in xor_conditions(perceptron().theta)[0]) < 1e-9
        ),
    },
    "pages/_xor/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "Draw the four points": ALL,
        "Set *Hidden layers* to 0": holds(lambda: stuck(()) == 200),
        "The cost comes to rest": computed(lambda: [2, last(perceptron(), "train_cost"), 0.5]),
        "One hidden layer of 2 units": says(2),
        "Hover over the hidden units": holds(two_lines),
        "About one start in five": computed(lambda: [200 / stuck((2,)), 2, stuck((3,)), 200, 3]),
    },
    "pages/_xor/challenges.py": {
        "All four points right at a cost": holds(
            lambda points, cost, units: (
                points == CORNERS
                and is_bound(named("How many"), (2,), "train_cost", cost)
                and is_met_with(named("How many"), (int(units),))
                and not is_met_with(named("How many"), (int(units) + 1,))
            )
        ),
        "Two draw two, and the output": holds(two_lines),
        "About one start in five": computed(lambda: [200 / stuck((2,))]),
        "All four points right without": ALL,
        "With the feature x₁x₂": holds(lambda a, b: a == b == 2 and with_the_product()),
        "Three hidden layers": computed(lambda: [len(named("What does").setting["hidden"])]),
        "Keep the hidden layers": holds(
            lambda bar: is_bound(named("What does"), (6, 6, 6), "test_accuracy", bar / 100)
        ),
        "All four points, only later": ALL,
        "Nothing: it says 0.5": holds(
            lambda half: (
                half == 0.5
                and math.isclose(
                    last(trained(XOR.but(initializer="zeros")), "train_cost"),
                    math.log(2),
                    abs_tol=1e-6,
                )
            )
        ),
        "Solve XOR with three": holds(
            lambda units: (
                is_met_with(named("Zero"), (int(units),)) is False
                and named("Zero").is_met(seeds(XOR.but(hidden=(int(units),)), 200)[0])
            )
        ),
        "How many hidden neurons separate": holds(
            lambda cost: is_bound(named("The smallest"), (4,), "test_cost", cost)
        ),
        "A test cost below 0.05": holds(
            lambda cost, units: (
                is_bound(named("The smallest"), (4,), "test_cost", cost)
                and is_met_with(named("The smallest"), (int(units),))
                and not is_met_with(named("The smallest"), (int(units) + 1,))
            )
        ),
        "The boundary has to bend twice": holds(
            lambda bends: moons_with(int(bends)) == 0 < moons_with(int(bends) + 1)
        ),
    },
    "pages/_xor/lens.py": {
        "4 What each neuron adds": says(4),
        "Two units, 32 seeds": computed(lambda: [SEEDS]),
        "Why one straight line": ALL,
    },
    "pages/_xor/story.py": {
        "1 The four points": ALL,
        "4 What each neuron adds": says(4),
        "**The four conditions": ALL,
        "In this space the output": ALL,
        "This part of the story": ALL,
        "Put the four points back": ALL,
        "A unit is on where its activation": ALL,
        "A single unit draws": holds(lambda: stuck((1,)) == 200),
        "Two lines can be enough": holds(lambda: 0 < stuck((2,)) < 200),
    },
    "pages/_xor/units.py": {
        "**…** answers by degrees": ALL,
        "No hidden unit tells": ALL,
        "That is right at": ALL,
        "No line has more than 3": holds(
            lambda most, corners: corners == CORNERS and most == most_right_by_a_line()
        ),
    },
    "pages/_kit/runs/words.py": {"gets 95 % of the held-out": holds(bar_is)},
    "pages/_xor/page.py": {
        "Four hidden neurons": holds(
            lambda units: (
                (start := trained(XOR.but(**READY["xor"].start))).experiment.hidden == (units,)
                and last(start, "train_accuracy") == 1
            )
        ),
    },
    "pages/_runs/panel.py": {"Choose one run": computed(lambda: [pins.MOST])},
    "engine/data/planar.py": {
        "The four points of the truth table": ALL,
        "Clouds around the four corners": ALL,
        "Two half circles": says(0.5),
        "Two arms wound around each other": holds(harder),
        "Up to a hundred points": computed(lambda: [words.KNOBS["points"].most]),
        "Four rings inside each other": computed(lambda: [len(rings()), len(rings()) - 1]),
        "Sixteen squares": holds(lambda: BOARD_SQUARES == 4),
        "Three to six round clouds": computed(
            lambda: [words.KNOBS["classes"].low, words.KNOBS["classes"].high]
        ),
    },
    "engine/data/mnist.py": {
        "Handwritten digits": computed(lambda: [DATASETS["mnist"].classes - 1, 28, math.sqrt(784)]),
    },
    "pages/_kit/player/wire.py": {
        "(n, ..., 1), or 3 to 6": computed(lambda: [CLASSES[0], CLASSES[-1]]),
    },
}
