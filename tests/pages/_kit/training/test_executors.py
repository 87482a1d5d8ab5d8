"""Which executor a server has: none, its own processes, or a scheduler's workers."""

import pytest
from distributed import LocalCluster

from engine.training.workers import Workers
from pages._kit.training import executors
from pages._kit.training.executors import Scheduler, executor
from pages._kit.training.settings import DASK, Settings


def test_without_settings_this_process_trains(monkeypatch):
    monkeypatch.setattr(executors, "settings", Settings)
    assert executor() is None


def test_the_workers_are_the_same_for_all_and_do_not_start_yet(monkeypatch):
    monkeypatch.setattr(executors, "settings", lambda: Settings(workers=2))
    workers = executor()
    assert isinstance(workers, Workers)
    assert workers is executor()
    assert not workers._idle


def test_a_scheduler_is_connected_to_once_and_again_when_it_was_lost(monkeypatch, caplog):
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as cluster:
        address = cluster.scheduler_address
        monkeypatch.setattr(executors, "settings", lambda: Settings(dask=address))
        there = executor()
        assert there is not None
        assert there is executor()
        assert there.submit(int, "7").result() == 7
        scheduler = executors._scheduler(address)
        scheduler._client.close()
        again = executor()
        assert again is not there
        assert again is not None
        assert again.submit(int, "8").result() == 8
        scheduler._client.close()
    assert DASK not in caplog.text


@pytest.mark.parametrize("failure", [OSError("no answer"), ImportError("No module named 'dask'")])
def test_a_scheduler_that_cannot_be_used_is_left_alone_for_a_while(failure, monkeypatch, caplog):
    asked, now = [], [0.0]

    def fail(*name):
        asked.append(name)
        raise failure

    monkeypatch.setattr(executors.importlib, "import_module", fail)
    monkeypatch.setattr(executors.time, "monotonic", lambda: now[0])
    scheduler = Scheduler("tcp://10.0.0.5:8786")
    assert scheduler.executor() is None
    assert scheduler.executor() is None
    assert len(asked) == 1
    assert f"PLAYGROUND_DASK is tcp://10.0.0.5:8786, which cannot be used: {failure}" in caplog.text
    now[0] = 61.0
    assert scheduler.executor() is None
    assert len(asked) == 2
