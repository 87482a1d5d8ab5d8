"""Executors of every kind, each started once for all tests that ask for it."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from engine.training.workers import Workers


def of_dask(stack: ExitStack) -> Executor:
    from distributed import Client, LocalCluster

    cluster = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0")
    client = stack.enter_context(Client(stack.enter_context(cluster), set_as_default=False))
    executor: Executor = client.get_executor(pure=False)
    return executor


def of_loky(stack: ExitStack) -> Executor:
    from loky import ProcessPoolExecutor

    executor: Executor = stack.enter_context(ProcessPoolExecutor(1))
    return executor


def of_processes(stack: ExitStack) -> Executor:
    spawn = multiprocessing.get_context("spawn")
    return stack.enter_context(ProcessPoolExecutor(1, spawn))


EXECUTORS = {
    "threads": lambda stack: stack.enter_context(ThreadPoolExecutor(3)),
    "workers": lambda stack: stack.enter_context(Workers(2)),
    "process pool": of_processes,
    "loky": of_loky,
    "Dask": of_dask,
}


@pytest.fixture(scope="session", params=EXECUTORS)
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with ExitStack() as stack:
        yield EXECUTORS[request.param](stack)
