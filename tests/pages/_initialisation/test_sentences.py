"""What is said of a scheme has the verdict's own numbers in it."""

import pytest

from engine.diagnosis.verdicts import KINDS, Verdict
from engine.experiment.experiment import Experiment
from pages._initialisation import sentences


def verdict(kind, **numbers):
    known = {"accuracy": 0.625, "chance": 0.5, "possible": 1.0, "epochs": 200}
    return Verdict(kind=kind, **known | numbers)


@pytest.mark.parametrize(
    ("kind", "numbers", "words"),
    [
        ("diverged", {"epochs": 7, "signal": 3e18}, ["in epoch 7", "3.0 × 10¹⁸ times"]),
        ("diverged", {"epochs": 0}, ["before training began"]),
        (
            "symmetric",
            {"layer": 2, "units": 8, "identical": True},
            ["All 8 hidden units of layer 2", "to the last bit", "62.5 % right"],
        ),
        (
            "symmetric",
            {"layer": 1, "units": 2, "difference": 2e-9},
            ["Both hidden units", "but for 2.0 × 10⁻⁹"],
        ),
        ("learned", {"learned_at": 57}, ["62.5 % right", "95.0 % since epoch 57"]),
        ("learned", {"learned_at": 5, "possible": 0.9}, ["85.0 %", "allows 90.0 % at best"]),
        ("untrained", {}, ["62.5 %"]),
        ("dead", {"layer": 3, "units": 12, "share": 0.75}, ["9 of the 12 units of layer 3"]),
        ("saturated", {"layer": 3, "units": 12, "share": 0.75}, ["75.0 % of layer 3's"]),
        ("faint_signal", {"signal": 1.6e-9}, ["only 1.6 × 10⁻⁹ of"]),
        ("faint_signal", {"signal": 0.0}, ["nothing of"]),
        ("faint_gradient", {"gradient": 0.0031}, ["only 0.00310 of"]),
        ("blown_up", {"signal": 4200.0}, ["4,200 times"]),
        ("slow", {"falling": 0.031}, ["3.1 % over the last tenth"]),
        ("slow", {"falling": 0.0}, ["no longer falls"]),
    ],
)
def test_a_verdict_is_told_with_its_numbers(kind, numbers, words):
    sentence = sentences.verdict(verdict(kind, **numbers))
    assert all(word in sentence for word in words), sentence
    assert sentences.verdict(verdict(kind, **numbers), is_over=False).startswith("So far: ")


def test_every_kind_has_its_words():
    numbers = {"learned_at": 1, "layer": 1, "units": 4}
    assert len({sentences.verdict(verdict(kind, **numbers)) for kind in KINDS}) == len(KINDS)


def test_the_summary_names_those_that_have_learned_the_quickest_first():
    base = Experiment(dataset="circles", hidden=(8,), activation="relu")
    experiments = [base.but(initializer=name) for name in ("zeros", "xavier", "he")]
    verdicts = [verdict("symmetric"), *(verdict("learned", learned_at=e) for e in (95, 57))]
    assert sentences.summary(experiments, verdicts) == (
        "2 of 3 schemes have learned Circles with 1 hidden layer of 8 ReLU units: "
        "He (since epoch 57), Xavier (since epoch 95)."
    )
    assert sentences.summary(experiments[:1], verdicts[:1]).startswith("None of the 1 schemes")


def test_layers_of_several_kinds_are_named_from_the_input_side():
    mixed = Experiment(hidden=(8, 4), activation=("relu", "tanh"))
    assert sentences.network(mixed) == "hidden layers of 8 and 4 ReLU-tanh units"
    assert sentences.network(mixed.but(activation=("leaky_relu", "tanh"))).endswith(
        "leaky ReLU-tanh units"
    )
