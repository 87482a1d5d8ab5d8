"""Products are cut into bands where that is faster, and nowhere else."""

import numpy as np
import pytest

import engine.nn.bands
from engine.nn.bands import has_small_products, row_bands


@pytest.mark.parametrize(
    ("shape", "m", "expected"),
    [
        ((64, 784), 64, 8),  # 8 rows: 8 * 784 * 64 = 401,408 multiplications; 16 are too many
        ((64, 784), 10, 1),  # 64 * 784 * 10 = 501,760 are few enough in one piece
        ((64, 1024), 16, 2),  # 2^20 in two halves of 2^19, which are just small enough
        ((12, 1024), 64, 2),  # of 6 rows, as 5 do not go into 12
        ((10, 8192), 64, 1),  # bands of 5 rows are still too large, and narrower there are none
        ((62, 784), 64, 1),  # bands of 31 rows are too large, and of 2 too narrow
    ],
)
def test_a_large_product_is_cut_into_as_few_bands_as_make_it_small(monkeypatch, shape, m, expected):
    monkeypatch.setattr(engine.nn.bands, "has_small_products", lambda: True)
    assert row_bands(np.empty(shape), m) == expected
    monkeypatch.setattr(engine.nn.bands, "has_small_products", lambda: False)
    assert row_bands(np.empty(shape), m) == 1


def test_kernels_of_another_processor_have_no_small_products(monkeypatch):
    answer = has_small_products.__wrapped__
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    of_its_own = answer()
    for told, expected in (("Haswell", False), ("SkylakeX", of_its_own), ("zen", False)):
        monkeypatch.setenv("OPENBLAS_CORETYPE", told)
        assert answer() == expected


@pytest.mark.parametrize(
    ("blas", "found", "told", "expected"),
    [
        ("scipy-openblas", ["X86_V3", "X86_V4"], None, True),
        ("openblas64", ["AVX512F", "AVX512_SKX"], None, True),
        ("scipy-openblas", ["X86_V3"], None, False),
        ("scipy-openblas", ["X86_V3"], "SkylakeX", False),
        ("accelerate", ["X86_V4"], None, False),
        ("scipy-openblas", ["X86_V4"], "Haswell", False),
        ("scipy-openblas", ["X86_V4"], "Cooperlake", True),
        ("scipy-openblas", ["X86_V4"], "SapphireRapids", True),
    ],
)
def test_small_products_are_known_by_the_library_and_the_processor(
    monkeypatch, blas, found, told, expected
):
    config = {"SIMD Extensions": {"found": found}, "Build Dependencies": {"blas": {"name": blas}}}
    monkeypatch.setattr(np, "show_config", lambda mode: config)
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    if told:
        monkeypatch.setenv("OPENBLAS_CORETYPE", told)
    assert has_small_products.__wrapped__() is expected
