"""What is said about regularisers: the page, its panels, its lesson, the teacher's plan."""

import math
from functools import cache

import numpy as np

from engine.experiment.experiment import Experiment
from engine.inspection.dropout import expectation
from engine.inspection.shrinkage import TINY, norm, weights
from engine.nn.activations import ACTIVATIONS
from engine.nn.parameters import Layout
from engine.nn.regularization import Penalty, dropout_masks
from engine.nn.types import Array
from engine.training.run import Run, run
from pages._pages.registry import READY
from pages._regularisation import sparse, why
from pages._regularisation.pictures import around, final_errors, network_of
from pages._regularisation.regularisers import REGULARISERS, plain, regularised
from tests.pages.prose.claims import Claims, computed, holds, says
from tests.pages.prose.of_mnist import goal
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import REGULARISATION, network, trained

NEAR_ZERO = computed(lambda: [TINY])
GRID = 60


def shown(name: str, base: Experiment = REGULARISATION) -> Run:
    return trained(regularised(base, name))


def without() -> Run:
    return shown("plain")


def turns_up() -> bool:
    """Whether the dev cost turns and rises while the training cost goes on falling to nothing."""
    dev, train = (without().history[f"{split}_cost"] for split in ("dev", "train"))
    turn = int(np.argmin(dev))
    return 0 < turn < len(dev) - 1 and dev[-1] > 2 * dev[turn] and train[-1] < 0.01 < train[turn]


def gives_up_points() -> bool:
    """Whether every regulariser errs more on the training set, and less on the dev set."""
    train, dev = final_errors(without())
    others = [final_errors(shown(name)) for name in REGULARISERS if name != "plain"]
    return all(mine > train and its < dev for mine, its in others)


@cache
def says_one(strength: float) -> Array:
    """Where the page's network under L2 says 1, on a grid around its points."""
    done = trained(plain(REGULARISATION).but(l2=strength))
    net, problem = network(done.experiment)
    x1_from, x1_to, x2_from, x2_to = around(problem)
    x1, x2 = np.meshgrid(np.linspace(x1_from, x1_to, GRID), np.linspace(x2_from, x2_to, GRID))
    return net.forward(done.theta, np.stack([x1.ravel(), x2.ravel()])).Z[-1].reshape(GRID, GRID) > 0


def regions(says: Array) -> int:
    """How many connected regions of one answer there are."""
    left, count = {(i, j) for i in range(GRID) for j in range(GRID)}, 0
    while left:
        count, edge = count + 1, [left.pop()]
        while edge:
            i, j = edge.pop()
            for near in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                if near in left and says[near] == says[i, j]:
                    left.remove(near)
                    edge.append(near)
    return count


def is_line(says: Array) -> bool:
    """Whether a straight line parts the two answers, but for a hundredth of the picture."""
    i, j = np.indices(says.shape)
    X = np.stack([i.ravel(), j.ravel(), np.full(says.size, GRID)]).T / GRID - [0.5, 0.5, 0.0]
    y, w = np.where(says.ravel(), 1.0, -1.0), np.zeros(3)
    for _ in range(3000):
        w -= 5 * (X.T @ (-y / (1 + np.exp(y * (X @ w))))) / len(y)
    return float(np.mean((X @ w > 0) == says.ravel())) > 0.99


def goes_from_pockets_to_nothing() -> bool:
    seen = [says_one(strength) for strength in why.STRENGTHS]
    counts = [regions(picture) for picture in seen]
    return (
        counts[0] > 2 and counts[2] == counts[3] == 2 and not is_line(seen[3])
        and is_line(seen[4]) and counts[5] == 1
    )  # fmt: skip


def bends_where_large() -> bool:
    """Whether the weights shrink and fewer of tanh's inputs leave its linear range, as λ grows."""
    runs = [trained(plain(REGULARISATION).but(l2=strength)) for strength in why.STRENGTHS]
    sizes = [float(norm(network_of(done.experiment).layout, done.theta)) for done in runs]
    return sizes == sorted(sizes, reverse=True)


def keeps_a_mean() -> bool:
    """Whether over many masks z keeps its mean, and without the division loses a share of it."""
    done = shown("dropout")
    net, problem = network(done.experiment)
    keep = done.experiment.keep_prob
    masks = dropout_masks(done.experiment.hidden, 20_000, keep, np.random.default_rng(0))
    seen = expectation(net, done.theta, problem.train.X[:, 0], 0, keep, masks[0])
    error = 4 * seen.z.std() / math.sqrt(len(seen.z))
    return (
        abs(seen.z.mean() - seen.full) < error and abs(seen.unscaled.mean() - seen.expected) < error
    )


def notes_lambda() -> float:
    """By what the notes' λ has to be multiplied to get their L1 penalty, lambda/(2m) |W|, here."""
    layout, theta = Layout((2, 1)), np.array([3.0, -4.0, 9.0])
    of_notes, m = 5.0 / (2 * 10) * 7.0, 10
    return of_notes / float(Penalty(layout, 5.0, 0.0, m).cost(theta))


ALONE = Experiment(
    dataset="own", points=((1.0, 0.0, 1), (-1.0, 0.0, 0)), hidden=(), l1=0.4, learning_rate=0.1,
    epochs=400,
)  # fmt: skip
"""The second input is always 0, so nothing but the penalty moves its weight."""


def hovers(optimizer: str, within: float) -> bool:
    """Whether a weight that only L1 moves ends within so much of zero and goes on moving."""
    done = run(ALONE.but(optimizer=optimizer))
    ends = done.snapshots.thetas[-40:, 1]
    return bool(
        0 < np.abs(ends).max() <= within * 1.01 and np.abs(np.diff(ends)).max() > within / 10
    )


def shrinks_for_ever() -> bool:
    """Whether a weight that only L2 moves shrinks in proportion, and never is zero."""
    kept = run(ALONE.but(l1=0.0, l2=0.4)).snapshots.thetas[:, 1]
    return bool((np.diff(np.abs(kept)) < 0).all() and kept[-1] != 0)


def comes_to_rest() -> bool:
    steady, decaying = (
        abs(run(ALONE.but(optimizer="adam", epochs=1000, **knobs)).theta[1])
        for knobs in ({}, sparse.DECAY)
    )
    return decaying < steady / 10 and decaying < TINY


def dead_shrink() -> bool:
    """Whether a ReLU unit that has died loses its weights under L2."""
    base = Experiment(dataset="moons", samples=50, hidden=(1,), activation="relu", l2=1.0,
                      learning_rate=0.1, epochs=100, decay="none")  # fmt: skip
    theta = np.array([0.5, 0.5, -100.0, 1.0, 0.0])
    done = run(base, theta)
    return bool(
        np.linalg.norm(done.theta[:2]) < 0.9 * np.linalg.norm(theta[:2]) and done.theta[2] == -100
    )


def is_more_sparse() -> bool:
    tiny = {
        name: float(
            np.mean(
                np.abs(weights(network_of(shown(name).experiment).layout, shown(name).theta)) < TINY
            )
        )
        for name in ("l1", "l2")
    }
    return tiny["l1"] > 5 * tiny["l2"]


def keeps_the_best() -> bool:
    early = shown("early")
    return early.best_epoch == int(np.argmin(early.history["dev_cost"]))


CLAIMS: Claims = {
    "pages/_regularisation/prose/look.md": {
        "Where a network without regularisation": holds(turns_up),
        "A regulariser gives up": holds(gives_up_points),
    },
    "pages/_regularisation/prose/maths.md": {
        "The notes write": says(2),
        "To get the notes' penalty": computed(lambda: [notes_lambda()]),
        "**Early stopping** keeps": holds(keeps_the_best),
    },
    "pages/_regularisation/prose/scaling.md": {
        "If a share keep_prob": holds(keeps_a_mean),
    },
    "pages/_regularisation/prose/sparse.md": {
        "L2 pulls a weight": holds(shrinks_for_ever),
        "With gradient descent the weight": holds(
            lambda: hovers("gradient_descent", 0.1 * 0.4 / 2) and hovers("adam", 0.1)
        ),
        "It comes to rest near zero": holds(
            lambda rate: rate == sparse.DECAY["decay_rate"] and comes_to_rest()
        ),
        "ReLU units that have died": holds(dead_shrink),
    },
    "pages/_regularisation/prose/why.md": {
        "And with small weights": holds(bends_where_large),
        "With the page's own knobs": holds(goes_from_pockets_to_nothing),
        "At last the weights are": holds(lambda: regions(says_one(why.STRENGTHS[-1])) == 1),
    },
    "pages/_regularisation/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "The network without regularisation": holds(lambda: final_errors(without()).train == 0),
        "Find the epoch where": holds(turns_up),
        "Raise λ until the boundary": holds(lambda: is_line(says_one(1.0))),
        "Weight histograms of L1": holds(is_more_sparse),
    },
    "pages/_regularisation/page.py": {
        "All six networks know": holds(
            lambda count: count == len(REGULARISERS)
            and not any(
                final_errors(shown(name, REGULARISATION.but(**READY["regularisation"].start))).train
                for name in REGULARISERS
            )
        ),
        "Turn them up until": computed(lambda: [100 * goal("regularisation", "dev_error")]),
    },
    "pages/_regularisation/dropout_masks.py": {"Over the same masks": says(0.5)},
    "pages/_regularisation/predict.py": {"… of the weights are below": NEAR_ZERO},
    "pages/_regularisation/sparse.py": {
        "Below 0.001, left": NEAR_ZERO,
        "Below 0.001 are": NEAR_ZERO,
        "… of … … below": NEAR_ZERO,
    },
    "pages/_regularisation/verdicts.py": {"… of … … below": NEAR_ZERO},
    "pages/_regularisation/why.py": {
        "The same network from": computed(lambda: [why.STRENGTHS[-1]]),
        "Layers that are all linear": holds(
            lambda: np.allclose(ACTIVATIONS["linear"].function(np.arange(3.0)), np.arange(3.0))
        ),
    },
}  # fmt: skip
