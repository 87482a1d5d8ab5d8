"""What is said about initial weights: the page, its situations, its lesson, the teacher's plan."""

from functools import cache

import numpy as np

from engine.diagnosis.verdicts import Verdict, _falling, samples, verdict_on
from engine.experiment.experiment import Experiment
from engine.experiment.symmetry import distinct_units
from engine.inspection.depth import STUDIES, deviations
from engine.inspection.probes import Probe, probe
from engine.nn.activations import ACTIVATIONS
from engine.nn.weighted_sum import deviation_of_sum, one_input, sums
from engine.training.run import Run
from pages._initialisation import controls, predict, schemes, symmetry
from pages._initialisation import seeds as many_seeds
from pages._initialisation.lens import INITIALISATION as INITIALISATION_LENS
from pages._initialisation.why import _MEAN_SQUARE
from pages._pages.registry import READY
from pages._vanishing.lens import VANISHING as VANISHING_LENS
from tests.pages.prose.claims import Claims, cited, computed, holds, says
from tests.pages.prose.of_mnist import goal
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import (
    INITIALISATION,
    MNIST,
    last,
    layers,
    network,
    seeds,
    trained,
)

OPENING = INITIALISATION_LENS.page_knob("schemes").default
TEN = {"hidden": (12,) * 10}


def shown(**knobs: object) -> dict[str, Run]:
    """The runs that the page shows with these knobs, by their schemes."""
    chosen = schemes.experiments(INITIALISATION.but(**knobs), OPENING)
    return {experiment.initializer: trained(experiment) for experiment in chosen}


def verdicts(**knobs: object) -> dict[str, Verdict]:
    return {name: verdict_on(run) for name, run in shown(**knobs).items()}


def learned(**knobs: object) -> set[str]:
    return {name for name, verdict in verdicts(**knobs).items() if verdict.kind == "learned"}


@cache
def looked_into(scheme: str, activation: str, is_end: bool) -> Probe:
    run = shown(activation=activation)[scheme]
    net, problem = network(run.experiment)
    theta = run.theta if is_end else run.snapshots.thetas[0]
    return probe(net, theta, *samples(problem))


def grows() -> bool:
    """Whether with ReLU and N(0, 1) each layer's deviation is larger, and units die in training."""
    start, end = (looked_into("large", "relu", is_end) for is_end in (False, True))
    return bool((np.diff(start.deviation[:-1]) > 0).all() and end.dead.max() > start.dead.max())


def saturated() -> float:
    """The largest share of a layer's tanh activations that are saturated at the start."""
    return float(looked_into("large", "tanh", False).saturated.max())


def power_kept(scheme: str) -> float:
    """Which share of the power of ReLU activations a layer of 500 units leaves, on average."""
    seen = deviations(STUDIES[f"relu_{scheme}"], np.random.default_rng(0))
    return float((seen[-1] / seen[0]) ** (2 / (len(seen) - 1)))


@cache
def medians(*names: str) -> list[float]:
    """The median training accuracy over as many seeds as the panel has, ten layers deep."""
    deep = INITIALISATION.but(**TEN)
    runs = [seeds(deep.but(initializer=name), many_seeds.SEEDS) for name in names]
    return [float(np.median([last(run, "train_accuracy") for run in some])) for some in runs]


def kept_by_relu(power: int) -> float:
    """What ReLU leaves of the mean of |z|^power, z symmetric; 0 stands for the share not cut."""
    z = np.random.default_rng(0).standard_normal(200_000)
    return float((np.maximum(z, 0) ** 2).sum() / (z**2).sum()) if power else float((z > 0).mean())


def sigmoid_zeros(epoch: int) -> float:
    run = trained(MNIST.but(initializer="zeros", activation="sigmoid"))
    return float(run.history["test_accuracy"][epoch])


def rows_are_equal() -> bool:
    run = shown()["zeros"]
    return all(distinct_units(layer) == 1 for layer in layers(run)[:-1])


def dies_grows_or_stays() -> bool:
    """Whether the deviation behind five ReLU layers is next to nothing, larger, about the same."""
    small, large, he = (
        looked_into(name, "relu", False).deviation[-2] for name in ("small", "large", "he")
    )
    return bool(small < 1e-6 and large > 5 and 0.1 < he < 2)


def spread(n: int, deviation: float) -> float:
    rng = np.random.default_rng(0)
    return float(sums(rng, one_input(rng, n, 1.0), deviation, 4000).std())


def grows_with_root(low: int = 100, high: int = 900) -> bool:
    fixed = spread(high, 1.0) / spread(low, 1.0)
    scaled = spread(high, high**-0.5) / spread(low, low**-0.5)
    return abs(fixed - 3) < 0.3 and abs(scaled - 1) < 0.1 and deviation_of_sum(high, 1.0, 1.0) == 30


def steepest(activation: str) -> float:
    z = np.linspace(-8, 8, 4001)
    A = ACTIVATIONS[activation].function(z)
    return float(ACTIVATIONS[activation].derivative(z, A).max())


def situation(title: str) -> Experiment:
    (chosen,) = [row for row in predict.SITUATIONS if row.title == title]
    return INITIALISATION.but(**chosen.setting)


def hidden_of(title: str) -> list[int]:
    hidden = situation(title).hidden
    return [len(hidden), hidden[0]]


def falls_over_a_tenth() -> bool:
    """Whether "still learning" looks at the last tenth: a fall just before it is not seen."""
    early, late = np.ones(101), np.ones(101)
    early[90:], late[91:] = 0.5, 0.5
    return _falling(early) == 0 < _falling(late) == 0.5


CLAIMS: Claims = {
    "pages/_initialisation/prose/look.md": {
        "Every hidden unit computes the same thing": holds(rows_are_equal),
        "Scrub to epoch 0 and read": holds(
            lambda: looked_into("small", "relu", False).deviation[-2] < 1e-8
            and looked_into("small", "relu", False).gradient_rms[0] < 1e-8
        ),
        "With ReLU the signal grows": holds(grows),
        "With tanh it cannot grow": computed(lambda: [saturated()]),
        "Choose tanh: *Large* now": holds(
            lambda: "large" in learned(activation="tanh")
            and last((tanh := shown(activation="tanh"))["large"], "test_accuracy")
            < min(last(tanh["xavier"], "test_accuracy"), last(tanh["he"], "test_accuracy"))
        ),
        "With ReLU, Xavier still loses": holds(
            lambda half, two: abs(power_kept("xavier") - half) < 0.05
            and abs(power_kept("xavier") * two - power_kept("he")) < 0.1
            and (seen := verdicts())["he"].learned_at < seen["xavier"].learned_at
        ),
        "Ten layers deep one seed": holds(
            lambda depth: len(TEN["hidden"]) == depth
            and last((deep := shown(**TEN))["xavier"], "train_accuracy")
            > last(deep["he"], "train_accuracy")
        ),
        "Ask *Many seeds*": holds(
            lambda: (found := medians("he", "xavier"))[0] > found[1] + 0.1
        ),
    },
    "pages/_initialisation/prose/maths.md": {
        "With $z$ symmetric around": computed(lambda: [kept_by_relu(2)]),
        "With $\\tfrac1n$ the deviation": computed(lambda: [10, 0.5**5]),
        "With all zeros and": holds(
            lambda: not any(layer.W.any() for layer in layers(shown()["zeros"]))
        ),
        "On MNIST (784-64-10": computed(
            lambda: [
                *(MNIST.learning_rate, MNIST.batch_size, sigmoid_zeros(1)),
                *(100 * sigmoid_zeros(MNIST.epochs), MNIST.epochs, 11.35),
            ],
            is_slow=True,
        ),
        "About 70 %": cited("seen in single precision with another program", 70),
    },
    "pages/_initialisation/prose/symmetry.md": {
        "Units that start with equal rows": holds(rows_are_equal),
    },
    "pages/_initialisation/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "In *Symmetry*, the rows": holds(rows_are_equal),
        "Small, Large and He, five": computed(lambda: [len(INITIALISATION.hidden)]),
        "Go to epoch 0 and read": holds(dies_grows_or_stays),
        "Then switch to tanh": holds(
            lambda: saturated() > 0.3 and "large" in learned(activation="tanh")
        ),
        "Turn n in *Why Var = 1/n*": holds(grows_with_root),
        "(Half of each symmetric z": computed(lambda: [kept_by_relu(0), kept_by_relu(2)]),
    },
    "pages/_initialisation/controls.py": {
        "Two to six ways": computed(lambda: [controls.SCHEMES.most]),
        "Which network tries it": computed(
            lambda: [symmetry._ALONE["hidden"][0], symmetry._ALONE["epochs"]]
        ),
        "Whether the n inputs come": computed(lambda: [kept_by_relu(0)]),
        "After ReLU, mean of x²": computed(lambda: [_MEAN_SQUARE["relu"]]),
    },
    "pages/_initialisation/what_to_look_for.py": {
        "Where to go next: up to 50": computed(lambda: [len(VANISHING_LENS.offers["hidden"])]),
    },
    "pages/_initialisation/predict.py": {
        "One hidden layer of 12": computed(
            lambda: hidden_of("One hidden layer of 12 tanh units")[1:]
        ),
        "Five layers of tanh": computed(
            lambda: hidden_of("Five layers of tanh instead of ReLU")[:1]
        ),
        "Five layers of sigmoid": computed(lambda: hidden_of("Five layers of sigmoid units")[:1]),
        "The slope of the sigmoid": computed(lambda: [steepest("sigmoid")]),
        "Ten ReLU layers": computed(lambda: hidden_of("Ten ReLU layers of 32 units")),
        "ReLU cuts away half": computed(
            lambda: [kept_by_relu(2), hidden_of("Ten ReLU layers of 32 units")[0]]
        ),
    },
    "pages/_initialisation/seeds.py": {
        "Median of … seeds, and the middle half": says(0.5),
    },
    "pages/_initialisation/sentences.py": {
        "Still learning: the cost fell": holds(lambda tenth: tenth == 0.1 and falls_over_a_tenth()),
    },
    "pages/_initialisation/page.py": {
        "Ten layers that learn": computed(lambda: [len(READY["initialisation"].start["hidden"])]),
        "Ten hidden layers of sigmoid": holds(
            lambda depth: depth == len(READY["initialisation"].start["hidden"])
            and not learned(**READY["initialisation"].start)
        ),
        "Find an activation and": computed(
            lambda: [100 * (1 - goal("initialisation", "test_error"))]
        ),
    },
}  # fmt: skip
