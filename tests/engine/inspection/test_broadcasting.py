import numpy as np
import pytest

from engine.inspection.broadcasting import LEFT, RIGHT, align, stretch, together


def random_shape(rng):
    return tuple(rng.choice([1, 1, 2, 3, 4], rng.integers(0, 5)).tolist())


def test_the_rule_is_numpys(rng):
    refused = 0
    for _ in range(1000):
        left, right = random_shape(rng), random_shape(rng)
        found = together(align(left, right))
        try:
            expected = np.broadcast_shapes(left, right)
        except ValueError:
            expected, refused = None, refused + 1
        assert found == expected
    assert 100 < refused < 900


def test_each_axis_says_what_the_rule_does():
    told = [(axis.stretched, axis.told) for axis in align((3, 4), (1, 4))]
    assert told == [("", "equal"), (RIGHT, "1, stretched to 3")]
    assert align((3, 4), (4,))[1].told == "a missing axis counts as 1, stretched to 3"
    assert align((1,), (4,))[0].stretched == LEFT
    assert align((3, 4), (3,))[0].result is None


@pytest.mark.parametrize("own", [(1, 4), (4,), (3, 1), (3, 4), (1, 1), ()])
def test_a_stretched_array_is_numpys_and_its_cells_are_counted(rng, own):
    values = rng.standard_normal(own)
    seen = stretch(values, (3, 4))
    assert np.array_equal(seen.values, np.broadcast_to(values, (3, 4)))
    assert (~seen.is_copy).sum() == values.size
    assert np.array_equal(np.sort(seen.values[~seen.is_copy]), np.sort(values.ravel()))


def test_calories():
    """Worked out by hand: 135 of 239 calories of beef are fat, 56.5 %; with 185 it is 64 %."""
    table = np.array([[56.0, 0.0, 4.4, 68.0], [1.2, 104.0, 52.0, 8.0], [1.8, 135.0, 99.0, 0.9]])
    shares = 100 * table / table.sum(axis=0).reshape(1, 4)
    assert shares[2, 1] == pytest.approx(100 * 135 / 239)
    assert round(shares[2, 1], 1) == 56.5
    assert shares.sum(axis=0) == pytest.approx(100)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError):
        stretch(np.zeros(3), (3, 4))
