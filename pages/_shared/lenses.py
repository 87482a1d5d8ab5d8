"""Every page's lens, side by side: what each page shows and where it starts."""

from engine.experiment import Experiment
from pages._shared.lens import Lens

XOR = Lens(
    path="xor",
    defaults=Experiment(train_fraction=0.5, dev_fraction=0.0),
    knobs=(
        *("dataset", "samples", "noise", "points", "train_fraction", "features", "standardize"),
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "optimizer", "beta1", "beta2", "batch_size", "epochs"),
        *("l1", "l2", "keep_prob", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("xor", "noisy_xor", "circles", "moons", "spirals", "gaussians", "own"),
        "samples": (20, 50, 100, 200, 300, 500, 1000),
        "hidden": (12,) * 6,
        "batch_size": (1, 5, 10, 20, 50, 100, 200, 0),
        "epochs": (10, 30, 100, 300, 1000, 2000, 3000),
        "train_fraction": tuple(round(0.1 * k, 1) for k in range(1, 11)),
    },
    most_steps=100_000,
)

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
        *("learning_rate", "optimizer", "beta1", "beta2", "decay", "decay_rate"),
        *("batch_size", "epochs", "patience", "clip", "l1", "l2", "keep_prob", "seed"),
    ),
    offers={
        "samples": (100, 300, 1000, 3000, 10_000, 30_000, 0),
        "dev_fraction": (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5),
        "hidden": (512,) * 4,
        "batch_size": (1, 8, 16, 32, 64, 128, 256, 512, 1024, 0),
        "epochs": (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500),
        "patience": (0, 1, 2, 3, 5, 10, 20),
    },
)
