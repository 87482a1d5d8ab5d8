"""The page of regularisation: a network too big for its data."""

from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices, Flag, Integer
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK
from pages._regularisation.regularisers import REGULARISERS

REGULARISATION = Lens(
    path="regularisation",
    defaults=Experiment(
        dataset="moons",
        samples=300,
        noise=0.2,
        data_seed=5,
        train_fraction=0.2,
        dev_fraction=0.5,
        hidden=(24, 24),
        activation="tanh",
        optimizer="adam",
        learning_rate=0.03,
        epochs=500,
        l1=0.15,
        l2=0.1,
        keep_prob=0.8,
        patience=50,
    ),
    knobs=(
        *("dataset", "samples", "noise", "hidden", "activation"),
        *("learning_rate", "optimizer", "decay", "decay_rate", "decay_interval"),
        "weight_decay",
        *("batch_size", "epochs"),
        *("l2", "l1", "keep_prob", "patience", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("moons", "circles", "spirals", "noisy_xor", "gaussians", "mnist"),
        "samples": (50, 100, 200, 300, 500, 1000),
        "hidden": (64,) * 3,
        "batch_size": (1, 10, 20, 50, 100, 0),
        "epochs": (10, 30, 100, 200, 500, 1000),
        "patience": (0, 1, 5, 10, 20, 50, 100, 200, 500),
        "decay_rate": (0.001, 0.003, 0.01, 0.03, 0.1),
        "decay_interval": (1, 2, 5, 10, 20, 50, 100),
    },
    unfolded=("network", "regularisation"),
    hot=("l2", "keep_prob", "samples", "seed"),
    tries=(
        Try(
            label="More data instead",
            meaning="With more samples there is less noise to learn by heart.",
            knobs={"samples": 1000},
        ),
        Try(
            label="λ = 3",
            meaning="So strong a penalty that the network can no longer learn.",
            knobs={"l2": 3.0},
        ),
        Try(
            label="Drop more units",
            meaning="Which units are off, step by step.",
            knobs={"keep_prob": 0.5},
            part="Dropout",
        ),
        Try(
            label="Which weights go",
            meaning="L1 takes many weights to nearly zero, L2 makes all of them smaller.",
            part="The weights",
            page_knobs={"shown": ("plain", "l2", "l1")},
        ),
        Try(
            label="How strong is best?",
            meaning="All strengths from end to end, judged by the dev set.",
            part="How strong?",
        ),
    ),
    page_knobs=(
        PageKnob(
            name="shown",
            default=tuple(REGULARISERS),
            opening=("plain", "l2", "dropout"),
            knob=Choices(
                label="Side by side",
                section="regularisation",
                meaning="Which regularisers are trained side by side, all from the same start.",
                titles={name: row.title for name, row in REGULARISERS.items()},
                fewest=1,
                most=6,
            ),
        ),
        PageKnob(
            name="dev_points",
            default=False,
            knob=Flag(
                label="Show the dev points",
                section="regularisation",
                meaning="Draws the dev points, hollow, beside the training points, solid.",
            ),
        ),
        PageKnob(
            name="sweep",
            default="l2",
            knob=Choice(
                label="Knob to sweep",
                section="regularisation",
                meaning="Which strength is tried out from end to end, all others being off.",
                titles={"l2": "λ of L2", "l1": "λ₁ of L1", "keep_prob": "keep_prob of dropout"},
            ),
        ),
        PageKnob(
            name="step",
            default=250,
            knob=Integer(
                label="Mini-batch t",
                section="regularisation",
                meaning="The training step whose masks are shown, counted from the first.",
                low=1,
                high=100_000,
            ),
        ),
        PageKnob(
            name="sample",
            default=1,
            knob=Integer(
                label="Sample in it",
                section="regularisation",
                meaning="Every sample of a mini-batch has its own coin tosses: which one is shown.",
                low=1,
                high=2000,
            ),
        ),
        *CHECK,
    ),
)
