"""The page of batch sizes."""

from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices, Integer, Real
from pages._batches import rates, sizes
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK

OPENING = ("1", "16", sizes.FULL)
"""The sizes that are shown at first."""

DIGITS = {
    "dataset": "mnist", "samples": 5000, "hidden": (64,), "learning_rate": 0.1, "epochs": 2,
}  # fmt: skip
"""As many digits as even batches of one go through in a second or two."""

CUT = (
    *(digit * 10**power for power in range(6) for digit in (1, 2, 5)),
    10**6,
    2 * 10**6,
    5 * 10**6,
)
"""So many samples are cut into mini-batches."""

CUTS = tuple(sorted({*CUT, *(2**power for power in range(13))}))
"""Of so many at a time: round numbers and powers of two."""


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
        *("epochs", "shuffle", "l2", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("circles", "noisy_xor", "moons", "spirals", "gaussians", "mnist"),
        "samples": (100, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000),
        "hidden": (64,) * 3,
        "learning_rate": (
            *(0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0),
        ),
        "epochs": (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500),
    },
    varied=("batch_size",),
    side_by_side={"batch_size": "sizes"},
    hot=("learning_rate", "epochs", "samples", "seed"),
    tries=(
        Try(
            label="MNIST",
            meaning="Some thousands of the digits: what an update costs, and what it brings.",
            knobs=DIGITS,
            page_knobs={
                "sizes": ("1", "64", "512", sizes.FULL),
                "alpha": rates.SAME,
                "clock": "seconds",
            },
        ),
        Try(
            label="Each its own α",
            meaning="Every batch size with the learning rate that suits it best.",
            page_knobs={"sizes": OPENING, "alpha": rates.BEST},
        ),
        Try(
            label="Sorted samples",
            meaning="What goes wrong when the samples lie in a file class by class.",
            part="Sorted data",
        ),
        Try(
            label="α = 3",
            meaning="Steps that the whole set can take, and a single sample cannot.",
            knobs={"learning_rate": 3.0},
            page_knobs={"sizes": OPENING, "alpha": rates.SAME, "clock": "epochs"},
        ),
    ),
    page_knobs=(
        PageKnob(
            name="sizes",
            default=OPENING,
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
        PageKnob(
            name="bowl_rate",
            default=0.1,
            knob=Real(
                label="α as a share of the largest that full batch can take",
                section="training",
                meaning="From 1 on even the steps of full batch grow instead of coming to rest.",
                low=0.0,
                high=1.1,
            ),
            offer=(0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0),
        ),
        PageKnob(
            name="noise_at",
            default="start",
            knob=Choice(
                label="Measured",
                section="training",
                meaning="With which weights: those that all runs start from, or those that the "
                "last run of the picture ended with.",
                titles={"start": "At the start", "end": "At the end of the last run"},
            ),
            laid_out=True,
        ),
        *(
            PageKnob(
                name=name,
                default=default,
                knob=Integer(label=label, section="data", meaning=meaning, low=1, high=5_000_000),
                offer=offer,
            )
            for name, default, label, meaning, offer in (
                ("m", 5_000_000, "Samples m", "How many samples there are in all.", CUT),
                ("b", 1000, "Mini-batch size B", "How many go into a mini-batch.", CUTS),
                ("t", 1, "Mini-batch t", "Which one is looked at.", ()),
            )
        ),
        PageKnob(
            name="order_size",
            default=16,
            knob=Integer(
                label="Samples per mini-batch",
                section="training",
                meaning="Samples per step, at most half of the training set.",
                low=1,
                high=512,
            ),
            offer=(1, 4, 16, 64, 128, 256, 512),
        ),
        PageKnob(
            name="target",
            default=0.5,
            knob=Real(
                label="To which share of the cost at the start",
                section="training",
                meaning="Each size is timed until its cost is first as low as that.",
                low=0.01,
                high=0.9,
            ),
            offer=(0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9),
        ),
        *CHECK,
    ),
)
