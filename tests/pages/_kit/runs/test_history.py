from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.runs.history import MOST, NAME_LENGTH, History
from pages._kit.runs.outcome import MOST_POINTS, Outcome
from pages._xor.lens import XOR

BASE = Outcome.of(run(Experiment(epochs=500)))


def outcome(seed):
    return Outcome.of(run(Experiment(epochs=1, seed=seed)))


def test_the_newest_run_is_on_top():
    history = History()
    for seed in range(3):
        history.add("xor", outcome(seed))
    assert [entry.outcome.experiment.seed for entry in history.entries] == [2, 1, 0]
    assert [entry.title for entry in history.entries] == ["Run 3", "Run 2", "Run 1"]


def test_a_run_looked_at_again_moves_to_the_top_and_keeps_its_name():
    history = History()
    first = history.add("xor", outcome(0))
    history.rename(first, "  the first  ")
    history.add("xor", outcome(1))
    assert history.add("xor", outcome(0)) is first
    assert [entry.title for entry in history.entries] == ["the first", "Run 2"]


def test_the_same_experiment_on_another_page_is_another_run():
    history = History()
    history.add("xor", outcome(0))
    history.add("home", outcome(0))
    assert len(history.entries) == 2


def test_the_oldest_without_a_name_is_forgotten_first():
    history = History()
    kept = history.add("xor", outcome(0))
    history.rename(kept, "kept")
    for seed in range(1, MOST + 2):
        history.add("xor", outcome(seed))
    assert len(history.entries) == MOST
    assert history.entries[-1] is kept
    assert history.entries[-2].outcome.experiment.seed == 3


def test_a_name_is_bounded_and_deleting_twice_is_harmless():
    history = History()
    entry = history.add("xor", outcome(0))
    history.rename(entry, "x" * 999)
    assert len(entry.name) == NAME_LENGTH
    history.delete([entry])
    history.delete([entry])
    assert history.entries == []


def test_the_knobs_that_differ_are_told_in_words():
    history = History()
    entry = history.add(
        "xor", Outcome.of(run(XOR.defaults.but(hidden=(), activation="relu", epochs=10)))
    )
    # Without a hidden layer the activation changes nothing, so it is not told.
    assert entry.knobs(XOR) == "no hidden layer, Epochs 10"
    plain = history.add("xor", Outcome.of(run(XOR.defaults)))
    assert plain.knobs(XOR) == "the page's defaults"


def test_an_outcome_is_small_and_keeps_both_ends():
    assert len(BASE.history["epoch"]) == MOST_POINTS
    assert BASE.history["epoch"][[0, -1]].tolist() == [0, 500]
    assert BASE.finals["train_cost"] == run(Experiment(epochs=500)).history["train_cost"][-1]


def test_an_outcome_with_early_stopping_ends_at_the_best_epoch():
    patient = run(Experiment(
        dataset="moons", samples=80, noise=0.4, hidden=(30,), optimizer="adam", activation="tanh",
        learning_rate=0.05, epochs=500, patience=30,
    ))  # fmt: skip
    kept = Outcome.of(patient)
    assert kept.finals["epoch"] == patient.best_epoch
    assert kept.finals["dev_cost"] == patient.history["dev_cost"].min()
