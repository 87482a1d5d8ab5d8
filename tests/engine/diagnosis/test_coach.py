"""What the coach suspects: in runs made to have each fault, in healthy ones, and in the wildest."""

import functools
import math
from itertools import islice

import numpy as np
import pytest

from engine.diagnosis.coach import CAUSES, MOST, RULES, findings, suspicions
from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules.finding import changed
from engine.diagnosis.rules.pool import NEVER_SUSPECTED
from engine.experiment.experiment import KNOBS, Experiment
from engine.training.run import run
from tests.rows import complete

SEEDS = range(5)

XOR = Experiment()
TANH = Experiment(
    dataset="circles", samples=1000, noise=0.1, train_fraction=0.4, dev_fraction=0.3, hidden=(8,),
    activation="tanh", learning_rate=1.0, epochs=200,
)  # fmt: skip
RELU = TANH.but(activation="relu", initializer="he")
DIGITS = Experiment(
    dataset="mnist", samples=1000, dev_fraction=0.2, hidden=(16,), activation="relu",
    initializer="he", learning_rate=0.1, batch_size=32, epochs=5,
)  # fmt: skip

LARGE_XOR = tuple((100 * x1, 100 * x2, label) for x1, x2, label in XOR.points)
FEW_OF_ONE_CLASS = tuple(
    (float(k % 10), float(k // 10), int(k in (13, 57, 88, 91))) for k in range(100)
)

BOLD = TANH.but(
    dataset="moons", samples=2000, train_fraction=0.15, dev_fraction=0.5, hidden=(16, 16),
    optimizer="adam", learning_rate=0.03, epochs=300,
)  # fmt: skip

FAULTS = {
    "diverged": {
        "penalty steps on XOR": XOR.but(learning_rate=1000.0, l2=1000.0, epochs=100),
        "penalty steps": TANH.but(learning_rate=1000.0, l2=1000.0),
        "linear layers": TANH.but(activation="linear", hidden=(8, 8), learning_rate=100.0),
        "a huge start": RELU.but(hidden=(10,) * 20, init_scale=100.0, epochs=20),
        "digits": DIGITS.but(learning_rate=1000.0, l2=1000.0),
    },
    "symmetric": {
        "zeros": XOR.but(initializer="zeros"),
        "scaled to zero": XOR.but(init_scale=0.0),
        "constant": TANH.but(initializer="constant"),
        "constant ReLU": RELU.but(initializer="constant"),
        "zero digits": DIGITS.but(initializer="zeros"),
    },
    "regularised": {
        "L2": TANH.but(l2=100.0),
        "L2 on XOR": XOR.but(l2=0.1),
        "L1": TANH.but(l1=10.0),
        "dropout": TANH.but(keep_prob=0.3),
        "digits": DIGITS.but(l2=1000.0),
    },
    "dead": {
        "long steps": RELU.but(learning_rate=10.0),
        "two layers": RELU.but(hidden=(8, 8), learning_rate=10.0),
        "digits": DIGITS.but(learning_rate=3.0),
    },
    "jumping": {
        "XOR": XOR.but(learning_rate=100.0),
        "long steps": TANH.but(learning_rate=30.0),
        "ends above its start": XOR.but(learning_rate=30.0),
    },
    "small_batch": {
        "one sample": TANH.but(samples=500, batch_size=1, learning_rate=1.0, epochs=40),
        "two samples": TANH.but(batch_size=2, learning_rate=0.5, epochs=50),
    },
    "saturated": {
        "large start": TANH.but(hidden=(16, 16), initializer="large", init_scale=30.0),
        "sigmoid": TANH.but(
            hidden=(16, 16), activation="sigmoid", initializer="large", init_scale=30.0
        ),
        "digits": DIGITS.but(activation="tanh", initializer="large"),
    },
    "too_slow": {
        "small steps": TANH.but(learning_rate=0.01),
        "small steps on XOR": XOR.but(learning_rate=0.1),
        "few epochs": TANH.but(epochs=30),
        "few steps": TANH.but(epochs=10),
        "digits": DIGITS.but(learning_rate=0.003),
        "one epoch": DIGITS.but(epochs=1),
        "impatient": TANH.but(
            dataset="spirals", noise=0.05, hidden=(16, 16), activation="relu", initializer="he",
            optimizer="adam", learning_rate=0.01, batch_size=32, patience=2,
        ),
    },
    "not_learning": {
        "vanished": TANH.but(hidden=(10,) * 6, activation="sigmoid"),
        "vanished digits": DIGITS.but(hidden=(16,) * 6, activation="sigmoid"),
        "small start": TANH.but(hidden=(8, 8, 8), initializer="small"),
    },
    "unmoved": {
        "no step": TANH.but(learning_rate=0.0),
        "no epoch": TANH.but(epochs=0),
    },
    "unscaled": {
        "large inputs": XOR.but(dataset="own", points=LARGE_XOR),
        "large inputs, ReLU": RELU.but(dataset="own", points=LARGE_XOR, learning_rate=0.3),
        "off the middle": XOR.but(
            dataset="own", points=tuple((x1 + 20, x2 - 20, y) for x1, x2, y in XOR.points)
        ),
    },
    "start": {
        "small start": XOR.but(initializer="small", hidden=(5,), learning_rate=0.1, epochs=3000),
        "large ReLU": RELU.but(samples=300, hidden=(12,) * 3, init_scale=10.0, learning_rate=0.1),
        "small scale": TANH.but(hidden=(8, 8), init_scale=0.03),
        "small start, ReLU": RELU.but(hidden=(8, 8, 8), initializer="small", epochs=300),
        "digits": DIGITS.but(initializer="large", epochs=2),
    },
    "impossible": {
        "opposite labels": XOR.but(dataset="own", points=((0.5, 0.5, 0), (0.5, 0.5, 1))),
        "one coordinate": XOR.but(features=("x1",)),
        "one coordinate of clouds": TANH.but(dataset="noisy_xor", features=("x2",)),
    },
    "chance": {
        "four of a hundred": XOR.but(dataset="own", points=FEW_OF_ONE_CLASS, learning_rate=0.01),
    },
    "surer": {
        "bold on moons": BOLD,
        "bold on circles": BOLD.but(dataset="circles"),
    },
    "underfitting": {
        "a line for XOR": XOR.but(hidden=()),
        "a line": TANH.but(hidden=()),
        "linear layers": TANH.but(activation="linear", learning_rate=0.3),
    },
    "overfitting": {
        "circles": TANH.but(
            noise=0.2, samples=500, train_fraction=0.3, dev_fraction=0.4, hidden=(32, 32),
            optimizer="adam", learning_rate=0.01, epochs=300,
        ),
        "digits": DIGITS.but(epochs=20),
        "digits without dev": DIGITS.but(samples=300, dev_fraction=0.0, epochs=20),
    },
    "small_dev": {
        "twenty": TANH.but(samples=100, train_fraction=0.6, dev_fraction=0.2, noise=0.0),
        "no dev": TANH.but(samples=100, train_fraction=0.8, dev_fraction=0.0, noise=0.05),
    },
}  # fmt: skip
"""By rule, experiments that have its fault whatever the seed."""

trained = functools.cache(run)
"""Several tests look at the same runs."""


def of(rule, run):
    """What a rule has found in a run, or None."""
    return next((finding for finding in suspicions(run) if finding.name == rule), None)


def seeded(experiment):
    return [experiment.but(seed=seed, data_seed=seed) for seed in SEEDS]


faults = pytest.mark.parametrize(
    ("rule", "experiment"),
    [
        pytest.param(rule, experiment, id=f"{rule}-{name}")
        for rule, experiments in FAULTS.items()
        for name, experiment in experiments.items()
    ],
)


def test_every_rule_that_suspects_has_a_fault():
    suspecting = [rule.name for rule in RULES if rule not in NEVER_SUSPECTED]
    complete(FAULTS, suspecting, "experiments that have the fault", "FAULTS", __file__)


@faults
def test_a_rule_suspects_its_fault_and_what_it_suggests_helps(rule, experiment):
    helped = (is_suspected_and_helped(rule, trained(start)) for start in seeded(experiment))
    assert sum(islice(filter(None, helped), 4)) == 4  # of five seeds; the rest need no training


def is_suspected_and_helped(rule, before):
    """Whether a rule suspects a fault in a run, and what it suggests mends it, if anything."""
    finding = of(rule, before)
    if finding is None:
        return False
    afters = (changed(before.experiment, change) for change in finding.changes)
    tried = (trained(after) for after in afters if after is not None)  # only until one has helped
    return not finding.changes or any(is_mended(before, after) for after in tried)


def is_mended(before, after):
    """Whether a run is better where it counts, or known better."""
    if before.diverged_at is not None or after.diverged_at is not None:
        return after.diverged_at is None
    earlier, later = Evidence(before), Evidence(after)
    for split in ("train", earlier.held_out or "train"):
        cost, error = (
            before.history[f"{split}_cost"][earlier.last],
            earlier.diagnosis.rates[split].error,
        )
        now, wrong = after.history[f"{split}_cost"][later.last], later.diagnosis.rates[split].error
        if now <= 0.98 * cost or wrong <= error - 0.01:
            return True
    return later.diagnosis.rates[earlier.held_out].m > earlier.diagnosis.rates[earlier.held_out].m


# --- what is said, and in which order ------------------------------------------------------------


def test_a_run_that_diverged_is_told_nothing_else():
    for experiment in FAULTS["diverged"].values():
        assert [finding.name for finding in findings(trained(experiment))] == ["diverged"]


def test_a_start_that_overflows_is_mended_by_another_start():
    finished = run(
        DIGITS.but(hidden=(16,) * 16, initializer="large", init_scale=100.0, samples=100)
    )
    assert finished.diverged_at == 0
    (finding,) = findings(finished)
    assert "before the first step: initial weights 100 times" in finding.seen
    assert run(finished.experiment.but(**finding.changes[0])).diverged_at is None


def test_at_most_three_findings_in_the_order_of_the_rules():
    order = [rule.name for rule in RULES]
    for experiment in [*FAULTS["overfitting"].values(), *FAULTS["small_dev"].values()]:
        places = [order.index(finding.name) for finding in findings(trained(experiment))]
        assert places == sorted(places)
        assert len(places) <= MOST


def test_of_several_possible_causes_one_is_told():
    causes = {rule.name for rule in CAUSES}
    for experiments in FAULTS.values():
        for experiment in experiments.values():
            names = [finding.name for finding in findings(trained(experiment), most=99)]
            assert sum(name in causes for name in names) <= 1


@pytest.mark.parametrize(
    ("rule", "name", "expected"),
    [
        ("symmetric", "zeros", "All 3 units of hidden layer 1 have the same weights"),
        ("dead", "long steps", "8 of 8 ReLU units in hidden layer 1 are 0"),
        ("underfitting", "a line for XOR", "The 2-1 network gets 50.0 % of its own"),
        ("unmoved", "no step", "200 epochs at a learning rate of α = 0."),
        ("small_batch", "one sample", "With 1 sample a step"),
    ],
)
def test_a_finding_names_the_runs_own_numbers(rule, name, expected):
    assert expected in of(rule, trained(FAULTS[rule][name])).seen


def test_the_numbers_of_a_divergence():
    finished = trained(FAULTS["diverged"]["penalty steps"])
    assert f"in epoch {finished.diverged_at} of 200, at a learning rate of α = 1,000" in (
        findings(finished)[0].seen
    )


def test_the_held_out_split_is_named():
    assert "dev samples" in of("overfitting", trained(FAULTS["overfitting"]["digits"])).seen
    assert "test samples" in (
        of("overfitting", trained(FAULTS["overfitting"]["digits without dev"])).seen
    )


# --- the wildest ----------------------------------------------------------------------------------


def at_random(rng):
    """An experiment whose knobs are turned anywhere, but for what makes it slow."""
    points = tuple((float(x), float(-x), int(x) % 2) for x in rng.integers(-100, 100, 5))
    return Experiment(
        dataset=str(rng.choice(["xor", "moons", "spirals", "own", "parity", "circles"])),
        samples=int(rng.choice([4, 10, 60])),
        points=points,
        train_fraction=float(rng.choice([0.3, 0.6, 1.0])),
        dev_fraction=0.0,
        hidden=tuple(map(int, rng.integers(1, 9, rng.integers(0, 5)))),
        activation=str(rng.choice(list(KNOBS["activation"].titles))),
        initializer=str(rng.choice(list(KNOBS["initializer"].titles))),
        init_scale=float(rng.choice(KNOBS["init_scale"].options)),
        optimizer=str(rng.choice(list(KNOBS["optimizer"].titles))),
        learning_rate=float(rng.choice(KNOBS["learning_rate"].options)),
        batch_size=int(rng.choice([0, 1, 7])),
        epochs=int(rng.choice([0, 1, 2, 30])),
        l1=float(rng.choice([0, 0, 1000])),
        l2=float(rng.choice([0, 0.1, 1000])),
        keep_prob=float(rng.choice([0.05, 0.5, 1])),
        seed=int(rng.integers(100)),
    )


@pytest.mark.filterwarnings("error")
def test_whatever_the_knobs_every_finding_is_a_sentence_and_every_change_an_experiment():
    rng = np.random.default_rng(3)
    for _ in range(250):
        finished = run(at_random(rng))
        for finding in findings(finished, most=99):
            assert finding.seen.endswith(".")
            assert "nan" not in finding.seen
            assert len(finding.seen) < 330
            for change in finding.changes:
                assert finished.experiment.but(**change) != finished.experiment, finding
                assert all(not isinstance(v, float) or math.isfinite(v) for v in change.values())
