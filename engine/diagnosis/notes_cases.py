"""Four cases of bias and variance, each a network that really has such errors."""

from dataclasses import dataclass

from engine.experiment.experiment import Experiment


@dataclass(frozen=True)
class Case:
    """Training and dev error, which gaps are high, and an experiment that is like it.

    `in_notes` says that the notes give these two errors; they have two of the four cases.
    """

    name: str
    train: float
    dev: float
    high: tuple[str, ...]
    experiment: Experiment
    in_notes: bool = False


_DIGITS = Experiment(
    dataset="mnist",
    hidden=(64,),
    activation="relu",
    initializer="he",
    learning_rate=0.1,
    batch_size=32,
)

CASES = (
    Case(
        "High variance",
        0.01,
        0.11,
        ("variance",),
        _DIGITS.but(samples=2000, dev_fraction=0.4, epochs=20),
        in_notes=True,
    ),
    Case(
        "High bias",
        0.15,
        0.16,
        ("avoidable_bias",),
        _DIGITS.but(
            samples=10_000, dev_fraction=0.2, hidden=(10,), learning_rate=0.05, batch_size=64,
            epochs=2, seed=1, data_seed=1,
        ),
        in_notes=True,
    ),
    Case(
        "Both",
        0.15,
        0.30,
        ("avoidable_bias", "variance"),
        _DIGITS.but(
            samples=1000, dev_fraction=0.8, hidden=(16,), batch_size=16, epochs=4, seed=7,
            data_seed=7,
        ),
    ),
    Case(
        "Neither",
        0.005,
        0.01,
        (),
        Experiment(
            dataset="circles", samples=2000, noise=0.1, train_fraction=0.4, dev_fraction=0.3,
            hidden=(8,), activation="tanh", optimizer="adam", learning_rate=0.03, epochs=300,
            seed=7, data_seed=7,
        ),
    ),
)  # fmt: skip
"""First those of the notes, in their order."""

MISMATCHED = _DIGITS.but(
    samples=4000,
    dev_fraction=0.25,
    shift="blurred",
    shift_strength=1.0,
    learning_rate=0.3,
    epochs=8,
)
"""Learns from clean digits and is to read blurred ones: the notes' app for pictures of cats."""
