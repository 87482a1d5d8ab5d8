"""The XOR page: what one chooses below the picture, what is pinned, and where the film rests."""

import numpy as np
import pytest

from engine.experiment import effort
from pages._kit.panels import player_panel
from pages._kit.training import cache
from tests.pages.screen import PARTS, ROW, address, movie, open_part, parts, press, sound, widget

STORY = "Step of the story"

QUICK = {"epochs": "10"}


def groups(at):
    """The rows of choices on the page itself: label -> group."""
    return {group.label: group for group in at.main.get("button_group")}


def chosen(at, label, option):
    groups(at)[label].set_value(option).run()
    return sound(at)


@pytest.mark.parametrize(
    ("dataset", "question", "title"),
    [
        ("xor", "Which network can compute XOR?", "XOR"),
        ("spirals", "Which network can separate the spirals?", "Spirals"),
        ("own", "Which network can separate your own points?", "Your own points"),
    ],
)
def test_the_page_asks_about_the_data_that_are_set(visit, dataset, question, title):
    at = sound(visit("xor", QUICK | {"dataset": dataset, "samples": "50"}))
    assert [heading.value for heading in at.header] == [question]
    assert movie(at)["title"] == title


@pytest.mark.parametrize("dataset", ["xor", "moons", "own"])
def test_whatever_one_chooses_below_the_picture_is_shown(visit, dataset):
    at = visit("xor", QUICK | {"dataset": dataset, "samples": "50"})
    for _ in parts(at):
        for label, group in groups(at).items():
            if label not in (ROW, PARTS):
                for step in group.options:
                    chosen(at, label, step)


@pytest.mark.parametrize(
    "query",
    [
        {"hidden": "none"},
        {"hidden": "1"},
        {"hidden": "2-1"},
        {"features": "x1"},
        {"features": "x1.x2.x1_squared.x2_squared.x1_x2.sin_x1.sin_x2", "standardize": "1"},
        {"learning_rate": "1000", "l2": "1000"},
        {"initializer": "zeros"},
        {"hidden": "3-2", "activation": "relu.tanh"},
        {"hidden": "3-2-2", "activation": "linear.sigmoid.leaky_relu", "dataset": "moons"},
    ],
    ids=str,
)
def test_every_panel_copes_with_unusual_networks(visit, query):
    at = visit("xor", QUICK | query)
    for part in parts(at):
        if part == "Step by step":
            for step in groups(at)[STORY].options:
                chosen(at, STORY, step)


@pytest.mark.parametrize(
    ("panel", "part"),
    [
        ("The story", "The maths"),
        ("Many seeds", "Seeds, not luck"),
        ("Compare and predict", "Compare"),
        ("Compare and predict", "Experiments"),
    ],
)
def test_the_chosen_panel_travels_in_the_link(visit, panel, part):
    at = visit("xor", QUICK)
    assert "panel" not in address(at)
    open_part(at, panel, part)
    assert address(at)["panel"] == part
    again = groups(visit("xor", address(at)))
    assert again[ROW].value == panel
    assert PARTS not in again or again[PARTS].value == part


def test_the_chosen_panel_is_found_as_it_was_left(visit):
    at = visit("xor", QUICK | {"panel": "Compare"})
    for page in ("home", "xor"):
        at.query_params.clear()
        sound(at.switch_page(f"pages/{page}.py").run())
    assert address(at)["panel"] == "Compare"


# --- pins -----------------------------------------------------------------------------------------


def pinned(visit):
    """The page with the defaults and another seed pinned, that other one on the stage."""
    at = visit("xor", QUICK | {"panel": "Compare"})
    press(at, "Pin this run")
    press(at, "Another seed")
    return sound(press(at, "Pin this run"))


def pin_button(at):
    return next(button for button in at.button if button.label == "Pin this run")


def test_pinned_runs_are_drawn_side_by_side_and_travel_in_the_link(visit):
    at = pinned(visit)
    assert address(at)["pins"] == "epochs:10;epochs:10,seed:1"
    assert [text.value for text in at.markdown if text.value.startswith("**Run ")] == [
        "**Run A**", "**Run B**",
    ]  # fmt: skip
    other = sound(visit("xor", address(at)))
    assert address(other) == address(at)


def test_the_run_on_the_stage_is_pinned_once(visit):
    at = pinned(visit)
    assert pin_button(at).disabled


def test_a_pinned_run_can_be_opened_and_removed(visit):
    at = pinned(visit)
    at.button(key="xor.open.A").click().run()
    assert "seed" not in address(sound(at))
    at.button(key="xor.remove.A").click().run()
    assert address(sound(at))["pins"] == "epochs:10,seed:1"
    assert not pin_button(at).disabled


def test_no_more_runs_are_pinned_than_have_a_name(visit):
    at = visit("xor", QUICK | {"panel": "Compare"})
    for _ in range(6):
        press(at, "Pin this run")
        press(at, "Another seed")
    assert address(sound(at))["pins"].count(";") == 5  # six runs, A to F
    assert pin_button(at).disabled


def test_pins_of_a_link_that_could_not_be_used_are_said(visit):
    at = sound(visit("xor", QUICK | {"pins": "seed:nan"}))
    assert any("pinned" in info.value for info in at.info)


def test_another_visitor_has_pins_of_their_own(visit):
    pinned(visit)
    assert "pins" not in address(visit("xor", QUICK))


# --- seeds and experiments ------------------------------------------------------------------------


def test_many_seeds_are_trained_when_asked_for(visit):
    at = visit("xor", QUICK | {"panel": "Seeds, not luck"})
    widget(at, "Train 32 seeds at once").set_value(True).run()
    assert any(" of 32 starts." in text.value for text in sound(at).markdown)
    assert len(at.main.dataframe[0].value) == 32


def test_many_seeds_that_diverge_are_counted(visit):
    query = QUICK | {"panel": "Seeds, not luck", "learning_rate": "1000", "l2": "1000"}
    at = visit("xor", query | {"epochs": "100"})
    widget(at, "Train 32 seeds at once").set_value(True).run()
    assert any("32 of 32 runs diverged" in text.value for text in sound(at).markdown)


def test_every_experiment_can_be_set_up_once_one_has_guessed(visit):
    at = visit("xor", QUICK | {"panel": "Experiments"})
    (choice,) = at.main.selectbox
    for title in choice.options:
        at.main.selectbox[0].set_value(title).run()
        assert not any(button.label == "Set it up" for button in at.button)
        at.main.radio[0].set_value(at.main.radio[0].options[0]).run()
        sound(press(at, "Set it up"))


# --- the film -------------------------------------------------------------------------------------


def gesture(at, **sent):
    """What the player tells the server, as a visitor's hand would make it."""
    at.session_state["xor.main.player"] = sent
    return sound(at.run())


@pytest.mark.parametrize(("epoch", "frame"), [("4", 4), ("4.2", 4), ("0", 0), ("99", 10)])
def test_a_link_opens_the_film_at_its_epoch(visit, epoch, frame):
    at = sound(visit("xor", QUICK | {"epoch": epoch}))
    assert movie(at)["start"] == frame


def test_a_film_opens_at_its_end(visit):
    assert movie(visit("xor", QUICK))["start"] == 10


def test_again_from_the_same_start_rewinds_the_film(visit):
    at = visit("xor", QUICK)
    version = movie(at)["version"]
    sound(press(at, "Again from the same start"))
    assert movie(at)["start"] == 0
    assert movie(at)["version"] != version
    assert movie(at.run())["start"] == 0


def test_the_epoch_where_the_film_rests_travels_in_the_link(visit):
    at = gesture(visit("xor", QUICK), epoch=4)
    assert address(at) == QUICK | {"epoch": "4"}
    assert any("at epoch 4" in text.value for text in at.markdown) or at.main.table
    assert "epoch" not in address(gesture(at, epoch=10))


@pytest.mark.parametrize(
    ("query", "built", "expected"),
    [
        ({}, [4], {"hidden": "4"}),
        ({}, [], {"hidden": "none"}),
        ({}, [3, 3], {"hidden": "3-3"}),
        ({"hidden": "none"}, [5], {"hidden": "5"}),
        (
            {"hidden": "3-2", "activation": "relu.tanh"},
            [3, 2, 2],
            {"hidden": "3-2-2", "activation": "relu.tanh.tanh"},
        ),
        (
            {"hidden": "3-2", "activation": "relu.tanh"},
            [4],
            {"hidden": "4", "activation": "relu"},
        ),
        ({}, [99], {}),
    ],
)
def test_the_network_is_built_on_its_diagram(visit, query, built, expected):
    at = gesture(visit("xor", QUICK | query), hidden=built)
    assert address(sound(at)) == QUICK | query | expected


@pytest.mark.parametrize(
    ("lesson", "can_build"),
    [
        ({"lesson_show": "hidden.seed"}, True),
        ({"lesson_show": "seed"}, False),
        ({"lesson_lock": "hidden"}, False),
    ],
)
def test_a_lesson_decides_whether_the_network_can_be_built(visit, lesson, can_build):
    at = visit("xor", QUICK | {"lesson_title": "Units"} | lesson)
    assert bool(movie(at)["options"]["widths"]) == can_build
    if not can_build:
        gesture(at, hidden=[5])
        assert "hidden" not in address(at)


def test_points_put_in_by_hand_are_learned(visit):
    at = visit("xor", QUICK | {"dataset": "own"})
    gesture(at, points=[[0.5, 0.5, 1], [-0.5, 0.25, 0]])
    assert address(at)["points"] == "0.5_0.5_1~-0.5_0.25_0"
    assert sum(split["x"]["shape"][0] for split in movie(at)["points"].values()) == 2


def test_the_digits_of_points_survive_the_link_and_a_point_put_beside_them(visit):
    points = "0.1234567890123456_0.0003_1~-1e-05_2_0"
    at = visit("xor", QUICK | {"dataset": "own", "points": points})
    assert address(at)["points"] == points
    seen = np.array([[0.1234567890123456, 0.0003], [-1e-05, 2.0]], np.float32).tolist()
    gesture(at, points=[[*seen[0], 1], [*seen[1], 0], [0.51239, 0.25, 0]])
    assert address(at)["points"] == f"{points}~0.512_0.25_0"


def test_a_point_put_into_the_margin_lands_where_points_may_be(visit):
    points = "-100_-100_0~100_100_1"
    at = visit("xor", QUICK | {"dataset": "own", "points": points})
    gesture(at, points=[[-100, -100, 0], [100, 100, 1], [115.0, -3.0, 1]])
    assert address(at)["points"] == f"{points}~100_-3_1"


def test_a_point_too_many_for_so_many_steps_brings_the_defaults_and_it_is_said(visit, monkeypatch):
    steps = effort.steps  # a hundred times as many are counted, or the test would wait for them
    monkeypatch.setattr(effort, "steps", lambda experiment: 100 * steps(experiment))
    points = [[round(-1 + k / 20, 2), 0.5, k % 2] for k in range(33)]
    text = "~".join(f"{x1:g}_{x2:g}_{label}" for x1, x2, label in points)
    slow = {"dataset": "own", "points": text, "batch_size": "1", "epochs": "30", "hidden": "none"}
    at = visit("xor", slow)
    assert address(at) == slow  # counted as 99,000 steps
    gesture(at, points=[*points, [1.0, 1.0, 1]])
    assert address(at) == {"dataset": "own", "points": f"{text}~1_1_1", "hidden": "none"}
    (said,) = [
        caption.value for caption in at.main.caption if "100,000 is the most" in caption.value
    ]
    assert "30 epochs in mini-batches of 1 sample are 102,000 steps" in said
    sound(widget(at, "Epochs").set_value(10).run())
    assert not [caption for caption in at.main.caption if "100,000 is the most" in caption.value]


def test_single_mini_batches_can_be_asked_for_and_others_go_first_on_the_way(visit, monkeypatch):
    at = visit("xor", QUICK | {"dataset": "moons", "samples": "50", "batch_size": "5"})
    before = movie(at)
    assert before["batches"] == 5  # half of the 50 points, five at a time
    rests = []
    monkeypatch.setattr(cache.turn, "let_others", lambda: rests.append(1))
    gesture(at, steps_from={"step": 7, "version": before["version"]})
    after = movie(at)
    assert after["start"] == 3  # the frames begin with steps 0, 5, 7, 8: it rests on the next one
    assert after["steps"]["shape"][0] > before["steps"]["shape"][0]
    assert rests


def test_training_goes_on_from_weights_changed_by_hand(visit):
    at = visit("xor", QUICK)
    before = movie(at)
    theta = [0.1] * before["thetas"]["shape"][1]
    request = {"theta": theta, "epoch": 4.0, "step": 4, "version": before["version"]}
    gesture(at, train_on=request)
    after = movie(at)
    assert after["version"] != before["version"]
    assert after["start"] == 4
    assert after["steps"]["shape"] == [15]  # four epochs kept, then ten new ones with their start


def captions(at):
    return [caption.value for caption in at.caption]


def test_what_is_about_the_run_says_so_once_a_weight_is_changed_by_hand(visit):
    at = visit("xor", QUICK | {"panel": "Compare"})
    shown = movie(at)
    assert player_panel.BEFORE not in captions(at)
    theta = [0.1] * shown["thetas"]["shape"][1]
    edit = {"theta": theta, "epoch": 10.0, "step": 10, "version": shown["version"]}
    gesture(at, edit=edit)
    assert captions(at).count(player_panel.BEFORE) == 2  # the coach's and the panel's
    gesture(at, edit=edit, epoch=4.0)  # at another frame the network is the recorded one
    assert player_panel.BEFORE not in captions(at)
    gesture(at, edit=edit | {"version": "another run"})
    assert player_panel.BEFORE not in captions(at)
    gesture(at, train_on=edit)
    assert captions(at).count(player_panel.BEFORE) == 2


def test_the_story_is_told_of_the_weights_changed_by_hand(visit):
    at = visit("xor", QUICK)
    shown = movie(at)
    # 2-3-1 with all weights 0: every sigmoid is 1/2, and the output's z its bias alone
    theta = [0.0] * (shown["thetas"]["shape"][1] - 1) + [-2.0]
    edit = {"theta": theta, "epoch": 10.0, "step": 10, "version": shown["version"]}
    at.session_state["xor.step.widget"] = "3 A hidden layer"
    gesture(at, edit=edit)
    assert any("at epoch 10, edited by hand" in text.value for text in at.markdown)
    (table,) = at.table
    assert table.value["z"].tolist() == ["−2"] * 4
    assert table.value["p(y = 1)"].tolist() == ["0.119"] * 4  # 1 / (1 + e^2)


def test_a_lesson_is_judged_by_the_run_before_the_change_and_says_so(visit):
    at = visit("xor", QUICK | {"lesson_goal": "train_error:0"})
    shown = movie(at)
    theta = [0.1] * shown["thetas"]["shape"][1]
    edit = {"theta": theta, "epoch": 10.0, "step": 10, "version": shown["version"]}
    gesture(at, edit=edit)
    assert captions(at).count(player_panel.BEFORE) == 1


def test_a_run_that_diverges_is_shown_with_a_warning(visit):
    at = sound(visit("xor", {"learning_rate": "1000", "l2": "1000", "epochs": "100"}))
    (warning,) = at.warning
    assert "training diverged" in warning.value


def test_the_maths_of_several_classes_is_that_of_softmax(visit):
    panel = {"panel": "The maths", "epochs": "10"}
    several = sound(visit("xor", panel | {"dataset": "blobs", "samples": "50"}))
    assert any("softmax" in text.value for text in several.markdown)
    assert not any("softmax" in text.value for text in sound(visit("xor", panel)).markdown)
