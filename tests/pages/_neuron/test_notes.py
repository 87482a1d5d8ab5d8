"""Each line of the notes on logistic regression and on broadcasting, and what of the page shows it.

The topics are the notes' own: 11 logistic regression and vectorisation, 13 broadcasting.
"""

import json

import pytest

from engine.inspection.calories import FOODS, NUTRIENTS
from pages._neuron import prose
from pages._neuron.lens import BROADCASTING, DIVISORS
from tests.pages.conftest import opened
from tests.pages.screen import parts, sound

LINES = {
    "for i = 1 to m, J = 0; dw₁ = 0; dw₂ = 0; db = 0": "J = dw₁ = dw₂ = db = 0",
    "z(i) = wᵀx(i) + b": "z(i) = wᵀx(i) + b",
    "a(i) = σ(z(i))": "a(i) = σ(z(i))",
    "J += −[y log a + (1 − y) log(1 − a)]": "J += −[y(i) log a(i) + (1 − y(i)) log(1 − a(i))]",
    "dz(i) = a(i) − y(i), once as ∂z/∂w": "dz(i) = a(i) − y(i)",
    "∂J/∂w₁ += x₁ dz": "dw₁ += x₁(i) dz(i)",
    "∂J/∂w₂ += x₂ dz": "dw₂ += x₂(i) dz(i)",
    "∂J/∂b += dz": "db += dz(i)",
    "J /= m, dw₁ /= m, dw₂ /= m, db /= m": "J, dw₁, dw₂, db divided by m",
}
CODE = {
    "Z = Wᵀ X + b": "z = w.T @ X + b",
    "A = σ(Z)": "a = sigmoid(z)",
    "J = J/m": "J = -(y * log(a) + (1 - y) * log(1 - a)).mean()",
    "dw = np.zeros((n_x, 1)), dw += x dz, dw /= m": "dw = X @ dz.T / m",
    "db /= m": "db = dz.mean()",
}
MATHS = {
    "the loss of a sample": r"\mathcal{L} = -\bigl(y \log a + (1 - y) \log(1 - a)\bigr)",
    "∂L/∂a": r"-\frac{y}{a} + \frac{1 - y}{1 - a}",
    "∂a/∂z": "a (1 - a)",
    "∂z/∂w = a − y, as the notes write it": r"read $dz = \partial \mathcal{L} / \partial z$",
}
TABLE = {
    "Apples, Beef, Eggs, Potatoes": FOODS == ("Apples", "Beef", "Eggs", "Potatoes"),
    "Carb, Protein, Fat": NUTRIENTS == ("Carb", "Protein", "Fat"),
    "cal = np.sum(A, axis=0)": DIVISORS["by_axis_0"].startswith("A.sum(axis=0)"),
    "100 * A / cal.reshape(1, 4)": "reshape(1, 4)" in DIVISORS["row"],
}


@pytest.fixture(scope="module")
def page():
    return sound(opened("neuron", has_coach=False))


@pytest.fixture(scope="module")
def program(page):
    """The loop that the browser was sent."""
    told = [component.proto for component in page.get("bidi_component")]
    (data,) = [json.loads(p.json) for p in told if p.component_name == "playground_neuron_loop"]
    return data


@pytest.mark.parametrize("notes", LINES)
def test_a_line_of_the_loop_is_run(program, notes):
    assert LINES[notes] in [line["notes"] for line in program["lines"]]


@pytest.mark.parametrize("notes", CODE)
def test_a_line_without_a_loop_is_code(program, notes):
    assert CODE[notes] in [line["code"] for line in program["without"]]


@pytest.mark.parametrize("notes", MATHS)
def test_a_derivative_stands_in_the_maths(notes):
    assert MATHS[notes] in prose("maths")


@pytest.mark.parametrize("notes", TABLE)
def test_a_line_on_broadcasting_can_be_chosen(notes):
    assert TABLE[notes]


def test_the_parts_are_on_the_page(page):
    assert BROADCASTING in parts(page)
