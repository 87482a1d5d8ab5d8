"""The start's one network, which its hot knobs turn."""

from engine.experiment.experiment import Experiment
from pages._kit.knobs.lens import Lens

HOME = Lens(
    path="home",
    defaults=Experiment(
        dataset="circles", samples=200, noise=0.1, hidden=(4, 2), activation="tanh",
        learning_rate=0.3, epochs=300, batch_size=10, seed=1,
    ),
    knobs=("hidden", "learning_rate", "activation"),
    offers={
        "hidden": (8,) * 4,
        "learning_rate": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0),
        "activation": ("tanh", "sigmoid", "relu", "linear"),
    },
    hot=("hidden.units", "learning_rate", "activation"),
)  # fmt: skip
