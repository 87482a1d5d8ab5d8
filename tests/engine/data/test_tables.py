"""The table of problems, and what each of them says of itself."""

import numpy as np
import pytest

from engine.data.tables import DATASETS
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from tests.rows import complete


def test_the_table_lists_the_problems_in_the_order_of_the_menu():
    planar = ["xor", "noisy_xor", "circles", "moons", "spirals", "gaussians"]
    more = ["rings", "checkerboard", "blobs", "own"]
    menu = [*planar, *more, "parity", "mnist"]
    complete(menu, DATASETS, "the place in the menu", "this test", __file__)
    assert list(DATASETS) == menu
    assert all(name == dataset.name for name, dataset in DATASETS.items())


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_each_problem_is_explained_in_one_sentence(dataset):
    assert dataset.title
    assert dataset.meaning[0].isupper()
    assert dataset.meaning.endswith(".")
    assert "\n" not in dataset.meaning


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_each_problem_says_what_who_has_learned_it_can_do(dataset):
    assert dataset.aim.split()[0] in ("compute", "separate", "tell", "read")
    assert not dataset.aim.endswith(".")


@pytest.mark.parametrize("name", DATASETS)
def test_there_are_as_many_classes_as_it_says(name):
    experiment = Experiment(dataset=name, samples=200, classes=5)
    problem = load(experiment)
    assert np.unique(problem.train.y).tolist() == list(range(experiment.class_count))
    assert experiment.class_count == (DATASETS[name].classes or 5)
