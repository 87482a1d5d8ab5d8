"""The notes' cases: real networks that have such errors, from any seed."""

import sys

import numpy as np
import pytest

from engine.cases import CASES
from engine.diagnosis import diagnose
from engine.recipe import RECIPE, current
from engine.training import run

SEEDS = range(10)
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def diagnoses(experiments):
    return [diagnose(run(experiment)) for experiment in experiments]


def say(text):
    sys.stdout.write(f"{text}\n")


def line(title, found, remark):
    train, dev = (
        100 * np.median([d.rates[name].error for d in found]) for name in ("train", "dev")
    )
    say(f"{title:34} train {train:5.1f} %   dev {dev:5.1f} %   {remark}")


@by_name
def test_the_network_has_about_the_errors_of_the_notes(case):
    rates = diagnose(run(case.experiment)).rates
    assert rates["train"].error == pytest.approx(case.train, abs=0.01)
    assert rates["dev"].error == pytest.approx(case.dev, abs=0.02)


@by_name
def test_the_verdict_holds_from_nine_of_ten_seeds_and_the_actions_do_what_they_promise(case):
    """Each seed draws other data and another network: run with -s to see the table."""
    starts = [case.experiment.but(seed=seed, data_seed=seed) for seed in SEEDS]
    before = diagnoses(starts)
    agree = sum(found.high == case.high for found in before)
    say("")
    line(case.name, before, f"the same verdict from {agree} of 10 seeds")
    assert agree >= 9
    step = current(before[0])
    for action in RECIPE[step].actions if step < len(RECIPE) else ():
        after = diagnoses(action.apply(start) for start in starts)
        gap = RECIPE[step].gap
        moved = sum(
            new.gaps[gap].value < old.gaps[gap].value
            for old, new in zip(before, after, strict=True)
        )
        line(f"  {action.title}", after, f"{gap} smaller in {moved} of 10")
        assert moved >= 8, action.name
