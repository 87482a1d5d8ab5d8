"""Exponentially weighted averages, of which momentum, RMSprop and Adam are made."""

import numpy as np

from engine.nn.types import Array


def fold_in(average: Array, value: Array, beta: float | Array) -> None:
    """Do average := beta average + (1 - beta) value in place; `value` is used up."""
    np.multiply(average, beta, out=average)
    np.multiply(value, 1 - beta, out=value)
    np.add(average, value, out=average)


def exponentially_weighted_average(values: Array, beta: float, correct_bias: bool = True) -> Array:
    """Return v_t = beta v_{t-1} + (1 - beta) values_t, v_0 = 0, along the first axis.

    With correct_bias each v_t is divided by 1 - beta^t, so that the first ones do not start low.

    >>> exponentially_weighted_average(np.array([1.0, 1.0]), 0.5)
    array([1., 1.])
    >>> exponentially_weighted_average(np.array([1.0, 1.0]), 0.5, correct_bias=False)
    array([0.5 , 0.75])
    """
    averages = np.empty(np.shape(values), float)
    v = np.zeros(np.shape(values)[1:])
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        averages[t - 1] = v / (1 - beta**t) if correct_bias else v
    return averages
