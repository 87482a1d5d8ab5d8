"""Each formula, table and figure of the notes on a step: the page, panel and line that shows it.

The topics are the notes' own: 2 notation, 3 forward and back propagation, 4 activation functions in
it, 8 the XOR example worked through, and the derivation for MNIST.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from engine.inspection.one_step.unfold import unfold
from pages._one_step import digits, puzzles, samples, script, shapes, slips
from pages._one_step.lens import ONE_STEP
from pages._one_step.page import PAGE
from tests.pages.screen import parts, sound

TANH, SOFTMAX, RELU = {"activation": "tanh"}, {"dataset": "blobs"}, {"activation": "relu"}


@dataclass(frozen=True)
class Line:
    """A line of the listing, as it is written there; `link` turns the page to it."""

    result: str
    notes: str
    link: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A cell unfolded: the formula it shows, or the cells its first term multiplies, with roles."""

    cell: tuple[str, int, int]
    shows: str
    link: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A part of a panel."""

    title: str


@dataclass(frozen=True)
class Picture:
    """What stands in the picture whatever the line is."""

    what: str


NOTES = {
    # 2 Representations and notation
    "a two-layer network, the output layer counted": Picture("the network beside the matrices"),
    "z_2 = w_2 x + b_2 of each unit": Cell(("Z1", 1, 1), "W1·A0 + b1"),
    "z[l] = W[l] a[l-1] + b[l], its shapes (4,1) = (4,3)(3,1) + (4,1)": Part(puzzles.TITLE),
    "the shapes (1,1) = (1,4)(4,1) + (1,1)": Part(puzzles.TITLE),
    "a_i[l] = σ(z_i[l])": Cell(("A1", 0, 0), "1 / (1 + exp(-z))"),
    "z[2] = W[2] a[1] + b[2] as rows of W times a column": Line("Z2", "Z[2] = W[2] A[1] + b[2]"),
    "for i = 1 to m: z[1](i), a[1](i), z[2](i), a[2](i)": Part(samples.TITLE),
    "Z[1] = W[1] X + b[1], vectorised": Line("Z1", "Z[1] = W[1] A[0] + b[1]"),
    "X = A[0], a column a sample": Picture("rows are units, columns are samples"),
    "A[l] = g[l](Z[l]), each layer its own g": Line("A1", "A[1] = tanh(Z[1])", TANH),
    # 3 Back propagation
    "C = (1/m) Σ L": Line("J", "J = (1/m) Σ ℒ"),
    "∂C/∂A[2] is given": Line("dA2", "dA[2] = (A[2] − Y) / (A[2] ⊙ (1 − A[2]))"),
    "∂C/∂Z = ∂C/∂A ∂A/∂Z": Cell(("dZ1", 0, 1), "∂ℒ/∂a · ∂a/∂z"),
    "∂C/∂W[2] = ∂C/∂Z[2] A[1]ᵀ": Line("dW2", "dW[2] = (1/m) dZ[2] A[1]ᵀ"),
    "∂C/∂W by the chain rule, three factors": Cell(("dW2", 0, 1), "∂ℒ/∂z · ∂z/∂w"),
    "∂C/∂b[2]": Line("db2", "db[2] = (1/m) Σ dZ[2]"),
    "W[2] = W[2] − α ∂C/∂W[2]": Line("W2+", "W[2] := W[2] − α dW[2]"),
    "b[2] = b[2] − α ∂C/∂b[2]": Line("b2+", "b[2] := b[2] − α db[2]"),
    "∂C/∂A[1] = W[2]ᵀ ∂C/∂Z[2]": Line("dA1", "dA[1] = W[2]ᵀ dZ[2]"),
    "∂z/∂a is the weight": Cell(("dA1", 0, 0), "∂z/∂a · ∂ℒ/∂z"),
    "∂C/∂Z[1] = ∂C/∂A[1] σ′(Z[1])": Line("dZ1", "dZ[1] = dA[1] · g′(Z[1])"),
    "∂C/∂W[1] = ∂C/∂Z[1] A[0]ᵀ, once as A[1]": Part(slips.TITLE),
    "b[1] = b[1] − α ∂C/∂Z[1], once as W[1]": Line("b1+", "b[1] := b[1] − α db[1]"),
    "the algorithm: from the last layer to the first, then the update": Picture("the listing"),
    "∂C/∂b = ∂C/∂Z without the sum": Part(slips.TITLE),
    # 4 Activation functions
    "tanh′ = 1 − tanh²": Cell(("g1", 0, 1), "(1 - a**2)", TANH),
    "σ′ = σ (1 − σ)": Cell(("g1", 0, 1), "a * (1 - a)"),
    "σ′(Z) is multiplied element by element": Part(slips.TITLE),
    # 8 XOR
    "x_train, y_train and the truth table": Picture("X and Y, four samples"),
    "dim W[l], dim b[l]": Part(shapes.TITLE),
    "each row of b is added to all columns": Cell(("Z1", 2, 3), "W1·A0 + b1"),
    "dim W[1] = (3, 2), dim A[1] = (3, 4)": Picture("a shape beside each matrix"),
    "(1, m) = (1, 3)(3, m) + (1, 1)": Part(puzzles.TITLE),
    "C = −(1/m) Σ (y log a + (1 − y) log(1 − a))": Line(
        "losses", "ℒ = −Y log A[2] − (1 − Y) log(1 − A[2])"
    ),
    "the arrays y, 1 − y, log A, log(1 − A)": Cell(("losses", 0, 1), "Y·log A"),
    "∂C/∂a = (1/m) (a − y) / (a (1 − a))": Cell(("dA2", 0, 1), "(a - y) / (a * (1 - a))"),
    "1/m in dA and again in dW": Part(slips.TITLE),
    "∂C/∂Z[2] = σ′(Z[2]) ∂C/∂A[2], all (1, m)": Line("dZ2", "dZ[2] = dA[2] · g′(Z[2]) = A[2] − Y"),
    "(1, 3) = (1, 4)(4, 3)": Part(puzzles.TITLE),
    "summing across columns: why?": Part(samples.TITLE),
    "(3, 4) = (3, 1)(1, 4)": Part(puzzles.TITLE),
    "∂C/∂W[1] = (1/m) ∂C/∂Z[1] A[0]ᵀ": Line("dW1", "dW[1] = (1/m) dZ[1] A[0]ᵀ"),
    "∂C/∂b[1], (3, 1) from (3, 4)": Line("db1", "db[1] = (1/m) Σ dZ[1]"),
    "for every sample b = b − α ∂C/∂b, if one does not vectorise": Part(samples.TITLE),
    "the update of layer 1": Line("W1+", "W[1] := W[1] − α dW[1]"),
    # MNIST
    "784-64-10 on images of 28 × 28 pixels": Part(digits.TITLE),
    "W[1] as a row for each unit": Part(digits.TITLE),
    "A[0] = x_train.T": Part(digits.TITLE),
    "A[1] = ReLU(Z[1])": Line("A1", "A[1] = ReLU(Z[1])", RELU),
    "A[2] = softmax(Z[2])": Line("A2", "A[2] = softmax(Z[2])", SOFTMAX),
    "Cost = −Σ Σ y log a": Line("losses", "ℒ = −Σ Y log A[2]", SOFTMAX),
    "Cost without 1/m, then dW with it": Part(slips.TITLE),
    "∂C/∂Z[2] of each sample": Line("dZ2", "dZ[2] = (∂A[2]/∂Z[2])ᵀ dA[2] = A[2] − Y", SOFTMAX),
    "a_i = e^(z_i) / Σ e^(z_j)": Cell(
        ("A2", 0, 0), "exp(z_1) / (exp(z_1) + exp(z_2) + exp(z_3))", SOFTMAX
    ),
    "∂a_i/∂z_j = −a_i a_j": Cell(("g2", 0, 1), "-a_j * a_i", SOFTMAX),
    "∂a_i/∂z_i = a_i (1 − a_i)": Cell(("g2", 0, 0), "a * (1 - a)", SOFTMAX),
    "∂L/∂z_i = Σ_k ∂L/∂a_k ∂a_k/∂z_i = a_i − y_i": Cell(("dZ2", 0, 0), "a - y", SOFTMAX),
    "∂L/∂a_k = −y_k / a_k": Cell(("dA2", 0, 0), "-y / a", SOFTMAX),
    "ReLU′(z) = 1 for z ≥ 0": Part(slips.TITLE),
    "ReLU′(z), else 0": Cell(("g1", 0, 1), "(z > 0)", RELU),
    "(64, 784) = (64, m)(m, 784)": Part(puzzles.TITLE),
    "dW[1] of 10 × 10": Part(slips.TITLE),
    "the table of all dims at the end": Part(shapes.TITLE),
    "the summary: forward, backward, update": Part(script.TITLE),
    "Y as one-hot columns": Line("dA2", "dA[2] = −Y / A[2]", SOFTMAX),
}
"""What the notes have, and where it is shown."""

PICTURES = {
    "the network beside the matrices",
    "rows are units, columns are samples",
    "the listing",
    "X and Y, four samples",
    "a shape beside each matrix",
}


def step(link):
    experiment, remarks = ONE_STEP.read(link)
    assert remarks == []
    return take_step(*begin(experiment), experiment.learning_rate)


rows = [pytest.param(where, id=said) for said, where in NOTES.items()]


@pytest.mark.parametrize("where", [row for row in rows if isinstance(row.values[0], Line)])
def test_a_formula_of_the_notes_is_a_line(where):
    found = next(line for line in step(where.link).lines if line.result == where.result)
    assert found.notes == where.notes


@pytest.mark.parametrize("where", [row for row in rows if isinstance(row.values[0], Cell)])
def test_a_formula_of_the_notes_is_what_a_cell_unfolds_into(where):
    found = unfold(step(where.link), *where.cell)
    products = [" · ".join(found.roles)] if found.roles else []
    terms = ["·".join(ref.key for ref in term.refs) for term in found.terms]
    unique = list(dict.fromkeys(terms))
    shown = [found.formula, found.again, *products, *terms, " + ".join(unique)]
    assert where.shows in shown


def test_the_parts_that_show_something_of_the_notes_are_on_the_page(visit):
    at = sound(visit(PAGE.path))
    there = set(parts(at))
    assert {where.title for where in NOTES.values() if isinstance(where, Part)} <= there


def test_what_stands_in_the_picture_is_named():
    shown = {where.what for where in NOTES.values() if isinstance(where, Picture)}
    assert shown == PICTURES
    first = step({})
    assert first.matrices["A0"].tolist() == [[0, 0, 1, 1], [0, 1, 0, 1]]
    assert first.matrices["Y"].tolist() == [[0, 1, 1, 0]]


def test_every_line_of_the_step_stands_in_the_notes():
    told = {where.result for where in NOTES.values() if isinstance(where, Line)}
    lines = {line.result for line in step({}).lines if line.part != "after"}
    of_cells = {where.cell[0] for where in NOTES.values() if isinstance(where, Cell)}
    assert lines <= told | of_cells | {"A2"}
