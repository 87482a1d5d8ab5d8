"""The page of a single step: networks so small that every number of it can be read."""

from engine.checking.slips import SLIPS
from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Integer
from engine.nn.losses import LOSSES
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK

OUTPUT = PageKnob(
    name="output",
    default="data",
    knob=Choice(
        label="Output layer",
        section="network",
        meaning="The last activation, and the loss that belongs to it.",
        titles={
            "data": "As the data need it",
            "sigmoid": f"Sigmoid: {LOSSES['sigmoid'].title.lower()}",
            "softmax": f"Softmax: {LOSSES['softmax'].title.lower()}",
            "linear": f"Linear: {LOSSES['linear'].title.lower()}",
        },
    ),
)

SLIP = PageKnob(
    name="slip",
    default="a1",
    knob=Choice(
        label="A slip of the notes",
        section="training",
        meaning="The line is run literally, as it stands there.",
        titles={name: slip.title for name, slip in SLIPS.items()},
    ),
    laid_out=True,
)

SIZES = tuple(
    PageKnob(
        name=f"shape_{name}",
        default=default,
        knob=Integer(
            label=label, section="network", meaning=meaning, low=1, high=high, equation=symbol
        ),
    )
    for name, default, high, label, symbol, meaning in (
        ("inputs", 784, 10_000, "Inputs", "n^{[0]}", "How many numbers a sample has."),
        ("units", 64, 10_000, "Hidden units", "n^{[1]}", "How many units layer 1 has."),
        ("outputs", 10, 1_000, "Outputs", "n^{[2]}", "How many units layer 2 has."),
        ("samples", 60_000, 10_000_000, "Samples", "m", "How many columns X has."),
    )
)

TRAINED = PageKnob(
    name="digits",
    default="epoch",
    knob=Choice(
        label="The network",
        section="network",
        meaning="Where the step starts.",
        titles={"start": "Before training", "epoch": "After an epoch on 6,000 digits"},
    ),
    laid_out=True,
)

BATCH = PageKnob(
    name="batch",
    default=0,
    knob=Integer(
        label="Mini-batch",
        section="data",
        meaning="Which digits of the training set the step is taken on.",
        low=0,
        high=749,
    ),
)

OPEN = "open"
"""Where the session keeps which cell is to be unfolded."""

ONE_STEP = Lens(
    path="one_step",
    defaults=Experiment(train_fraction=1.0, dev_fraction=0.0, samples=8, epochs=1, seed=1),
    knobs=(
        *("dataset", "bits", "samples", "noise", "features"),
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "epochs"),
        *("seed", "data_seed"),
    ),
    offers={
        "dataset": ("xor", "parity", "noisy_xor", "blobs"),
        "bits": (2, 3),
        "samples": (4, 5, 6, 7, 8),
        "features": ("x1", "x2", "x1_x2"),
        "hidden": (4, 4),
        "learning_rate": (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0),
        "epochs": (1, 2, 3, 10, 30, 100, 300, 1000),
    },
    by_layer=("activation",),
    page_knobs=(OUTPUT, SLIP, *SIZES, TRAINED, BATCH, *CHECK),
    hot=("hidden.units", "learning_rate", "activation", "seed"),
    tries=(
        Try(
            label="A weight's chain rule",
            meaning="An entry of dW[1] unfolded: press a factor, and see where it came from.",
            knobs={"activation": "tanh"},
            kept={OPEN: ("dW1", 1, 1)},
        ),
        Try(
            label="A unit that saturates",
            meaning="Weights so large that the slope of a sigmoid is nearly nothing.",
            knobs={"initializer": "large", "init_scale": 10.0},
            kept={OPEN: ("dZ1", 0, 3)},
        ),
        Try(
            label="α = 100",
            meaning="The slope promises a fall, and J rises.",
            knobs={"learning_rate": 100.0},
            kept={OPEN: ("fall", 0, 0)},
        ),
        Try(
            label="Softmax, three classes",
            meaning="The same lines with ∂a/∂z, a block for each sample, and still A − Y.",
            knobs={"dataset": "blobs"},
            kept={OPEN: ("dZ2", 0, 0)},
        ),
        Try(
            label="A slip of the notes",
            meaning="db without its sum, run as it stands: which shapes do not fit?",
            part="As the notes write it",
            kept={OPEN: ("db2", 0, 0), "page_knob.slip": "summed"},
        ),
    ),
)
