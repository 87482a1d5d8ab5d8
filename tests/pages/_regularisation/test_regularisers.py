import pytest

from engine.training.sweep import groups
from pages._regularisation.lens import REGULARISATION
from pages._regularisation.regularisers import (
    OFF,
    REGULARISERS,
    is_off,
    plain,
    regularised,
    settings,
)

DEFAULTS = REGULARISATION.defaults


@pytest.mark.parametrize("name", REGULARISERS)
def test_a_regulariser_differs_from_none_in_its_own_knobs_alone(name):
    turned = regularised(DEFAULTS, name).differences(plain(DEFAULTS))
    assert tuple(turned) == tuple(k for k in DEFAULTS.differences(plain(DEFAULTS)) if k in turned)
    assert set(turned) == set(REGULARISERS[name].knobs)
    assert all(mine == getattr(DEFAULTS, knob) for knob, (mine, _) in turned.items())


def test_all_of_them_are_trained_at_once():
    every = [regularised(DEFAULTS, name) for name in REGULARISERS]
    assert groups(every) == [list(range(len(every)))]


def test_the_page_opens_with_all_of_them_on():
    assert not any(is_off(DEFAULTS, name) for name in REGULARISERS)
    off = DEFAULTS.but(**OFF)
    assert [name for name in REGULARISERS if not is_off(off, name)] == ["plain"]


def test_a_strength_is_said_with_its_symbol():
    turned = DEFAULTS.but(l2=0.3, keep_prob=0.7)
    assert settings(turned, "l2_dropout") == "λ = 0.3, keep_prob = 0.7"
    assert settings(turned, "plain") == ""
