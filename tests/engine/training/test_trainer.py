"""The training loop against one written out naively, and knobs turned while it runs."""

from itertools import pairwise
from math import log

import numpy as np
import pytest

import engine.training.batches
import engine.training.run
import engine.training.trainer
from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.streams import stream
from engine.nn.initializers import INITIALIZERS
from engine.nn.network import Network
from engine.nn.regularization import dropout_masks
from engine.optim.optimizers import OPTIMIZERS
from engine.training.batches import Batches
from engine.training.run import train
from engine.training.trainer import Trainer
from tests.rows import expected_of

MOONS = Experiment(
    dataset="moons", samples=60, hidden=(5, 4), activation="tanh", learning_rate=0.5, epochs=6
)


def thetas_of(experiment, theta=None):
    """Return theta before training and after each epoch, (epochs + 1, P)."""
    return np.stack([snapshot.theta for snapshot in train(experiment, theta)])


def naive_update(e, gradient, memory, t, alpha, weights):
    """Return the step by the notes' formulas; memory holds v and s, weights is 0 for a bias."""
    memory["v"] = e.beta1 * memory["v"] + (1 - e.beta1) * gradient
    memory["s"] = e.beta2 * memory["s"] + (1 - e.beta2) * gradient**2
    memory["sum"] = memory.get("sum", 0.0) + gradient**2
    v, s = memory["v"], memory["s"]
    adam = alpha * v / (1 - e.beta1**t) / (np.sqrt(s / (1 - e.beta2**t)) + 1e-8)
    steps = {
        "gradient_descent": alpha * gradient,
        "momentum": alpha * v,
        "rmsprop": alpha * gradient / (np.sqrt(s) + 1e-8),
        "nesterov": alpha * (e.beta1 * v + (1 - e.beta1) * gradient),
        "adagrad": alpha * gradient / (np.sqrt(memory["sum"]) + 1e-8),
        "adam": adam,
        "adamw": adam + alpha * e.weight_decay * weights,
    }
    return expected_of(
        steps, e.optimizer, "its step by the notes' formula", "naive_update", __file__
    )


def naive_gradient(e, Ws, bs, X, Y, masks, m_train):
    """Return dW1, db1, dW2, ... as one vector: tanh layers, a sigmoid output, penalties."""
    A, m = [X], X.shape[1]
    for layer, (W, b) in enumerate(zip(Ws, bs, strict=True)):
        Z = W @ A[-1] + b
        is_last = layer == len(Ws) - 1
        A.append(1 / (1 + np.exp(-Z)) if is_last else np.tanh(Z) * masks[layer])
    dZ, parts = A[-1] - Y, []
    for layer in reversed(range(len(Ws))):
        dW = dZ @ A[layer].T / m + e.l2 / m_train * Ws[layer] + e.l1 / m_train * np.sign(Ws[layer])
        parts = [dW.ravel(), dZ.sum(axis=1) / m, *parts]
        if layer:
            mask = masks[layer - 1]
            tanh = np.divide(A[layer], mask, out=np.zeros_like(A[layer]), where=mask > 0)
            dZ = Ws[layer].T @ dZ * mask * (1 - tanh**2)
    return np.concatenate(parts)


def naive_training(e, decay):
    """Return theta before training and after each epoch, by loops over plain matrices."""
    data = load(e).train
    X, Y, m = data.X, data.Y, data.m
    sizes = (2, *e.hidden, 1)
    start = stream(e.seed, "initialization")
    Ws = [
        e.init_scale * INITIALIZERS[e.initializer].draw(start, n_in, n_out)
        for n_in, n_out in pairwise(sizes)
    ]
    bs = [np.zeros((n_out, 1)) for n_out in sizes[1:]]
    shuffler, dropper = stream(e.seed, "batches"), stream(e.seed, "dropout")
    memory, t = {"v": 0.0, "s": 0.0}, 0

    def flat():
        return np.concatenate([a.ravel() for pair in zip(Ws, bs, strict=True) for a in pair])

    def weights():
        """theta with 0 in place of every bias."""
        pairs = [(W, np.zeros_like(b)) for W, b in zip(Ws, bs, strict=True)]
        return np.concatenate([a.ravel() for pair in pairs for a in pair])

    thetas = [flat()]
    for epoch in range(e.epochs):
        order = shuffler.permutation(m) if 0 < e.batch_size < m else np.arange(m)
        for low in range(0, m, e.batch_size or m):
            chosen = order[low : low + (e.batch_size or m)]
            masks = [np.ones((n, len(chosen))) for n in e.hidden]
            if e.keep_prob < 1:
                masks = dropout_masks(e.hidden, len(chosen), e.keep_prob, dropper)
            d = naive_gradient(e, Ws, bs, X[:, chosen], Y[:, chosen], masks, m)
            length = np.linalg.norm(d)
            if e.clip and length > e.clip:
                d = d * e.clip / length
            t += 1
            step = naive_update(e, d, memory, t, e.learning_rate * decay(epoch), weights())
            for arrays in zip(Ws, bs, strict=True):
                for array in arrays:
                    array -= step[: array.size].reshape(array.shape)
                    step = step[array.size :]
        thetas.append(flat())
    return np.stack(thetas)


@pytest.mark.parametrize(
    ("knobs", "decay"),
    [
        ({}, lambda t: 1),
        ({"l2": 3.0}, lambda t: 1),
        ({"l1": 2.0, "l2": 1.0}, lambda t: 1),
        ({"keep_prob": 0.7}, lambda t: 1),
        ({"clip": 0.05}, lambda t: 1),
        ({"decay": "inverse", "decay_rate": 0.5}, lambda t: 1 / (1 + 0.5 * t)),
        ({"decay": "exponential", "decay_rate": 0.5}, lambda t: np.exp(-0.5 * t)),
        ({"decay": "step", "decay_rate": 0.5}, lambda t: 0.5 ** (t // 2)),
        (
            {"decay": "scheduled", "decay_rate": 0.7, "decay_interval": 3},
            lambda t: 1 / (1 + 0.7 * (t // 3)),
        ),
        (
            {
                "l2": 1.0,
                "keep_prob": 0.8,
                "clip": 0.2,
                "decay": "step",
                "decay_rate": 1.0,
                "seed": 3,
            },
            lambda t: 0.5**t,
        ),
    ],
    ids=lambda value: "-".join(value) or "plain" if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("batch_size", [0, 7, 36, 100])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_training_is_that_of_a_naive_loop(optimizer, batch_size, knobs, decay):
    rate = 0.5 if optimizer in ("gradient_descent", "momentum") else 0.01
    e = MOONS.but(optimizer=optimizer, learning_rate=rate, batch_size=batch_size, **knobs)
    np.testing.assert_allclose(thetas_of(e), naive_training(e, decay), rtol=1e-10, atol=1e-12)


def test_one_epoch_of_logistic_regression_on_xor_by_hand():
    # theta = (w1, w2, b) = (log 3, 0, 0), so a = 1/2, 1/2, 3/4, 3/4 where y = 0, 1, 1, 0:
    # dz = 1/2, -1/2, -1/4, 3/4, and with m = 4
    # dw1 = (-1/4 + 3/4) / 4 = 1/8, dw2 = (-1/2 + 3/4) / 4 = 1/16, db = (1/2) / 4 = 1/8.
    # L2 adds 0.8 / 4 * w, so 0.2 log 3 to dw1; the learning rate is 2.
    e = Experiment(hidden=(), learning_rate=2.0, l2=0.8, epochs=1)
    start, after = train(e, np.array([log(3), 0.0, 0.0]))
    np.testing.assert_allclose(
        after.theta, [log(3) - 2 * (1 / 8 + 0.2 * log(3)), -1 / 8, -1 / 4], rtol=1e-14
    )
    # -log(1/2), -log(1/2), -log(3/4), -log(1/4); the penalty is 0.8 / 8 * log(3)^2.
    cost = (2 * log(2) + log(4 / 3) + log(4)) / 4
    assert start.history["train_cost"] == pytest.approx(cost, rel=1e-14)
    assert start.history["penalty"] == pytest.approx(0.1 * log(3) ** 2, rel=1e-14)
    # One half counts as class 0: right, wrong, right, wrong.
    assert start.history["train_accuracy"] == 0.5
    assert (start.epoch, start.step, after.epoch, after.step) == (0, 0, 1, 1)


@pytest.mark.parametrize("batch_size", [2, 3])
def test_the_penalty_divides_by_the_training_set_whatever_the_batch_size(batch_size):
    # Every sigmoid is saturated, so the data pull the same way with the penalty and without.
    e = Experiment(hidden=(), learning_rate=1e-3, l2=4.0, batch_size=batch_size, epochs=1)
    theta = np.array([1e6, 0.0, -5e5])
    with_penalty, without = (thetas_of(e.but(l2=l2), theta)[1] for l2 in (4.0, 0.0))
    # w1 shrinks by 1e-3 * 4 / 4 of itself in each of the two steps of an epoch.
    assert with_penalty[0] == pytest.approx(without[0] - 1e6 * (1 - (1 - 1e-3) ** 2), rel=1e-9)
    assert with_penalty[2] == without[2]


@pytest.mark.parametrize("batch_size", [0, 2000])
def test_digits_in_parts_give_the_gradient_of_one_piece(monkeypatch, batch_size):
    e = Experiment(
        dataset="mnist", samples=2500, hidden=(8,), activation="relu", epochs=2,
        learning_rate=0.5, batch_size=batch_size, l2=5.0,
    )  # fmt: skip
    whole = thetas_of(e)[-1]
    monkeypatch.setattr(engine.training.batches, "PART", 300)
    monkeypatch.setattr(engine.training.batches, "_BLOCK_BYTES", 2**10)
    assert len(list(Batches(load(e).train, batch_size, [np.random.default_rng(0)]).take())) > 5
    np.testing.assert_allclose(thetas_of(e)[-1], whole, rtol=0, atol=2e-6)


def test_a_training_may_start_from_given_parameters_and_leaves_them_alone():
    theta = np.linspace(-1, 1, Network((2, 5, 4, 1)).layout.size)
    given = theta.copy()
    snapshots = list(train(MOONS, given))
    np.testing.assert_array_equal(snapshots[0].theta, theta)
    np.testing.assert_array_equal(given, theta)
    assert (snapshots[-1].theta != theta).any()


def test_a_training_may_be_taken_up_where_another_ended():
    plain = thetas_of(MOONS)
    taken_up = thetas_of(MOONS.but(epochs=2), plain[4])
    np.testing.assert_array_equal(taken_up, plain[4:])


@pytest.mark.parametrize("theta", [None, np.linspace(-1, 1, 44)])
def test_the_start_is_still_known_at_the_end(theta):
    assert Network((2, 5, 4, 1)).layout.size == 44
    trainer = Trainer(MOONS, theta)
    trainer.walk(10_000)
    np.testing.assert_array_equal(trainer.start, thetas_of(MOONS, theta)[0])
    assert (trainer.start != trainer.theta).any()


def advance_to(trainer, epoch):
    while trainer.epoch < epoch:
        trainer.advance()


def test_walking_is_training_without_looking():
    walker = Trainer(MOONS.but(batch_size=7))  # 6 steps an epoch
    walker.walk(3)
    assert (walker.epoch, walker.step) == (0, 3)
    walker.walk(9)
    assert (walker.epoch, walker.step) == (2, 12)
    np.testing.assert_array_equal(walker.theta, thetas_of(MOONS.but(batch_size=7))[2])
    walker.walk(10_000)
    assert (walker.epoch, walker.step) == (6, 36)


STEPWISE = MOONS.but(batch_size=7, optimizer="adam", learning_rate=0.05, keep_prob=0.8, l2=0.5)


@pytest.mark.parametrize("every", [1, 4, 6])
def test_adjusting_to_the_same_experiment_changes_nothing_bit_for_bit(every):
    left_alone, adjusted = Trainer(STEPWISE), Trainer(STEPWISE)
    for step in range(36):
        if step % every == 0:
            adjusted.adjust(STEPWISE)
        left_alone.walk(1)
        adjusted.walk(1)
        np.testing.assert_array_equal(adjusted.theta, left_alone.theta)


CHANGES = {
    "learning_rate": 0.1,
    "l2": 5.0,
    "l1": 5.0,
    "batch_size": 3,
    "keep_prob": 0.5,
    "optimizer": "momentum",
    "clip": 0.01,
    "beta1": 0.5,
    "beta2": 0.9,
    "weight_decay": 0.5,
    "decay": "step",
}


@pytest.mark.parametrize(("name", "value"), CHANGES.items())
def test_a_knob_turned_on_the_way_keeps_what_was_learned_and_counts_from_the_next_batch(
    name, value
):
    before = STEPWISE.but(decay_rate=1.0)
    if name == "weight_decay":
        before = before.but(optimizer="adamw")
    after = before.but(**{name: value})
    trainer, unchanged = Trainer(before), Trainer(before)
    for each in (trainer, unchanged):
        each.walk(15)
    learned = trainer.theta.copy()
    trainer.adjust(after)
    np.testing.assert_array_equal(trainer.theta, learned)
    assert (trainer.epoch, trainer.step) == (2, 15)
    for each in (trainer, unchanged):
        each.walk(10)
    assert (trainer.theta != unchanged.theta).any()
    assert np.isfinite(trainer.theta).all()


def path(trainer, steps):
    """Return theta after each of the next steps."""
    thetas = []
    for _ in range(steps):
        trainer.walk(1)
        thetas.append(trainer.theta.copy())
    return np.stack(thetas)


@pytest.mark.parametrize("walked", [0, 5, 12], ids=["fresh", "in mid-epoch", "between epochs"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_fork_goes_the_same_way_and_leaves_the_other_alone(optimizer, walked):
    experiment = STEPWISE.but(optimizer=optimizer, clip=0.5, decay="step", decay_rate=1.0)
    trainer = Trainer(experiment)
    trainer.walk(walked)
    fork, other = trainer.fork(), trainer.fork()
    other.adjust(experiment.but(learning_rate=0.5, batch_size=3, keep_prob=0.5))
    path(other, 20)
    rest = path(fork, 36 - walked)
    assert (trainer.epoch, trainer.step) == (walked // 6, walked)
    np.testing.assert_array_equal(path(trainer, 36 - walked), rest)
    np.testing.assert_array_equal(rest[-1], thetas_of(experiment)[-1])


def test_a_fork_of_a_trainer_that_stopped_early_has_stopped_too_until_it_is_adjusted():
    experiment = MOONS.but(dev_fraction=0.3, patience=1, learning_rate=30.0, epochs=50)
    trainer = Trainer(experiment)
    while not trainer.finished:
        trainer.advance()
    fork = trainer.fork()
    assert fork.finished
    assert fork.stopped_at == trainer.stopped_at < 50
    fork.adjust(experiment.but(patience=0))
    assert not fork.finished
    assert trainer.finished


def test_a_learning_rate_turned_to_zero_stops_everything():
    trainer = Trainer(STEPWISE)
    trainer.walk(3)
    learned = trainer.theta.copy()
    trainer.adjust(STEPWISE.but(learning_rate=0.0))
    trainer.walk(10)
    np.testing.assert_array_equal(trainer.theta, learned)


def test_other_epochs_end_the_training_earlier_or_later():
    trainer = Trainer(MOONS)
    trainer.walk(3)
    trainer.adjust(MOONS.but(epochs=3))
    assert trainer.finished
    trainer.adjust(MOONS.but(epochs=5))
    advance_to(trainer, 5)
    np.testing.assert_array_equal(trainer.theta, thetas_of(MOONS)[5])


def test_adam_chosen_on_the_way_starts_like_a_fresh_adam():
    trainer = Trainer(MOONS.but(epochs=5))
    advance_to(trainer, 5)
    learned = trainer.theta.copy()
    with_adam = MOONS.but(optimizer="adam", learning_rate=0.01)
    trainer.adjust(with_adam)
    trainer.walk(1)
    np.testing.assert_allclose(trainer.theta, thetas_of(with_adam, learned)[1], rtol=1e-12)


# An epoch of this takes longer than one stretch, so that it is halted on the way.
LONG = Experiment(
    dataset="mnist", samples=20_000, hidden=(32,), activation="relu", initializer="he",
    learning_rate=0.1, batch_size=64, epochs=2,
)  # fmt: skip


def test_a_long_epoch_is_halted_on_the_way_and_tells_how_its_batches_went():
    trainer = Trainer(LONG)
    stretches = [trainer.advance()]
    while not trainer.finished:
        stretches.append(trainer.advance())
    steps = -(-16_000 // 64)
    assert [stretch.epochs.tolist() for stretch in stretches if len(stretch.epochs)] == [
        [0],
        [1],
        [2],
    ]
    assert len(stretches) >= 5  # the start, and at least two in each epoch
    assert [s.step for s in stretches] == sorted({s.step for s in stretches})
    assert stretches[-1].step == 2 * steps
    for stretch in stretches[1:]:
        assert stretch.epoch == pytest.approx(stretch.step / steps, abs=1e-12)
        assert 0 < stretch.batch_cost < 3
        assert 0 < stretch.batch_accuracy <= 1
    assert stretches[0].batch_cost is stretches[0].batch_accuracy is None


def test_a_single_step_tells_how_its_batch_went_however_short_the_epoch():
    trainer, walker = Trainer(STEPWISE), Trainer(STEPWISE)
    trainer.advance()
    for step in range(1, 13):
        assert trainer.steps_left == 6 - (step - 1) % 6
        stretch = trainer.advance(steps=1)
        walker.walk(1)
        assert stretch.step == step
        assert stretch.epochs.tolist() == ([step // 6] if step % 6 == 0 else [])
        assert 0 < stretch.batch_cost < 5
        assert 0 <= stretch.batch_accuracy <= 1
        np.testing.assert_array_equal(trainer.theta, walker.theta)


def test_a_bounded_stretch_is_no_longer_than_any_other():
    bounded, free = Trainer(LONG), Trainer(LONG)
    for trainer, steps in ((bounded, 10**9), (free, None)):
        trainer.advance()
        trainer.advance(steps)
    assert 0 < bounded.step == free.step < bounded.step + bounded.steps_left


def test_cost_and_accuracy_of_the_batches_are_those_before_their_own_step():
    trainer = Trainer(LONG.but(l2=3.0))
    start = trainer.advance()
    order = stream(LONG.seed, "batches").permutation(16_000)
    theta = start.thetas[0].copy()
    stretch = trainer.advance()
    # Followed by a second network, which only ever sees the batches of this stretch.
    problem, follower = trainer.problem, Trainer(LONG.but(l2=3.0))
    costs, rightly = [], []
    for step in range(stretch.step):
        chosen = order[64 * step : 64 * step + 64]
        X, Y = problem.train.gather(chosen).T, problem.train.targets(chosen).T
        costs.append(trainer.network.cost(follower.theta, X, Y))
        predicted = trainer.network.predict(follower.theta, X).argmax(axis=0)
        rightly.append((predicted == problem.train.classes(chosen)).mean())
        follower.walk(1)
    assert (theta != follower.theta).any()
    assert stretch.batch_cost == pytest.approx(np.mean(costs), rel=1e-5)
    assert stretch.batch_accuracy == pytest.approx(np.mean(rightly), rel=1e-6)


def test_the_batch_accuracy_of_two_classes_is_counted_the_same_way(monkeypatch):
    monkeypatch.setattr(effort, "STRETCH", 1e-9)  # every step is a stretch
    e = Experiment(dataset="moons", samples=60, hidden=(4,), batch_size=12)
    trainer = Trainer(e)
    before = trainer.advance().thetas[0]
    stretch = trainer.advance()
    assert stretch.step == 1
    chosen = stream(e.seed, "batches").permutation(36)[:12]
    X, Y = trainer.problem.train.X[:, chosen], trainer.problem.train.Y[:, chosen]
    assert stretch.batch_cost == pytest.approx(trainer.network.cost(before, X, Y), rel=1e-12)
    rightly = (trainer.network.predict(before, X) > 0.5) == (Y == 1)
    assert stretch.batch_accuracy == pytest.approx(rightly.mean(), rel=1e-12)


SLOW = MOONS.but(samples=600, batch_size=0, train_fraction=0.5, epochs=3, keep_prob=0.5)


class TestMidway:
    """A step that is longer than a stretch should be is interrupted, and so is a long look."""

    @pytest.fixture
    def short(self, monkeypatch):
        monkeypatch.setattr(effort, "STRETCH", 1e-9)
        monkeypatch.setattr(engine.training.evaluation, "_ELEMENTS", 2**9)

    def test_it_gives_the_gradient_of_one_piece(self, short, monkeypatch):
        in_parts = thetas_of(SLOW.but(keep_prob=1.0))
        monkeypatch.undo()
        whole = thetas_of(SLOW.but(keep_prob=1.0))
        np.testing.assert_allclose(in_parts, whole, rtol=0, atol=1e-12)
        assert (in_parts != whole).any()

    @pytest.mark.usefixtures("short")
    def test_until_it_is_over_nothing_is_finished_and_there_is_nothing_to_show(self):
        trainer, shown, steps = Trainer(SLOW), [], []
        while not trainer.finished:
            stretch = trainer.advance()
            assert trainer.is_midway == (stretch is None)
            shown.append(stretch)
            steps.append(trainer.step)
        of_look, of_step = 300 // 64 + 300 // 64, -(-300 // 64)
        assert shown.count(None) > 3 * of_step + 4 * of_look // 2
        assert [stretch.epochs.tolist() for stretch in shown if stretch] == [[0], [1], [2], [3]]
        assert steps == sorted(steps)
        np.testing.assert_array_equal(trainer.theta, thetas_of(SLOW)[-1])

    @pytest.mark.usefixtures("short")
    @pytest.mark.parametrize("batch_size", [0, 150])
    def test_knobs_turned_within_a_step_hold_for_the_whole_step(self, batch_size):
        plain = SLOW.but(keep_prob=1.0, batch_size=batch_size)
        turned = plain.but(learning_rate=0.01)
        within, before = Trainer(plain), Trainer(plain)
        for trainer in (within, before):
            trainer.walk(1)
        within.advance()
        assert within.is_midway
        assert within.settle() is None
        assert not within.is_midway
        within.adjust(turned)
        before.adjust(turned)
        for trainer in (within, before):
            while not trainer.finished:
                trainer.advance()
        assert within.step == before.step
        np.testing.assert_array_equal(within.theta, before.theta)

    @pytest.mark.usefixtures("short")
    def test_knobs_turned_within_a_look_leave_no_gap_in_the_history(self):
        trainer = Trainer(SLOW)
        while trainer.epoch < 1 or not trainer.is_midway:
            trainer.advance()
        with pytest.raises(ValueError, match="midway"):
            trainer.adjust(SLOW.but(learning_rate=0.01))
        stretches = [trainer.settle()]
        trainer.adjust(SLOW.but(learning_rate=0.01))
        while not trainer.finished:
            stretches.append(trainer.advance())
        assert [s.epochs.tolist() for s in stretches if s] == [[1], [2], [3]]

    @pytest.mark.usefixtures("short")
    def test_it_cannot_be_forked(self):
        trainer = Trainer(SLOW)
        trainer.walk(1)
        assert trainer.advance() is None
        with pytest.raises(ValueError, match="midway"):
            trainer.fork()


@pytest.mark.parametrize("hidden", [(64,), (512, 512), (512,) * 4])
def test_no_part_of_a_step_is_longer_than_a_stretch(hidden):
    e = Experiment(dataset="mnist", samples=0, hidden=hidden, batch_size=0)
    trainer = Trainer(e)
    widest = max(X.shape[-1] for X, _ in trainer._batches.take())
    assert widest * effort.price(e).step / effort.batch_size(e) <= effort.STRETCH


def test_what_is_handed_over_is_the_theta_of_the_last_epoch_that_ended():
    trainer = Trainer(MOONS.but(batch_size=7))
    trainer.advance()
    for steps in (6, 3):  # an epoch, and half of the next
        trainer.advance(steps)
    np.testing.assert_array_equal(trainer.kept, thetas_of(MOONS.but(batch_size=7))[1])
    assert (trainer.theta != trainer.kept).any()


def test_a_stack_has_diverged_when_its_last_replica_has():
    wild = MOONS.but(activation="linear", initializer="large", epochs=50)
    rates = {(0.001, 1000.0): False, (1000.0, 1000.0): True}
    for pair, expected in rates.items():
        trainer = Trainer([wild.but(learning_rate=rate) for rate in pair])
        while not trainer.finished:
            trainer.advance()
        assert trainer.diverged_at[-1] > 0
        assert trainer.has_diverged is expected


def test_digits_are_trained_in_single_and_points_in_double_precision():
    assert Trainer(LONG).theta.dtype == np.float32
    assert Trainer(MOONS).theta.dtype == np.float64


def test_without_training_samples_there_is_one_sentence():
    with pytest.raises(
        ValueError, match=r"^train_fraction is 0, but must leave at least one training sample\.$"
    ):
        Trainer(Experiment(dataset="moons", train_fraction=0.0))


def test_without_training_digits_the_sentence_names_the_dev_fraction():
    with pytest.raises(ValueError, match=r"^dev_fraction is 1, but must "):
        Trainer(Experiment(dataset="mnist", samples=100, dev_fraction=1.0))


@pytest.mark.parametrize("change", [{"epochs": 20}, {"hidden": (64, 64)}, {"samples": 1600}])
def test_more_work_is_estimated_to_take_longer(change):
    base = Experiment(dataset="moons", samples=200, hidden=(8, 8), epochs=10)
    few, many = Trainer(base), Trainer(base.but(**change))
    assert many.estimated_seconds > 1.2 * few.estimated_seconds > 0
    assert Trainer([base, base.but(seed=1)]).estimated_seconds > few.estimated_seconds


def test_a_brief_training_saves_the_looks_between_its_ends():
    # full batch, small network, many samples held out: looking is most of the work
    base = Experiment(dataset="moons", samples=2000, train_fraction=0.1, hidden=(64,), epochs=100)
    whole, brief = Trainer(base), Trainer(base, is_brief=True)
    assert brief.estimated_seconds < whole.estimated_seconds / 3


def ends_of(trainer):
    """Return the epochs that a training shows, and what it hands over."""
    seen = []
    while not trainer.finished:
        seen += trainer.advance().epochs.tolist()
    return seen, trainer.kept


@pytest.mark.parametrize("batch_size", [0, 7])
def test_a_brief_training_ends_the_same_and_shows_its_ends_alone(batch_size):
    base = MOONS.but(batch_size=batch_size)
    whole, brief = ends_of(Trainer(base)), ends_of(Trainer(base, is_brief=True))
    assert whole[0] == [0, 1, 2, 3, 4, 5, 6]
    assert brief[0] == [0, 6]
    assert np.array_equal(whole[1], brief[1])


def test_early_stopping_sees_every_epoch_even_in_a_brief_training():
    base = MOONS.but(patience=2, train_fraction=0.4, dev_fraction=0.4)
    assert ends_of(Trainer(base, is_brief=True))[0] == ends_of(Trainer(base))[0]


def test_a_brief_training_that_diverges_keeps_its_start():
    wild = MOONS.but(learning_rate=1000.0, l2=1000.0, epochs=500)
    (done,) = engine.training.run.record([wild], 2, is_brief=True)
    assert done.diverged_at is not None
    assert done.history["epoch"].tolist() == [0]
    assert np.isfinite(done.theta).all()
