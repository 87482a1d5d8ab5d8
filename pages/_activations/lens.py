"""The page of activations and outputs: nothing is trained, so all its knobs are its own."""

from engine.data.targets import TASKS
from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices, Integer, Real
from engine.inspection.outputs import OUTPUTS
from engine.nn.activations import ACTIVATIONS
from pages._activations.measures import MEASURES
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.knobs.reals import Reals

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

_PINNED = PageKnob(
    name="beside",
    default=(),
    knob=Choices(
        label="Pinned curves",
        section="network",
        meaning="They stay in the picture, to be compared.",
        titles={name: g.title for name, g in ACTIVATIONS.items()},
        fewest=0,
        most=2,
    ),
)

TEMPERATURES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

FURTHEST = 1000
"""So much at most is added to all logits."""

MOST_CLASSES = 10

_SOFTMAX = (
    PageKnob(
        name="logits",
        default=(2.0, 1.0, 0.0),
        knob=Reals(
            label="Logits z",
            section="network",
            meaning="The last layer's sums, one for each class.",
            fewest=2,
            most=MOST_CLASSES,
            low=-5,
            high=5,
        ),
    ),
    PageKnob(
        name="T",
        default=1.0,
        knob=Real(
            label="Temperature T",
            section="network",
            meaning="What each logit is divided by before softmax.",
            low=min(TEMPERATURES),
            high=max(TEMPERATURES),
        ),
    ),
    PageKnob(
        name="add",
        default=0,
        knob=Integer(
            label="Added to all logits",
            section="network",
            meaning="It changes no probability.",
            low=-FURTHEST,
            high=FURTHEST,
        ),
    ),
    *(
        PageKnob(
            name=name,
            default=1,
            knob=Integer(label=label, section="network", meaning=meaning, low=1, high=MOST_CLASSES),
        )
        for name, label, meaning in (
            ("true", "True class", "The class whose y is 1."),
            ("i", "Row i", "The probability whose slope is opened."),
            ("j", "Column j", "The logit in which it is taken."),
        )
    ),
)

_LOSSES = (
    PageKnob(
        name="loss",
        default="bce",
        knob=Choice(
            label="Output and loss",
            section="network",
            meaning="The last layer's activation, and what is made small.",
            titles={name: each.title for name, each in OUTPUTS.items()},
        ),
    ),
    PageKnob(
        name="y",
        default=1,
        knob=Integer(label="Label y", section="network", meaning="What is right.", low=0, high=1),
    ),
    PageKnob(
        name="at",
        default=-2.0,
        knob=Real(
            label="Logit z", section="network", meaning="The last layer's sum.", low=-8, high=8
        ),
    ),
)

MOST_DIGITS = 12

_LABELS = (
    PageKnob(
        name="task",
        default="ten",
        knob=Choice(
            label="The question",
            section="network",
            meaning="Which digits are to be told apart.",
            titles={name: task.question for name, task in TASKS.items()},
        ),
    ),
    PageKnob(
        name="m",
        default=6,
        knob=Integer(
            label="Digits m",
            section="network",
            meaning="For how many of them Y has been made.",
            low=0,
            high=MOST_DIGITS,
        ),
    ),
)

ACTIVATIONS_AND_OUTPUTS = Lens(
    path="activations",
    defaults=Experiment(),
    knobs=(),
    page_knobs=(*_CURVE, _PINNED, *_SOFTMAX, *_LOSSES, *_LABELS),
    measures=MEASURES,
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
        Try(
            label="Add 100 to all",
            meaning="No probability changes. Go on adding, until the notes' formula breaks.",
            part="Softmax",
            page_knobs={"add": 100},
        ),
        Try(
            label="Squared error, badly wrong",
            meaning="The label is 1 and the output nearly 0: compare the two slopes in z.",
            part="Losses",
            page_knobs={"loss": "squared", "y": 1, "at": -6.0},
        ),
    ),
)
