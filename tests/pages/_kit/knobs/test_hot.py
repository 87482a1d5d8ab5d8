"""Hot knobs: where they stand, where they can be turned to, and that nothing else is believed."""

import numpy as np
import pytest

from engine.experiment.experiment import KNOBS
from pages._kit.knobs.hot import DEPTH, UNITS, hot_knobs, turned
from pages._pages.registry import LENSES
from tests.pages.offers import random_experiment

HOT = [lens for lens in LENSES.values() if lens.hot]
lenses = pytest.mark.parametrize("lens", HOT, ids=[lens.path for lens in HOT])


def of(lens, experiment, name):
    (found,) = (k for k in hot_knobs(lens, experiment, lens.knobs) if k.name == name)
    return found


@lenses
def test_they_stand_where_the_page_stands_and_every_stop_is_what_the_page_offers(lens):
    for knob in hot_knobs(lens, lens.first, lens.knobs):
        assert turned(lens, lens.first, knob.name, knob.stops[knob.at].value) == lens.first
        assert len({stop.value for stop in knob.stops}) == len(knob.stops)
        for stop in knob.stops:
            after = turned(lens, lens.first, knob.name, stop.value)
            if after is not None:
                assert lens.read(lens.write(after)) == (after, [])
                assert set(after.differences(lens.first)) <= {knob.name.partition(".")[0]}


@lenses
def test_of_any_experiment_they_say_what_it_is(lens):
    rng = np.random.default_rng(3)
    for _ in range(30):
        experiment = random_experiment(lens, rng)
        for knob in hot_knobs(lens, experiment, lens.knobs):
            if knob.name == UNITS:
                now = str(max(experiment.hidden, default=0))
            elif knob.name == DEPTH:
                now = str(len(experiment.hidden))
            else:
                now = KNOBS[knob.name].write(getattr(experiment, knob.name))
            assert knob.stops[knob.at].value == now


@lenses
def test_what_is_locked_hidden_or_without_effect_is_left_out(lens):
    names = [knob.name for knob in hot_knobs(lens, lens.first, lens.knobs)]
    locked = names[0].partition(".")[0]
    assert names[0] not in [k.name for k in hot_knobs(lens, lens.first, lens.knobs, (locked,))]
    assert hot_knobs(lens, lens.first, ()) == []


@lenses
def test_while_one_is_dragged_none_comes_and_none_goes(lens):
    settled = [knob.name for knob in hot_knobs(lens, lens.first, lens.knobs)]
    rng = np.random.default_rng(4)
    for _ in range(30):
        experiment = (
            random_experiment(lens, rng, hidden=()) if "hidden" in lens.knobs else lens.first
        )
        dragged = hot_knobs(lens, experiment, lens.knobs, settled=lens.first)
        assert [knob.name for knob in dragged if knob.name != DEPTH] == [
            name for name in settled if name != DEPTH
        ]


@lenses
@pytest.mark.parametrize("value", ["", "nan", "1e999", "-1", "99999", "he; drop", "3.5", "\ud800"])
def test_a_value_that_is_no_stop_turns_nothing(lens, value):
    for name in (*lens.hot, "epochs", "hidden", "nothing.units", ""):
        known = name in lens.hot and value in {s.value for s in of(lens, lens.first, name).stops}
        if not known:
            assert turned(lens, lens.first, name, value) is None


def test_units_are_those_of_all_layers_and_depth_keeps_the_widths():
    lens = LENSES["initialisation"]
    base = lens.first.but(hidden=(12, 7))
    assert turned(lens, base, DEPTH, "4").hidden == (12, 7, 7, 7)
    assert turned(lens, base, DEPTH, "1").hidden == (12,)
    assert turned(lens, base, DEPTH, "0").hidden == ()
    xor = LENSES["xor"]
    assert turned(xor, xor.first.but(hidden=()), UNITS, "2").hidden == (2,)
    assert turned(xor, xor.first.but(hidden=(4, 4)), UNITS, "5").hidden == (5, 5)


def test_a_seed_has_the_one_before_and_the_one_after():
    lens = LENSES["xor"]
    assert [stop.value for stop in of(lens, lens.first.but(seed=7), "seed").stops] == [
        *("6", "7", "8")
    ]
    assert [stop.value for stop in of(lens, lens.first, "seed").stops] == ["0", "1"]


def test_no_unit_at_all_is_no_hidden_layer():
    lens = LENSES["xor"]
    assert turned(lens, lens.first, UNITS, "0").hidden == ()
    alone = lens.first.but(hidden=())
    assert turned(lens, alone, UNITS, "2").hidden == (2,)
    deep = lens.first.but(hidden=(3, 3))
    assert turned(lens, deep, UNITS, "0") is None
