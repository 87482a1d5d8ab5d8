"""The XOR page: problems in the plane, and networks small enough to see every weight."""

from engine.experiment.experiment import Experiment
from pages._kit.knobs.lens import Lens, Try
from pages._kit.panels.check import CHECK

XOR = Lens(
    path="xor",
    defaults=Experiment(train_fraction=0.5, dev_fraction=0.0),
    knobs=(
        *(
            "dataset",
            "samples",
            "noise",
            "classes",
            "points",
            "train_fraction",
            "features",
            "standardize",
        ),
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "optimizer", "beta1", "beta2", "weight_decay", "batch_size", "epochs"),
        *("l1", "l2", "keep_prob", "seed", "data_seed"),
    ),
    offers={
        "dataset": (
            *("xor", "noisy_xor", "circles", "moons", "spirals", "gaussians"),
            *("rings", "checkerboard", "blobs", "own"),
        ),
        "samples": (20, 50, 100, 200, 300, 500, 1000),
        "hidden": (12,) * 6,
        "batch_size": (1, 5, 10, 20, 50, 100, 200, 0),
        "epochs": (10, 30, 100, 300, 1000, 2000, 3000),
        "train_fraction": tuple(round(0.1 * k, 1) for k in range(1, 11)),
    },
    by_layer=("activation",),
    most_steps=100_000,
    most_seconds=8.0,
    page_knobs=CHECK,
    hot=("hidden.units", "learning_rate", "activation", "seed"),
    tries=(
        Try(
            label="One neuron",
            meaning="Why one straight line is not enough: four conditions that contradict.",
            knobs={"hidden": ()},
            part="Step by step",
            kept={"step": "2 One perceptron"},
        ),
        Try(
            label="Two units, 32 seeds",
            meaning="Two hidden units can be enough, from a good start.",
            knobs={"hidden": (2,)},
            part="Seeds, not luck",
            kept={"many": True},
        ),
        Try(
            label="x₁x₂ as an input",
            meaning="With the right feature no hidden layer is needed.",
            knobs={"hidden": (), "features": ("x1", "x2", "x1_x2")},
        ),
        Try(
            label="All weights zero",
            meaning="The units of a layer stay copies of each other.",
            knobs={"initializer": "zeros"},
            part="Step by step",
            kept={"step": "4 What each neuron adds"},
        ),
        Try(
            label="α = 30",
            meaning="Steps so large that the cost jumps.",
            knobs={"learning_rate": 30.0},
        ),
    ),
)
