"""How fast the engine is on this machine, beside what it is measured against, as one table."""

import os

# One thread for every BLAS; this has to be said before NumPy is first imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
os.environ["VECLIB_MAXIMUM_THREADS"] = "1"

import argparse
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import digits, footprint, landscapes, points, xor
from tests.benchmarks.playground import playground
from tests.benchmarks.table import HEADING, Row, machine
from tests.benchmarks.timing import interleave


def report(rounds: int, epochs: int, nn: Path | None) -> Iterator[str]:
    """Yield the lines of the report, each as soon as it is known."""
    yield f"{machine()}; one BLAS thread; CPU time, the best of {rounds} rounds in turn.\n"
    yield HEADING
    yield from map(str, _digits(rounds, epochs))
    yield from map(str, _xor(rounds))
    yield from map(str, _points(rounds, nn))
    yield from map(str, landscapes.rows(rounds))
    yield from map(str, _footprint())


def _digits(rounds: int, epochs: int) -> Iterator[Row]:
    ours, floor, cached = "the engine's training loop", "its matrix products", "the same, in cache"
    contenders = {
        ours: digits.engine(epochs),
        floor: digits.products(epochs, in_cache=False),
        cached: digits.products(epochs, in_cache=True),
    }
    missing = []
    for name, build in digits.OTHERS.items():
        try:
            contenders[name] = build(epochs)
        except ImportError:
            missing.append(name)
    timings = interleave(contenders, rounds)
    what = "MNIST, 784-64-10, batch 64, per epoch"
    for name, bound in (
        (floor, 1.1),
        (cached, None),
        *((name, digits.BOUNDS[name]) for name in digits.OTHERS),
    ):
        if name in missing:
            yield Row(what, "", f"{name}: skipped, not installed", bound=bound)
            continue
        mine, theirs = (1e3 * timings.best(who) / epochs for who in (ours, name))
        yield Row(
            what,
            f"{mine:.0f} ms",
            f"{name}, {theirs:.0f} ms",
            timings.ratio(ours, name),
            bound,
            f"median of the rounds {timings.typical_ratio(ours, name):.2f}",
        )


def _xor(rounds: int) -> Iterator[Row]:
    single, many = "single", "many"
    timings = interleave({single: xor.single(), many: xor.many()}, rounds)
    alone, stacked = (1e6 * timings.best(who) / xor.EPOCHS for who in (single, many))
    what = "XOR, 2-3-1, full batch, per epoch"
    yield Row(what, f"{alone:.1f} µs", "20 µs", alone / 20, 1)
    yield Row(
        f"the same, {xor.REPLICAS} seeds at once",
        f"{stacked:.1f} µs",
        f"one seed, {alone:.1f} µs",
        timings.ratio(many, single),
        4,
        f"median of the rounds {timings.typical_ratio(many, single):.2f}",
    )


def _points(rounds: int, nn: Path | None) -> Iterator[Row]:
    ours, theirs = "the engine", "JavaScript, sample by sample"
    with playground(nn) as javascript:
        for task in points.TASKS:
            contenders = {ours: points.engine(task)}
            if javascript is not None:
                contenders[theirs] = points.javascript(task, javascript)
            timings = interleave(contenders, rounds)
            times = {who: f"{1e3 * timings.best(who) / points.EPOCHS:.3f} ms" for who in contenders}
            if javascript is None:
                skipped = f"{theirs}: skipped, needs Node.js and --nn"
                yield Row(str(task), times[ours], skipped, bound=task.bound)
                continue
            yield Row(
                str(task),
                times[ours],
                f"{theirs}, {times[theirs]}",
                timings.ratio(ours, theirs),
                task.bound,
                f"median of the rounds {timings.typical_ratio(ours, theirs):.2f}",
            )


def _footprint() -> Iterator[Row]:
    fresh = footprint.in_fresh_process()
    yield Row(
        "Cold import of the engine",
        f"{1e3 * fresh['engine']:.0f} ms",
        f"NumPy alone, {1e3 * fresh['numpy']:.0f} ms",
        fresh["engine"] / fresh["numpy"],
    )
    yield Row("Load of MNIST", f"{1e3 * fresh['mnist']:.0f} ms")
    yield Row("Memory after one epoch of it, at most", f"{fresh['bytes'] / 2**20:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="turns of each contender")
    parser.add_argument("--epochs", type=int, default=5, help="MNIST epochs in one turn")
    parser.add_argument(
        "--nn", type=Path, help="TensorFlow Playground's nn.ts, or the JavaScript it compiles to"
    )
    options = parser.parse_args()
    if min(options.rounds, options.epochs) < 1:
        parser.error("rounds and epochs must be 1 or more")
    for line in report(options.rounds, options.epochs, options.nn):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
