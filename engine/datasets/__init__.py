"""The problems a network can be given, from the four points of XOR to handwritten digits."""

from engine.datasets import bayes, planar
from engine.datasets.dataset import Dataset
from engine.datasets.parity import parity

__all__ = ["DATASETS", "Dataset"]

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        Dataset(
            name="xor",
            title="XOR",
            meaning="The four points of the truth table, which no straight line separates.",
            classes=2,
            generate=planar.xor,
            planar=True,
            fixed=True,
            view=(-0.5, 1.5),
            bayes_error=bayes.separable,
        ),
        Dataset(
            name="noisy_xor",
            title="Noisy XOR",
            meaning="Clouds around the four corners of XOR, which overlap as the noise grows.",
            classes=2,
            generate=planar.noisy_xor,
            planar=True,
            fixed=False,
            view=(-0.75, 1.75),
            bayes_error=bayes.noisy_xor,
        ),
        Dataset(
            name="circles",
            title="Circles",
            meaning="A ring inside a ring, so the boundary has to close on itself.",
            classes=2,
            generate=planar.circles,
            planar=True,
            fixed=False,
            view=(-1.5, 1.5),
            bayes_error=None,
        ),
        Dataset(
            name="moons",
            title="Moons",
            meaning="Two half circles that reach into each other, so the boundary has to bend.",
            classes=2,
            generate=planar.moons,
            planar=True,
            fixed=False,
            view=(-1.5, 1.5),
            bayes_error=None,
        ),
        Dataset(
            name="spirals",
            title="Spirals",
            meaning="Two arms wound around each other, the hardest of these shapes to learn.",
            classes=2,
            generate=planar.spirals,
            planar=True,
            fixed=False,
            view=(-1.5, 1.5),
            bayes_error=None,
        ),
        Dataset(
            name="gaussians",
            title="Gaussians",
            meaning="Two round clouds, which a straight line separates as well as anything can.",
            classes=2,
            generate=planar.gaussians,
            planar=True,
            fixed=False,
            view=(-1.5, 1.5),
            bayes_error=bayes.gaussians,
        ),
        Dataset(
            name="parity",
            title="Parity",
            meaning="Is the number of ones odd? The XOR of many bits, every combination once.",
            classes=2,
            generate=parity,
            planar=False,
            fixed=True,
            view=(0.0, 1.0),
            bayes_error=bayes.separable,
        ),
        Dataset(
            name="mnist",
            title="MNIST",
            meaning="Handwritten digits from 0 to 9, each 28 by 28 grey pixels.",
            classes=10,
            generate=None,
            planar=False,
            fixed=False,
            view=(0.0, 1.0),
            bayes_error=None,
        ),
    )
}
