"""The page of vanishing and exploding gradients: depth."""

from engine.diagnosis.cures import CURES
from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices, Integer, Real
from engine.inspection.depth import PUBLISHED_DEPTHS, STUDIES
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK

_BEFORE = Experiment(
    dataset="circles",
    hidden=(10,) * 15,
    activation="sigmoid",
    initializer="small",
    learning_rate=0.1,
    epochs=300,
)
"""What links are written against: in its first layer nothing ever moves, and nothing else shows."""

_FADING = {"activation": _BEFORE.activation, "initializer": _BEFORE.initializer}

VANISHING = Lens(
    path="vanishing",
    defaults=_BEFORE,
    opening=_BEFORE.but(activation="relu", initializer="he"),
    knobs=(
        *("dataset", "samples", "noise"),
        *("hidden", "activation", "initializer", "init_scale"),
        *("learning_rate", "optimizer", "beta1", "beta2", "weight_decay", "batch_size", "epochs"),
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
    hot=("hidden.depth", "init_scale", "activation", "initializer"),
    tries=(
        Try(
            label="Two layers",
            meaning="How much of the gradient is left where the way back is short.",
            knobs={"hidden": (10, 10)},
        ),
        Try(
            label="Sigmoid and small weights",
            meaning="Next to nothing of the last layer's gradient arrives at the first.",
            knobs=_FADING,
        ),
        Try(
            label="Weights too large",
            meaning="The same network, but the gradients of all layers explode.",
            knobs={"init_scale": 3.0},
        ),
        Try(
            label="The thought experiment",
            meaning="The notes' product of weights, layer after layer.",
            part="Thought experiment",
            kept={"page_knob.w": 1.5, "page_knob.L": 50},
        ),
        Try(
            label="Every cure at once",
            meaning="Each cure alone, and all of them together.",
            knobs=_FADING,
            part="Cures",
        ),
    ),
    page_knobs=(
        PageKnob(
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
        PageKnob(
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
        PageKnob(
            name="gradient",
            default="weights",
            opening="passed",
            knob=Choice(
                label="Gradient shown",
                section="network",
                meaning="That of the weights is what a layer learns from; what is passed back is "
                "what the next layer below gets its own from.",
                equation=r"dW^{[l]} = \tfrac{1}{m}\, dZ^{[l]} A^{[l-1]\mathsf{T}}",
                titles={"weights": "of the weights, dW[l]", "passed": "passed back, dZ[l]"},
            ),
        ),
        PageKnob(
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
        PageKnob(
            name="study",
            default="tanh_small",
            knob=Choice(
                label="Ten layers of 500 units",
                section="network",
                meaning="Activation and start of the network that is looked at.",
                titles={name: study.title for name, study in STUDIES.items()},
            ),
        ),
        PageKnob(
            name="depth",
            default=30,
            knob=Integer(
                label="Hidden layers of the digit network",
                section="network",
                meaning="How deep a network of 64 ReLU units a layer is to be trained.",
                low=min(PUBLISHED_DEPTHS),
                high=max(PUBLISHED_DEPTHS),
            ),
            offer=PUBLISHED_DEPTHS,
        ),
        *CHECK,
    ),
    varied=("clip", "standardize"),
)
