"""What a process that has just started pays for the engine, in seconds and in memory."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path


def in_fresh_process() -> dict[str, float]:
    """Return the seconds to import `numpy`, to import `engine` with it and to load `mnist`.

    `bytes` is the most memory held up to the end of an epoch, NaN where the system does not tell.
    """
    command = [sys.executable, "-m", __name__]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    numbers: dict[str, float] = json.loads(answer.stdout)
    return numbers


def _measure() -> dict[str, float]:
    times = [time.perf_counter()]
    import numpy as np

    times.append(time.perf_counter())
    from engine.experiment.experiment import Experiment
    from engine.training.run import train

    times.append(time.perf_counter())
    from engine.data import mnist

    mnist.load()
    times.append(time.perf_counter())
    experiment = Experiment(
        dataset="mnist", samples=0, dev_fraction=0.0, hidden=(64,), batch_size=64, epochs=1
    )
    for _ in train(experiment):
        pass
    numpy, engine, loading = np.diff(times).tolist()
    return {
        "numpy": numpy,
        "engine": numpy + engine,
        "mnist": loading,
        "bytes": _peak_bytes(),
    }


def _peak_bytes() -> float:
    # getrusage would report the parent's peak where that is higher, as a child starts with it
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return 1024.0 * int(found[1]) if found else float("nan")


if __name__ == "__main__":
    json.dump(_measure(), sys.stdout)
