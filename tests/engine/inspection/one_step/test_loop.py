from itertools import pairwise

import numpy as np
import pytest

from engine.inspection.one_step.loop import difference, turns
from tests.engine.inspection.one_step.drawn import COUNT, drawn


@pytest.mark.parametrize("k", range(COUNT))
def test_the_loop_ends_where_the_matrices_are(k):
    assert difference(drawn(k).step) < 1e-13 * max(1, np.abs(drawn(k).step.gradient).max() * 10)


@pytest.mark.parametrize("k", range(12))
def test_each_turn_computes_a_column_of_the_matrices(k):
    step = drawn(k).step
    for i, turn in enumerate(turns(step)):
        for key, column in turn.columns.items():
            np.testing.assert_allclose(column, step.matrices[key][:, i : i + 1], atol=1e-12)
        assert turn.loss == pytest.approx(step.matrices["losses"][0, i])


def test_a_running_sum_is_the_one_before_and_what_is_added():
    found = turns(drawn(3).step)
    for before, after in pairwise(found):
        for name, total in after.sums.items():
            np.testing.assert_allclose(total, before.sums[name] + after.added[name])
