from engine.nn.network import Network
from pages._one_step import puzzles, shapes
from pages._one_step.lens import ONE_STEP
from tests.pages._kit.matrices.test_matrices import is_sound
from tests.pages.screen import address, notes

MNIST = Network((784, 64, 10))
PLAIN = str.maketrans("\u00a0", " ")


def test_the_parameters_of_mnist_are_counted():
    said = shapes.parameters(MNIST)
    assert said == "**784-64-10 has 50,890 parameters**: 64 · 784 + 64 + 10 · 64 + 10."


def test_in_every_product_the_inner_dimensions_stand_out():
    rows = shapes.written(MNIST, 60_000).translate(PLAIN).splitlines()
    assert (
        "| Z[1] = W[1] A[0] + b[1] | (64, **784**) · (**784**, 60,000) + (64, 1) | (64, 60,000) |"
        in rows
    )
    assert (
        "| dW[1] = (1/m) dZ[1] A[0]ᵀ | (64, **60,000**) · (**60,000**, 784) | (64, 784) |" in rows
    )
    assert any("(10, 60,000), (10, 10) for each sample" in row for row in rows)


def test_all_are_listed_as_the_notes_do():
    rows = shapes.tabled(MNIST, 60_000).translate(PLAIN).splitlines()
    assert "| dZ[2] | (10, 60,000) |" in rows
    assert "| dW[1] | (64, 784) |" in rows
    assert "| db[1] | (64, 1) |" in rows


def test_sizes_travel_in_the_link(arrive):
    link = {"panel": "Shapes of any size", "shape_inputs": "2", "shape_units": "3"}
    at = arrive(ONE_STEP, {"learning_rate": "1", **link})
    assert notes(at) == []
    assert address(at) == {"learning_rate": "1", **link}
    assert any("2-3-10 has 49 parameters" in each.value for each in at.markdown)


def test_the_modules_of_the_puzzles_can_be_joined_into_one(tmp_path):
    assert is_sound(puzzles.MODULES, tmp_path) == ""
