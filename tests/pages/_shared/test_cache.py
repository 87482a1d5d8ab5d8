import threading

import numpy as np
import pytest

from engine.experiment import KNOBS, Experiment
from engine.training import run
from pages._shared import cache
from tests.pages.offers import at_the_ends
from pages._shared.lens import Lens

QUICK = Experiment(epochs=3, seed=123)


@pytest.fixture
def trained():
    """A cached function like `cache.run` that notes what it is asked to train."""
    asked = []

    @cache.cached_runs
    def train(experiment):
        asked.append(experiment)
        return run(experiment)

    train.asked = asked
    yield train
    train.clear()


def at_once(call, count=8):
    """Return what `count` threads get that call at the same moment."""
    start, found = threading.Barrier(count), []

    def work():
        start.wait()
        found.append(call())

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found
