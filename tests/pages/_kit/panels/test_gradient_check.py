"""The panel on every page that trains: its numbers are the engine's, whatever is chosen."""

import re

import numpy as np
import pytest

from engine.checking.bugs import BUGS
from engine.checking.checkup import EPSILONS, check_up, objective_of
from engine.experiment.wording import power
from engine.training.run import run
from pages._kit.panels import gradient_check as gradient_panel
from pages._kit.panels.check import SECRET
from pages._kit.training import cache
from pages._kit.training.live import Live
from pages._pages.registry import LENSES
from pages._xor.lens import XOR as XOR_LENS
from tests.pages.screen import address, press, sound, widget

XOR = {"panel": gradient_panel.TITLE, "epochs": "10"}
PLANT = "Plant a bug in backpropagation"
COLUMNS = ("dθ", "dθ approx", "Difference")
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def ratio(at):
    (metric,) = [metric for metric in at.main.metric if metric.label == "Ratio"]
    return metric.value


def told(at):
    return "\n".join(text.value for text in (*at.main.markdown, *at.main.caption, *at.main.info))


def planted(at, name):
    return sound(widget(at, PLANT).set_value(name).run())


def now(at):
    return sound(widget(at, "Network").set_value("now").run())


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_every_page_that_trains_has_it_and_is_right(visit, lens):
    # With tanh, because a ReLU network may start on a kink, which is another story (below).
    at = sound(visit(lens.path, {"panel": gradient_panel.TITLE, "activation": "tanh"}))
    shown = {"initialisation": {"initializer": "he"}}.get(lens.path, {})  # its last scheme
    checkup = cache.checkup(lens.defaults.but(activation="tanh", **shown), None, 8)
    expected = checkup.ratios(checkup.objective.gradient(checkup.theta))[6]
    assert ratio(at) == power(expected)
    assert "**Right:**" in told(at)
    now(at)
    assert re.search(r"\*\*(Right:|The check says)", told(at))


def test_the_ratio_is_the_engines_for_each_bug(visit):
    at = sound(visit("xor", XOR))
    for name, bug in BUGS.items():
        if not bug.needs or bug.needs == "hidden":
            objective, theta = objective_of(XOR_LENS.defaults, 8)
            checkup = check_up(objective, theta)
            expected = checkup.ratios(bug.gradient(objective, theta))[EPSILONS.index(1e-7)]
            assert ratio(planted(at, name)) == power(expected), name
            assert "**Wrong: the bug is found.**" in told(at)
            lines = at.main.code[0].value.split("\n")
            shown = [line.split("  #")[0].rstrip() for line in lines]
            assert shown == list(bug.lines("sigmoid"))[::-1]


def test_which_matrices_give_a_bug_away_is_said_and_tabled(visit):
    at = planted(visit("xor", XOR), "slope")
    assert "It shows in W[1], b[1], while W[2], b[2] agree." in told(at)
    verdicts, worst = [frame.value for frame in at.main.dataframe]
    assert verdicts["Matrix"].tolist() == ["W[1]", "b[1]", "W[2]", "b[2]"]
    assert verdicts["Reading"].tolist() == ["✗ wrong", "✗ wrong", "✓ agrees", "✓ agrees"]
    assert verdicts["Looked at"].tolist() == ["6 of 6", "3 of 3", "3 of 3", "1 of 1"]
    exact, numeric, differences = ([value(text) for text in worst[name]] for name in COLUMNS)
    assert np.abs(differences).tolist() == sorted(np.abs(differences), reverse=True)
    np.testing.assert_allclose(np.subtract(exact, numeric), differences, atol=2e-3)


def value(text):
    """Return the number that was written, "−1.50 × 10⁻⁷" say."""
    mantissa, _, raised = text.replace("−", "-").partition(" × 10")
    return float(mantissa) * 10.0 ** int(raised.translate(LOWERED) or 0)


def test_j_is_given_what_a_bug_needs_and_it_is_said(visit):
    at = planted(visit("xor", XOR), "penalty")
    assert "J was given an L2 one" in told(at)
    assert "the bug is found" in told(at)
    planted(at, "mask")
    assert "it was given one mask" in told(at)
    assert "the bug is found" in told(at)
    at = planted(visit("xor", XOR | {"l2": "0.3"}), "penalty")
    assert "was given" not in told(at)


def test_a_penalty_on_biases_hides_at_the_start_and_shows_after_training(visit):
    at = planted(visit("xor", XOR | {"epochs": "300"}), "penalized_biases")
    assert "**Not to be seen here.**" in told(at)
    assert "all biases are zero" in told(at)
    now(at)
    assert "the bug is found" in told(at)
    assert "It shows in b[1], b[2], while W[1], W[2] agree." in told(at)


def test_one_sample_hides_a_forgotten_mean(visit):
    at = planted(visit("xor", XOR), "mean")
    widget(at, "Samples in the check").set_value(1).run()
    assert "there is only one sample" in told(sound(at))


def test_relu_on_xor_starts_on_its_kink_and_the_check_lies(visit):
    at = sound(visit("xor", XOR | {"activation": "relu"}))
    assert "and it lies:** nothing is planted" in told(at)
    assert "ReLU's kink" in told(at)
    assert "no ε makes small" in told(at)
    assert "cannot tell right from wrong" in told(planted(at, "sign"))


@pytest.mark.parametrize(("exponent", "word"), [(-1, "truncation"), (-13, "rounded")])
def test_an_epsilon_too_large_or_too_small_is_told_apart(visit, exponent, word):
    at = sound(visit("xor", XOR | {"activation": "tanh"}))
    widget(at, "Step ε").set_value(exponent).run()
    assert "and it lies" in told(sound(at))
    assert word in told(at)


def test_a_bug_smaller_than_the_bar_needs_a_closer_look(visit):
    query = {"l2": "0.03", "samples": "1000", "epochs": "1", "hidden": "8"}
    at = visit("mnist", {"panel": gradient_panel.TITLE} | query)
    assert "**Look closer.**" in told(planted(at, "penalty"))


def test_a_network_without_a_hidden_layer_says_what_it_cannot_have(visit):
    at = sound(visit("xor", XOR | {"hidden": "none"}))
    for name in ("slope", "mask"):
        assert "needs a hidden layer" in told(planted(at, name))
        assert "Right" in told(at)
    assert "the bug is found" in told(planted(at, "bias"))


@pytest.mark.parametrize(
    "query",
    [
        {"hidden": "none"},
        {"initializer": "zeros", "init_scale": "0"},
        {"init_scale": "100", "initializer": "large", "hidden": "12-12-12-12-12-12"},
        {"learning_rate": "1000", "l2": "1000", "activation": "linear"},
        {"dataset": "own", "points": "0_0_1~0_0_0"},
        {"keep_prob": "0.05", "l1": "1000", "activation": "leaky_relu"},
        {"dataset": "moons", "samples": "20", "train_fraction": "0.1", "standardize": "1"},
    ],
    ids=str,
)
def test_whatever_is_chosen_something_is_said(visit, query):
    at = sound(visit("xor", XOR | query))
    for which in (lambda at: at, now):
        at = which(at)
        for name in (*BUGS, SECRET, "none"):
            planted(at, name)
        for exponent in (-1, -13, -7):
            sound(widget(at, "Step ε").set_value(exponent).run())


def test_a_secret_bug_can_be_guessed_and_another_drawn(visit):
    at = planted(visit("xor", XOR), SECRET)
    assert "a bug is found" in told(at)
    assert not at.main.code
    shown, found = ratio(at), []
    for title in at.main.radio[0].options:
        at.main.radio[0].set_value(title).run()
        found += [title] * ("Yes." in told(sound(at)))
    (name,) = [name for name, bug in BUGS.items() if [bug.title] == found]
    assert ratio(planted(at, name)) == shown
    planted(at, SECRET)
    at.main.radio[0].set_value(at.main.radio[0].options[0]).run()
    ratios = {shown}
    for _ in range(6):
        press(sound(at), "Another one")
        assert at.main.radio[0].value is None
        ratios.add(ratio(at))
        at.main.radio[0].set_value(at.main.radio[0].options[0]).run()
    assert len(ratios) > 2


def test_the_price_counts_two_evaluations_a_parameter(visit):
    assert "2P = 26 evaluations of J" in told(visit("xor", XOR))


def test_a_sample_of_a_big_network_is_said_truthfully(visit):
    at = sound(visit("mnist", {"panel": gradient_panel.TITLE, "samples": "100", "epochs": "1"}))
    verdicts = at.main.dataframe[0].value
    looked_at = [int(text.split(" ")[0]) for text in verdicts["Looked at"]]
    assert f"{sum(looked_at)} of 50,890 parameters, drawn by chance" in told(at)
    assert "2P = 101,780 evaluations" in told(at)


def test_a_training_under_way_is_checked_when_it_rests(monkeypatch):
    said = []
    live = Live(XOR_LENS.defaults.but(dataset="moons", epochs=5))
    live.is_running = True
    monkeypatch.setattr(gradient_panel.st, "caption", said.append)
    gradient_panel.of_live(None, live)
    assert said == ["The network is learning. Its gradient is checked when it rests."]


def test_numbers_that_overflow_are_said(monkeypatch, visit):
    huge, check = np.full(13, 1e300), cache.checkup
    monkeypatch.setattr(
        cache, "checkup", lambda experiment, theta, *rest: check(experiment, huge, *rest)
    )
    at = sound(visit("xor", XOR))
    assert "The numbers in this network overflow: there is nothing to compare." in told(at)
    assert not at.main.metric


def test_the_differences_are_taken_once_for_all_who_look():
    experiment = XOR_LENS.defaults.but(seed=77)
    theta = run(experiment.but(epochs=3)).theta
    first, second = cache.checkup(experiment, theta, 4), cache.checkup(experiment, theta.copy(), 4)
    assert first is second
    assert cache.checkup(experiment, theta * 1.5, 4) is not first
    assert cache.checkup(experiment, theta, 4, "penalty").objective.l2 > 0


def test_what_was_chosen_is_found_again_on_the_way_back_and_by_the_link(visit):
    at = planted(visit("xor", XOR), SECRET)
    at.main.radio[0].set_value(at.main.radio[0].options[0]).run()
    press(sound(at), "Another one")
    widget(at, "Step ε").set_value(-5).run()
    widget(at, "Samples in the check").set_value(4).run()
    now(at)
    shown = ratio(at)
    link = address(at)
    assert link == XOR | {
        "check_network": "now", "check_samples": "4", "check_step": "-5", "check_bug": "secret",
        "check_draw": "1",
    }  # fmt: skip
    for page in ("home", "xor"):
        at.query_params.clear()
        sound(at.switch_page(f"pages/{page}.py").run())
    assert ratio(at) == shown
    assert address(at) == link
    assert ratio(sound(visit("xor", link))) == shown
