"""Cases from classes, each with the right cause and a button that helps, or with no button."""

import pytest

from engine.diagnosis.coach import findings, suspicions
from engine.diagnosis.trials import Trials
from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._pages.registry import LENSES
from tests.coaching.harness import coached

X, M = (LENSES[page].defaults for page in ("xor", "mnist"))
LARGE = tuple((100 * x1, 100 * x2, label) for x1, x2, label in X.points)
RARE = tuple((k % 10 / 10, k // 10 / 10, int(k in (13, 57, 88, 91))) for k in range(100))


def told(experiment):
    """What the coach says of an experiment: the name and the first button's turns, by finding."""
    lens = LENSES["mnist" if experiment.dataset == "mnist" else "xor"]
    return {
        piece.finding.name: turns(piece.offers[0].after, experiment) if piece.offers else None
        for piece in coached(experiment, lens).advice
    }


def turns(after, before):
    return {name: new for name, (new, _) in after.differences(before).items()}


def test_a_run_that_works_is_offered_nothing_that_breaks_it():
    # Its cost jumps on the way; smaller steps would leave 45 % wrong.
    experiment = X.but(dataset="circles", hidden=(8, 8, 8))
    case = coached(experiment, LENSES["xor"])
    assert case.run.history["train_accuracy"][-1] == 1
    assert "jumping" not in told(experiment)
    assert all(
        piece.offers[0].badness < 0.08 for piece in case.advice if piece.offers
    )  # it has 6 % of the test points wrong


def test_of_single_samples_smaller_steps_are_offered_before_fewer_of_them():
    experiment = X.but(dataset="circles", samples=100, batch_size=1, epochs=100)
    change = told(experiment)["small_batch"]
    assert change == {"learning_rate": 0.3}
    assert run(experiment).history["train_accuracy"][-1] < 0.9
    assert run(experiment.but(**change)).history["train_accuracy"][-1] == 1


def test_a_start_ten_times_too_large_is_blamed_for_the_relus_it_kills():
    experiment = X.but(
        dataset="circles", samples=300, hidden=(12,) * 3, activation="relu", initializer="he",
        init_scale=10, learning_rate=0.1,
    )  # fmt: skip
    assert told(experiment) == {"start": {"init_scale": 1.0}}
    assert run(experiment.but(init_scale=1.0)).history["train_accuracy"][-1] == 1


@pytest.mark.parametrize(
    "changes",
    [{}, {"activation": "relu", "initializer": "he", "learning_rate": 0.3}],
    ids=["sigmoid", "ReLU"],
)
def test_large_inputs_are_to_be_standardised(changes):
    experiment = X.but(dataset="own", points=LARGE, **changes)
    assert told(experiment) == {"unscaled": {"standardize": True}}
    assert run(experiment.but(standardize=True)).history["train_accuracy"][-1] == 1


def test_points_that_contradict_each_other_are_no_fault_of_the_network():
    experiment = X.but(dataset="own", points=((0.5, 0.5, 0), (0.5, 0.5, 1)))
    assert told(experiment) == {"impossible": None}
    (finding,) = findings(run(experiment))
    assert "less than 50.0 % wrong" in finding.seen
    assert "equal inputs and different labels" in finding.seen
    assert finding.changes == ()


def test_what_one_coordinate_cannot_tell_is_said_and_the_other_offered():
    assert told(X.but(features=("x1",))) == {"impossible": {"features": ("x1", "x2")}}
    clouds = X.but(dataset="noisy_xor", features=("x2",), learning_rate=1.0)
    assert told(clouds)["impossible"] == {"features": ("x1", "x2")}


def test_contradicting_points_among_many_leave_the_rest_to_be_learned():
    points = (*X.points, (0.0, 0.0, 1))  # one of five stays wrong
    experiment = X.but(dataset="own", points=points, hidden=(8,))
    assert run(experiment).history["train_accuracy"][-1] == pytest.approx(0.8)
    assert set(told(experiment)) == {"impossible"}


def test_a_small_start_is_blamed_before_the_learning_rate():
    experiment = X.but(initializer="small", hidden=(5,), learning_rate=0.1, epochs=3000)
    change = told(experiment)["start"]
    assert change["initializer"] == "glorot"
    assert run(experiment.but(**change)).history["train_accuracy"][-1] == 1


def test_always_naming_the_most_common_class_is_called_that_whatever_the_accuracy():
    experiment = X.but(dataset="own", points=RARE, learning_rate=0.01)
    before = run(experiment)
    assert before.history["train_accuracy"][-1] == 0.96
    (advice,) = coached(experiment, LENSES["xor"]).advice
    assert (
        "no better than always naming the most common class: 96.0 % of the training samples are "
        "right"
    ) in advice.finding.seen


def test_the_best_network_for_a_rare_class_is_not_silenced_by_its_accuracy():
    # Held by the cost alone: at that of chance, with 97 % right.
    points = tuple((k / 100, 0.0, int(k > 96)) for k in range(100))
    assert findings(run(X.but(dataset="own", points=points, learning_rate=0.001)))


@pytest.mark.slow
def test_large_weights_on_digits_are_blamed_on_the_start():
    experiment = M.but(initializer="large")
    case = coached(experiment, LENSES["mnist"])
    assert case.advice[0].finding.name == "start"
    assert "19.8 times larger" in case.advice[0].finding.seen
    offer = case.first
    assert turns(offer.after, experiment) == {"initializer": "he"}
    assert offer.error[0] > 0.12 > 0.05 > offer.error[1]


@pytest.mark.slow
def test_a_held_out_cost_that_rises_while_the_accuracy_stays_is_told():
    experiment = M.but(dev_fraction=0.1, learning_rate=0.3, epochs=40)
    case = coached(experiment, LENSES["mnist"])
    costs, accuracies = (case.run.history[f"dev_{name}"] for name in ("cost", "accuracy"))
    best = int(costs.argmin())
    assert costs[-1] > 1.2 * costs[best]
    assert abs(accuracies[-1] - accuracies[best]) < 0.005
    (advice,) = case.advice
    assert advice.finding.name == "surer"
    assert f"least after epoch {best}, " in advice.finding.seen
    # Of what the page offers ten epochs come nearest, which are no better: fewer were right then.
    assert case.first is None
    assert (advice.tried, advice.untried) == (1, 4)
    assert accuracies[10] < accuracies[-1]


def test_no_rule_suggests_what_the_engine_refuses():
    # Ten thousand epochs are the most there can be.
    most = Experiment(initializer="small", learning_rate=0.1, hidden=(5,), epochs=10_000)
    for finding in suspicions(run(most)):
        for change in finding.changes:
            assert most.but(**change) != most


def test_a_bigger_network_is_never_a_smaller_one():
    for experiment in (M.but(samples=300, hidden=(200,), epochs=1), X.but(hidden=(12, 12))):
        trials = Trials(run(experiment), LENSES["xor"].turned)
        for bigger in trials.experiments:
            pairs = zip(bigger.hidden, experiment.hidden, strict=False)
            assert all(new >= old for new, old in pairs)


def test_early_stopping_is_undone_only_if_that_helps_on_new_samples():
    lens, seeds = LENSES["bias_variance"], range(6)
    moons = Experiment(
        dataset="moons", samples=100, noise=0.3, train_fraction=0.4, dev_fraction=0.3,
        hidden=(16,), activation="tanh", learning_rate=1.0, epochs=600, patience=2,
    )  # fmt: skip
    for experiment in (moons.but(seed=seed, data_seed=seed) for seed in seeds):
        case = coached(experiment, lens)
        row = case.run.best_epoch
        for advice in case.advice:
            for offer in advice.offers:
                after = run(offer.after)
                last = -1 if after.best_epoch is None else after.best_epoch
                errors = [
                    1 - done.history["dev_accuracy"][k]
                    for done, k in ((case.run, row), (after, last))
                ]
                assert errors[1] <= errors[0] + 0.05
