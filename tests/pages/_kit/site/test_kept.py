"""Whatever says how a run ended speaks of the network that the run hands over."""

import dataclasses

import numpy as np
import pytest

from engine.diagnosis.gaps import diagnose
from engine.diagnosis.studies import Study
from engine.diagnosis.verdicts import verdict_on
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.wording import number, percent
from engine.export.script import printout
from engine.training.run import run
from engine.training.sweep import sweep
from pages._bias_variance import sentences
from pages._initialisation import seeds
from pages._kit.panels import coach as coach_panel
from pages._kit.runs import runs_file, words
from pages._kit.runs.history import History
from pages._kit.runs.outcome import MEASURES, Outcome
from pages._kit.training.live import Live
from pages._mnist import sentences as watched
from pages._pages.registry import LENSES
from pages._regularisation import pictures, verdicts
from pages._regularisation.lens import REGULARISATION
from pages._regularisation.regularisers import regularised
from pages._regularisation.strength import Found
from pages._vanishing import cures
from pages._vanishing import sentences as of_vanishing
from tests.pages.screen import press, sound

LENS = REGULARISATION

STOPPED = Experiment(
    dataset="circles", samples=100, noise=0.3, train_fraction=0.4, dev_fraction=0.3, hidden=(16,),
    activation="tanh", learning_rate=1.0, epochs=400, patience=20,
)  # fmt: skip


@pytest.fixture(scope="module")
def stopped():
    """A run whose history goes on for twenty epochs after the network that it hands over."""
    trained = run(STOPPED)
    rows = {name: trained.history[f"{name}_accuracy"][[4, 24]] for name in ("train", "dev", "test")}
    assert (trained.kept_epoch, trained.stopped_at) == (4, 24)
    assert (rows["train"] * 40).round().tolist() == [23, 26]  # 57.5 %, later 65.0 %
    assert (rows["dev"] * 30).round().tolist() == [16, 14]  # 53.3 %, later 46.7 %
    assert (rows["test"] * 30).round().tolist() == [19, 16]  # 63.3 %, later 53.3 %
    return trained


def test_a_summary_says_which_network_is_kept(stopped):
    cost = stopped.history["train_cost"][4]
    expected = (
        "After 4 epochs (early stopping keeps this network of 24) 57.5 % of the training points "
        f"are right, at a cost of {cost:.3f}."
    )
    assert words.summary(stopped) == expected
    assert words.summary(Outcome.of(stopped)) == expected


def test_a_comparison_says_which_network_is_kept(stopped):
    expected = (
        "Final training accuracy: A 57.5 % (test 63.3 %) in epoch 4, which is kept, "
        "B 57.5 % (test 63.3 %) in epoch 4, which is kept."
    )
    both = [("A", stopped), ("B", Outcome.of(stopped))]
    assert words.compared(both, "accuracy") == expected


def test_an_outcome_that_comes_back_from_a_file_still_knows(stopped):
    history = History()
    history.add("regularisation", Outcome.of(stopped))
    for write in (runs_file.to_json, runs_file.to_csv):
        text = write(history.entries).encode()
        ((_, outcome, _),) = runs_file.read(text, LENSES)
        assert outcome.kept_epoch == 4
        assert "57.5 % of the training points are right" in words.summary(outcome)
        assert "57.5 % (dev 53.3 %)" in words.compared([("A", outcome)], "accuracy", "dev")


@pytest.mark.parametrize("junk", [float("nan"), float("inf")])
def test_what_a_file_says_of_epochs_may_be_junk(stopped, junk):
    outcome = Outcome.of(stopped)
    spoilt = dataclasses.replace(
        outcome,
        finals=dict(outcome.finals) | {"epoch": junk},
        history=dict(outcome.history) | {"epoch": np.full(25, junk)},
    )
    assert words.summary(spoilt).startswith("After 0 epochs 57.5 % of the training points")
    assert words.compared([("A", spoilt)], "cost").startswith("Final training cost: A 0.690")


def test_shares_are_those_of_the_kept_network(stopped):
    assert 1 - diagnose(stopped).rates["train"].error == pytest.approx(0.575)
    assert pictures.final_errors(stopped) == pytest.approx((1 - 0.575, 1 - 16 / 30))
    assert verdict_on(stopped).accuracy == pytest.approx(0.575)
    assert seeds._final(stopped) == pytest.approx(0.575)
    assert MEASURES["dev_error"].read(Outcome.of(stopped)) == pytest.approx(14 / 30)
    assert MEASURES["epochs"].read(Outcome.of(stopped)) == 4
    study = Study((0.0,), 1, (STOPPED,))
    assert study.errors([stopped], [True], "test")[0, 0] == pytest.approx(11 / 30)


def test_a_sweep_judges_the_kept_networks(stopped):
    off = [stopped] * 8
    found = Found.of("keep_prob", off, [True] * 8)
    assert found.train[0] == pytest.approx(1 - 0.575)
    assert found.dev_cost[0] == pytest.approx(stopped.history["dev_cost"][4])
    assert found.test[0] == pytest.approx(11 / 30)


@pytest.mark.parametrize(
    ("say", "expected"),
    [
        (lambda r: coach_panel._summary(r, []), "42.5 % of the training, 46.7 % of the dev"),
        (lambda r: sentences.curves(r), "After epoch 4: training error 42.5 %"),
        (lambda r: sentences.curves(r), ", dev error 46.7 %"),
        (lambda r: verdicts.verdict(r, "early", STOPPED, None), "rain 42.5 % wrong, dev 46.7 %"),
        (lambda r: verdicts.verdict(r, "early", STOPPED, None), "was least after epoch 4 ("),
        (lambda r: of_vanishing.reached(r), "57.5 % of the training samples are right"),
        (lambda r: cures._outcome(r), "57.5 % right, cost "),
        (lambda r: cures._verdict([("early", r)]), "early 57.5 %."),
        (lambda r: words.solved([r]), "in 0 of 1 starts"),
    ],
)
def test_sentences_speak_of_the_kept_network(stopped, say, expected):
    assert expected in say(stopped)


def test_the_printout_names_the_kept_network_last(stopped):
    last = printout(stopped).split("best epoch 4\n")[1]
    assert "train_accuracy 57.50 %" in last


def test_a_pinned_run_has_its_boundary_and_its_numbers_from_one_network(visit):
    query = {
        "panel": "Compare", "shown": "early", "patience": "1", "epochs": "30", "hidden": "4",
        "learning_rate": "0.3",
    }  # fmt: skip
    at = press(sound(visit("regularisation", query)), "Pin A, Early stopping")
    experiment = regularised(LENS.defaults.but(**_knobs(query)), "early")
    (expected,) = sweep([experiment])
    assert expected.kept_epoch < expected.stopped_at
    under_the_boundary = [
        caption.value for caption in sound(at).main.caption if "kept" not in caption.value
    ]
    assert words.summary(expected) in [caption.value for caption in at.main.caption]
    assert not any(
        f"After {expected.stopped_at} epochs" in caption for caption in under_the_boundary
    )


def _knobs(query):
    return {name: KNOBS[name].parse(text) for name, text in query.items() if name in KNOBS}


def test_a_watched_training_speaks_of_the_network_it_keeps():
    live = Live(
        Experiment(
            dataset="mnist", samples=200, dev_fraction=0.5, hidden=(16,), learning_rate=3.0,
            batch_size=10, epochs=30, patience=2,
        )
    )  # fmt: skip
    live.work(float("inf"))
    kept, history = live.run().kept_epoch, live.run().history
    assert kept < live.epoch
    assert history["test_accuracy"][kept] != history["test_accuracy"][-1]
    text, cost = watched.reached(live, None), watched.cost(live)
    assert text.startswith(f"After {words._epochs(kept)} (early stopping keeps this network of ")
    assert percent(history["test_accuracy"][kept]) in text
    for name in ("dev", "train"):
        assert percent(history[f"{name}_accuracy"][kept]) in watched.besides(live)
    assert f"The dev cost is {number(history['dev_cost'][kept])} after" in cost
    assert live.run().snapshots.epochs.tolist() == [kept]
