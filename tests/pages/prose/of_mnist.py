"""What is said about digits: the page, its presets, its lesson, the pad to draw on."""

import math
import re
from functools import cache

import numpy as np

from engine.data.mnist import load as load_digits
from engine.experiment.problem import load
from engine.experiment.wording import percent as as_percent
from engine.nn.losses import log_sum_exp, softmax
from engine.nn.types import Array
from engine.training.evaluation import logits
from engine.training.run import Run
from pages._kit.training.live import ESTIMATE
from pages._mnist.presets import PRESETS
from pages._pages.registry import READY
from tests.pages.prose.claims import Claims, cited, computed, holds, says
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import MNIST, last, layers, network, seeds, share, trained
from tests.pages.prose.sentences import ROOT

TEST = computed(lambda: [load(MNIST).test.m])
PRESET = {preset.title: MNIST.but(**preset.changes) for preset in PRESETS}


def notes() -> Run:
    """The notes' network, as the page opens with it."""
    return trained(MNIST)


@cache
def blank() -> Array:
    """Which pixels have no ink in any of the training digits, (784,)."""
    return ~load_digits().train_images.any(axis=0)


def is_outermost() -> bool:
    edge = np.ones((28, 28), bool)
    edge[2:-2, 2:-2] = False
    return bool(edge.ravel()[blank()].all())


def change() -> Array:
    """How far the notes' network has moved its weights, at most, for each pixel."""
    return np.abs(layers(notes())[0].W - layers(notes(), 0)[0].W).max(axis=0)


def moves_where_blank(**knobs: float) -> bool:
    """Whether with these knobs the weights at blank pixels do not stay where they started."""
    run = trained(MNIST.but(samples=1000, epochs=1, **knobs))
    return share(layers(run)[0].W[:, blank()] != layers(run, 0)[0].W[:, blank()]) > 0.9


@cache
def silent(rate: float) -> int:
    """How many neurons are above 0 for no test digit, trained at a learning rate."""
    run = trained(MNIST.but(learning_rate=rate, epochs=1))
    net, problem = network(run.experiment)
    return int((net.forward(run.theta, problem.test.X).Z[1].max(axis=1) <= 0).sum())


def is_template() -> bool:
    """Whether each class's weights of 784-10 are most like that class's own mean picture."""
    digits = load_digits()
    x, y = digits.train_images, digits.train_labels
    means = np.stack([x[y == k].mean(axis=0) for k in range(10)])
    W = layers(trained(MNIST.but(hidden=())))[0].W
    alike = np.corrcoef(np.vstack([W, means - means.mean(axis=0)]))[:10, 10:]
    return bool((alike.argmax(axis=1) == np.arange(10)).all() and np.diagonal(alike).min() > 0.4)


def costs() -> tuple[Array, Array, Array]:
    """Cost of each test digit of the notes' network, how sure it is of its reading, if right."""
    net, problem = network(MNIST)
    Z, y = logits(net, notes().theta, problem.test), problem.test.y
    cost = (log_sum_exp(Z) - Z)[y, np.arange(len(y))]
    return cost, softmax(Z).max(axis=0), Z.argmax(axis=0) == y


def sure_mistakes(sure: float, least: float, times: float) -> bool:
    cost, sureness, is_right = costs()
    wrong = cost[~is_right & (sureness > sure / 100)]
    return (
        round(-math.log(1 - sure / 100), 3) == least
        and wrong.min() >= least
        and abs(least / cost.mean() / times - 1) < 0.15
        and cost[is_right & (sureness > 0.999)].max() < 0.0011
    )


def shrinks(batch: int) -> float:
    """What the penalty alone makes of a weight in an epoch, alpha lambda = 10."""
    m = 60_000
    return (1 - 10 / m) ** -(-m // batch)


def ones() -> float:
    """The share of ones among the test digits, in per cent."""
    return 100 * share(load(MNIST).test.y == 1)


def of_zeros() -> float:
    return last(trained(PRESET["All weights zero"].but(epochs=1)), "test_accuracy")


def constant(file: str, name: str) -> int:
    text = (ROOT / f"pages/_mnist/drawing/web/{file}").read_text(encoding="utf-8")
    found = re.search(rf"{name} = (\d+);", text)
    assert found is not None
    return int(found[1])


def goal(path: str, measure: str) -> float:
    return next(wanted.bound for wanted in READY[path].lesson.goals if wanted.measure == measure)


CLAIMS: Claims = {
    "pages/_mnist/prose/inside.md": {
        "67 of the 784 pixels": holds(
            lambda count, pixels: is_outermost()
            and (count, pixels) == (blank().sum(), load(MNIST).n_x)
        ),
        "The weights there never learn": holds(lambda: change()[blank()].max() == 0),
        "*Change from start* makes it plain": holds(lambda: change()[~blank()].min() > 0),
        "(A penalty shrinks": holds(
            lambda: moves_where_blank(l2=0.7)
            and moves_where_blank(l1=0.7)
            and moves_where_blank(standardize=True)
        ),
        "Without a hidden layer (784-10)": holds(is_template),
        "Try a learning rate of 1": holds(lambda: silent(1.0) >= 8 > 1 > silent(0.1)),
        "For a digit rightly read": holds(sure_mistakes),
    },
    "pages/_mnist/prose/maths.md": {
        "A digit is a column": computed(lambda: [load(MNIST).n_x]),
        "With 64 hidden units": computed(lambda: MNIST.hidden),
        "The ten outputs": computed(lambda: [load(MNIST).n_y]),
        "Ten equal probabilities": computed(
            lambda: [10, last(trained(MNIST.but(initializer="zeros", epochs=0)), "train_cost")]
        ),
        "Random weights already have": holds(
            lambda cost: abs(cost - notes().history["train_cost"][0]) < 0.01
            and cost > math.log(10)
            and all(run.history["train_cost"][0] > math.log(10) for run in seeds(
                MNIST.but(epochs=0, samples=5000), 5))
        ),
        "With $\\alpha\\lambda = 10$": computed(lambda: [10, shrinks(32), 32, shrinks(256), 256]),
        "How far the penalty pulls": holds(
            lambda: math.isclose(shrinks(32), math.exp(-10 / 32), rel_tol=1e-3)
        ),
    },
    "pages/_mnist/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "784 inputs, 64 hidden units": computed(lambda: network(MNIST)[0].sizes),
        "(784 · 64": computed(lambda: [784, 64, 64, 64, 10, 10, network(MNIST)[0].layout.size]),
        "How many digits of 10,000": TEST,
        "Watch the first epoch": holds(
            lambda: notes().history["test_accuracy"][1] - notes().history["test_accuracy"][0]
            > 10 * (last(notes(), "test_accuracy") - notes().history["test_accuracy"][1])
        ),
        "Initialisation *Zeros* with ReLU": holds(
            lambda percent: f"{percent} %" == as_percent(of_zeros())
            and math.isclose(100 * of_zeros(), ones())
        ),
        "Then a learning rate of 3": holds(
            lambda rate: last(trained(MNIST.but(learning_rate=rate, epochs=1)), "test_accuracy")
            < 0.5
        ),
        "1,000 training digits": says(1000, 50),
        "The two curves part": holds(
            lambda: last(few := trained(MNIST.but(samples=1000, epochs=50)), "train_accuracy")
            - last(few, "test_accuracy") > 0.08
        ),
    },
    "pages/_mnist/presets.py": {
        "The same knobs in an independent NumPy program, five": holds(
            lambda five, low, high: five == 5
            and low - 0.5 <= 100 * last(notes(), "test_accuracy") <= high + 0.5
        ),
        "Samson Zhang": cited(
            "kaggle.com/code/wwsalmon/simple-mnist-nn-from-scratch-numpy-no-tf-keras",
            84.4, 83.1, 1000, PRESET["Zhang: 784-10-10, full batch"].epochs,
        ),
        "Michael Nielsen": cited("chapter 1 of the book: a peak of 95.42 %", 95.4),
        "LeCun et al. (1998)": cited("yann.lecun.com/exdb/mnist: linear, 12.0 % error", 88.0),
        "The same knobs in an independent NumPy program: 97.6": cited(
            "held to by tests/pages/_mnist/test_presets.py", 97.6, 99.4
        ),
        "Theory: with ReLU only": computed(lambda: [ones()]),
    },
    "pages/_xor/page.py": {"Four points that one neuron": computed(lambda: [4])},
    "pages/_bias_variance/splits.py": {"MNIST always has": TEST},
    "pages/_vanishing/literature.py": {
        "… On the way 1,000": computed(lambda: [ESTIMATE, load(MNIST).test.m])
    },
    "pages/_mnist/drawing/web/steps.js": {
        "Times …, so that the longer side": computed(lambda: [constant("normalise.js", "BOX")]),
        "Moved until the centre of mass": computed(
            lambda: [constant("normalise.js", "PICTURE") ** 2]
        ),
    },
    "pages/_mnist/page.py": {
        "Handwritten digits: 60,000": computed(lambda: [load(MNIST).train.m, load(MNIST).test.m]),
        "Three errors in a hundred": computed(lambda: [100 * goal("mnist", "test_error"), 100]),
        "The notes' network misreads": holds(
            lambda low, high, epochs: epochs == MNIST.epochs
            and all(low <= 100 * (1 - last(run, "test_accuracy")) <= high
                    for run in (notes(), trained(MNIST.but(seed=1))))
        ),
        "Bring it to 3 %": computed(
            lambda: [100 * goal("mnist", "test_error"), goal("mnist", "epochs"), *MNIST.hidden]
        ),
    },
    "engine/experiment/experiment.py": {
        "For MNIST the training digits": computed(
            lambda: [load(MNIST).train.m, load(MNIST).test.m]
        ),
    },
}  # fmt: skip
