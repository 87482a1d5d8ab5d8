"""What the panel on scaling says, against numbers worked out by hand."""

import numpy as np

from pages._bias_variance.normalising import scalings_told


def test_how_far_the_dev_set_is_from_the_training_set_is_measured():
    # In units of the training set's deviation: means 0.1 and -0.2, deviations 1 and 1.5.
    dev = np.array([[1.1, -0.9, 1.1, -0.9], [1.3, -1.7, 1.3, -1.7]])
    told = scalings_told(0.1, 0.12, 0.1, dev)
    assert told.startswith(
        "Measured on its own 4 samples, the dev set's μ is off by up to 0.200 deviations and its σ "
        "by up to 50.0 %: scaling each split by itself changes the median by 2.0 points."
    )
    assert "changes it by 0.0 points, next to nothing." in told
