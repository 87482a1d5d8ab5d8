import numpy as np
import pytest

from engine.data.features import FEATURES
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.export.writing.data_code import data_pieces
from engine.export.writing.plan import plan


def test_every_feature_has_its_code():
    points = np.random.default_rng(0).normal(size=(7, 2))
    names = {"np": np, "x1": points[:, 0], "x2": points[:, 1]}
    for feature in FEATURES.values():
        np.testing.assert_array_equal(eval(feature.written, names), feature.function(points))


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment(dataset="parity", bits=5),
        Experiment(dataset="own", points=((1.0, -2.5, 1), (0.0, 0.125, 0))),
        Experiment(dataset="moons", samples=41, noise=0.3, data_seed=7),
        Experiment(dataset="spirals", features=("x2", "sin_x1"), standardize=True),
        Experiment(dataset="circles", standardize=True, fitted_on="each", dev_fraction=0.3),
    ],
    ids=lambda e: e.dataset,
)
def test_the_columns_of_each_set_are_those_of_the_problem(experiment):
    knobs = {name: getattr(experiment, name) for name in ("samples", "noise", "bits", "data_seed")}
    namespace = {"np": np, "stream": stream, **knobs}
    for piece in data_pieces(plan(experiment), ""):
        exec(piece.code, namespace)
    sets = load(experiment).splits
    assert list(namespace["sets"]) == list(sets)
    for name, samples in sets.items():
        X, Y = namespace["sets"][name]
        np.testing.assert_array_equal(X, samples.X)
        np.testing.assert_array_equal(Y, samples.Y)
