"""Many experiments in as few stacked runs as possible; the numbers are those of single runs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from queue import SimpleQueue

from engine.experiment import effort
from engine.experiment.experiment import Experiment
from engine.experiment.symmetry import starts_equal
from engine.training.run import SNAPSHOTS, Run, record

_STACKABLE = (
    *("initializer", "init_scale", "learning_rate", "decay", "decay_rate", "decay_interval"),
    *(
        "beta1",
        "beta2",
        "weight_decay",
        "clip",
        "l1",
        "l2",
        "keep_prob",
        "init_noise",
        "patience",
        "seed",
    ),
)
"""The knobs in which replicas of one run may differ; all others decide shapes or the data."""

_ELEMENTS = 2**16
"""Activations of the widest layer, over all replicas, beyond which stacking no longer pays."""


def stack_key(experiment: Experiment) -> Experiment:
    """Return what replicas of one run must have in common, as an experiment.

    >>> a = Experiment(seed=1, learning_rate=0.5)
    >>> stack_key(a) == stack_key(a.but(seed=2, l2=0.1)), stack_key(a) == stack_key(a.but(epochs=1))
    (True, False)
    """
    defaults = Experiment()
    return experiment.but(**{name: getattr(defaults, name) for name in _STACKABLE})


def sweep(
    experiments: Sequence[Experiment],
    snapshots: int = SNAPSHOTS,
    executor: Executor | None = None,
) -> list[Run]:
    """Run all experiments and return their runs in the same order.

    Those that share data, shape and schedule are trained at once, as replicas; the results agree
    with single runs to rounding (1e-12 in float64). `snapshots` bounds the thetas kept per run. The
    numbers are the same, bit for bit, whatever executor trains: see `stream_sweep`.
    """
    done = dict(stream_sweep(experiments, snapshots, executor))
    return [done[position] for position in range(len(experiments))]


def stream_sweep(
    experiments: Sequence[Experiment],
    snapshots: int = SNAPSHOTS,
    executor: Executor | None = None,
) -> Iterator[tuple[int, Run]]:
    """Yield (position, run) as the stacked runs are finished.

    Without an executor they are trained here, one stack after the other. Any executor of the
    standard library's kind may train them instead, in threads, processes or on other machines: the
    stack that takes longest goes first, and whoever closes the generator calls off what has not
    begun. What is stacked with what depends on the experiments alone, never on how many workers
    there are, or the last bits would.
    """
    stacks = groups(experiments)
    if executor is None:
        for chosen in stacks:
            yield from zip(chosen, train_stack(_of(experiments, chosen), snapshots), strict=True)
        return
    stacks.sort(key=lambda chosen: _seconds(_of(experiments, chosen)), reverse=True)
    sent: dict[Future[list[Run]], list[int]] = {}
    arrived: SimpleQueue[Future[list[Run]]] = SimpleQueue()
    try:
        for chosen in stacks:
            future = executor.submit(train_stack, _of(experiments, chosen), snapshots)
            sent[future] = chosen
            future.add_done_callback(arrived.put)
        while sent:
            future = arrived.get()
            yield from zip(sent.pop(future), future.result(), strict=True)
    finally:
        for future in sent:
            future.cancel()


def train_stack(
    experiments: Sequence[Experiment], snapshots: int = SNAPSHOTS, is_brief: bool = False
) -> list[Run]:
    """Train experiments that belong into one stack to their end; made to be sent to a worker.

    What travels is small: the experiments there, no samples, and curves and few thetas back.
    """
    return record(experiments, snapshots, is_brief=is_brief)


def groups(experiments: Sequence[Experiment]) -> list[list[int]]:
    """Return which experiments, by their positions, are best trained together as replicas.

    >>> a = Experiment()
    >>> groups([a, a.but(hidden=(5,)), a.but(seed=1)])
    [[0, 2], [1]]
    """
    alike: dict[tuple[Experiment, bool], list[int]] = defaultdict(list)
    for position, experiment in enumerate(experiments):
        is_exact = experiment.data.of_images and starts_equal(experiment)
        alike[stack_key(experiment), is_exact].append(position)
    chosen = []
    for (key, _), positions in alike.items():
        size = _replicas(key)
        chosen += [positions[at : at + size] for at in range(0, len(positions), size)]
    return chosen


def _of(experiments: Sequence[Experiment], chosen: Sequence[int]) -> list[Experiment]:
    return [experiments[position] for position in chosen]


def _seconds(stack: Sequence[Experiment]) -> float:
    """Return a rough price of a stack without a look at its data, to tell long ones from short."""
    return effort.price(stack[0], len(stack)).seconds


def _replicas(experiment: Experiment) -> int:
    """Return how many replicas to stack: many small networks, but one big one at a time."""
    columns = experiment.batch_size or experiment.samples or 4096
    widest = max((1, *experiment.hidden))
    return max(1, min(64, _ELEMENTS // (min(columns, 4096) * widest)))
