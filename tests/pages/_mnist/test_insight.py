import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.nn.losses import LOSSES
from pages._kit.training.live import Live
from pages._mnist.insight import TOP, Insight, Reading, shared_insight

DIGITS = Experiment(
    dataset="mnist",
    samples=1000,
    dev_fraction=0.0,
    hidden=(12,),
    initializer="he",
    learning_rate=0.1,
    batch_size=32,
    epochs=2,
)


def trained(**knobs):
    live = Live(DIGITS.but(**knobs))
    live.work(float("inf"))
    return live


@pytest.fixture(scope="module")
def live():
    return trained()


@pytest.fixture(scope="module")
def insight(live):
    return Insight(live)


@pytest.fixture(scope="module")
def probabilities(live):
    return live.trainer.network.predict(live.trainer.kept, live.trainer.problem.test.X)


def test_a_reading_is_the_digit_as_the_network_sees_it(insight, probabilities):
    for position in (0, 17, 9_999):
        reading = insight.read(position)
        expected = probabilities[:, position]
        assert reading.label == insight.test.y[position]
        assert reading.prediction == expected.argmax()
        assert reading.is_right == (expected.argmax() == reading.label)
        assert reading.confidence == pytest.approx(expected.max(), rel=1e-4)
        np.testing.assert_allclose(reading.probabilities, expected, rtol=1e-4)
        np.testing.assert_allclose(reading.log_probabilities, np.log(expected), rtol=1e-4)


def test_the_first_test_digits_are_the_famous_ones(insight):
    assert [insight.read(k).label for k in range(8)] == [7, 2, 1, 0, 4, 1, 4, 9]


def test_log_probabilities_by_hand_and_far_below_what_a_float_holds():
    Z = np.array([0, np.log(2), np.log(5), *[-1000.0] * 7])
    reading = Reading(0, np.zeros((28, 28), np.uint8), 2, Z)
    assert reading.log_sum == pytest.approx(np.log(8))
    assert reading.log_probabilities[2] == pytest.approx(np.log(5 / 8))
    assert reading.log_probabilities[9] == pytest.approx(-1000 - np.log(8))
    assert reading.confidence == pytest.approx(5 / 8)


def test_the_confusion_is_that_of_a_plain_count(insight, probabilities):
    counts = np.zeros((10, 10), int)
    for label, read in zip(insight.test.y, probabilities.argmax(axis=0), strict=True):
        counts[label, read] += 1
    np.testing.assert_array_equal(insight.confusion.counts, counts)


def test_the_confusion_agrees_with_the_accuracy_of_the_training(live, insight):
    accuracy = live.last_epoch.history["test_accuracy"]
    assert 1 - insight.confusion.wrong / insight.confusion.m == pytest.approx(accuracy)


def test_the_cost_is_the_mean_of_minus_log_p_of_the_true_class(live, insight):
    Y = insight.test.Y
    cost = live.last_epoch.history["test_cost"]
    assert LOSSES["softmax"].loss(insight.logits, Y).mean() == pytest.approx(cost, rel=1e-5)
    readings = [insight.read(position) for position in range(50)]
    mean = np.mean([-reading.log_probabilities[reading.label] for reading in readings])
    expected = LOSSES["softmax"].loss(insight.logits[:, :50], Y[:, :50]).mean()
    assert mean == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("label", [None, 4])
@pytest.mark.parametrize("read_as", [None, 9])
def test_misread_digits_are_those_that_are_asked_for_and_no_others(
    insight, probabilities, label, read_as
):
    predictions, labels = probabilities.argmax(axis=0), insight.test.y
    expected = [
        k
        for k in range(10_000)
        if predictions[k] != labels[k]
        and label in (None, labels[k])
        and read_as in (None, predictions[k])
    ]
    found = insight.misread(label, read_as)
    assert sorted(found.tolist()) == expected
    assert expected
    confidence = probabilities.max(axis=0)[found]
    assert (np.diff(confidence) <= 1e-5).all()  # blocks of another size round differently


def test_digits_read_right_and_misread_ones_are_all_of_a_class(insight):
    right, wrong = insight.read_right(4), insight.misread(4)
    assert len(right) == insight.confusion.counts[4, 4]
    assert sorted([*right, *wrong]) == np.flatnonzero(insight.test.y == 4).tolist()


def test_equally_sure_mistakes_stay_in_the_order_of_the_digits():
    # all weights zero and no epoch: ten equal probabilities, argmax says 0
    insight = Insight(Live(DIGITS.but(hidden=(), initializer="zeros")))
    assert insight.epoch == 0
    np.testing.assert_array_equal(insight.misread(), np.flatnonzero(insight.test.y != 0))


def test_the_next_digit_of_a_class_begins_anew_after_the_last(insight):
    fours = np.flatnonzero(insight.test.y == 4).tolist()
    assert insight.after(0) == 1
    assert insight.after(9_999) == 0
    assert insight.after(0, 4) == fours[0]
    assert insight.after(fours[0], 4) == fours[1]
    assert insight.after(fours[-1], 4) == fours[0]


def test_what_excites_a_unit_is_found_by_sorting_all_its_sums(insight):
    Z = insight.network.forward(insight.theta, insight.test.X).Z[1:]
    for layer, z in zip(insight.excited, Z, strict=True):
        expected = -np.sort(-z, axis=1)[:, :TOP]
        np.testing.assert_allclose(layer.Z, expected, rtol=1e-3, atol=1e-5)


def test_the_start_is_what_training_began_with(live, insight):
    fresh = Live(DIGITS).trainer.theta
    for now, then in zip(insight.start, insight.network.layout.layers(fresh), strict=True):
        np.testing.assert_array_equal(now.W, then.W)
    assert (insight.layers[0].W != insight.start[0].W).any()


def test_an_input_is_the_picture_scaled(insight):
    np.testing.assert_allclose(
        insight.x(3).reshape(28, 28), insight.picture(3) / np.float32(255), rtol=1e-6
    )


def test_going_on_does_not_change_what_was_seen():
    live = Live(DIGITS)
    before = Insight(live)
    theta = before.theta.copy()
    live.work(float("inf"))
    np.testing.assert_array_equal(before.theta, theta)
    assert (Insight(live).theta != theta).any()


def test_a_training_at_rest_is_looked_into_once_and_anew_when_it_went_on():
    live = Live(DIGITS)
    first = shared_insight(live)
    assert shared_insight(live) is first
    live.work(float("inf"))
    assert shared_insight(live) is not first
    assert shared_insight(trained()) is not shared_insight(live)


def test_with_early_stopping_the_best_epoch_is_shown():
    live = trained(dev_fraction=0.5, patience=2, epochs=30, learning_rate=0.5)
    assert Insight(live).epoch == int(live.trainer.best_epoch) < live.last_epoch.epoch


def test_a_training_that_diverged_shows_its_last_finite_epoch():
    live = trained(learning_rate=1000.0, l2=1000.0, epochs=5)
    assert live.trainer.has_diverged
    insight = Insight(live)
    assert insight.is_finite
    assert insight.confusion.m == 10_000


def test_numbers_that_overflow_are_noticed(live):
    broken = Insight(live)
    broken.theta = np.full_like(broken.theta, 3e38)
    assert not broken.is_finite
