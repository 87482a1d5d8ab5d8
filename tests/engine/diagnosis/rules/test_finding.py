"""A finding keeps of the changes those that give another experiment."""

import pytest

from engine.diagnosis.rules.finding import Rule, Seen, changed
from engine.experiment.experiment import Experiment

XOR = Experiment()


def test_changes_that_change_nothing_or_are_refused_are_left_out():
    rule = Rule("name", "Title", lambda evidence: None, "Advice.", "xor")
    refused = {"train_fraction": 0.9, "dev_fraction": 0.9, "dataset": "moons"}
    seen = Seen("Seen.", ({}, {"epochs": 1000}, {"epochs": -1}, refused, {"epochs": 3}))
    finding = rule.finding(seen, XOR)
    assert finding.changes == ({"epochs": 3},)
    assert (finding.name, finding.title, finding.seen) == ("name", "Title", "Seen.")


@pytest.mark.parametrize(
    ("change", "after"),
    [({"seed": 3}, XOR.but(seed=3)), ({"seed": 0}, None), ({"hidden": (0,)}, None)],
)
def test_a_change_gives_another_experiment_or_none(change, after):
    assert changed(XOR, change) == after
