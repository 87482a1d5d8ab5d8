"""Every page's lens, side by side: what each page shows and where it starts."""

from engine.experiment import Experiment
from pages._shared.initialisation import controls as of_initialisation
from pages._shared.lens import Dial, Lens

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

INITIALISATION = Lens(
    path="initialisation",
    defaults=Experiment(
        dataset="circles",
        dev_fraction=0.0,
        hidden=(12,) * 5,
        activation="relu",
        learning_rate=0.3,
        epochs=200,
    ),
    knobs=(
        *("dataset", "samples", "noise", "hidden", "activation", "init_scale", "init_noise"),
        *("learning_rate", "optimizer", "epochs", "l2", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("xor", "circles", "moons", "spirals", "mnist"),
        "samples": (100, 200, 300, 500, 1000, 2000),
        "hidden": (64,) * 10,
        "init_scale": (
            *(0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2),
            *(1.3, 1.4, 1.5, 1.7, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0, 50.0, 100.0),
        ),
        "epochs": (0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 500, 1000, 2000),
    },
    varied=("initializer",),
    dials=(
        Dial(
            name="schemes",
            default=("zeros", "small", "large", "xavier", "he"),
            knob=of_initialisation.SCHEMES,
        ),
        Dial(name="start", default="constant", knob=of_initialisation.START),
        Dial(name="breaking", default="one", knob=of_initialisation.NETWORK),
        Dial(name="n", default=100, knob=of_initialisation.N, offer=of_initialisation.N_OFFER),
        Dial(name="inputs", default="plain", knob=of_initialisation.INPUTS),
    ),
)

VANISHING = Lens(
    path="vanishing",
    defaults=Experiment(
        dataset="circles", hidden=(10,) * 10, activation="tanh", learning_rate=0.1, epochs=100
    ),
    knobs=(
        "dataset",
        "samples",
        "noise",
        "hidden",
        "activation",
        "initializer",
        "init_scale",
        "learning_rate",
        "optimizer",
        "epochs",
        "l2",
        "seed",
        "data_seed",
    ),
    offers={"hidden": (64,) * 50},
    varied=("clip", "standardize"),
)

REGULARISATION = Lens(
    path="regularisation",
    defaults=Experiment(
        dataset="moons",
        samples=100,
        noise=0.3,
        hidden=(32, 32),
        activation="relu",
        initializer="he",
        optimizer="adam",
        learning_rate=0.01,
        epochs=500,
    ),
    knobs=(
        "dataset",
        "samples",
        "noise",
        "hidden",
        "activation",
        "learning_rate",
        "optimizer",
        "epochs",
        "l1",
        "l2",
        "keep_prob",
        "patience",
        "seed",
        "data_seed",
    ),
    offers={"hidden": (64,) * 4},
)

BIAS_VARIANCE = Lens(
    path="bias_variance",
    defaults=Experiment(
        dataset="circles",
        samples=500,
        hidden=(8,),
        activation="tanh",
        optimizer="adam",
        learning_rate=0.03,
        epochs=300,
    ),
    knobs=(
        "dataset",
        "samples",
        "noise",
        "train_fraction",
        "dev_fraction",
        "hidden",
        "activation",
        "learning_rate",
        "optimizer",
        "batch_size",
        "epochs",
        "l2",
        "keep_prob",
        "seed",
        "data_seed",
    ),
    offers={"hidden": (128,) * 4},
)
