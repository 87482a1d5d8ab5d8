"""The page of a single neuron: logistic regression on a few samples, and how long a step takes."""

from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Integer
from engine.inspection.calories import FOODS, NUTRIENTS
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK
from pages._neuron.dims import LONGEST, MOST_AXES, Dims

INPUTS = PageKnob(
    name="n",
    default=10,
    knob=Integer(
        label="with inputs n",
        section="network",
        meaning="How many weights the racing neuron has.",
        low=1,
        high=100,
        equation="n_x",
    ),
    offer=(1, 2, 10, 30, 100),
)

MANY = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
"""By so many samples the race goes on."""

SAMPLES = PageKnob(
    name="m",
    default=100_000,
    knob=Integer(
        label="Race up to m",
        section="data",
        meaning="The most samples that both are timed for.",
        low=MANY[0],
        high=MANY[-1],
        equation="m",
    ),
    offer=MANY,
)

DIVISORS = {
    "by_axis_0": f"A.sum(axis=0), {(len(FOODS),)}",
    "row": f"A.sum(axis=0).reshape{(1, len(FOODS))}",
    "column": f"A.sum(axis=0).reshape{(len(FOODS), 1)}",
    "by_axis_1": f"A.sum(axis=1), {(len(NUTRIENTS),)}",
    "own_column": f"A.sum(axis=1, keepdims=True), {(len(NUTRIENTS), 1)}",
    "total": "A.sum(), ()",
}
"""What the table can be divided by, as NumPy writes it, with its shape."""

DIVISOR = PageKnob(
    name="by",
    default="row",
    knob=Choice(
        label="by",
        section="data",
        meaning="Sums of the table, in one shape or another.",
        titles=DIVISORS,
    ),
)

DIVIDED = PageKnob(
    name="of",
    default="table",
    knob=Choice(
        label="Divide",
        section="data",
        meaning="The table, or the sums of its rows.",
        titles={
            "table": f"A, {(len(NUTRIENTS), len(FOODS))}",
            "sums": f"A.sum(axis=1), {(len(NUTRIENTS),)}",
        },
    ),
)

LEFT, RIGHT = (
    PageKnob(
        name=name,
        default=default,
        knob=Dims(
            label=label, section="data", meaning="The lengths of its axes.", most=MOST_AXES,
            longest=LONGEST,
        ),
    )
    for name, label, default in (
        ("left", "One shape", (3, 4)), ("right", "and another", (4,)),
    )
)  # fmt: skip
"""Two shapes that are typed."""

BROADCASTING = "Broadcasting"

NEURON = Lens(
    path="neuron",
    defaults=Experiment(
        dataset="gaussians", samples=6, noise=0.3, train_fraction=1.0, dev_fraction=0.0,
        hidden=(), initializer="glorot", learning_rate=1.0, epochs=100, seed=1,
    ),
    knobs=(
        *("dataset", "samples", "noise"),
        *("initializer", "init_scale", "learning_rate", "epochs"),
        *("seed", "data_seed"),
    ),
    offers={
        "dataset": ("gaussians", "xor", "noisy_xor", "moons"),
        "samples": (4, 5, 6, 7, 8),
        "learning_rate": (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
        "epochs": (1, 3, 10, 30, 100, 300, 1000),
    },
    page_knobs=(INPUTS, SAMPLES, DIVIDED, DIVISOR, LEFT, RIGHT, *CHECK),
    hot=("learning_rate", "epochs", "samples", "seed"),
    tries=(
        Try(
            label="More inputs",
            meaning="The longer the rows, the more a loop has to do for each sample.",
            page_knobs={"n": 100},
        ),
        Try(
            label="XOR",
            meaning="Whatever it learns, a single neuron keeps to one straight line.",
            knobs={"dataset": "xor"},
            part="Trained",
        ),
        Try(
            label="Calories",
            meaning="Percentages of every column without a loop.",
            page_knobs={"by": "row"},
            part=BROADCASTING,
        ),
        Try(
            label="The trap of (n,)",
            meaning="Two lists of sums, and their quotient is a square.",
            page_knobs={"of": "sums", "by": "own_column"},
            part=BROADCASTING,
        ),
    ),
)  # fmt: skip
