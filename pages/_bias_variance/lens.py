"""The page of bias and variance: errors, gaps, and what to do about them."""

from engine.diagnosis.notes_cases import CASES
from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Flag, Integer, Real
from pages._kit.knobs.lens import Lens, PageKnob
from pages._kit.panels.check import CHECK

_BEST = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.14, 0.2, 0.3)

BIAS_VARIANCE = Lens(
    path="bias_variance",
    defaults=Experiment(
        dataset="circles",
        samples=500,
        noise=0.15,
        train_fraction=0.2,
        dev_fraction=0.4,
        hidden=(32,),
        activation="tanh",
        optimizer="adam",
        learning_rate=0.03,
        epochs=300,
    ),
    # The notes' first case: nearly all of the training digits right, and one in nine of the others
    # wrong. Dev and test set are large enough to be sure of it.
    opening=CASES[0].experiment,
    knobs=(
        *("dataset", "samples", "noise", "train_fraction", "dev_fraction"),
        *("shift", "shift_strength", "target_share", "standardize", "fitted_on"),
        *("hidden", "activation", "initializer"),
        *("learning_rate", "optimizer", "batch_size", "epochs"),
        *("l2", "keep_prob", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("noisy_xor", "circles", "moons", "spirals", "gaussians", "mnist"),
        "samples": (100, 200, 500, 1000, 2000, 5000, 10_000),
        "train_fraction": (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98),
        "dev_fraction": (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
        "hidden": (128,) * 4,
        "activation": ("relu", "tanh", "sigmoid", "leaky_relu"),
        "initializer": ("xavier", "glorot", "he"),
        "batch_size": (1, 8, 16, 32, 64, 128, 256, 0),
        "epochs": (1, 2, 4, 10, 20, 30, 60, 100, 300, 1000),
    },
    hot=("samples", "hidden.units", "l2", "epochs"),
    page_knobs=(
        PageKnob(
            name="best",
            default="known",
            knob=Choice(
                label="Best possible error",
                section="",
                meaning="What the training error is compared with: the Bayes error, which nobody "
                "can beat, or what people reach. For points it is known exactly; of digits people "
                "misread about 0.2 %.",
                titles={
                    "known": "Bayes error, or people's",
                    **{f"{share}": f"{share * 100:g} %" for share in _BEST},
                },
            ),
        ),
        PageKnob(
            name="threshold",
            default=3,
            knob=Integer(
                label="A gap is high from ... points on",
                section="",
                meaning="From how many percentage points on a gap between two errors counts as "
                "high. What is high depends on what the network is for; there is no law.",
                low=1,
                high=20,
            ),
            offer=(1, 2, 3, 4, 5, 7, 10, 15, 20),
        ),
        PageKnob(
            name="guess",
            default=False,
            knob=Flag(
                label="Let me guess first",
                section="",
                meaning="Shows the errors alone, and the verdict after you have said yours.",
            ),
        ),
        PageKnob(
            name="m",
            default=1000,
            knob=Integer(
                label="Samples m in all",
                section="",
                meaning="As many as you imagine to have.",
                low=100,
                high=10_000_000,
            ),
            offer=(
                100,
                300,
                1000,
                3000,
                10_000,
                30_000,
                100_000,
                300_000,
                1_000_000,
                3_000_000,
                10_000_000,
            ),
        ),
        PageKnob(
            name="split",
            default="60-20-20",
            knob=Choice(
                label="Train / dev / test",
                section="",
                meaning="How the samples are split; your own is that of the knobs at the side.",
                titles={"60-20-20": "60 / 20 / 20", "98-1-1": "98 / 1 / 1", "own": "Your own"},
            ),
        ),
        PageKnob(
            name="error",
            default=0.02,
            knob=Real(
                label="Error of the network, as a share",
                section="",
                meaning="What the network gets wrong in truth. A count on a finite set only comes "
                "near it.",
                low=0.001,
                high=0.5,
            ),
            offer=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5),
        ),
        PageKnob(
            name="curve",
            default="size",
            knob=Choice(
                label="Error against",
                section="",
                meaning="Which number is turned while all other knobs stay.",
                titles={
                    "size": "Training-set size",
                    "width": "Width of the hidden layers",
                    "depth": "Number of hidden layers",
                },
            ),
        ),
        PageKnob(
            name="starts",
            default=5,
            knob=Integer(
                label="Seeds",
                section="",
                meaning="How many networks are trained for each point of a curve, each on other "
                "samples and from another start.",
                low=3,
                high=15,
            ),
            offer=(3, 5, 9, 15),
        ),
        PageKnob(
            name="stretch",
            default=10,
            knob=Integer(
                label="x₁ is stretched by",
                section="",
                meaning="As if x₁ were given in a smaller unit, say millimetres instead of "
                "centimetres.",
                low=1,
                high=30,
            ),
            offer=(1, 3, 10, 30),
        ),
        PageKnob(
            name="rate",
            default=0.9,
            knob=Real(
                label="Learning rate, as a share of the largest stable one",
                section="",
                meaning="Above 1 gradient descent diverges; at 1 it swings for ever.",
                low=0.1,
                high=1.02,
            ),
            offer=(0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0, 1.02),
        ),
        *CHECK,
    ),
)
