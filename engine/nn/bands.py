"""Matrix products cut into bands of rows, on processors that are faster so."""

import os
from functools import cache
from typing import Any

import numpy as np

from engine.nn.types import Array

SMALL_PRODUCT = 2**19
"""On AVX-512 OpenBLAS multiplies matrices of up to 10^6 multiplications without packing them first;
a product just above is a third slower than the same product in a few bands of rows."""


@cache
def has_small_products() -> bool:
    """Whether this is OpenBLAS on AVX-512; everything else packs, and bands would cost time."""
    config: Any = np.show_config(mode="dicts")
    # Under WebAssembly there are neither extensions nor a BLAS to be told of.
    found = config.get("SIMD Extensions", {}).get("found", [])
    blas = config.get("Build Dependencies", {}).get("blas", {})
    is_openblas = "openblas" in blas.get("name", "")
    # OpenBLAS can be told to take another processor's kernels.
    told = os.environ.get("OPENBLAS_CORETYPE", "skylakex").lower()
    has_kernels = told in ("skylakex", "cooperlake", "sapphirerapids")
    is_able = any(name.startswith(("X86_V4", "AVX512_SKX")) for name in found)
    return is_openblas and is_able and has_kernels


def row_bands(W: Array, m: int) -> int:
    """Return into how many equal bands of at least 4 rows a product of W with m columns is cut."""
    if not has_small_products():
        return 1
    n, k = W.shape
    fitting = (bands for bands in range(1, n // 4 + 1) if n % bands == 0)
    return next((bands for bands in fitting if n // bands * k * m <= SMALL_PRODUCT), 1)


def banded(matrix: Array, bands: int) -> Array:
    """Return a view (bands, n / bands, columns) of a matrix (n, columns), for a stacked product."""
    if bands == 1:
        return matrix
    n, columns = matrix.shape
    return matrix.reshape(bands, n // bands, columns)
