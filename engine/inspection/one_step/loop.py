"""The same step as a loop over the samples, with its running sums, as one writes it at first."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.inspection.one_step.step import Step, take_step
from engine.nn.losses import LOSSES
from engine.nn.network import Network
from engine.nn.types import Array


class Turn(NamedTuple):
    """One turn of the loop, for sample i.

    columns  what is computed for this sample alone: A0, Z1, A1, ..., dZ1 (n, 1) by their keys
    loss     its loss
    added    what is added to each running sum, J, dW1, db1, ..., by their keys
    sums     the running sums after it
    """

    columns: Mapping[str, Array]
    loss: float
    added: Mapping[str, Array]
    sums: Mapping[str, Array]


def turns(step: Step) -> list[Turn]:
    """Return the turns of the loop over the samples, each computed from its own x and y alone."""
    given, layers = step.matrices, step.network.layout.layers(step.theta)
    sums: dict[str, Array] = {}
    found = []
    for k in range(step.m):
        x, y = (given[name][:, k : k + 1] for name in ("A0", "Y"))
        columns = _alone(step.network, step.theta, x, y)
        loss = float(LOSSES[step.network.output].loss(columns[f"Z{step.depth}"], y)[0])
        added = {"J": np.array([[loss]])}
        for l in range(len(layers), 0, -1):
            dz = columns[f"dZ{l}"]
            added |= {f"dW{l}": dz @ columns[f"A{l - 1}"].T, f"db{l}": dz}
        sums = {name: sums.get(name, 0) + more for name, more in added.items()}
        found.append(Turn(columns, loss, added, sums))
    return found


def _alone(network: Network, theta: Array, x: Array, y: Array) -> dict[str, Array]:
    """Return what one sample's way there and back computes."""
    step = take_step(network, theta, x, y, 0.0)
    kinds = ("Z", "A", "dA", "dZ")
    keys = [f"{kind}{l}" for l in range(1, step.depth + 1) for kind in kinds]
    return {key: step.matrices[key] for key in ("A0", *keys)}


def difference(step: Step) -> float:
    """Return by how much the loop's J, dW and db differ at most from those of the matrices."""
    sums = turns(step)[-1].sums
    return max(
        float(np.abs(total / step.m - step.matrices[name]).max()) for name, total in sums.items()
    )
