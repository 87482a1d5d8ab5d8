"""What a process that has just started pays for the engine, in seconds and in memory."""

import json
import resource
import subprocess
import sys
import time


def in_fresh_process() -> dict[str, float]:
    """Return the seconds to import `numpy` and then `engine`, to load `mnist`, and peak `bytes`."""
    command = [sys.executable, "-m", __name__]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    numbers: dict[str, float] = json.loads(answer.stdout)
    return numbers


def _measure() -> dict[str, float]:
    times = [time.perf_counter()]
    import numpy as np

    times.append(time.perf_counter())
    from engine.experiment import Experiment
    from engine.training import train

    times.append(time.perf_counter())
    from engine.datasets import mnist

    mnist.load()
    times.append(time.perf_counter())
    experiment = Experiment(
        dataset="mnist", samples=0, dev_fraction=0.0, hidden=(64,), batch_size=64, epochs=1
    )
    for _ in train(experiment):
        pass
    numpy, engine, loading = np.diff(times).tolist()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "numpy": numpy,
        "engine": numpy + engine,
        "mnist": loading,
        "bytes": peak * (1 if sys.platform == "darwin" else 1024),
    }


if __name__ == "__main__":
    json.dump(_measure(), sys.stdout)
