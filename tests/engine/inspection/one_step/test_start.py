import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.inspection.one_step.start import Edit, begin, edited, problem_with
from engine.inspection.one_step.step import take_step
from engine.nn.losses import LOSSES
from engine.training.run import run
from engine.training.trainer import Trainer

BLOBS = Experiment(dataset="blobs", samples=8, train_fraction=1.0, dev_fraction=0.0)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(epochs=1),
        Experiment(epochs=7, hidden=(4, 3), activation=("tanh", "relu"), seed=3),
        BLOBS.but(epochs=4, learning_rate=0.3),
        Experiment(dataset="parity", epochs=2, initializer="large"),
        Experiment(epochs=3, hidden=()),
    ],
)
def test_the_step_of_an_experiment_is_the_last_of_its_run(experiment):
    start = begin(experiment)
    if experiment.epochs == 1:
        np.testing.assert_array_equal(start.theta, Trainer(experiment).start)
    step = take_step(*start, experiment.learning_rate)
    end = run(experiment)
    after = start.theta - experiment.learning_rate * step.gradient
    np.testing.assert_allclose(after, end.theta, rtol=1e-12, atol=1e-12)
    assert step.matrices["J+"][0, 0] == pytest.approx(end.final("train_cost"))


@pytest.mark.parametrize("output", LOSSES)
@pytest.mark.parametrize(("experiment", "classes"), [(Experiment(), 2), (BLOBS, 3)])
def test_every_output_can_be_put_on_every_data_set(experiment, classes, output):
    network, theta, X, Y = begin(experiment, output)
    assert Y.shape == (classes if classes > 2 or output == "softmax" else 1, X.shape[1])
    assert theta.shape == (network.layout.size,)
    assert np.isfinite(take_step(network, theta, X, Y, 1.0).matrices["J+"]).all()


def test_a_cell_is_changed_and_nothing_else():
    start = begin(Experiment())
    made = edited(start, (Edit("W1", 2, 1, 0.5), Edit("A0", 0, 3, 2.0), Edit("Y", 0, 0, 1.0)))
    assert made.network.layout.layers(made.theta)[0].W[2, 1] == 0.5
    assert (made.X[0, 3], made.Y[0, 0]) == (2.0, 1.0)
    assert np.count_nonzero(made.theta != start.theta) == 1
    assert np.count_nonzero(made.X != start.X) == 1


def test_another_class_takes_the_place_of_the_one_before():
    start = begin(BLOBS)
    row = int(start.Y[:, 0].argmin())
    assert edited(start, (Edit("Y", row, 0, 1.0),)).Y[:, 0].sum() == 1


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit("W3", 0, 0, 1.0), "There is no such cell to be changed."),
        (Edit("Z1", 0, 0, 1.0), "There is no such cell to be changed."),
        (Edit("W1", 3, 0, 1.0), "There is no such cell to be changed."),
        (Edit("W1", -1, 0, 1.0), "There is no such cell to be changed."),
        (Edit("W1", 0, 0, float("nan")), "A number from −1000 to 1000 fits here."),
        (Edit("W1", 0, 0, 1001.0), "A number from −1000 to 1000 fits here."),
        (Edit("Y", 0, 0, 0.5), "A label is 0 or 1."),
        (Edit("Y", 0, 0, 1.0), ""),
        (Edit("A0", 1, 3, -2.5), ""),
    ],
)
def test_what_cannot_be_put_in_is_said_and_left_as_it_is(edit, said):
    start = begin(Experiment())
    assert problem_with(start, edit) == said
    made = edited(start, (edit,))
    is_same = all(np.array_equal(old, new) for old, new in zip(start[1:], made[1:], strict=True))
    assert is_same == bool(said)


def test_a_class_is_named_by_its_one():
    assert problem_with(begin(BLOBS), Edit("Y", 0, 0, 0.0)).startswith("Put 1 where")
