"""Every page's lens, side by side: what each page shows and where it starts."""

from engine.cures import CURES
from engine.depth import DEPTHS, STUDIES
from engine.experiment import Experiment
from engine.knobs import Choice, Choices, Flag, Integer, Real
from pages._shared.initialisation import controls as of_initialisation
from pages._shared.lens import Dial, Lens
from pages._shared.regularisation.regularisers import REGULARISERS

_BEST = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.14, 0.2, 0.3)

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
        dataset="circles",
        hidden=(10,) * 15,
        activation="sigmoid",
        initializer="small",
        learning_rate=0.1,
        epochs=300,
    ),
    knobs=(
        *("dataset", "samples", "noise"),
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "optimizer", "beta1", "beta2", "batch_size", "epochs"),
        *("l2", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("noisy_xor", "circles", "moons", "spirals", "gaussians", "mnist"),
        "samples": (100, 200, 500, 1000, 2000),
        "hidden": (64,) * 50,
        "batch_size": (1, 10, 50, 100, 200, 0),
        "epochs": (10, 30, 100, 300, 1000),
    },
    most_steps=20_000,
    dials=(
        Dial(
            name="w",
            default=0.9,
            knob=Real(
                label="Weight w",
                section="network",
                meaning="Every layer multiplies by it.",
                equation=r"W^{[l]} = w I",
                low=0.5,
                high=1.5,
            ),
            offer=tuple(round(0.5 + 0.05 * k, 2) for k in range(21)),
        ),
        Dial(
            name="L",
            default=50,
            knob=Integer(
                label="Layers L",
                section="network",
                meaning="How many such layers there are, one behind the other.",
                low=2,
                high=100,
            ),
            offer=(2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100),
        ),
        Dial(
            name="gradient",
            default="weights",
            knob=Choice(
                label="Gradient shown",
                section="network",
                meaning="That of the weights is what a layer learns from; what is passed back is "
                "what the next layer below gets its own from.",
                equation=r"dW^{[l]} = \tfrac{1}{m}\, dZ^{[l]} A^{[l-1]\mathsf{T}}",
                titles={"weights": "of the weights, dW[l]", "passed": "passed back, dZ[l]"},
            ),
        ),
        Dial(
            name="cures",
            default=("activation", "start"),
            knob=Choices(
                label="Cures",
                section="network",
                meaning="Each is tried alone, and all of them together.",
                titles={name: cure.title for name, cure in CURES.items()},
                fewest=0,
            ),
        ),
        Dial(
            name="study",
            default="tanh_small",
            knob=Choice(
                label="Ten layers of 500 units",
                section="network",
                meaning="Activation and start of the network that is looked at.",
                titles={name: study.title for name, study in STUDIES.items()},
            ),
        ),
        Dial(
            name="depth",
            default=30,
            knob=Integer(
                label="Hidden layers of the digit network",
                section="network",
                meaning="How deep a network of 64 ReLU units a layer is to be trained.",
                low=min(DEPTHS),
                high=max(DEPTHS),
            ),
            offer=DEPTHS,
        ),
    ),
    varied=("clip", "standardize"),
)

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
        *("learning_rate", "optimizer", "decay", "decay_rate", "batch_size", "epochs"),
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
    },
    unfolded=("data", "network", "training", "regularisation"),
    dials=(
        Dial(
            name="shown",
            default=tuple(REGULARISERS),
            knob=Choices(
                label="Side by side",
                section="regularisation",
                meaning="Which regularisers are trained side by side, all from the same start.",
                titles={name: one.title for name, one in REGULARISERS.items()},
                fewest=1,
                most=6,
            ),
        ),
        Dial(
            name="dev_points",
            default=False,
            knob=Flag(
                label="Show the dev points",
                section="regularisation",
                meaning="Draws the dev points, hollow, beside the training points, solid.",
            ),
        ),
        Dial(
            name="sweep",
            default="l2",
            knob=Choice(
                label="Knob to sweep",
                section="regularisation",
                meaning="Which strength is tried out from end to end, all others being off.",
                titles={"l2": "λ of L2", "l1": "λ₁ of L1", "keep_prob": "keep_prob of dropout"},
            ),
        ),
        Dial(
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
        Dial(
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
    ),
)

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
    dials=(
        Dial(
            name="best",
            default="known",
            knob=Choice(
                label="Best possible error",
                section="",
                meaning="What the training error is compared with: the Bayes error, which nobody "
                "can beat, or what people reach. For points it is known exactly; of digits people "
                "misread about 0.2 %.",
                titles={
                    "known": "The known one",
                    **{f"{share}": f"{share * 100:g} %" for share in _BEST},
                },
            ),
        ),
        Dial(
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
        Dial(
            name="guess",
            default=False,
            knob=Flag(
                label="Let me guess first",
                section="",
                meaning="Shows the errors alone, and the verdict after you have said yours.",
            ),
        ),
        Dial(
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
        Dial(
            name="split",
            default="60-20-20",
            knob=Choice(
                label="Train / dev / test",
                section="",
                meaning="How the samples are split; your own is that of the knobs at the side.",
                titles={"60-20-20": "60 / 20 / 20", "98-1-1": "98 / 1 / 1", "own": "Your own"},
            ),
        ),
        Dial(
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
        Dial(
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
        Dial(
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
        Dial(
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
        Dial(
            name="rate",
            default=0.9,
            knob=Real(
                label="Learning rate, as a share of the largest stable one",
                section="",
                meaning="From 1 on gradient descent diverges.",
                low=0.1,
                high=1.02,
            ),
            offer=(0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0, 1.02),
        ),
    ),
)
