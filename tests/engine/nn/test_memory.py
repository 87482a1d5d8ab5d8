import numpy as np
import pytest

from engine.nn.memory import aligned_copy, aligned_empty


@pytest.mark.parametrize("shape", [(), (1,), (13,), (3, 5), (2, 64, 784)])
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_an_array_starts_on_a_cache_line_and_is_what_numpy_would_have_made(shape, dtype):
    array = aligned_empty(shape, dtype)

    assert array.ctypes.data % 64 == 0
    assert (array.shape, array.dtype) == (shape, np.dtype(dtype))
    assert array.flags.c_contiguous
    assert array.flags.writeable


def test_a_copy_has_the_values_but_not_the_memory_of_what_was_copied():
    transposed = np.arange(6.0).reshape(2, 3).T

    copy = aligned_copy(transposed, np.float32)

    assert copy.tolist() == [[0, 3], [1, 4], [2, 5]]
    assert copy.flags.c_contiguous
    assert not np.shares_memory(copy, transposed)
