"""What is tried against any network that falls short."""

import pytest

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules.finding import changed
from engine.diagnosis.rules.pool import DEEP, NEVER_SUSPECTED, SEVERAL, in_general, pool
from engine.experiment.experiment import Experiment
from engine.training.run import run

WORSE = (
    Experiment(learning_rate=0.01),
    Experiment(learning_rate=100.0, l2=1.0, keep_prob=0.5, init_scale=10.0),
    Experiment(dataset="moons", hidden=(3,) * 5, activation="relu", optimizer="adam"),
    Experiment(dataset="mnist", samples=1000, hidden=(), learning_rate=0.0),
)


@pytest.mark.parametrize("experiment", WORSE)
def test_everything_in_it_is_another_experiment_or_as_it_is(experiment):
    tried = [changed(experiment, change) for _, change in pool(experiment)]
    assert sum(after is not None for after in tried) >= 6
    assert all(after is None or after.seed == experiment.seed for after in tried)


def test_a_usual_rate_is_slow_or_jumping_from_where_one_is():
    for rate, name in ((0.01, "too_slow"), (100.0, "jumping")):
        rule, change = pool(Experiment(learning_rate=rate))[0]
        assert (rule.name, change) == (name, {"learning_rate": 2.0})


def test_only_deep_networks_are_called_deep():
    def depths(layers):
        return [c["hidden"] for rule, c in pool(Experiment(hidden=(4,) * layers)) if rule is DEEP]

    assert depths(2) == []
    assert depths(3) == [(4,)]


def test_a_fresh_start_takes_away_what_holds_back():
    several = [change for rule, change in pool(WORSE[1]) if rule is SEVERAL]
    for change in several:
        after = WORSE[1].but(**change)
        assert (after.l2, after.keep_prob, after.init_scale) == (0.0, 1.0, 3.0)
    assert {WORSE[1].but(**change).optimizer for change in several} == {"gradient_descent", "adam"}


def test_what_was_never_suspected_is_told_in_the_runs_numbers():
    evidence = Evidence(run(Experiment(hidden=())))
    finding = in_general(SEVERAL, evidence)
    assert finding.seen.endswith(
        "The 2-1 network gets 50.0 % of its own training samples wrong, at a cost of 0.693."
    )
    assert finding.seen.startswith("It does no better than always naming the most common class")
    assert SEVERAL in NEVER_SUSPECTED
