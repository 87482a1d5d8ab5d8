"""The MNIST page: all digits, and knobs that may be turned while it learns."""

from engine.experiment.experiment import Experiment
from pages._kit.knobs.lens import Lens, Try
from pages._kit.panels.check import CHECK

MNIST = Lens(
    path="mnist",
    defaults=Experiment(
        dataset="mnist",
        samples=0,
        dev_fraction=0.0,
        hidden=(64,),
        activation="relu",
        initializer="he",
        learning_rate=0.1,
        batch_size=64,
        epochs=5,
    ),
    knobs=(
        *("samples", "dev_fraction", "standardize"),
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "optimizer", "beta1", "beta2", "weight_decay"),
        *("decay", "decay_rate", "decay_interval"),
        *("batch_size", "epochs", "patience", "clip", "l1", "l2", "keep_prob", "seed"),
    ),
    offers={
        "samples": (100, 300, 1000, 3000, 10_000, 30_000, 0),
        "dev_fraction": (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5),
        "hidden": (512,) * 4,
        "decay_interval": (1, 2, 3, 5, 10, 20, 50),
        "batch_size": (1, 8, 16, 32, 64, 128, 256, 512, 1024, 0),
        "epochs": (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500),
        "patience": (0, 1, 2, 3, 5, 10, 20),
    },
    by_layer=("activation",),
    hot=("hidden.units", "learning_rate", "samples"),
    tries=(
        Try(
            label="No hidden layer",
            meaning="How far the output alone can come.",
            knobs={"hidden": ()},
        ),
        Try(
            label="All weights zero",
            meaning="Every digit is read as the same one.",
            knobs={"initializer": "zeros"},
        ),
        Try(
            label="300 digits",
            meaning="It reads those it has learned from, and others worse.",
            knobs={"samples": 300, "epochs": 100},
        ),
        Try(
            label="Its mistakes", meaning="Which digits it misreads, and as what.", part="Mistakes"
        ),
        Try(
            label="Write to it",
            meaning="Turn your digit, and see what reaches the network.",
            part="Draw a digit",
        ),
    ),
    page_knobs=CHECK,
)
