"""The regularisation page: what is side by side, every panel, and numbers that are the engine's."""

import re

import numpy as np
import pytest

from engine.experiment.wording import number
from engine.inspection.dropout import replay
from engine.inspection.shrinkage import tiny_share
from engine.nn.parameters import Layout
from engine.training.sweep import sweep
from pages._regularisation import sparse
from pages._regularisation.lens import REGULARISATION
from pages._regularisation.regularisers import REGULARISERS, regularised
from tests.pages.screen import address, press, sound, widget

LENS = REGULARISATION
QUICK = {"epochs": "10", "hidden": "4-3"}
PANELS = (
    *("Inside the cost", "The weights", "Dropout", "Why it helps", "How strong?"),
    *("Predict first", "Compare", "Take it away", "The maths", "For teachers"),
)


def captions(at):
    return " ".join(caption.value for caption in at.main.caption)


def panel(visit, title, **query):
    return sound(visit("regularisation", QUICK | {"panel": title} | query))


@pytest.mark.parametrize("title", PANELS)
def test_every_panel_opens(visit, title):
    at = panel(visit, title)
    assert address(at).get("panel", PANELS[0]) == title


@pytest.mark.parametrize(
    "query",
    [
        {"hidden": "none"},
        {"hidden": "1"},
        {"learning_rate": "1000", "optimizer": "gradient_descent", "l2": "1000", "l1": "1000"},
        {"l1": "0", "l2": "0", "keep_prob": "1", "patience": "0"},
        {"keep_prob": "0.05", "activation": "relu", "batch_size": "10"},
        {"samples": "50", "noise": "0", "batch_size": "20", "step": "99999", "sample": "999"},
        {"shown": "l1"},
        {"shown": "dropout.early", "dev_points": "1", "sweep": "keep_prob"},
    ],
    ids=str,
)
def test_every_panel_copes_with_unusual_runs(visit, query):
    for title in PANELS:
        at = sound(visit("regularisation", QUICK | query | {"panel": title}))
        assert not re.search(r"\bnan\b|\binf\b", captions(at), re.IGNORECASE), title


def test_digits_have_no_plane_and_all_else(visit):
    digits = QUICK | {"dataset": "mnist", "samples": "50"}
    for title in ("Inside the cost", "Dropout", "Predict first", "Compare", "The maths"):
        sound(visit("regularisation", digits | {"panel": title}))


def test_what_is_side_by_side_can_be_chosen_and_travels(visit):
    at = sound(visit("regularisation", QUICK))
    assert "shown" not in address(at)
    pills = next(group for group in at.main.get("button_group") if group.label == "Side by side")
    pills.set_value(["l1", "plain"]).run()
    assert address(sound(at))["shown"] == "plain.l1"
    other = sound(visit("regularisation", address(at)))
    assert address(other) == address(at)


def test_any_of_the_runs_can_be_pinned(visit):
    at = panel(visit, "Compare")
    press(at, "Pin B, L2")
    press(at, "Pin D, Dropout")
    kept = address(sound(at))["pins"]
    assert kept.count(";") == 1
    assert address(sound(visit("regularisation", address(at))))["pins"] == kept


def test_the_best_setting_of_the_sweep_can_be_taken_over(visit):
    at = panel(visit, "How strong?")
    label = next(button.label for button in at.button if button.label.startswith("Set λ to "))
    press(at, label)
    value = float(label.removeprefix("Set λ to "))
    assert at.session_state["lens.regularisation"].l2 == pytest.approx(value)


def test_the_units_that_are_off_are_those_of_the_engine(visit):
    at = panel(visit, "Dropout", keep_prob="0.5", step="7", sample="3")
    run = regularised(LENS.defaults.but(epochs=10, hidden=(4, 3), keep_prob=0.5), "dropout")
    off = [int((mask[:, 2] == 0).sum()) for mask in replay(run, 6).masks]
    assert f"{off[0]} of 4 in layer 1, {off[1]} of 3 in layer 2" in captions(at)


def test_another_step_tosses_other_coins(visit):
    first = captions(panel(visit, "Dropout", step="2", hidden="24-24"))
    at = panel(visit, "Dropout", step="3", hidden="24-24")
    assert first != captions(at)
    widget(at, "Mini-batch t").set_value(2).run()
    assert captions(sound(at)) == first


def test_the_penalties_in_the_maths_add_up(visit):
    at = panel(visit, "The maths")
    (done,) = sweep([regularised(LENS.defaults.but(epochs=10, hidden=(4, 3)), "l2")])
    cost, penalty = (float(done.history[name][-1]) for name in ("train_cost", "penalty"))
    shown = at.main.latex[0].value
    assert f"&= {number(cost)} + " in shown
    assert f"= {number(cost + penalty)} \\end" in shown


def test_six_regularisers_overfit_less_than_none_on_the_page_as_it_opens():
    """What the page claims of its defaults: none fits all, and every other errs less on dev."""
    done = sweep([regularised(LENS.defaults, name) for name in REGULARISERS])
    runs = dict(zip(REGULARISERS, done, strict=True))
    ends = {n: -1 if run.best_epoch is None else run.best_epoch for n, run in runs.items()}
    train, dev = (
        {n: 1 - run.history[f"{split}_accuracy"][ends[n]] for n, run in runs.items()}
        for split in ("train", "dev")
    )
    assert train["plain"] == 0
    gap = dev["plain"] - train["plain"]
    for name in set(REGULARISERS) - {"plain"}:
        assert dev[name] < dev["plain"] - 0.05, name
        assert dev[name] - train[name] < gap / 2, name


def test_l1_beats_l2_in_tiny_weights_at_equal_dev_error_on_the_page_as_it_opens():
    """The claim of the panel: at the strengths it finds, dev errors are equal and L1 is sparse."""
    asked = sparse.experiments(LENS.defaults)
    chosen = [
        experiment for experiment in asked if experiment.l1 == 0.0935 or experiment.l2 == 0.331
    ]
    assert len(chosen) == 2 * sparse.SEEDS
    runs = sweep(chosen, snapshots=2)
    layout = Layout((2, 24, 24, 1))
    l1, l2 = runs[: sparse.SEEDS], runs[sparse.SEEDS :]
    first, second = (
        np.median([1 - run.history["dev_accuracy"][-1] for run in part]) for part in (l1, l2)
    )
    assert first == pytest.approx(second, abs=1e-12)
    mine, its = (np.median([tiny_share(layout, run.theta) for run in part]) for part in (l1, l2))
    assert mine > 0.8
    assert its < 0.02


def test_the_strengths_are_in_reach_without_opening_a_fold(visit):
    at = sound(visit("regularisation", QUICK))
    opened = {expander.label for expander in at.sidebar.expander if expander.proto.expanded}
    assert "Regularisation" in opened
    assert "Seeds" not in opened
