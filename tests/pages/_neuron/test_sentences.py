import numpy as np
import pytest

from engine.inspection.broadcasting import align
from engine.inspection.race import Lap
from pages._neuron import sentences


def test_the_race_is_told_with_its_estimate():
    laps = [Lap(10, 1e-5, 1e-5, False), Lap(100_000, 0.1764, 2.43e-4, True)]
    assert sentences.raced(10, laps, 100_000) == (
        "100,000 samples of 10 inputs: 176 ms with a loop, 243 µs without, 726 times as long. "
        "Crosses are estimated: as many times the loop over fewer samples."
    )
    assert sentences.raced(1, [Lap(10, 2.4e-5, 1e-5, False)], 10) == (
        "10 samples of 1 input: 24 µs with a loop, 10 µs without, 2.40 times as long."
    )


def test_the_race_says_where_it_was_bounded():
    told = sentences.raced(100, [Lap(10_000, 1e-2, 1e-4, False)], 1_000_000)
    assert told.endswith(" 1,000,000 would be more numbers than a race may have here.")


def test_the_loop_is_told_at_its_end():
    assert sentences.looped(6, 0.0).endswith("agree to the last bit.")
    assert sentences.looped(6, 2.1e-17).endswith("agree but for rounding, 2.1 × 10⁻¹⁷.")


@pytest.mark.parametrize(("left", "right"), [((3, 4), (3,)), ((3, 4), (4, 1))])
def test_a_refusal_is_numpys(left, right):
    with pytest.raises(ValueError) as refused:
        np.zeros(left) / np.zeros(right)
    told = sentences.fitted(left, right, align(left, right))
    assert f"“{str(refused.value).strip()}”" in told


def test_what_fits_is_told_with_its_shape():
    assert sentences.fitted((3,), (3, 1), align((3,), (3, 1))) == "(3,) and (3, 1) give (3, 3)."
