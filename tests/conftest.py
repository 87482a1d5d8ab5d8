"""What every test may ask for."""

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def pytest_configure(config):
    config.addinivalue_line(
        "markers", 'slow: takes over five seconds; leave out with -m "not slow"'
    )
