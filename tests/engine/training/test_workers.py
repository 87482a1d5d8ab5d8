"""Worker processes: started when needed, replaced when they die, gone with whoever started them."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, CancelledError
from pathlib import Path

import pytest

from engine.training.workers import Workers


@pytest.fixture(scope="module")
def workers():
    with Workers(2) as workers:
        yield workers


def die_until(marks, times):
    """Leave a mark and die of a signal, as often as asked; then return the process's number."""
    mark = marks / str(len(list(marks.iterdir())))
    mark.touch()
    if int(mark.name) < times:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def wait_for(gate):
    deadline = time.monotonic() + 30
    while not gate.exists() and time.monotonic() < deadline:
        time.sleep(0.005)


def arrive(mark, gate):
    mark.touch()
    wait_for(gate)


def test_a_call_is_made_in_another_process_and_its_result_comes_back(workers):
    assert workers.submit(os.getpid).result() != os.getpid()
    assert workers.submit(int, "11", base=2).result() == 3


def test_what_a_call_raises_is_raised_and_the_worker_goes_on(workers):
    before = workers.submit(os.getpid).result()
    with pytest.raises(ValueError, match="invalid literal"):
        workers.submit(int, "eleven").result()
    assert workers.submit(os.getpid).result() == before


def test_workers_have_one_blas_thread_and_this_process_keeps_its_own(workers, monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with Workers(1) as others:
        names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        assert [others.submit(os.getenv, name).result() for name in names] == ["1"] * 3
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def test_a_worker_that_dies_is_replaced_and_its_call_made_again(workers, tmp_path):
    assert workers.submit(die_until, tmp_path, 2).result() != os.getpid()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_call_that_kills_every_worker_is_given_up_and_nobody_elses_with_it(workers, tmp_path):
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    marks.mkdir()
    beside = workers.submit(wait_for, gate)
    with pytest.raises(BrokenExecutor, match="3 worker processes in a row died of the same call"):
        workers.submit(die_until, marks, 9).result()
    assert len(list(marks.iterdir())) == 3
    gate.touch()
    assert beside.result() is None


def test_what_has_not_begun_can_be_cancelled(workers, tmp_path):
    gate = tmp_path / "gate"
    begun = [workers.submit(arrive, tmp_path / str(k), gate) for k in range(2)]
    for k in range(2):
        wait_for(tmp_path / str(k))
    waiting = workers.submit(os.getpid)
    assert waiting.cancel()
    assert not any(future.cancel() for future in begun)
    gate.touch()
    with pytest.raises(CancelledError):
        waiting.result()


def test_nothing_starts_before_there_is_something_to_do():
    with Workers(2) as idle:
        assert not idle._threads._threads
    with pytest.raises(RuntimeError, match="after shutdown"):
        idle.submit(int)


PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from engine.training.workers import Workers
from tests.engine.training.test_workers import arrive

if __name__ == "__main__":
    here = Path(sys.argv[1])
    workers = Workers(1)
    (here / "worker").write_text(str(workers.submit(os.getpid).result()))
    workers.submit(arrive, here / "begun", here / "never")
    while not (here / "begun").exists():
        time.sleep(0.005)
    {end}
"""


@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_worker_ends_with_the_process_that_started_it_though_it_is_at_work(tmp_path, end):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.replace("{end}", end), encoding="utf-8")
    root = Path(__file__).parents[3]
    start = time.monotonic()
    subprocess.run(
        [sys.executable, str(program), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(root)}, timeout=60, check=False,
    )  # fmt: skip
    assert time.monotonic() - start < 25  # the call itself waits for thirty seconds
    worker = int((tmp_path / "worker").read_text())
    deadline = time.monotonic() + 20
    while is_running(worker):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(pid):
    """Whether a process is there and has not ended (Linux: one that nobody waits for is listed)."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"
