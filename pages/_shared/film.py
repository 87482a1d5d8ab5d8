"""From a finished run to the movie that the player shows."""

from engine.datasets import DATASETS
from engine.problem import Problem
from engine.training import Run
from pages._shared.player import Movie, Points


def movie(run: Run, problem: Problem, title: str) -> Movie:
    """Return the movie of a run on a problem of the plane.

    Its version is the experiment itself: the same experiment is the same movie.
    """
    experiment, view = run.experiment, DATASETS[run.experiment.dataset].view
    assert problem.points is not None
    steps_per_epoch = -(-problem.train.m // (experiment.batch_size or problem.train.m))
    standardizer = problem.standardizer
    return Movie(
        version=repr(experiment),
        sizes=(problem.n_x, *experiment.hidden, problem.n_y),
        activation=experiment.activation,
        features=experiment.features,
        thetas=run.snapshots.thetas,
        steps=run.snapshots.epochs * steps_per_epoch,
        epochs=run.snapshots.epochs,
        view=(*view, *view),
        points={
            name: Points(problem.points[samples.index], samples.y)
            for name, samples in problem.splits.items()
        },
        history=run.history,
        mean=None if standardizer is None else tuple(standardizer.mu),
        deviation=None if standardizer is None else tuple(standardizer.sigma),
        batches_per_epoch=steps_per_epoch,
        title=title,
    )
