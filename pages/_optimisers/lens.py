"""The page of optimisers: seven of them at once, on a landscape and on a network."""

from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices, Integer, Real
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.knobs.reals import Reals
from pages._kit.panels.check import CHECK
from pages._optimisers.measures import MEASURES
from pages._optimisers.settings import (
    CONDITIONS,
    GROUNDS,
    MOST_PARAMETERS,
    RATES,
    SENSITIVITY,
    SENSITIVITY_RATES,
    STEPS,
    SWEEP,
    TURNS,
)

_TITLES = {name: method.title for name, method in OPTIMIZERS.items()}


def _optimiser(name: str, default: str, label: str, meaning: str) -> PageKnob:
    """Return a choice of one of the optimisers."""
    knob = Choice(label=label, section="training", meaning=meaning, titles=_TITLES)
    return PageKnob(name=name, default=default, knob=knob)


LANDSCAPE = PageKnob(
    name="on",
    default="bowl",
    knob=Choice(
        label="Landscape",
        section="training",
        meaning="What they go down.",
        titles=GROUNDS,
    ),
)

_RACE = (
    LANDSCAPE,
    PageKnob(
        name="kappa",
        default=100,
        knob=Integer(
            label="Condition number κ",
            section="training",
            meaning="How many times more sharply the bowl is bent across its valley than along it.",
            low=CONDITIONS[0],
            high=CONDITIONS[-1],
        ),
        offer=CONDITIONS,
    ),
    PageKnob(
        name="turned",
        default=0,
        knob=Integer(
            label="Turned by",
            section="training",
            meaning="By how many degrees the bowl's valley leaves the axis of w₁.",
            low=TURNS[0],
            high=TURNS[-1],
        ),
        offer=TURNS,
    ),
    *(
        PageKnob(
            name=name,
            default=0,
            knob=Integer(
                label=f"{label} weight",
                section="training",
                meaning="Which of θ's entries lies along the axis; 0 takes one that moved most.",
                low=0,
                high=MOST_PARAMETERS,
            ),
        )
        for name, label in (("i", "First"), ("j", "Second"))
    ),
    PageKnob(
        name="from",
        default=(),
        knob=Reals(
            label="Start",
            section="training",
            meaning="Where all set off; the landscape's own place, if left open.",
            fewest=0,
            most=2,
            low=-100,
            high=100,
        ),
    ),
    PageKnob(
        name="rates",
        default=(SWEEP,) * len(OPTIMIZERS),
        knob=Reals(
            label="Learning rates α",
            section="training",
            meaning="One for each optimiser, in their order; 0 takes the best of a sweep.",
            fewest=len(OPTIMIZERS),
            most=len(OPTIMIZERS),
            low=0,
            high=RATES[-1],
        ),
    ),
    PageKnob(
        name="run",
        default=tuple(OPTIMIZERS),
        knob=Choices(
            label="Optimisers",
            section="training",
            meaning="Which of them are drawn.",
            titles=_TITLES,
            fewest=1,
            most=len(OPTIMIZERS),
        ),
    ),
    PageKnob(
        name="steps",
        default=300,
        knob=Integer(
            label="Steps",
            section="training",
            meaning="How many each of them takes.",
            low=STEPS[0],
            high=STEPS[-1],
        ),
        offer=STEPS,
    ),
    PageKnob(
        name="at",
        default=STEPS[-1],
        knob=Integer(
            label="Step shown",
            section="training",
            meaning="Where the race rests; beyond its last step at its end.",
            low=0,
            high=STEPS[-1],
        ),
    ),
)

_STEP = (
    _optimiser("by", "adam", "Optimiser", "Whose step is written out."),
    PageKnob(
        name="w",
        default="1",
        knob=Choice(
            label="Weight",
            section="training",
            meaning="Which of the two numbers is followed.",
            titles={"1": "w₁", "2": "w₂"},
        ),
        laid_out=True,
    ),
    PageKnob(
        name="t",
        default=1,
        knob=Integer(
            label="Step t",
            section="training",
            meaning="Which step is written out.",
            low=1,
            high=STEPS[-1],
        ),
    ),
)

AXIS = PageKnob(
    name="against",
    default="steps",
    knob=Choice(
        label="Cost against",
        section="training",
        meaning="What the chart counts along its axis.",
        titles={"steps": "updates", "seconds": "seconds"},
    ),
    laid_out=True,
)

NETWORK_RATES = PageKnob(
    name="alphas",
    default="usual",
    knob=Choice(
        label="Learning rates",
        section="training",
        meaning="The same care for all: their usual rates, or each its own best of a sweep.",
        titles={"usual": "their usual ones", "best": "each its best of a sweep"},
    ),
    laid_out=True,
)

TAKEN = _optimiser("taken", "adam", "Take with you", "Whose run is opened on another page.")

FOLLOWED = _optimiser("scheduled", "momentum", "Optimiser", "Whose learning rate is scheduled.")

SCHEDULED_RATE = PageKnob(
    name="alpha0",
    default=30.0,
    knob=Real(
        label="Learning rate α₀",
        section="training",
        meaning="What every schedule multiplies.",
        low=SENSITIVITY_RATES[0],
        high=SENSITIVITY_RATES[-1],
    ),
    offer=SENSITIVITY_RATES,
)

EDGE_RATE = PageKnob(
    name="edge",
    default=1.0,
    knob=Real(
        label="Learning rate α",
        section="training",
        meaning="With which gradient descent goes down, all samples at each step.",
        low=0.03,
        high=10.0,
    ),
    offer=(0.03, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0),
)

OPTIMISERS = Lens(
    path="optimisers",
    defaults=Experiment(
        dataset="circles", samples=200, train_fraction=0.8, dev_fraction=0.0, hidden=(8, 8),
        activation="tanh", optimizer="adamw", learning_rate=0.03, epochs=200, l2=0.1, seed=1,
    ),
    knobs=(
        *("dataset", "samples", "noise", "hidden", "activation"),
        *("beta1", "beta2", "weight_decay", "batch_size", "epochs"),
        *("l2", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("circles", "noisy_xor", "moons", "spirals", "gaussians", "checkerboard"),
        "samples": (100, 200, 300, 500),
        "hidden": (12,) * 3,
        "batch_size": (1, 10, 20, 50, 100, 0),
        "epochs": (10, 20, 50, 100, 200, 300),
    },
    most_steps=12_000,
    page_knobs=(
        *_RACE, *_STEP, AXIS, NETWORK_RATES, TAKEN, FOLLOWED, SCHEDULED_RATE, EDGE_RATE, *CHECK,
    ),
    varied=("optimizer", "learning_rate", "decay", "decay_rate", "decay_interval"),
    hot=("beta1", "beta2"),
    measures=MEASURES,
    tries=(
        Try(
            label="Turn the valley",
            meaning="Those that scale each weight by itself lose their lead where no axis helps.",
            page_knobs={"on": "bowl", "kappa": 300, "turned": 45, "from": ()},
        ),
        Try(
            label="Off the saddle",
            meaning="Where the slope is nearly zero, who gets away first?",
            page_knobs={"on": "saddle", "from": ()},
        ),
        Try(
            label="A real network",
            meaning="The same race over a plane through a network's own cost.",
            page_knobs={"on": "path", "from": ()},
        ),
        Try(
            label="How wide is α's valley?",
            meaning="The end cost against α for each: the width is the lesson.",
            part=SENSITIVITY,
        ),
    ),
)  # fmt: skip
