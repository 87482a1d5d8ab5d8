import numpy as np
import pytest

from engine.data.tables import DATASETS
from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.training.run import close_up, run
from pages._kit.player import replay
from pages._kit.player.replay import Replay

# 40 training points of 50, in batches of 15: three mini-batches an epoch, the last one shorter
CIRCLES = Experiment(
    dataset="circles", samples=50, train_fraction=0.8, dev_fraction=0.1, batch_size=15,
    epochs=20, hidden=(3,), standardize=True, features=("x1", "x2", "x1_squared"),
)  # fmt: skip
XOR = Experiment(epochs=300)


def filmed(experiment, **options):
    return Replay.of(run(experiment), load(experiment), **options)


@pytest.fixture(scope="module")
def circles():
    return filmed(CIRCLES)


def single_steps(experiment, first, count, theta=None):
    steps, thetas = close_up(experiment, first, count, theta)
    return dict(zip(steps.tolist(), thetas, strict=True))


# --- what the player is sent ----------------------------------------------------------------------


def test_the_movie_shows_the_run(circles):
    movie, trained, problem = circles.movie("Circles"), run(CIRCLES), load(CIRCLES)
    assert movie.title == "Circles"
    assert movie.sizes == (3, 3, 1)
    assert movie.activation == CIRCLES.activation
    assert movie.features == CIRCLES.features
    np.testing.assert_array_equal(movie.thetas, trained.snapshots.thetas)
    np.testing.assert_array_equal(movie.epochs, trained.snapshots.epochs)
    assert set(movie.history) == set(trained.history)
    for name, values in trained.history.items():
        np.testing.assert_array_equal(movie.history[name], values)
    assert movie.mean == pytest.approx(problem.standardizer.mu)
    assert movie.deviation == pytest.approx(problem.standardizer.sigma)


def test_steps_count_the_mini_batches(circles):
    movie = circles.movie("")
    assert movie.batches_per_epoch == circles.batches == 3  # 15 + 15 + 10
    np.testing.assert_array_equal(movie.steps, 3 * np.arange(21))


@pytest.mark.parametrize("batch_size", [0, 4, 100])
def test_a_batch_as_large_as_the_training_set_is_one_step_an_epoch(batch_size):
    movie = filmed(XOR.but(batch_size=batch_size)).movie("")
    assert movie.batches_per_epoch == 1
    np.testing.assert_array_equal(movie.steps, movie.epochs)


def test_points_are_the_raw_ones_of_each_split(circles):
    problem, points = load(CIRCLES), circles.movie("").points
    assert {name: len(part.labels) for name, part in points.items()} == {
        "train": 40, "dev": 5, "test": 5,
    }  # fmt: skip
    for name, samples in problem.splits.items():
        np.testing.assert_array_equal(points[name].x, problem.points[samples.index])
        np.testing.assert_array_equal(points[name].labels, samples.y)


def test_a_truth_table_has_training_points_only_and_no_scaling():
    movie = filmed(XOR).movie("")
    assert set(movie.points) == {"train"}
    assert (movie.mean, movie.deviation) == (None, None)


def test_a_film_opens_at_its_end_and_a_rewound_one_at_its_start():
    assert filmed(XOR).movie("").start_frame is None
    assert filmed(XOR, rewound=True).movie("").start_frame == 0


def test_another_experiment_or_edition_is_another_version():
    versions = {
        filmed(XOR).movie("").version,
        filmed(XOR, edition=1).movie("").version,
        filmed(XOR.but(seed=1)).movie("").version,
        filmed(XOR.but(l2=1e-9)).movie("").version,
    }
    assert len(versions) == 4
    assert filmed(XOR).movie("One").version == filmed(XOR).movie("Two").version


def test_a_diverged_run_is_filmed_up_to_its_last_finite_epoch():
    # l2 alone multiplies every weight by 1 - 1000 * 1000 / 4 at each step
    blown_up = XOR.but(learning_rate=1000.0, l2=1000.0)
    movie, trained = filmed(blown_up).movie(""), run(blown_up)
    assert movie.epochs[-1] == trained.diverged_at - 1
    assert np.isfinite(movie.thetas).all()


# --- frames by epoch ------------------------------------------------------------------------------


@pytest.mark.parametrize(("epoch", "step"), [(0, 0), (7, 21), (6.6, 21), (20, 60), (1e6, 60)])
def test_a_film_opens_at_the_frame_nearest_to_an_epoch(circles, epoch, step):
    opened = circles.opened_at(epoch)
    assert opened.shown_step == step
    assert opened.steps[opened.movie("").start_frame] == step
    assert circles.steps[circles.frame_at(epoch)] == step


def test_without_an_epoch_it_is_the_last_frame(circles):
    assert circles.frame_at(None) == 20


# --- single mini-batches --------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 1, 22, 58])
def test_a_close_up_has_a_frame_at_every_step_after_one(circles, after):
    closer = circles.closer(after)
    expected = single_steps(CIRCLES, 0, 61)
    assert set(range(after, 61)) <= set(closer.steps.tolist())
    for step, theta in zip(closer.steps.tolist(), closer.thetas, strict=True):
        np.testing.assert_array_equal(theta, expected[step])
    assert closer.shown_step == after + 1


def test_a_close_up_keeps_all_frames_there_were_each_once_and_in_order(circles):
    closer = circles.closer(10)
    assert set(circles.steps.tolist()) <= set(closer.steps.tolist())
    assert (np.diff(closer.steps) > 0).all()
    assert closer.edition == circles.edition + 1
    assert closer.movie("").version != circles.movie("").version


def test_a_close_up_may_follow_a_close_up(circles):
    again = circles.closer(3).closer(30)
    assert (np.diff(again.steps) > 0).all()
    assert {4, 5, 31, 32} <= set(again.steps.tolist())


def test_a_close_up_is_bounded():
    long = filmed(CIRCLES.but(batch_size=1, epochs=30))  # 1,200 steps
    closer = long.closer(80)
    assert len(closer.steps) <= len(long.steps) + replay.CLOSE_UP
    assert {81, 82, 80 + replay.CLOSE_UP // 2} <= set(closer.steps.tolist())


@pytest.mark.parametrize("after", [60, 61, 10**6])
def test_a_close_up_beyond_the_end_shows_the_end(circles, after):
    closer = circles.closer(after)
    np.testing.assert_array_equal(closer.steps, circles.steps)
    assert closer.shown_step == 60


# --- training on from changed weights -------------------------------------------------------------


@pytest.fixture(scope="module")
def branch(circles):
    """The film trained on, from epoch 5 on, with every parameter at 0.1."""
    theta = np.full(circles.thetas.shape[1], 0.1)
    return circles.branched(theta, 15, run(CIRCLES, theta)), theta


def test_what_came_before_the_branch_stays(circles, branch):
    branched, theta = branch
    np.testing.assert_array_equal(branched.steps[:6], [0, 3, 6, 9, 12, 15])
    np.testing.assert_array_equal(branched.thetas[:5], circles.thetas[:5])
    np.testing.assert_array_equal(branched.thetas[5], theta)
    np.testing.assert_array_equal(
        branched.history["train_cost"][:5], circles.history["train_cost"][:5]
    )


def test_from_the_branch_on_it_is_the_new_run(branch):
    branched, theta = branch
    later = run(CIRCLES, theta)
    np.testing.assert_array_equal(branched.thetas[5:], later.snapshots.thetas)
    np.testing.assert_array_equal(branched.history["epoch"], np.arange(26))
    np.testing.assert_array_equal(branched.history["train_cost"][5:], later.history["train_cost"])
    assert (branched.shown_step, branched.edition) == (15, 1)


def test_weights_changed_within_an_epoch_start_at_its_beginning(circles):
    theta = np.zeros(circles.thetas.shape[1])
    branched = circles.branched(theta, 17, run(CIRCLES, theta))
    assert branched.shown_step == 15
    np.testing.assert_array_equal(branched.thetas[branched.steps == 15], [theta])


def test_a_close_up_after_the_branch_follows_the_new_run(branch):
    branched, theta = branch
    closer, expected = branched.closer(16), single_steps(CIRCLES, 0, 61, theta)
    for step in (16, 17, 18):
        found = closer.thetas[closer.steps == step]
        np.testing.assert_array_equal(found, [expected[step - 15]])


def test_a_close_up_before_the_branch_follows_the_old_run(branch):
    branched, _ = branch
    closer, expected = branched.closer(4), single_steps(CIRCLES, 0, 16)
    for step in (4, 5, 6, 7):
        found = closer.thetas[closer.steps == step]
        np.testing.assert_array_equal(found, [expected[step]])


def test_a_branch_of_a_branch_keeps_both_pasts(circles, branch):
    branched, theta = branch
    twice = branched.branched(theta, 30, run(CIRCLES, theta))
    np.testing.assert_array_equal(twice.history["epoch"], np.arange(31))
    np.testing.assert_array_equal(twice.thetas[:5], circles.thetas[:5])
    assert (np.diff(twice.steps) > 0).all()
    twice.movie("")


# --- the part of the plane ------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, row in DATASETS.items() if row.planar])
def test_every_point_is_inside_the_view(name):
    experiment = Experiment(dataset=name, samples=200, noise=0.5)
    points = load(experiment).points
    left, right, bottom, top = replay.view(experiment, points)
    assert (left, right) == (bottom, top)  # a square, so that a straight line keeps its angle
    assert left < points.min()
    assert points.max() < right


def test_the_view_is_the_data_sets_own_unless_a_point_lies_outside():
    own = Experiment(dataset="own", points=((0.0, 0.0, 0), (5.0, -3.0, 1)))
    low, high = DATASETS["own"].view
    left, right, *_ = replay.view(own, load(own).points)
    assert left < min(low, -3.0)
    assert right > max(high, 5.0)
    assert replay.view(XOR, load(XOR).points) == DATASETS["xor"].view * 2
