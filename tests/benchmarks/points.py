"""Small networks on 250 points, full batch and in mini-batches: the engine, and JavaScript."""

from typing import NamedTuple

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load, network_of
from engine.training.run import run
from tests.benchmarks.playground import Playground
from tests.benchmarks.timing import Contender

EPOCHS, RATE = 400, 0.03

_EXPERIMENT = Experiment(
    dataset="circles",
    samples=500,
    train_fraction=0.5,
    activation="tanh",
    learning_rate=RATE,
    epochs=EPOCHS,
)


class Task(NamedTuple):
    """A network and its batch size, 0 for full batch; `bound` is the most of JavaScript's time."""

    hidden: tuple[int, ...]
    batch_size: int
    bound: float = 1.0

    @property
    def experiment(self) -> Experiment:
        return _EXPERIMENT.but(hidden=self.hidden, batch_size=self.batch_size)

    def __str__(self) -> str:
        sizes = "-".join(map(str, network_of(self.experiment).sizes))
        batch = f"batch {self.batch_size}" if self.batch_size else "full batch"
        return f"250 points, {sizes}, {batch}, per epoch"


TASKS = [
    Task((3,), 0),
    Task((4, 2), 0),
    Task((4, 2), 30),
    Task((4, 2), 10, bound=2.0),
    Task((8, 8, 8), 0),
    Task((8, 8, 8), 30),
    Task((8, 8, 8), 10),
]


def engine(task: Task) -> Contender:
    """Return a run with its curves and snapshots, every epoch evaluated."""

    def contender() -> None:
        run(task.experiment)

    return contender


def javascript(task: Task, playground: Playground) -> Contender:
    """Return the same steps, sample by sample, and nothing else: no history."""
    experiment = task.experiment
    samples = load(experiment).train
    question = {
        "sizes": network_of(experiment).sizes,
        "inputs": samples.X.T.tolist(),
        "targets": (2 * samples.Y[0] - 1).tolist(),  # its classes are -1 and 1
        "batchSize": task.batch_size or samples.m,
        "learningRate": RATE,
        "epochs": EPOCHS,
    }
    return lambda: playground.train(question)
