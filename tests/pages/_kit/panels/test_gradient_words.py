"""What is said of a gradient check, case by case, from findings made for the purpose."""

import dataclasses

import numpy as np
import pytest

from engine.checking.bugs import BUGS
from engine.checking.checkup import EPSILONS, check_up, objective_of
from engine.experiment.experiment import Experiment
from engine.nn.network import Network
from pages._kit.panels import gradient_words
from pages._kit.panels.gradient_words import Findings

NOTES = EPSILONS.index(1e-7)


def found(experiment=None, bug=None, spoil=lambda gradient: gradient, at=NOTES, given=""):
    objective, theta = objective_of(experiment or Experiment(dataset="moons"), 8)
    checkup = check_up(objective, theta)
    sound = objective.gradient(theta)
    return Findings(checkup, at, bug and BUGS[bug], sound, spoil(sound.copy()), given)


def test_a_bug_too_small_to_be_found_is_missed():
    told = gradient_words.verdict(found(bug="penalty", spoil=lambda d: d * (1 + 1e-9)))
    assert "**Missed.**" in told


def test_a_bug_everywhere_is_shown_by_every_matrix():
    told = gradient_words.verdict(found(bug="sign", spoil=lambda d: -d))
    assert "Every matrix shows it." in told
    assert "1.0" not in told  # the ratio is exactly 1, not 10⁰
    assert "1 is 10⁻³ or more" in told


def test_what_is_wrong_is_told_from_what_wants_a_closer_look():
    # theta is W[1] (6), b[1] (3), W[2] (3), b[2] (1)
    spoilt = np.repeat([2.0, 1 + 1e-5, 1 + 1e-5, 1.0], [6, 3, 3, 1])
    told = gradient_words.verdict(found(bug="slope", spoil=lambda d: d * spoilt))
    assert "It shows in W[1], while b[2] agrees and b[1], W[2] want a closer look." in told


@pytest.mark.parametrize(
    ("sizes", "names", "bug", "expected"),
    [
        (
            (2, 3, 1),
            "relu",
            "slope",
            "dZ = W_next.T @ dZ_next * 1        # planted\n"
            "dZ = W_next.T @ dZ_next * (Z > 0)  # right",
        ),
        (
            (2, 3, 3, 3, 1),
            ("relu", "tanh", "relu"),
            "slope",
            "dZ = W_next.T @ dZ_next * 1            # planted in layers 1, 3\n"
            "dZ = W_next.T @ dZ_next * (Z > 0)      # right in layers 1, 3\n"
            "dZ = W_next.T @ dZ_next * A * (1 - A)  # planted in layer 2\n"
            "dZ = W_next.T @ dZ_next * (1 - A**2)   # right in layer 2",
        ),
        (
            (2, 3, 3, 1),
            ("relu", "tanh"),
            "mean",
            "dZ = A - Y        # planted\ndZ = (A - Y) / m  # right",
        ),
        ((2, 1), "relu", "mean", "dZ = A - Y        # planted\ndZ = (A - Y) / m  # right"),
    ],
)
def test_the_lines_of_a_bug_are_those_of_each_layers_activation(sizes, names, bug, expected):
    network = Network(sizes, names, "sigmoid")
    assert gradient_words.code(BUGS[bug], network) == expected


def test_what_a_bug_replaces_is_told_for_each_activation():
    told = gradient_words.replaced(
        BUGS["slope"], Network((2, 3, 3, 1), ("tanh", "relu"), "sigmoid")
    )
    assert told == (
        "`dZ = W_next.T @ dZ_next * A * (1 - A)` stands where "
        "`dZ = W_next.T @ dZ_next * (1 - A**2)` should in layer 1; "
        "`dZ = W_next.T @ dZ_next * 1` stands where "
        "`dZ = W_next.T @ dZ_next * (Z > 0)` should in layer 2."
    )
    alone = gradient_words.replaced(BUGS["sign"], Network((2, 3, 1), "tanh", "sigmoid"))
    assert alone == "`dZ = (Y - A) / m` stands where `dZ = (A - Y) / m` should."


def test_a_secret_bug_is_not_called_by_its_article():
    findings = found(bug="sign", spoil=lambda d: -d)
    assert "a bug is found" in gradient_words.verdict(findings, is_secret=True)
    assert "the bug is found" in gradient_words.verdict(findings)


def test_of_many_matrices_the_first_and_the_last_are_named():
    deep = Experiment(dataset="moons", hidden=(3,) * 9, activation="tanh")
    told = gradient_words.verdict(
        found(deep, bug="slope", spoil=lambda d: d * (1 + 0.5 * (np.arange(len(d)) < 60)))
    )
    assert "It shows in W[1], b[1], W[2], ..., " in told


def test_two_zero_gradients_are_right_and_have_no_curve():
    zeros = Experiment(dataset="moons", hidden=())
    findings = found(zeros)
    nothing = dataclasses.replace(findings.checkup, numeric=0 * findings.checkup.numeric)
    zero = findings._replace(checkup=nothing, sound=0 * findings.sound, checked=0 * findings.sound)
    assert "both gradients are zero" in gradient_words.verdict(zero)
    assert "Both gradients are zero" in gradient_words.curve(zero)


def test_the_curve_names_its_least_point_and_its_two_slopes():
    findings = found(Experiment(dataset="moons", activation="tanh", hidden=(5,)))
    ratios = findings.checkup.ratios(findings.sound)
    told = gradient_words.curve(findings)
    assert "least at ε = 10⁻⁵" in told
    assert np.argmin(ratios) == EPSILONS.index(1e-5)
    assert "here 100 from 10⁻² to 10⁻³" in told
    assert "floor" not in told
    planted = found(bug="sign", spoil=lambda d: -d)
    assert "The bug is a floor" in gradient_words.curve(planted)


def test_the_kink_is_named_where_it_bends_the_curve():
    relu = Experiment(dataset="moons", activation="relu", initializer="he", hidden=(20, 20))
    assert "still reach across ReLU's kink" in gradient_words.curve(found(relu))


@pytest.mark.parametrize(
    ("given", "words"),
    [("", "J = "), ("penalty", "λ/m = 0.1."), ("dropout", "keep_prob = 0.8.")],
)
def test_what_j_was_given_is_said(given, words):
    told = gradient_words.subject(found(given=given))
    assert words in told
    assert told.startswith("All 13 parameters; 8 training samples; float64; J = ")


def test_one_sample_is_one_sample():
    objective, theta = objective_of(Experiment(), 1)
    checkup = check_up(objective, theta)
    sound = objective.gradient(theta)
    told = gradient_words.subject(Findings(checkup, NOTES, None, sound, sound))
    assert "; 1 training sample;" in told


def test_the_price_is_two_evaluations_a_parameter_at_the_measured_times():
    checkup = dataclasses.replace(found().checkup, cost_seconds=1e-3, gradient_seconds=2e-3)
    told = gradient_words.price(checkup)
    assert "2P = 26 evaluations of J" in told
    assert "one takes 1 ms, so all take 26 ms" in told
    assert "in 2 ms, 13 times faster" in told


def test_the_farthest_off_is_named():
    def spoil(gradient):
        gradient[3] += 1.0
        return gradient

    findings = found(bug="sign", spoil=spoil)
    told = gradient_words.agreement(findings)
    assert "Farthest off is W[1] row 2, column 2, by 1: " in told
    rows = gradient_words.worst(findings, 4)
    assert rows["Parameter"][0] == "W[1] row 2, column 2"
    assert len(rows["Parameter"]) == 4
    assert rows["Difference"][0] == pytest.approx(1, abs=1e-6)


def test_what_j_lacks():
    def lacking(**knobs):
        return gradient_words.missing(objective_of(Experiment(**knobs), 4)[0])

    assert lacking() == {"penalty", "dropout"}
    assert lacking(l1=0.1) == {"dropout"}
    assert lacking(keep_prob=0.5) == {"penalty"}
