import math

import numpy as np
import pytest

from pages._kit.player.gestures import MAX_POINTS, Gestures, read

VIEW = (-1.0, 1.0, -2.0, 2.0)
THETA = [0.5, -1.5, 2.0]


SHOWN = np.array([[1 / 3, -0.1234567], [0.1, 1e-7], [0.1, 1.00000001e-7]])


def gestures(**sent):
    return read(sent, view=VIEW, points=SHOWN, parameters=3, version="run 1")


def request(**changes):
    return {"theta": THETA, "epoch": 12.5, "step": 50, "version": "run 1", **changes}


def test_a_visitor_who_did_nothing_has_made_no_gesture():
    assert gestures() == Gestures()
    assert gestures(points=None, epoch=None, train_on=None, steps_from=None) == Gestures()


def test_points_come_as_tuples_with_their_label():
    sent = [[0.5, -1.5, 1], [-1, 2, 0]]
    assert gestures(points=sent).points == ((0.5, -1.5, 1), (-1.0, 2.0, 0))


def test_points_left_where_they_were_keep_every_digit():
    seen = SHOWN.astype(np.float32).tolist()  # as the browser has them
    there = [[*place, 1] for place in seen]
    assert gestures(points=there).points == tuple((*place, 1) for place in SHOWN.tolist())
    assert gestures(points=[there[0], [*seen[2], 0]]).points[1] == (*SHOWN[1].tolist(), 0)
    assert gestures(points=[there[0], [0.5, 0.25, 1]]).points[0] == (*SHOWN[0].tolist(), 1)


@pytest.mark.parametrize(
    ("view", "placed"),
    [
        ((-1.0, 1.0, -1.0, 1.0), (0.123, -0.988)),
        ((-1.5, 1.5, -1.5, 1.5), (0.123, -0.988)),
        ((-120.0, 120.0, -120.0, 120.0), (0.1, -1.0)),
    ],
)
def test_a_point_put_down_by_hand_is_as_fine_as_the_picture(view, placed):
    sent = {"points": [[0.12345678, -0.98765432, 1]]}
    found = read(sent, view=view, points=SHOWN, version="run 1").points
    assert found == ((*placed, 1),)


def test_where_no_points_can_be_moved_none_are():
    assert read({"points": [[0.5, 0.5, 1]]}, version="run 1").points is None


def test_no_points_at_all_is_a_gesture_too():
    assert gestures(points=[]).points == ()


def test_the_epoch_is_where_the_film_stands():
    assert gestures(epoch=420).epoch == 420.0
    assert gestures(epoch="end").epoch == math.inf


def test_training_on_takes_the_edited_weights():
    train_on = gestures(train_on=request()).train_on
    np.testing.assert_array_equal(train_on.theta, THETA)
    assert (train_on.epoch, train_on.step) == (12.5, 50)


def test_a_change_by_hand_is_known_as_long_as_it_is_kept():
    edit = gestures(edit=request()).edit
    np.testing.assert_array_equal(edit.theta, THETA)
    assert (edit.epoch, edit.step) == (12.5, 50)
    assert gestures(edit=None).edit is None


def test_finer_steps_are_asked_for_by_the_step_before_them():
    assert gestures(steps_from={"step": 7, "version": "run 1"}).steps_from == 7


@pytest.mark.parametrize(
    "points",
    [
        "[[0, 0, 1]]",
        {"0": [0, 0, 1]},
        [[0, 0]],
        [[0, 0, 1, 1]],
        [0, 0, 1],
        [[0, 0, 2]],
        [[0, 0, -1]],
        [[0, 0, 0.5]],
        [[0, 0, True]],
        [["0", 0, 1]],
        [[None, 0, 1]],
        [[math.nan, 0, 1]],
        [[0, math.inf, 1]],
        [[1.01, 0, 1]],
        [[0, -2.01, 1]],
        [[10**400, 0, 1]],
        [[0, 0, 1]] * (MAX_POINTS + 1),
    ],
)
def test_points_that_make_no_sense_are_no_points(points):
    assert gestures(points=points).points is None


@pytest.mark.parametrize("epoch", ["12", True, -1, math.nan, math.inf, [1], 10**400])
def test_an_epoch_that_makes_no_sense_is_no_epoch(epoch):
    assert gestures(epoch=epoch).epoch is None


@pytest.mark.parametrize(
    "sent",
    [
        "train",
        [],
        {},
        request(theta=THETA[:2]),
        request(theta=[0.5, math.nan, 1]),
        request(theta=[0.5, 1e9, 1]),
        request(theta=["0.5", 1, 1]),
        request(theta=None),
        request(epoch=-1),
        request(step="50"),
        request(version="run 2"),
    ],
)
def test_a_request_that_makes_no_sense_or_speaks_of_another_run_is_dropped(sent):
    assert gestures(train_on=sent).train_on is None
    assert gestures(edit=sent).edit is None


@pytest.mark.parametrize("step", [-1, math.nan, "7", None])
def test_a_step_that_makes_no_sense_is_no_step(step):
    assert gestures(steps_from={"step": step, "version": "run 1"}).steps_from is None


@pytest.mark.parametrize("sent", [[], [3], [1, 8], [6, 1]])
def test_other_layers_are_asked_for_by_their_widths(sent):
    assert read({"hidden": sent}, version="run 1", widths=(6, 8)).hidden == tuple(sent)


@pytest.mark.parametrize(
    "sent",
    [None, 3, "3", {}, [0], [7], [-1], [2, 9], [1, 1, 1], [2.5], [True], ["3"], [None], [[3]],
     [math.nan], [math.inf], [1e300]],
)  # fmt: skip
def test_layers_that_the_page_does_not_offer_are_not_asked_for(sent):
    assert read({"hidden": sent}, version="run 1", widths=(6, 8)).hidden is None


def test_where_no_layer_can_be_built_none_is():
    assert read({"hidden": []}, version="run 1").hidden is None
    assert gestures(hidden=[3]).hidden is None


def test_one_bad_value_leaves_the_others_alone():
    sent = gestures(points="nonsense", epoch=3.0)
    assert (sent.points, sent.epoch) == (None, 3.0)


@pytest.mark.parametrize("sent", [None, 3, "x", object()])
def test_something_that_is_no_message_is_no_gesture(sent):
    assert read(sent, view=VIEW, points=SHOWN, parameters=3, version="run 1") == Gestures()
