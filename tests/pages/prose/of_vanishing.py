"""What is said about depth: the page, its studies and cures, its lesson, the teacher's plan."""

import inspect
import math
from functools import cache

import numpy as np

from engine.diagnosis.cures import CURES, trials
from engine.experiment.experiment import Experiment
from engine.inspection.depth import (
    EXPLODED,
    SAMPLES,
    VANISHED,
    Profile,
    State,
    View,
    depth_study,
    deviations,
    linear,
    states,
)
from engine.nn.initializers import INITIALIZERS
from engine.training.run import Run
from pages._vanishing import charts as depth
from pages._vanishing import thought
from pages._vanishing.cures import _PATIENTS
from pages._vanishing.lens import VANISHING as VANISHING_LENS
from pages._vanishing.profiles import FACTORS
from tests.pages.prose.claims import Claims, cited, computed, holds, says
from tests.pages.prose.of_initialisation import kept_by_relu, power_kept, steepest
from tests.pages.prose.of_mnist import goal
from tests.pages.prose.plans import PLAN
from tests.pages.prose.runs import VANISHING, last, layers, trained

ENOUGH = 0.85
"""A network that gets so many training points right has learned something."""


def profile(run: Run, at: int) -> Profile:
    """Return the sizes of a run's layers at one of its snapshots."""
    seen = View.of(run.experiment).profiles(run.snapshots.thetas[[at]])
    return Profile(*(values[0] for values in seen))


def lost(run: Run, at: int) -> int:
    """Return in how many layers the gradient is lost."""
    seen = profile(run, at)
    found = states(seen.gradient, float(seen.passed[-1]))
    return sum(state is not State.SOUND for state in found)


@cache
def cured(patient: str) -> dict[str, float]:
    """Return the training accuracy with each cure of a patient, alone and together."""
    tried = trials(VANISHING.but(**_PATIENTS[patient]), list(CURES))
    return {
        title: last(trained(experiment), "train_accuracy") for title, experiment in tried.items()
    }


def enough(patient: str) -> set[str]:
    alone = {cure.title for cure in CURES.values()}
    return {title for title, right in cured(patient).items() if right > ENOUGH and title in alone}


def together() -> bool:
    """Whether activation and start, none of which is enough alone, are so together."""
    tried = trials(VANISHING, ["activation", "start"])
    return last(trained(tried["all together"]), "train_accuracy") > ENOUGH


def is_lost_by_tanh() -> bool:
    """Whether with tanh all layers' gradients are lost, alike, as the activations have vanished."""
    seen = profile(trained(VANISHING.but(activation="tanh")), 0)
    is_alike = seen.gradient.max() < 1e6 * seen.gradient.min()
    found = states(seen.gradient, float(seen.passed[-1]))
    return bool(is_alike and set(found) == {State.VANISHED} and seen.activation[-2] < VANISHED)


def never_moves() -> bool:
    """Whether layer 1 of the page's own network is after training what it was, bit by bit."""
    run = trained(VANISHING)
    return bool((layers(run)[0].W == layers(run, 0)[0].W).all())


def digits(study: Experiment) -> list[float]:
    return [study.samples, study.hidden[0], study.learning_rate, study.batch_size, study.epochs]


def is_root_of_two() -> bool:
    """Whether He's start is Xavier's, times the root of 2."""
    he, xavier = (
        trained(depth_study(5, name).but(samples=100, epochs=0)).theta for name in ("he", "xavier")
    )
    return bool(np.allclose(he, math.sqrt(2) * xavier, rtol=1e-6))


def settings_of_deviations() -> list[int]:
    defaults = inspect.signature(deviations).parameters
    return [defaults[name].default for name in ("layers", "units", "samples")]


def explodes_and_vanishes() -> bool:
    small, same, large = (linear(w, 30).activation[-1] for w in (0.9, 1.0, 1.1))
    return small < 0.1 < same == 1 < 10 < large


def is_as_told(w: float = 0.8, L: int = 12) -> bool:
    """Whether what is passed back goes like w^(L - l), and every weight has one gradient."""
    seen = linear(w, L)
    powers = w ** (L - np.arange(1, L + 1))
    return np.allclose(seen.passed, powers) and np.allclose(seen.gradient, w ** (L - 1))


def limits(dtype: type) -> list[float]:
    found = np.finfo(dtype)
    return [float(found.smallest_subnormal), float(found.max)]


CLAIMS: Claims = {
    "pages/_vanishing/prose/activations.md": {
        "**Ten layers of 500 units": computed(settings_of_deviations),
        "Before you look: with": computed(lambda: [INITIALIZERS["small"].deviation(1, 1)]),
    },
    "pages/_vanishing/prose/depth.md": {
        "**Thirty layers": computed(lambda: [VANISHING_LENS.page_knob("depth").default]),
        "He et al. (2015) found": cited("He et al. 2015, section 2.2", 22, 30),
        "Here it is with digits": computed(lambda: digits(depth_study(30, "he"))),
        "Both start from the same": holds(is_root_of_two),
    },
    "pages/_vanishing/prose/maths.md": {
        "ReLU sets half": computed(lambda: [kept_by_relu(0), kept_by_relu(0)]),
        "The factor 2 makes up": holds(
            lambda two, L, kept: math.isclose(kept, math.sqrt(1 / two) ** L)
            and abs(math.sqrt(power_kept("xavier")) - math.sqrt(1 / two)) < 0.02
        ),
        "$\\sigma' = a(1 - a)": holds(
            lambda three, quarter: math.isclose(1 - steepest("sigmoid"), three * quarter)
        ),
        "A gradient below": computed(
            lambda: [VANISHED, round(-math.log10(np.finfo(np.float32).eps))]
        ),
        "Above 10 per weight": computed(lambda: [EXPLODED]),
        "Points are computed": computed(lambda: [*limits(np.float64), *limits(np.float32)]),
        "All sizes are root": computed(lambda: [SAMPLES]),
    },
    "pages/_vanishing/prose/slip.md": {
        "At exactly $w = 1$": holds(explodes_and_vanishes),
        "The gradient of a weight": holds(is_as_told),
        "A sigmoid is nowhere steeper": holds(
            lambda: steepest("sigmoid") == 0.25 < steepest("tanh") == steepest("relu") == 1
        ),
    },
    "pages/_vanishing/prose/teachers.md": {
        "Fifteen minutes": PLAN,
        "What is 0.9": computed(lambda: [0.9, 50]),
        "And 1.1": says(1.1),
        "(0.005 and 117": computed(
            lambda: [linear(0.9, 50).activation[-1], linear(1.1, 50).activation[-1]]
        ),
        "The page opens with fifteen": holds(
            lambda fifteen, half, twice: fifteen == len(VANISHING_LENS.first.hidden)
            and (half, twice) == FACTORS
            and last(trained(VANISHING_LENS.first), "train_accuracy") > ENOUGH
        ),
        "Press *Sigmoid": holds(never_moves),
        "Then choose tanh": holds(is_lost_by_tanh),
        "(None; activation and start": holds(
            lambda: not enough("A network that vanishes") and together()
        ),
        "(Each of three": holds(
            lambda three: enough("A network that explodes")
            == {CURES[name].title for name in ("activation", "start", "clip")}
            and three == 3
        ),
    },
    "pages/_vanishing/lens.py": {
        "Ten layers of 500": computed(lambda: settings_of_deviations()[:2]),
        "How deep a network of 64": computed(lambda: depth_study(30, "he").hidden[:1]),
    },
    "pages/_vanishing/real.py": {
        "Layers whose gradient has": computed(lambda: [VANISHED, EXPLODED]),
    },
    "pages/_vanishing/sentences.py": {
        "½ W and 2 W: the start": holds(
            lambda h, t, half, twice: (half, twice) == (h, t) == FACTORS
        ),
        "Activations before training:": holds(lambda half, twice: (half, twice) == FACTORS),
        "The gradient … before": holds(lambda half, twice: (half, twice) == FACTORS),
    },
    "pages/_vanishing/thought.py": {
        "Growth that looks harmless": computed(lambda: [thought._GUESSED_L]),
    },
    "pages/_vanishing/charts.py": {
        "Training cost: … (log scale": computed(lambda: [depth._MOST_COST])
    },
    "pages/_vanishing/page.py": {
        "Fifteen layers, and none": computed(lambda: [len(VANISHING.hidden)]),
        "The gradient of the first layers": holds(never_moves),
        "Look at the map, then": computed(lambda: [100 * (1 - goal("vanishing", "train_error"))]),
    },
}  # fmt: skip
