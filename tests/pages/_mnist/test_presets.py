"""The page's presets reach what their sources reported."""

import numpy as np
import pytest

from engine.experiment.problem import load, training_size
from engine.nn.network import Network
from engine.training.evaluation import evaluate
from engine.training.run import run
from pages._mnist.lens import MNIST
from pages._mnist.presets import PRESETS
from tests.engine.test_reference_results import DIGITS


def experiment(title):
    (preset,) = [preset for preset in PRESETS if preset.title.startswith(title)]
    return MNIST.defaults.but(**preset.changes)


def test_the_notes_preset_is_what_the_reference_results_train():
    assert experiment("The notes") == DIGITS


@pytest.mark.parametrize(
    ("title", "low", "high"),
    [
        ("Logistic regression", 0.915, 0.927),  # LeCun's linear classifier: .88, by another cost
        pytest.param("Nielsen", 0.943, 0.960, marks=pytest.mark.slow),  # .949 to .955
        pytest.param("Deep, with Adam", 0.970, 0.983, marks=pytest.mark.slow),  # .976
        ("All weights zero", 0.1135, 0.1135),  # the share of ones
    ],
)
def test_a_preset_reaches_what_its_source_reported(title, low, high):
    assert low <= run(experiment(title)).history["test_accuracy"][-1] <= high


@pytest.mark.slow
def test_zhangs_preset_reads_84_percent_after_500_iterations():
    # Samson Zhang, "Simple MNIST NN from scratch": 784-10-10 from U(-0.5, 0.5), 41,000 digits.
    whole = experiment("Zhang")
    m = training_size(whole)
    assert (m, whole.samples - m) == (41_000, 1_000)
    # Of every batch gradient there is, a quarter of the digits gives nearly the same.
    zhang = whole.but(samples=whole.samples // 4)
    outcome, problem = run(zhang), load(zhang)
    _, accuracy = evaluate(Network((784, 10, 10)), outcome.theta, problem.train)
    assert 0.82 <= accuracy <= 0.87
    assert 0.81 <= outcome.history["dev_accuracy"][-1] <= 0.88
    # Five reproductions after 100, 200 and 300 iterations: .59 to .62, .75, .80.
    np.testing.assert_allclose(
        outcome.history["train_accuracy"][[100, 200, 300]], [0.605, 0.75, 0.80], atol=0.05
    )
