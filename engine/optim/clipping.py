"""Gradients bounded in length, so that one steep sample cannot throw a network far away."""

import numpy as np

from engine.nn.types import Array


def clip_by_norm(gradient: Array, limit: float | Array) -> None:
    """Scale each replica's gradient (..., P) in place so that its Euclidean norm is <= limit.

    The norm is that of the whole gradient, so its direction stays; Pascanu et al. (2013). A limit
    of 0 means no limit.
    """
    # Scaled first: a gradient that needs clipping most has a square that overflows.
    largest = np.abs(gradient).max(axis=-1, keepdims=True)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1)
    norm = scale * np.linalg.norm(gradient / scale, axis=-1, keepdims=True)
    bounded = np.minimum(norm, np.where(np.greater(limit, 0), limit, np.inf))
    gradient *= np.divide(bounded, norm, out=np.ones_like(norm), where=norm > 0)
