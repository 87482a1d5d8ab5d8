"""What the story says of a run is what the run did."""

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.inspection.explain import contributions
from engine.nn.network import Network
from engine.training.run import run
from pages._xor.story import moved


def seen(knobs, epochs):
    """The four points in the hidden space before training and after some epochs."""
    experiment = Experiment(epochs=epochs, **knobs)
    done = run(experiment)
    network, X = (
        Network((2, *experiment.hidden, 1), experiment.activation, "sigmoid"),
        load(experiment).train.X,
    )
    return [contributions(network, theta, X) for theta in (done.snapshots.thetas[0], done.theta)]


def test_points_that_training_moved_nowhere_are_said_to_rest():
    for knobs, epochs in (({}, 0), ({"learning_rate": 0.0}, 5), ({"initializer": "zeros",
                          "activation": "tanh"}, 100)):  # fmt: skip
        assert moved(*seen(knobs, epochs)) == "So far training has moved none of them."


def test_points_that_moved_are_told_how_far():
    told = moved(*seen({}, 1000))
    assert told.startswith("Training has moved them by ")
