"""What the row of hot knobs tells: nothing of it is trusted."""

import pytest

from pages._kit.hot import Turn, read_try, read_turn

SOUND = {"name": "l2", "value": "0.1", "is_over": True, "sequence": 7}


def test_a_turn_is_read_as_it_is_sent():
    assert read_turn({"turn": SOUND}) == Turn("l2", "0.1", is_over=True, sequence=7)


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("junk", [None, [], {}, 1.5, float("nan"), b"x"])
def test_a_turn_that_makes_no_sense_is_none(name, junk):
    said = read_turn({"turn": SOUND | {name: junk}})
    assert said is None or (name == "is_over" and said == Turn("l2", "0.1", False, 7))
    assert read_turn({"turn": {k: v for k, v in SOUND.items() if k != name}}) is None


@pytest.mark.parametrize("sent", [None, {}, {"turn": None}, {"turn": "l2"}, "turn", 3])
def test_nothing_is_no_turn(sent):
    assert read_turn(sent) is None


@pytest.mark.parametrize("which", [-1, 3, 1.0, True, None, "1", [1]])
def test_what_is_not_there_cannot_be_tried(which):
    assert read_try({"tried": which}, 3) is None


def test_what_is_there_can_be_tried():
    assert [read_try({"tried": k}, 3) for k in range(3)] == [0, 1, 2]
    assert read_try(None, 3) is None
