"""The problems a network can be given, from the four points of XOR to handwritten digits."""

from engine.data.dataset import Dataset
from engine.data.mnist import MNIST
from engine.data.parity import PARITY
from engine.data.planar import PLANAR

__all__ = ["DATASETS", "Dataset"]

DATASETS: dict[str, Dataset] = {row.name: row for row in (*PLANAR, PARITY, MNIST)}
