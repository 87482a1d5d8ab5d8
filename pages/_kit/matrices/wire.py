"""A step as the browser is sent it: matrices, lines, and what every cell is made of."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.inspection.one_step.lines import Line
from engine.inspection.one_step.shapes import product
from engine.inspection.one_step.step import Step
from engine.inspection.one_step.unfold import Ref, Term, Unfolding, unfold
from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES
from engine.nn.types import Array

SATURATED = 0.05
"""A unit whose g' is a smaller share of the steepest than this is marked as saturated."""


def pack(step: Step) -> dict[str, Any]:
    """Return what there is to be shown of a step, as JSON has it."""
    keys = list(step.matrices)
    place = {key: k for k, key in enumerate(keys)}
    output = LOSSES[step.network.output].derivation
    parts = {name for part in output.parts for name in (part.left, part.right)} - {"Y"}
    last = step.depth
    shown = {key: key.replace("A", f"A[{last}]") if key in parts else key for key in keys}
    if not output.is_elementwise:
        shown[f"g{last}"] = f"∂A[{last}]/∂Z[{last}]|{step.network.sizes[-1]}"
    names = [ACTIVATIONS[name] for name in step.network.activations]
    return {
        "sizes": list(step.network.sizes),
        "m": step.m,
        "alpha": step.alpha,
        "activations": [*(g.word for g in names), output.activation_notes or "linear"],
        "steepest": [g.steepest for g in names],
        "saturated": SATURATED,
        "keys": list(shown.values()),
        "matrices": [matrix(step.matrices[key]) for key in keys],
        "lines": [_line(line, shown) for line in step.lines],
        "cells": [_cells(step, key, place) for key in keys],
    }


def _line(line: Line, shown: Mapping[str, str]) -> dict[str, Any]:
    """Return a line, and which of its operands are turned over in it."""
    of = product(line)
    turned = [] if of is None else [of.is_left_turned, of.is_right_turned]
    operands = [shown[key] for key in line.operands]
    return {**line._asdict(), "operands": operands, "turned": turned}


def matrix(values: Array) -> dict[str, Any]:
    """Return a matrix as its shape and its numbers, row by row; None where one is not finite."""
    numbers = [number if math.isfinite(number) else None for number in values.ravel().tolist()]
    return {"shape": list(values.shape), "values": numbers}


def _cells(step: Step, key: str, place: Mapping[str, int]) -> list[dict[str, Any] | None]:
    found = (unfold(step, key, *cell) for cell in np.ndindex(*step.matrices[key].shape))
    return [None if each is None else _unfolding(each, place) for each in found]


def _unfolding(found: Unfolding, place: Mapping[str, int]) -> dict[str, Any]:
    """Return an unfolding, without what it does not have."""

    def at(ref: Ref) -> list[int]:
        return [place[ref.key], ref.row, ref.column]

    def term(each: Term) -> list[Any]:
        return [each.factor, *(at(ref) for ref in each.refs)]

    told: dict[str, Any] = {
        "scale": found.scaled,
        "terms": [term(each) for each in found.terms],
        "formula": found.formula,
        "names": {name: at(ref) for name, ref in found.names.items()},
        "roles": list(found.roles),
        "again": found.again,
        "againNames": {name: at(ref) for name, ref in found.again_names.items()},
    }
    return {name: value for name, value in told.items() if value}
