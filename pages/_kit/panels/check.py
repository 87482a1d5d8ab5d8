"""The controls of the gradient check, which is the same on every page that trains."""

from engine.checking.bugs import BUGS
from engine.checking.checkup import EPSILONS
from engine.experiment.knobs import Choice, Integer
from engine.experiment.wording import power
from pages._kit.knobs.lens import PageKnob

SECRET = "secret"
"""The bug that the visitor is to find out."""

_EXPONENTS = range(-len(EPSILONS), 0)

CHECK = (
    PageKnob(
        name="check_network",
        default="start",
        knob=Choice(
            label="Network",
            section="network",
            meaning="Where J is differentiated: at the weights before training, or at those shown.",
            titles={"start": "At its start", "now": "As it is now"},
        ),
        laid_out=True,
    ),
    PageKnob(
        name="check_samples",
        default=8,
        knob=Integer(
            label="Samples in the check",
            section="data",
            meaning="J is the mean over so many training samples, evenly spaced: a few are enough.",
            low=1,
            high=16,
        ),
        offer=(1, 2, 4, 8, 16),
    ),
    PageKnob(
        name="check_step",
        default=-7,
        knob=Integer(
            label="Step ε",
            section="training",
            meaning="How far each parameter is moved; the notes take 10⁻⁷.",
            low=min(_EXPONENTS),
            high=max(_EXPONENTS),
            names={exponent: power(10.0**exponent) for exponent in _EXPONENTS},
        ),
        offer=tuple(_EXPONENTS),
    ),
    PageKnob(
        name="check_bug",
        default="none",
        knob=Choice(
            label="Plant a bug in backpropagation",
            section="training",
            meaning="A line of backpropagation as it is easily got wrong.",
            titles={
                "none": "No bug",
                **{name: bug.title for name, bug in BUGS.items()},
                SECRET: "One you do not know",
            },
        ),
        laid_out=True,
    ),
    PageKnob(
        name="check_draw",
        default=0,
        knob=Integer(
            label="Draw of the bug you do not know",
            section="seeds",
            meaning="Who has the same link has the same bug to find.",
            low=0,
            high=999,
        ),
    ),
)
"""Which network is checked, how, and what is planted."""
