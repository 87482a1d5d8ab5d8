"""What is said about errors and gaps: the page, its panels, its lesson, the teacher's plan."""

import inspect
import math
from functools import cache
from statistics import NormalDist

import numpy as np

from engine.data.normalization import fit
from engine.data.planar import GAUSSIAN_CENTRES, GAUSSIAN_SPREAD
from engine.data.tables import DATASETS
from engine.diagnosis.gaps import HUMAN_ERROR, Diagnosis, best_error, diagnose
from engine.diagnosis.notes_cases import CASES, Case
from engine.diagnosis.recipe import ACTIONS
from engine.diagnosis.studies import depth_curve, learning_curve, quartiles, width_curve
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, training_size
from engine.inspection.rescaling import errors_in_groups
from engine.nn.intervals import least_difference, wilson
from engine.nn.types import Array
from engine.optim.bowl import Bowl, steps_needed
from engine.training.sweep import sweep
from pages._bias_variance import normalising
from pages._bias_variance.lens import BIAS_VARIANCE as BIAS_VARIANCE_LENS
from pages._bias_variance.splits import half, measured, told
from tests.pages.prose.claims import Claims, computed, holds, says
from tests.pages.prose.of_mnist import goal
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import BIAS_VARIANCE, trained

LEVEL = computed(lambda: [100 * (2 * NormalDist().cdf(_z()) - 1)])
"""The confidence level of the intervals, from the z that they are made with."""


def _z() -> float:
    return float(inspect.signature(wilson).parameters["z"].default)


def case(train: float, dev: float) -> Case:
    """The case with these errors in per cent."""
    return next(c for c in CASES if (100 * c.train, 100 * c.dev) == (train, dev))


def is_high_bias(given: Case, best: float | None = None) -> bool:
    return "avoidable_bias" in diagnose(trained(given.experiment), best).high


@cache
def sure(train: int, dev: int) -> tuple[float, float]:
    """In which share of networks the verdicts are sure: on the variance, and all of them."""
    kinds = ({}, {"hidden": (2,)}, {"dataset": "moons", "noise": 0.2}, {"l2": 3.0})
    m = train + dev
    found: list[Diagnosis] = []
    for kind in kinds:
        base = BIAS_VARIANCE.but(
            samples=m, train_fraction=train / m, dev_fraction=dev / m, epochs=60, **kind
        )
        found += map(diagnose, sweep([base.but(seed=k, data_seed=k) for k in range(3)], 2))
    of_variance = [diagnosis.variance.is_sure for diagnosis in found if diagnosis.variance]
    of_all = [gap.is_sure for diagnosis in found for gap in diagnosis.gaps.values()]
    return float(np.mean(of_variance)), float(np.mean(of_all))


def beats_the_best_rule() -> bool:
    """Whether the page's network errs less than the Bayes error where it learned, not on dev."""
    seen = diagnose(trained(BIAS_VARIANCE))
    return seen.rates["train"].error < seen.best < seen.rates["dev"].error


def bowls(stretch: float = 10) -> tuple[Bowl, Bowl]:
    rows, y = normalising._stretched(stretch)
    return Bowl(rows, y), Bowl(fit(rows).apply(rows), y)


def steps(bowl: Bowl, share: float) -> int | None:
    start = bowl.lowest + float(np.linalg.norm(bowl.lowest)) * np.array([-0.7, -0.7])
    return steps_needed(bowl.descend(start, share * bowl.largest_rate, 2000), bowl.lowest)


def is_rounder() -> bool:
    """Whether a bowl in two units is a valley, and a rounder one once it is standardised."""
    raw, scaled = bowls()
    few, many = steps(scaled, 0.5), steps(raw, 0.5)
    return raw.elongation > 5 > 2.5 > scaled.elongation and bool(few and many and few < many / 10)


def swings() -> bool:
    """Whether gradient descent at the largest stable rate swings for ever, and diverges above."""
    bowl = bowls()[1]
    far = [
        np.linalg.norm(bowl.descend(bowl.lowest + 1.0, share * bowl.largest_rate, 500)[-1])
        for share in (0.99, 1.0, 1.02)
    ]
    return bool(far[0] < far[1] < 10 < far[2] / 100)


@cache
def curve(study_of: str) -> tuple[Array, Array, Array]:
    """Values, and the median training and dev errors, of one of the page's curves."""
    study = {"size": learning_curve, "width": width_curve, "depth": depth_curve}[study_of](
        BIAS_VARIANCE.but(epochs=60), 3
    )
    runs = sweep(list(study.experiments), snapshots=2)
    done = [True] * len(runs)
    train, dev = (quartiles(study.errors(runs, done, split)).median for split in ("train", "dev"))
    return np.array(study.values), train, dev


def learning_curves_meet() -> bool:
    _, train, dev = curve("size")
    return bool(train[-1] > train[0] and dev[-1] < dev[0] / 2 and dev[-1] - train[-1] < 0.03)


def narrow_is_biased() -> bool:
    values, train, _ = curve("width")
    return bool(train[values <= 2].min() > 2 * train[values >= 8].max())


def shallow_is_biased() -> bool:
    """Whether a line is too little for circles, and enough for two clouds."""
    values, train, _ = curve("depth")
    line = BIAS_VARIANCE.but(dataset="gaussians", hidden=(), noise=0.35)
    at_best = diagnose(trained(line)).avoidable_bias.value < 0.03
    return bool(train[values == 0] > 0.3 > 0.1 > train[values > 0].max() and at_best)


def clouds_overlap() -> bool:
    """Whether Phi(-d / 2 sigma) is the engine's Bayes error of two clouds."""
    d = math.dist(*GAUSSIAN_CENTRES)
    found = NormalDist().cdf(-d / (2 * (GAUSSIAN_SPREAD + 0.2)))
    return math.isclose(found, DATASETS["gaussians"].bayes_error(0.2, 2), rel_tol=1e-9)


def alone_is_nothing() -> bool:
    """Whether a sample standardised by itself is 0, and so all of them get one answer."""
    sample = np.array([[3.0, -7.0]])
    example = trained(normalising.EXAMPLE)
    wrong = errors_in_groups(example, [1])[0]
    y = load(normalising.EXAMPLE).dev.y
    return not fit(sample).apply(sample).any() and bool(
        np.isclose(wrong, [y.mean(), 1 - y.mean()]).any()
    )


def times(action: str, what: str, experiment: Experiment) -> float:
    """How many times as large an action of the recipe makes a number."""
    after = ACTIONS[action].apply(experiment)
    assert after is not None
    read = {
        "units": lambda e: e.hidden[0], "epochs": lambda e: e.epochs, "samples": training_size,
        "l2": lambda e: e.l2,
    }[what]  # fmt: skip
    return read(after) / read(experiment)


def ladder(action: str, name: str, experiment: Experiment) -> list[float]:
    """The values that an action gives a knob, taken again and again."""
    found: list[float] = []
    while (after := ACTIONS[action].apply(experiment)) is not None:
        experiment = after
        found.append(getattr(after, name))
    return found


def first_lambda() -> float:
    """Training samples per λ that the recipe begins with, to one digit."""
    plain = BIAS_VARIANCE.but(samples=2000, train_fraction=0.5)
    after = ACTIONS["more_lambda"].apply(plain)
    assert after is not None
    return training_size(plain) / after.l2


SMALL = BIAS_VARIANCE.but(hidden=(8,), epochs=100, samples=200, l2=1.0)
SHIFTED = BIAS_VARIANCE.but(dataset="mnist", shift="blurred", samples=1000, train_fraction=0.5)

CLAIMS: Claims = {
    "pages/_bias_variance/prose/bowl.md": {
        "The grey ellipses": computed(lambda: [len(normalising._stretched(10)[0])]),
        "If one input comes": holds(is_rounder),
        "Standardised inputs make": holds(is_rounder),
    },
    "pages/_bias_variance/prose/depth.md": {"Without a hidden layer": holds(shallow_is_biased)},
    "pages/_bias_variance/prose/look.md": {
        "A network can be *better*": holds(beats_the_best_rule),
        "With 20 dev points few": holds(
            lambda dev: sure(100, int(dev))[0] < 0.1 and sure(100, int(dev))[1] < 0.5
        ),
        "With 1,000 points to learn": holds(
            lambda train, dev, least: sure(int(train), int(dev))[0] > least
        ),
        "Open the case of 15 %": holds(
            lambda train, dev, best: is_high_bias(case(train, dev))
            and not is_high_bias(case(train, dev), best / 100)
        ),
    },
    "pages/_bias_variance/prose/maths.md": {
        "Two round clouds": holds(clouds_overlap),
        "With $k$ of $m$ wrong": holds(
            lambda z, level: z == _z() and round(100 * (2 * NormalDist().cdf(z) - 1), 1) == level
        ),
        "For large $m$": holds(
            lambda times, share: math.isclose(
                float(half(0.1, np.array([1e6 * times]))[0] / half(0.1, np.array([1e6]))[0]),
                share, rel_tol=1e-3,
            )
        ),
        "A gap $p - q$": says(10),
        "A step of gradient descent": computed(
            lambda: [bowls()[0].largest_rate * bowls()[0].curvatures[1]]
        ),
    },
    "pages/_bias_variance/prose/same_scale.md": {"The network learned what": says(1.2)},
    "pages/_bias_variance/prose/size.md": {
        "More samples are harder": holds(learning_curves_meet),
        "Where both have met": holds(learning_curves_meet),
    },
    "pages/_bias_variance/prose/splits.md": {
        "What matters is how many": holds(
            lambda error, million, share, thousand, ten: error == share == 1
            and round(thousand * share / 100) == ten
            and told(measured(int(million), 0.98, error / 100, 0.02), 0.02).startswith("**Enough")
            and told(measured(int(thousand), 0.98, share / 100, 0.02), 0.02).startswith("**Too few")
        ),
    },
    "pages/_bias_variance/prose/width.md": {"A network with too few": holds(narrow_is_biased)},
    "pages/_bias_variance/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "Training error 1 %": computed(lambda: [100 * CASES[0].train, 100 * CASES[0].dev]),
        "**The four cases": computed(lambda: [len(CASES)]),
        "Take the network with": computed(lambda: [100 * CASES[1].train, 100 * CASES[1].dev]),
        "In *Splits*: m": holds(
            lambda m, train, more: {m, more} <= set(BIAS_VARIANCE_LENS.page_knob("m").offer)
            and f"{train:g}-1-1" in BIAS_VARIANCE_LENS.page_knob("split").knob.titles
        ),
        "Set the best possible error": holds(
            lambda best: f"{best / 100}" in BIAS_VARIANCE_LENS.page_knob("best").knob.titles
        ),
        "Is 15 % training error": holds(
            lambda train: is_high_bias(case(train, 16))
            and not is_high_bias(case(train, 16), 0.14)
        ),
        "Then: why is the test set": says(10),
    },
    "pages/_bias_variance/normalising.py": {
        "…, and after … 1 %": computed(
            lambda: [100 * inspect.signature(steps_needed).parameters["share"].default]
        ),
        "…, and after … steps more than 1 %": computed(
            lambda: [100 * inspect.signature(steps_needed).parameters["share"].default]
        ),
        "Met one by one": holds(alone_is_nothing),
        "; in groups of five": holds(lambda size: size in normalising._GROUPS),
    },
    "pages/_bias_variance/sentences.py": {
        "…… Whiskers: 95 %": LEVEL,
        "…high: the whole 95 %": LEVEL,
        "…not high: the whole 95 %": LEVEL,
    },
    "pages/_bias_variance/splits.py": {
        "One error is known to ±": computed(
            lambda: [round((least_difference(0.1, 1e8) / half(0.1, np.array(1e8))) ** 2, 3)]
        ),
        "Four times as many": holds(
            lambda times, share: math.isclose(
                float(half(0.1, np.array([1e6 * times]))[0] / half(0.1, np.array([1e6]))[0]),
                share, rel_tol=1e-3,
            )
        ),
    },
    "pages/_bias_variance/charts.py": {
        "Half of the 95 %": holds(lambda share, level: share == 0.5 and level == 95),
    },
    "pages/_mnist/mistakes.py": {"The bars are 95 %": LEVEL},
    "pages/_bias_variance/lens.py": {
        "For points it is known": computed(lambda: [100 * HUMAN_ERROR]),
        "Above 1 gradient descent": holds(swings),
    },
    "pages/_kit/panels/common.py": {"The band holds": says(0.5)},
    "pages/_bias_variance/page.py": {
        "This network makes no training": holds(
            lambda: diagnose(trained(BIAS_VARIANCE)).rates["train"].error == 0
            and diagnose(trained(BIAS_VARIANCE)).high == ("variance",)
        ),
        "Name the problem": computed(lambda: [100 * goal("bias_variance", "dev_error")]),
    },
    "engine/diagnosis/recipe.py": {
        "Four times as many units": computed(lambda: [times("bigger_network", "units", SMALL)]),
        "Three times as many epochs": computed(lambda: [times("train_longer", "epochs", SMALL)]),
        "Twice as many units": computed(lambda: [times("other_architecture", "units", SMALL)]),
        "Four times as many training": computed(lambda: [times("more_data", "samples", SMALL)]),
        "An L2 penalty": computed(
            lambda: [first_lambda(), times("more_lambda", "l2", SMALL)]
        ),
        "A keep_prob of": computed(lambda: ladder("dropout", "keep_prob", SMALL)),
        "10 %, then 30 %": computed(
            lambda: [100 * (all_ := ladder("target_data", "target_share", SHIFTED))[0],
                     100 * all_[1], all_[2]]
        ),
    },
    "engine/data/planar.py": {
        "Two round clouds, which": holds(
            lambda: diagnose(
                trained(BIAS_VARIANCE.but(dataset="gaussians", hidden=(), noise=0.35))
            ).avoidable_bias.value < 0.03 < best_error(
                BIAS_VARIANCE.but(dataset="gaussians", noise=0.35))
        ),
    },
}  # fmt: skip
