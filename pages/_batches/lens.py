"""The page of batch sizes."""

from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices
from pages._batches import rates, sizes
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK

DIGITS = {
    "dataset": "mnist", "samples": 5000, "hidden": (64,), "learning_rate": 0.1, "epochs": 2,
}  # fmt: skip
"""As many digits as even batches of one go through in a second or two."""

BATCHES = Lens(
    path="batches",
    defaults=Experiment(
        dataset="circles",
        samples=250,
        train_fraction=0.8,
        dev_fraction=0.0,
        hidden=(16,),
        activation="relu",
        initializer="he",
        learning_rate=0.5,
        epochs=30,
    ),
    knobs=(
        *("dataset", "samples", "noise", "hidden", "activation"),
        *("learning_rate", "optimizer", "decay", "decay_rate", "decay_interval"),
        *("epochs", "shuffle", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("circles", "noisy_xor", "moons", "spirals", "gaussians", "mnist"),
        "samples": (100, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000),
        "hidden": (64,) * 3,
        "learning_rate": (
            *(0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0),
        ),
        "batch_size": tuple(map(int, sizes.TITLES)),
        "epochs": (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500),
    },
    varied=("batch_size",),
    side_by_side={"batch_size": "sizes"},
    hot=("learning_rate", "epochs", "samples", "seed"),
    tries=(
        Try(
            label="MNIST",
            meaning="Digits: what one update costs, and what it brings.",
            knobs=DIGITS,
            page_knobs={"sizes": ("1", "64", "512", sizes.FULL), "clock": "seconds"},
        ),
        Try(
            label="Each its own α",
            meaning="Every batch size with the learning rate that suits it best.",
            page_knobs={"alpha": rates.BEST},
        ),
        Try(
            label="α = 3",
            meaning="Steps that the whole set can take, and a single sample cannot.",
            knobs={"learning_rate": 3.0},
            page_knobs={"clock": "epochs"},
        ),
    ),
    page_knobs=(
        PageKnob(
            name="sizes",
            default=("1", "16", sizes.FULL),
            knob=Choices(
                label="Batch sizes B",
                section="training",
                meaning="How many samples each update sees. All start from the same weights and go "
                "through the same epochs.",
                titles=sizes.TITLES,
                fewest=1,
                most=6,
            ),
        ),
        PageKnob(
            name="alpha",
            default=rates.SAME,
            knob=Choice(
                label="Learning rate",
                section="training",
                meaning="Whether all have the learning rate α of the knobs, or each the one with "
                "which a sweep ended at the least cost.",
                titles=rates.WAYS,
            ),
            laid_out=True,
        ),
        PageKnob(
            name="clock",
            default="updates",
            knob=Choice(
                label="Cost against",
                section="training",
                meaning="By what the runs are measured.",
                titles={
                    "updates": "Updates",
                    "epochs": "Epochs",
                    "samples": "Samples seen",
                    "seconds": "Seconds",
                },
            ),
        ),
        *CHECK,
    ),
)
