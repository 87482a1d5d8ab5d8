import pytest

from engine.experiment.experiment import KNOBS
from engine.training.run import run
from pages._xor.challenges import CHALLENGES, neurons
from pages._xor.lens import XOR
from tests.rows import expected_of

by_title = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.title)

SOLUTIONS = {  # what to change in the setting to reach the goal
    "How many hidden neurons does XOR need?": {"hidden": (2,), "epochs": 3000},
    "XOR without any hidden layer": {"features": ("x1", "x2", "x1_x2"), "epochs": 3000},
    "What does a linear network see?": {"activation": "tanh"},
    "Zero is a bad start": {"initializer": "xavier"},
    "The smallest network for two moons": {"hidden": (4,)},
}


def set_up(challenge, **changes):
    return XOR.defaults.but(**{**challenge.setting, **changes})


def reaches(challenge, changes, seeds=6):
    """Whether a change of knobs reaches the goal from one of a few starts."""
    return any(challenge.is_met(run(set_up(challenge, **changes, seed=k))) for k in range(seeds))


@by_title
def test_a_prediction_can_be_right_and_can_be_wrong(challenge):
    assert challenge.answers.count(challenge.answer) == 1
    assert len(set(challenge.answers)) == len(challenge.answers) >= 2


@by_title
def test_the_setting_is_what_the_page_offers(challenge):
    experiment = set_up(challenge)
    assert XOR.read(XOR.write(experiment)) == (experiment, [])


@by_title
def test_the_goal_is_not_reached_by_setting_it_up(challenge):
    assert not challenge.is_met(run(set_up(challenge)))


@by_title
def test_the_goal_can_be_reached(challenge):
    what = "what to change in the setting to reach the goal"
    changes = expected_of(SOLUTIONS, challenge.title, what, "SOLUTIONS", __file__)
    assert all(KNOBS[name] for name in changes)
    assert reaches(challenge, changes)


def test_no_goal_is_reached_by_a_run_that_only_looks_at_its_start():
    untrained = run(XOR.defaults.but(epochs=0))
    assert not any(challenge.is_met(untrained) for challenge in CHALLENGES)


@by_title
def test_a_run_on_another_problem_reaches_nothing(challenge):
    elsewhere = run(XOR.defaults.but(dataset="gaussians", samples=50, noise=0.0, epochs=300))
    assert elsewhere.history["train_accuracy"][-1] == 1.0
    assert not challenge.is_met(elsewhere)


@pytest.mark.parametrize(("hidden", "count"), [((), 0), ((3,), 3), ((4, 2), 6)])
def test_neurons_are_counted_over_all_hidden_layers(hidden, count):
    assert neurons(XOR.defaults.but(hidden=hidden)) == count


def test_one_hidden_neuron_is_not_enough_for_xor():
    assert not reaches(CHALLENGES[0], {"hidden": (1,), "epochs": 3000})


def test_linear_layers_never_bend_the_boundary():
    bent = next(challenge for challenge in CHALLENGES if "linear" in challenge.title)
    accuracy = run(set_up(bent)).history["test_accuracy"][-1]
    assert accuracy < 0.8


def test_equal_weights_learn_nothing_but_one_half():
    zeros = next(challenge for challenge in CHALLENGES if "Zero" in challenge.title)
    assert run(set_up(zeros)).history["train_cost"][-1] == pytest.approx(0.693147, abs=1e-6)
