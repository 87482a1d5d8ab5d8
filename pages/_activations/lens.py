"""The page of activations and outputs: nothing is trained, so all its knobs are its own."""

from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Integer, Real
from engine.nn.activations import ACTIVATIONS
from pages._kit.knobs.lens import Lens, PageKnob, Try

_CURVE = (
    PageKnob(
        name="g",
        default="sigmoid",
        knob=Choice(
            label="Activation",
            section="network",
            meaning="What a unit makes of its sum z.",
            titles={name: g.title for name, g in ACTIVATIONS.items()},
        ),
    ),
    PageKnob(
        name="z",
        default=2.0,
        knob=Real(label="z", section="network", meaning="The unit's weighted sum.", low=-8, high=8),
    ),
    PageKnob(
        name="L",
        default=10,
        knob=Integer(
            label="Layers L",
            section="network",
            meaning="How many such layers a slope comes back through.",
            low=1,
            high=50,
        ),
    ),
)

ACTIVATIONS_AND_OUTPUTS = Lens(
    path="activations",
    defaults=Experiment(),
    knobs=(),
    page_knobs=_CURVE,
    tries=(
        Try(
            label="Sigmoid at z = 6",
            meaning="Nearly right, nearly flat: look at the slope, and what a stack makes of it.",
            page_knobs={"g": "sigmoid", "z": 6.0, "L": 10},
        ),
        Try(
            label="A dead ReLU",
            meaning="Left of zero nothing comes through, neither forwards nor back.",
            page_knobs={"g": "relu", "z": -2.0},
        ),
    ),
)
