"""Steps that are too long, too noisy, too short or too few, by curves whose numbers are known."""

import dataclasses

import numpy as np
import pytest

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.rules import stepping
from engine.diagnosis.rules.stepping import JUMPING, SMALL_BATCHES, TOO_SLOW, UNMOVED, roughness
from engine.experiment.experiment import Experiment
from engine.training.run import run

LN2 = float(np.log(2))
XOR = Experiment(learning_rate=2.0)


def of(experiment, costs, accuracies=None, penalties=None):
    """Evidence of a run of XOR whose curves are given; half of the points are right by default."""
    m = len(costs)
    history = {
        "epoch": np.arange(m),
        "penalty": np.array(penalties or np.zeros(m), float),
        "train_cost": np.array(costs, float),
        "train_accuracy": np.array(accuracies or np.full(m, 0.5), float),
    }
    trained = run(experiment.but(epochs=0))
    return Evidence(
        dataclasses.replace(trained, history=history, experiment=experiment.but(epochs=m - 1))
    )


def test_roughness_is_the_root_mean_square_of_the_rises_in_units_of_chance():
    # In the second half 1, 2, 1, 4 the rises are 1, 0 and 3: sqrt((1 + 9) / 3) / ln 2.
    rough = roughness(of(XOR, [9, 1, 5, 1, 1, 2, 1, 4]))
    assert rough == pytest.approx((10 / 3) ** 0.5 / LN2)
    assert roughness(of(XOR, [3, 2, 1, 0.5])) == 0


def test_a_cost_that_jumps_is_blamed_on_long_steps_and_on_noise_where_batches_are_small():
    jumping = [1.0, 0.5] * 6
    seen = JUMPING.look(of(XOR, jumping))
    assert "α = 2, in the second half of the epochs J rose" in seen.sentence
    assert "by up to 0.500" in seen.sentence
    assert SMALL_BATCHES.look(of(XOR, jumping)) is None
    circles = Experiment(dataset="circles", samples=200, batch_size=1, learning_rate=0.1)
    noisy = of(circles, jumping)
    assert "With 1 sample a step" in SMALL_BATCHES.look(noisy).sentence
    assert JUMPING.look(noisy) is None
    wild = of(circles.but(learning_rate=10.0), jumping)  # a hundred times the usual 0.1
    assert SMALL_BATCHES.look(wild) is None
    assert JUMPING.look(wild) is not None


def test_more_samples_a_step_are_offered_with_as_many_steps_as_well():
    circles = Experiment(dataset="circles", samples=200, batch_size=5, learning_rate=0.1)
    changes = SMALL_BATCHES.look(of(circles, [1.0, 0.5] * 6)).changes
    assert changes[1:] == ({"batch_size": 40}, {"batch_size": 40, "epochs": 88})


def test_a_network_that_works_and_stays_may_jump():
    right, jumping = [1.0] * 12, [0.01, 0.2] * 6
    assert JUMPING.look(of(XOR, jumping, right)) is None
    comes_and_goes = [1.0, 0.75] * 5 + [0.75, 1.0]
    assert JUMPING.look(of(XOR, jumping, comes_and_goes)) is not None


@pytest.mark.parametrize(
    ("first", "last", "is_up"),
    [
        (0.7, 0.9, True),  # above 1.2 times ln 2 = 0.832 and 1.2 times 0.7 = 0.84
        (0.7, 0.835, False),  # above the one, not the other
        (0.5, 0.83, False),
        (2.0, 2.3, False),
        (2.0, 2.5, True),
    ],
)
def test_a_cost_that_ends_above_its_start_and_above_chance_was_driven_up(first, last, is_up):
    steady = np.linspace(first, last, 200)
    assert (JUMPING.look(of(XOR, list(steady))) is not None) is is_up


def test_without_a_step_it_is_told_which_knob_is_missing():
    still = of(XOR.but(learning_rate=0.0), [LN2] * 5)
    assert UNMOVED.look(still).changes == ({"learning_rate": 2.0},)
    assert "4 epochs at a learning rate of α = 0." in UNMOVED.look(still).sentence
    none = of(XOR, [LN2])
    assert UNMOVED.look(none).changes == ({"epochs": 10},)
    assert TOO_SLOW.look(none) is None
    assert UNMOVED.look(of(XOR, [LN2] * 5)) is None


@pytest.mark.parametrize(
    ("costs", "is_slow"),
    [
        (np.full(400, 0.6), False),  # at rest
        (np.linspace(0.7, 0.6, 400), True),  # mean of the third quarter 0.6375, of the last 0.6125
        (np.linspace(0.7, 0.68, 400), False),  # 0.7 % from the third quarter to the last
        # 0.25 % and hardly anything before: leaving a plateau.
        (np.concatenate([np.full(300, 0.6), np.full(100, 0.5985)]), True),
        (np.concatenate([np.full(300, 0.6), np.full(100, 0.5991)]), False),  # 0.15 %
    ],
)
def test_a_cost_that_still_falls_or_begins_to_is_slow(costs, is_slow):
    seen = TOO_SLOW.look(of(XOR, list(costs)))
    assert (seen is not None) is is_slow
    if seen is not None:
        assert seen.changes[0] == {"epochs": 3 * (len(costs) - 1)}


def test_few_steps_are_called_few_and_small_ones_small():
    rest = [0.6] * 60
    few = TOO_SLOW.look(of(XOR, rest))
    assert few.sentence.endswith("It took 59 steps.")
    assert few.changes[0] == {"epochs": 590}
    assert TOO_SLOW.look(of(XOR.but(batch_size=2), rest)) is None  # twice as many
    small = TOO_SLOW.look(of(XOR.but(learning_rate=0.5), [0.6] * 200))
    assert small.sentence.endswith("α = 0.5 is small.")
    assert small.changes[0] == {"learning_rate": 2.0}
    assert TOO_SLOW.look(of(XOR.but(learning_rate=0.6), [0.6] * 200)) is None


def test_one_that_was_stopped_early_is_offered_more_patience():
    stopped = dataclasses.replace(
        of(XOR.but(patience=3), [0.6] * 9).run, stopped_at=8, best_epoch=5
    )
    seen = TOO_SLOW.look(Evidence(stopped))
    assert "a patience of 3 ended it after 8 epochs" in seen.sentence
    assert seen.changes == ({"patience": 12}, {"patience": 0})


def test_the_constants_are_what_is_said_of_them():
    assert stepping.JUMP > 0.04
    assert stepping.SMALL_BATCH == 32


def test_how_much_the_cost_still_falls_is_said_and_a_rise_is_no_fall():
    falling = TOO_SLOW.look(of(XOR, list(np.linspace(0.7, 0.6, 400)))).sentence
    assert "the training cost fell by 3.9 % to 0.600." in falling  # 0.6375 to 0.6125
    rising = TOO_SLOW.look(of(XOR.but(learning_rate=0.5), list(np.linspace(0.6, 0.7, 400))))
    assert "the training cost fell by 0.0 % to 0.700." in rising.sentence
