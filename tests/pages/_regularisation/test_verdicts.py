import dataclasses

import numpy as np
import pytest

from engine.diagnosis.gaps import best_error
from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._regularisation.verdicts import note, verdict

KNOBS = Experiment(
    dataset="moons", samples=50, train_fraction=0.4, dev_fraction=0.4, l1=0.1, l2=0.1,
    keep_prob=0.8, patience=2, epochs=3,
)  # fmt: skip


def ended(train, dev, **ends):
    """A run that got these shares wrong after its last epoch."""
    done = run(KNOBS.but(l1=0, l2=0, keep_prob=1, patience=0))
    history = dict(done.history)
    history["train_accuracy"], history["dev_accuracy"] = np.full((2, 4), [[1 - train], [1 - dev]])
    return dataclasses.replace(done, history=history, **ends)


@pytest.mark.parametrize(
    ("train", "dev", "told"),
    [
        (0.0, 0.2, "Gap 20.0 points: what it learned by heart"),
        (0.3, 0.31, "it underfits"),
        (0.05, 0.06, "little for a regulariser to do"),
    ],
)
def test_the_run_without_regularisation_is_judged_alone(train, dev, told):
    assert told in verdict(ended(train, dev), "plain", KNOBS, ended(train, dev))


def test_errors_that_the_noise_explains_are_no_underfitting():
    # With a noise of 0.5 even the best rule gets 24 % of the moons wrong.
    noisy = ended(0.3, 0.31)
    noisy = dataclasses.replace(noisy, experiment=noisy.experiment.but(noise=0.5))
    assert best_error(noisy.experiment) == pytest.approx(0.243, abs=0.001)
    assert "underfits" not in verdict(noisy, "plain", KNOBS, noisy)


@pytest.mark.parametrize(
    ("train", "dev", "told"),
    [
        (0.05, 0.10, "Gap 5.0 instead of 20.0 points, dev error 10.0 points lower: it helps."),
        (0.45, 0.50, "too strong"),
        (0.05, 0.25, "no help here"),
        (0.05, 0.20, "at the same dev error"),
    ],
)
def test_the_others_are_judged_against_it(train, dev, told):
    said = verdict(ended(train, dev), "l2", KNOBS, ended(0.0, 0.2))
    assert said.startswith("With λ = 0.1. ")
    assert told in said


def test_a_regulariser_that_is_off_is_not_credited():
    said = verdict(ended(0.0, 0.1), "l2", KNOBS.but(l2=0.0), ended(0.0, 0.2))
    assert "It is off" in said
    assert "helps" not in said


def test_the_weights_that_l1_leaves_next_to_nothing_are_counted():
    done = ended(0.0, 0.1)
    theta = np.zeros_like(done.theta)
    theta[0] = 1.0
    said = verdict(dataclasses.replace(done, theta=theta), "l1", KNOBS, None)
    assert "8 of 9 weights are below 0.001." in said


def test_early_stopping_says_which_network_is_kept():
    done = ended(0.1, 0.2, stopped_at=3, best_epoch=1)
    assert "least after epoch 1" in verdict(done, "early", KNOBS, None)
    assert note(done, is_done=True) == "stopped in epoch 3; that of epoch 1 is kept"


def test_a_run_that_was_never_finite_is_said_in_one_sentence():
    done = run(KNOBS)
    empty = {name: values[:0] for name, values in done.history.items()}
    gone = dataclasses.replace(done, history=empty, diverged_at=0)
    assert verdict(gone, "l2", KNOBS, gone) == "Its numbers were not finite from the start."
    assert note(gone, is_done=True) == "diverged in epoch 0"


def test_a_run_under_way_is_not_judged():
    said = verdict(ended(0.4, 0.5), "l2", KNOBS, ended(0.0, 0.2), is_done=False)
    assert said.endswith("So far it has been trained for 3 epochs.")
    assert "strong" not in said


def test_neither_is_one_that_diverged():
    said = verdict(ended(0.4, 0.5, diverged_at=4), "l2", KNOBS, ended(0.0, 0.2))
    assert "a smaller learning rate helps" in said
    assert "strong" not in said
