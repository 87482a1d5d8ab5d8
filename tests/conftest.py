"""What every test may ask for."""

import os

# As in the app: two BLAS threads spin against each other, the more so on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def pytest_configure(config):
    config.addinivalue_line(
        "markers", 'slow: takes over five seconds; leave out with -m "not slow"'
    )
