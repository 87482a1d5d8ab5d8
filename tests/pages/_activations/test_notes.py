"""What the notes derive on activations, classification and softmax, and where the page shows it."""

from typing import NamedTuple

import pytest

from engine.nn.activations import ACTIVATIONS
from tests.pages.prose.sentences import ROOT


class Shown(NamedTuple):
    """A line of the notes, the panel that shows it, and what stands there in which file."""

    notes: str
    panel: str
    file: str
    text: str


CURVE, SOFTMAX, LOSSES, LABELS, MATHS = (
    *("first screen", "Softmax", "Losses", "Which output", "The notes' lines"),
)

WEB, PROSE = "pages/_activations/web", "pages/_activations/prose"
BY_HAND = "engine/nn/differentiation.py"

TABLE = (
    # Activation functions
    Shown("a[1] = g[1](z[1])", CURVE, f"{WEB}/curve.js", "a = g(z)"),
    Shown("g(z) = z, linear", CURVE, BY_HAND, "The slope of z, wherever z is."),
    Shown("tanh x = (e^x - e^-x) / (e^x + e^-x)", CURVE, BY_HAND, r"\frac{e^z - e^{-z}}"),
    Shown("tanh's quotient rule", CURVE, BY_HAND, r"(e^z + e^{-z})^2 - (e^z - e^{-z})^2"),
    Shown("separating denominators", CURVE, BY_HAND, "Separate what is above."),
    Shown("1 - (tanh x)^2", CURVE, BY_HAND, "g'(z) = 1 - a^2"),
    Shown("sigmoid 1 / (1 + e^-x)", CURVE, BY_HAND, r"a = \frac{1}{1 + e^{-z}}"),
    Shown("-(-e^-x) / (1 + e^-x)^2", CURVE, BY_HAND, r"\frac{-(-e^{-z})}{(1 + e^{-z})^2}"),
    Shown("1/(1 + e^-x) - 1/(1 + e^-x)^2", CURVE, BY_HAND, r"e^{-z}} - \frac{1}{(1 + e^{-z})^2}"),
    Shown("sig (1 - sig)", CURVE, BY_HAND, "g'(z) = a (1 - a)"),
    Shown("ReLU and its slope", CURVE, BY_HAND, "the notes take 1."),
    # Neural network classification
    Shown("binary: 5 or 6, 0 is 5 and 1 is 6", LABELS, "engine/data/targets.py", '"5 or 6?"'),
    Shown("multiclass: 0 to 9, a column", LABELS, "engine/data/targets.py", '"0 to 9?"'),
    Shown("labels to one-hot columns", LABELS, f"{PROSE}/which.md", "one-hot columns"),
    Shown("the column of a label, its slips", LABELS, f"{PROSE}/slips.md", "nine rows"),
    Shown("the predicted column", LABELS, f"{WEB}/labelsPanel.js", "as A[L] has"),
    # The losses
    Shown("-(y log a + (1 - y) log(1 - a))", LOSSES, "engine/nn/losses.py", r"-y \log a - (1 - y)"),
    Shown("dC/da = -(y/a - (1-y)/(1-a))", LOSSES, f"{WEB}/chained.js", r"\\frac{1 - y}{1 - a}"),
    Shown("(a - y) / (a (1 - a))", LOSSES, f"{WEB}/chained.js", r"\\frac{a - y}{a (1 - a)}"),
    Shown("dC/dz = a - y", LOSSES, f"{WEB}/chained.js", "in their product a (1 − a) cancels"),
    Shown("-sum y_i log a_i", LOSSES, "engine/nn/losses.py", r"-\sum_k y_k \log a_k"),
    Shown("L = -log a_k for class k", LOSSES, f"{WEB}/chained.js", "of the true class"),
    # Softmax and its Jacobian
    Shown(
        "a_i = e^z_i / sum e^z_j", SOFTMAX, f"{WEB}/softmax.html", 'e<sup class="arg">z</sup> / S'
    ),
    Shown("dA/dz as a matrix", SOFTMAX, f"{WEB}/softmax.html", "The Jacobian"),
    Shown("Case I, i != j, quotient rule", SOFTMAX, f"{WEB}/quotient.js", "Case I, i ≠ j"),
    Shown("-a_i a_j", SOFTMAX, f"{WEB}/quotient.js", "(-${ai} ${aj})"),
    Shown("Case II, i = j, quotient rule", SOFTMAX, f"{WEB}/quotient.js", "Case II, i = j"),
    Shown("a_i (1 - a_i)", SOFTMAX, f"{WEB}/quotient.js", "${ai} (1 - ${ai})"),
    Shown("the sum over k != i below", SOFTMAX, f"{WEB}/quotient.js", "the notes write k ≠ i"),
    Shown("dL/dz_i, a sum over k", SOFTMAX, f"{WEB}/softmaxPanel.js", "Σ<sub>k</sub> ∂ℒ/∂a"),
    Shown("= a_i - y_i", SOFTMAX, f"{WEB}/softmaxPanel.js", '"a − y"'),
    Shown("all of it on a page", MATHS, f"{PROSE}/maths.md", r"a_i \sum_{k \ne i} y_k = a_i - y_i"),
)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.notes)
def test_every_line_of_the_notes_stands_where_it_is_said_to(line):
    assert line.text in (ROOT / line.file).read_text(encoding="utf-8")


def test_every_panel_is_one_of_the_page():
    page = (ROOT / "pages/activations.py").read_text(encoding="utf-8")
    for panel in {line.panel for line in TABLE} - {CURVE}:
        assert f'"{panel}": {{' in page


def test_every_activation_can_be_chosen():
    assert all(g.derivation for g in ACTIVATIONS.values())
