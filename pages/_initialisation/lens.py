"""The page of initialisation: schemes side by side."""

from engine.experiment.experiment import Experiment
from pages._initialisation import controls as of_initialisation
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.panels.check import CHECK

INITIALISATION = Lens(
    path="initialisation",
    defaults=Experiment(
        dataset="circles",
        dev_fraction=0.0,
        hidden=(12,) * 5,
        activation="relu",
        learning_rate=0.3,
        epochs=200,
    ),
    knobs=(
        *("dataset", "samples", "noise", "hidden", "activation", "init_scale", "init_noise"),
        *("learning_rate", "optimizer", "epochs", "l2", "seed", "data_seed"),
    ),
    offers={
        "dataset": ("xor", "circles", "moons", "spirals", "mnist"),
        "samples": (100, 200, 300, 500, 1000, 2000),
        "hidden": (64,) * 10,
        "init_scale": (
            *(0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2),
            *(1.3, 1.4, 1.5, 1.7, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0, 50.0, 100.0),
        ),
        "epochs": (0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 500, 1000, 2000),
    },
    hot=("init_scale", "hidden.depth", "activation", "seed"),
    tries=(
        Try(
            label="All weights alike",
            meaning="Units that start alike stay alike: the layer is as good as one unit.",
            part="Symmetry",
        ),
        Try(
            label="Ten layers",
            meaning="The deeper the network, the more the start decides.",
            knobs={"hidden": (12,) * 10},
        ),
        Try(
            label="Weights far too large",
            meaning="What too large a scale does to every scheme.",
            knobs={"init_scale": 10.0},
        ),
        Try(
            label="tanh instead of ReLU",
            meaning="Which schemes suit another activation.",
            knobs={"activation": "tanh"},
        ),
        Try(
            label="Why 1/n",
            meaning="Where the variance of a good start comes from.",
            part="Why Var = 1/n",
        ),
    ),
    varied=("initializer",),
    side_by_side={"initializer": "schemes"},
    page_knobs=(
        PageKnob(
            name="schemes",
            default=("zeros", "small", "large", "xavier", "he"),
            knob=of_initialisation.SCHEMES,
        ),
        PageKnob(name="start", default="constant", knob=of_initialisation.START),
        PageKnob(name="breaking", default="one", knob=of_initialisation.NETWORK),
        PageKnob(name="n", default=100, knob=of_initialisation.N, offer=of_initialisation.N_OFFER),
        PageKnob(name="inputs", default="plain", knob=of_initialisation.INPUTS),
        *CHECK,
    ),
)
