"""The race: all from one start, each at its own rate or the best of a sweep."""

import numpy as np
import pytest

from engine.optim.descents import NEAR, descend, steps_until
from engine.optim.optimizers import OPTIMIZERS
from pages._optimisers.lens import OPTIMISERS
from pages._optimisers.measures import LAST, MEASURES, OUTSIDE
from pages._optimisers.page import PAGE
from pages._optimisers.racing import at_rest, knobs, race
from pages._optimisers.settings import RATES, SLICES, SWEEP

DEFAULTS = {own.name: own.default for own in OPTIMISERS.page_knobs}
EXPERIMENT = OPTIMISERS.defaults
COUNT = len(OPTIMIZERS)


def shown(**said):
    return at_rest(EXPERIMENT, DEFAULTS | said)


def test_each_goes_its_own_way_at_the_rate_that_is_said():
    rates = tuple(0.01 * (k + 1) for k in range(COUNT))
    found = shown(rates=rates, steps=30)
    assert found.race.rates.tolist() == list(rates)
    start = np.array(found.start)
    for k, (name, rate) in enumerate(zip(OPTIMIZERS, rates, strict=True)):
        *_, alone = descend(
            found.scene.surface, start, [name], np.array([[rate]]), 30, 8.0, **knobs(EXPERIMENT)
        )
        assert found.race.paths[k].tolist() == alone.paths[0, 0].tolist()
        assert found.race.costs[k].tolist() == alone.costs[0, 0].tolist()


@pytest.mark.parametrize("on", ["bowl", "himmelblau", "plateau"])
def test_no_rate_of_the_sweep_that_stays_in_view_is_faster(on):
    found = shown(on=on)
    scene, start = found.scene, np.array(found.start)
    x0, x1, y0, y1 = scene.view
    for k, name in enumerate(OPTIMIZERS):
        assert found.race.rates[k] in RATES
        grid = np.array([RATES])
        *_, all_rates = descend(scene.surface, start, [name], grid, 300, 8.0, **knobs(EXPERIMENT))
        settled = steps_until(all_rates.paths[0], scene.minima, NEAR * scene.width)
        path = all_rates.paths[0]
        is_inside = ((path >= [x0, y0]) & (path <= [x1, y1])).all(axis=(1, 2))
        faster = [s for s, inside in zip(settled, is_inside, strict=True) if inside and s >= 0]
        assert found.race.settled[k] == min(faster)


def test_where_the_valley_is_turned_those_that_scale_each_weight_lose_their_lead():
    """What the page says of the try, and the teacher's plan of RMSprop."""
    (found,) = [each for each in OPTIMISERS.tries if each.label == "Turn the valley"]
    scaling = [k for k, name in enumerate(OPTIMIZERS) if OPTIMIZERS[name].usual is not None]
    others = [k for k in range(COUNT) if k not in scaling]

    def first(some, **said):
        steps = shown(**dict(found.page_knobs, **said)).race.settled[some]
        return min(steps[steps >= 0])

    assert first(scaling, turned=0) < first(others, turned=0)
    assert first(scaling) > first(others)
    rmsprop = [list(OPTIMIZERS).index("rmsprop")]
    assert first(rmsprop, turned=0) == first(range(COUNT), turned=0)
    assert shown(**found.page_knobs).race.settled[rmsprop] == -1


def test_on_a_slice_some_steps_tell_the_rates_apart_and_all_are_taken():
    found = shown(on="path", steps=300)
    assert found.scene.sweep < 300
    assert found.race.paths.shape == (COUNT, 301, 2)
    assert set(found.race.rates) <= set(found.scene.rates)
    brief = shown(on="path", steps=100)
    assert found.race.rates.tolist() == brief.race.rates.tolist()
    assert found.race.paths[:, :101].tolist() == brief.race.paths.tolist()


def test_who_is_swept_and_who_is_given_can_be_mixed():
    swept = shown().race
    mixed = shown(rates=(SWEEP, 0.5, *(SWEEP,) * (COUNT - 2))).race
    assert mixed.rates[1] == 0.5
    others = [k for k in range(COUNT) if k != 1]
    assert mixed.paths[others].tolist() == swept.paths[others].tolist()


def test_a_start_outside_of_the_view_is_brought_to_its_edge():
    found = shown(**{"from": (99.0, -99.0)})
    assert found.start == (found.scene.view[1], found.scene.view[2])


def test_the_same_race_is_run_once():
    assert shown().race is shown().race
    assert shown().race is at_rest(EXPERIMENT.but(hidden=(3,)), DEFAULTS).race
    assert (
        shown(on="path").race
        is not at_rest(EXPERIMENT.but(hidden=(3,)), DEFAULTS | {"on": "path"}).race
    )


def test_it_ends_where_no_number_is_left():
    found = shown(rates=(10.0,) * COUNT, steps=1000, kappa=1000)
    assert np.isfinite(found.race.paths).all()
    assert found.race.left[0] > 0
    assert found.race.settled[0] == -1


def test_a_race_that_is_not_shared_is_the_same():
    found = shown(steps=30)
    again = race(found.scene, np.array(found.start), (SWEEP,) * COUNT, 30, **knobs(EXPERIMENT))
    assert again.paths.tolist() == found.race.paths.tolist()


def test_a_lesson_asks_who_is_outside_and_counts_only_rates_set_by_hand():
    ready = PAGE.lesson
    outside, last = MEASURES[OUTSIDE].read, MEASURES[LAST].read
    assert outside(DEFAULTS) == COUNT
    assert outside(DEFAULTS | ready.start) == COUNT
    assert outside(DEFAULTS | ready.solution) == 0
    assert np.isnan(last(DEFAULTS | ready.start))
    assert last(DEFAULTS | ready.solution) == max(shown(**ready.solution).race.settled)
    for on in SLICES:
        assert outside(DEFAULTS | ready.solution | {"on": on}) == COUNT
