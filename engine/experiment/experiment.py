"""One training run, as a value: data, split, network, start, optimiser, regulariser, seeds."""

import contextlib
import dataclasses
from dataclasses import dataclass
from typing import Any

from engine.data.features import FEATURES
from engine.data.shift import SHIFTS
from engine.data.tables import DATASETS, Dataset
from engine.experiment.knobs import (
    Choice,
    Choices,
    Flag,
    Integer,
    Knob,
    LayerChoice,
    Points,
    Real,
    Widths,
    knob,
)
from engine.nn.activations import ACTIVATIONS, Names, by_layer
from engine.nn.initializers import INITIALIZERS
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.schedules import SCHEDULES

_SEED = 2**31 - 1

_DEEPEST = 50
"""The most hidden layers."""


def _is_sampled(experiment: "Experiment") -> bool:
    return not experiment.data.fixed


def _is_split(experiment: "Experiment") -> bool:
    return not experiment.data.whole


def _can_shift(experiment: "Experiment") -> bool:
    return experiment.data.of_images


def _is_shifted(experiment: "Experiment") -> bool:
    return _can_shift(experiment) and experiment.shift != "none"


def _has_hidden(experiment: "Experiment") -> bool:
    return bool(experiment.hidden)


class ConflictError(ValueError):
    """Values that are each allowed but not together; `names` are the knobs concerned."""

    def __init__(self, message: str, *names: str) -> None:
        super().__init__(message)
        self.names = names


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """A frozen, hashable description of one run; equal experiments give equal numbers.

    Raises ValueError, in one sentence, for a value that its knob does not allow.
    """

    dataset: str = knob(
        "xor",
        Choice(
            label="Data set",
            section="data",
            meaning="The problem to learn.",
            titles={name: data.title for name, data in DATASETS.items()},
        ),
    )
    samples: int = knob(
        200,
        Integer(
            matters=_is_sampled,
            label="Samples m",
            section="data",
            meaning="How many samples are drawn, for all splits together. For MNIST the training "
            "digits used, at most 60,000; its 10,000 test digits come on top.",
            low=0,
            high=60_000,
            names={0: "all"},
        ),
    )
    noise: float = knob(
        0.1,
        Real(
            matters=lambda e: _is_sampled(e) and e.data.planar,
            label="Noise",
            section="data",
            meaning="Standard deviation of the Gaussian noise added to both coordinates.",
            equation=r"x := x + \varepsilon,\quad \varepsilon \sim N(0, \text{noise}^2)",
            typical="0 to 0.3",
            low=0.0,
            high=0.5,
            options=tuple(round(0.05 * k, 2) for k in range(11)),
        ),
    )
    points: tuple[tuple[float, float, int], ...] = knob(
        ((0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0)),
        Points(
            matters=lambda e: e.dataset == "own",
            label="Your own points",
            section="data",
            meaning="Points x1, x2 with their labels, put in by hand or from a file.",
            most=100,
            bound=100.0,
        ),
    )
    bits: int = knob(
        3,
        Integer(
            matters=lambda e: e.dataset == "parity",
            label="Bits",
            section="data",
            meaning="How many inputs the parity problem has; all 2^bits patterns are samples.",
            low=2,
            high=10,
        ),
    )
    classes: int = knob(
        3,
        Integer(
            matters=lambda e: e.data.classes is None,
            label="Classes",
            section="data",
            meaning="How many clouds there are, each a class with an output unit of its own.",
            equation=r"n_y",
            low=3,
            high=6,
        ),
    )
    features: tuple[str, ...] = knob(
        ("x1", "x2"),
        Choices(
            matters=lambda e: e.data.planar,
            label="Input features",
            section="data",
            meaning="What the network sees of a point. More features can make one neuron enough.",
            titles={name: feature.label for name, feature in FEATURES.items()},
        ),
    )
    data_seed: int = knob(
        0,
        Integer(
            matters=_is_split,
            label="Seed of the data",
            section="seeds",
            meaning="Draws the samples and splits them. The same seed gives the same samples.",
            low=0,
            high=_SEED,
        ),
    )
    train_fraction: float = knob(
        0.6,
        Real(
            matters=lambda e: _is_split(e) and e.data.planar,
            label="Training fraction",
            section="data",
            meaning="The share of the samples that the network learns from. For MNIST the dev "
            "fraction alone decides: all other training digits are learned from.",
            typical="0.6, or 0.98 for a million samples",
            low=0.0,
            high=1.0,
            options=tuple(round(0.1 * k, 1) for k in range(1, 11)),
        ),
    )
    dev_fraction: float = knob(
        0.2,
        Real(
            matters=_is_split,
            label="Dev fraction",
            section="data",
            meaning="The share held out to choose between settings; the rest is the test set.",
            typical="0.2, or 0.01 for a million samples",
            low=0.0,
            high=1.0,
            options=tuple(round(0.1 * k, 1) for k in range(10)),
        ),
    )
    shift: str = knob(
        "none",
        Choice(
            matters=_can_shift,
            label="Dev and test digits",
            section="data",
            meaning="What becomes of the digits that the network is judged by: the target "
            "distribution. It learns from clean ones, and a training-dev set of clean ones is held "
            "out besides.",
            titles={
                "none": "Like the training digits",
                **{name: shift.title for name, shift in SHIFTS.items()},
            },
        ),
    )
    shift_strength: float = knob(
        0.5,
        Real(
            matters=_is_shifted,
            label="Strength of the shift",
            section="data",
            meaning="How far the target distribution is from the training digits; 1 is hard.",
            low=0.0,
            high=1.0,
            options=tuple(round(0.1 * k, 1) for k in range(11)),
        ),
    )
    target_share: float = knob(
        0.0,
        Real(
            matters=_is_shifted,
            label="Target digits in training",
            section="data",
            meaning="The share of the training digits, and of the training-dev ones, that come "
            "from the target distribution. How many there are in all stays the same.",
            low=0.0,
            high=1.0,
            options=(0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0),
        ),
    )
    standardize: bool = knob(
        False,
        Flag(
            label="Standardise inputs",
            section="data",
            meaning="Subtract the training set's mean μ and divide by its standard deviation σ, "
            "the same two numbers for every split. Images use one μ and one σ for all pixels.",
            equation=r"x := \frac{x - \mu}{\sigma}",
        ),
    )
    fitted_on: str = knob(
        "train",
        Choice(
            matters=lambda e: e.standardize,
            label="μ and σ measured on",
            section="data",
            meaning="Which samples μ and σ are measured on. Only the training set is right: a "
            "network must meet every split, and every user, with the same two numbers, and must "
            "learn nothing from the dev and test sets.",
            titles={
                "train": "The training set",
                "each": "Each split by itself (wrong)",
                "all": "All data, test included (a leak)",
            },
        ),
    )
    hidden: tuple[int, ...] = knob(
        (3,),
        Widths(
            label="Hidden layers",
            section="network",
            meaning="How many layers lie between input and output, and the units of each, from the "
            "input side.",
            equation=r"n^{[1]}, \dots, n^{[L-1]}",
            depth=_DEEPEST,
            width=512,
        ),
    )
    activation: str | tuple[str, ...] = knob(
        "sigmoid",
        LayerChoice(
            matters=_has_hidden,
            label="Activation g",
            section="network",
            meaning="What each hidden unit does to its sum z.",
            equation=r"A^{[l]} = g^{[l]}(Z^{[l]})",
            depth=_DEEPEST,
            titles={name: g.title for name, g in ACTIVATIONS.items()},
        ),
    )
    initializer: str = knob(
        "glorot",
        Choice(
            label="Initialisation",
            section="network",
            meaning="How the weights are drawn before training. Biases always start at zero.",
            titles={name: initializer.title for name, initializer in INITIALIZERS.items()},
        ),
    )
    init_scale: float = knob(
        1.0,
        Real(
            label="Initial scale",
            section="network",
            meaning="Multiplies every initial weight.",
            typical="1",
            low=0.0,
            high=100.0,
            options=(0.0, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0),
        ),
    )
    init_noise: float = knob(
        0.0,
        Real(
            label="Symmetry-breaking noise",
            section="network",
            meaning="Standard deviation of Gaussian noise added to every initial weight; it makes "
            "units differ that would otherwise start, and stay, the same.",
            equation=r"w := w + \varepsilon,\quad \varepsilon \sim N(0, \text{noise}^2)",
            low=0.0,
            high=1.0,
            options=(0.0, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.1, 1.0),
        ),
    )
    optimizer: str = knob(
        "gradient_descent",
        Choice(
            label="Optimiser",
            section="training",
            meaning="How a gradient becomes a step.",
            titles={name: method.title for name, method in OPTIMIZERS.items()},
        ),
    )
    learning_rate: float = knob(
        2.0,
        Real(
            label="Learning rate α",
            section="training",
            meaning="Every step of the optimiser is multiplied by it.",
            equation=r"\theta := \theta - \alpha\, d\theta\ \text{(gradient descent)}",
            symbol=r"\alpha",
            typical="0.001 with Adam, 0.01 to 1 with gradient descent",
            low=0.0,
            high=1000.0,
            options=(
                *(0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5),
                *(1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0, 1000.0),
            ),
        ),
    )
    decay: str = knob(
        "none",
        Choice(
            label="Learning-rate decay",
            section="training",
            meaning="How the learning rate changes from epoch to epoch t.",
            titles={name: schedule.title for name, schedule in SCHEDULES.items()},
        ),
    )
    decay_rate: float = knob(
        0.1,
        Real(
            matters=lambda e: e.decay != "none",
            label="Decay rate k",
            section="training",
            meaning="How fast the learning rate shrinks, per epoch or, where it is scheduled, per "
            "interval; 0 leaves it as it is.",
            symbol="k",
            low=0.0,
            high=10.0,
            options=(0.0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
        ),
    )
    decay_interval: int = knob(
        2,
        Integer(
            matters=lambda e: SCHEDULES[e.decay].has_interval,
            label="Decay interval Δ",
            section="training",
            meaning="After how many epochs the learning rate shrinks once more, or how many it "
            "takes to warm up.",
            low=1,
            high=10_000,
        ),
    )
    batch_size: int = knob(
        0,
        Integer(
            label="Mini-batch size",
            section="training",
            meaning="Samples per step, drawn without replacement in a new order each epoch. "
            "1 is stochastic gradient descent; full batch takes all m samples at each step, as "
            "every size above m does.",
            typical="64, 128, 256 or 512",
            low=0,
            high=60_000,
            names={0: "full batch"},
        ),
    )
    shuffle: str = knob(
        "each",
        Choice(
            label="Order of the samples",
            section="training",
            meaning="In which order mini-batches go through the training set. Full batch takes all "
            "samples at once, so that no order matters.",
            titles={
                "each": "Shuffled anew each epoch",
                "once": "Shuffled once",
                "sorted": "Sorted by class, never shuffled",
            },
        ),
    )
    epochs: int = knob(
        1000,
        Integer(
            label="Epochs",
            section="training",
            meaning="How often the whole training set is gone through.",
            low=0,
            high=10_000,
        ),
    )
    patience: int = knob(
        0,
        Integer(
            matters=lambda e: _is_split(e) and e.dev_fraction > 0,
            label="Early stopping: patience",
            section="training",
            meaning="Stop when the dev cost has had no new minimum for so many epochs, and keep "
            "the weights of the epoch where it was least.",
            typical="5 to 100",
            low=0,
            high=10_000,
            names={0: "never stops"},
        ),
    )
    beta1: float = knob(
        0.9,
        Real(
            matters=lambda e: "beta1" in OPTIMIZERS[e.optimizer].uses,
            label="Momentum β₁",
            section="training",
            meaning="How much of the averaged gradient is kept at each step.",
            equation=r"v := \beta_1 v + (1 - \beta_1)\, d\theta",
            symbol=r"\beta_1",
            typical="0.9",
            low=0.0,
            high=0.9999,
            options=(0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999),
        ),
    )
    beta2: float = knob(
        0.999,
        Real(
            matters=lambda e: "beta2" in OPTIMIZERS[e.optimizer].uses,
            label="Second moment β₂",
            section="training",
            meaning="How much of the averaged squared gradient is kept at each step.",
            equation=r"s := \beta_2 s + (1 - \beta_2)\, d\theta \odot d\theta",
            symbol=r"\beta_2",
            typical="0.9 with RMSprop, 0.999 with Adam",
            low=0.0,
            high=0.9999,
            options=(0.0, 0.9, 0.95, 0.99, 0.999, 0.9999),
        ),
    )
    weight_decay: float = knob(
        0.01,
        Real(
            matters=lambda e: "weight_decay" in OPTIMIZERS[e.optimizer].uses,
            label="Weight decay λ_w",
            section="training",
            meaning="By what share of itself, times α, every weight shrinks at each step, beside "
            "the gradient's step; biases do not.",
            equation=r"W^{[l]} := W^{[l]} - \alpha\, \lambda_w\, W^{[l]}",
            symbol=r"\lambda_w",
            typical="0.01 to 0.1",
            low=0.0,
            high=10.0,
            options=(0.0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
        ),
    )
    clip: float = knob(
        0.0,
        Real(
            label="Gradient clipping",
            section="training",
            meaning="The longest gradient that is let through whole; 0 clips nothing.",
            equation=r"d\theta := d\theta \min\!\left(1, \frac{c}{\lVert d\theta \rVert}\right)",
            symbol=r"c",
            typical="1",
            low=0.0,
            high=1000.0,
            options=(0.0, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0),
        ),
    )
    l1: float = knob(
        0.0,
        Real(
            label="L1 penalty λ₁",
            section="regularisation",
            meaning="Pulls every weight towards zero by the same amount; m is the training set's.",
            equation=r"J := J + \frac{\lambda_1}{m} \sum_l \sum_{i,j} |w_{ij}^{[l]}|",
            low=0.0,
            high=1000.0,
            options=(0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.7, 1.0, 3.0, 10.0, 100.0, 1000.0),
        ),
    )
    l2: float = knob(
        0.0,
        Real(
            label="L2 penalty λ",
            section="regularisation",
            meaning="Pulls every weight towards zero, the more the larger it is; m is the training "
            "set's size, whatever the batch size.",
            equation=r"J := J + \frac{\lambda}{2m} \sum_l \lVert W^{[l]} \rVert_F^2",
            low=0.0,
            high=1000.0,
            options=(0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.7, 1.0, 3.0, 10.0, 100.0, 1000.0),
        ),
    )
    keep_prob: float = knob(
        1.0,
        Real(
            matters=_has_hidden,
            label="Dropout keep_prob",
            section="regularisation",
            meaning="The chance that a hidden unit is kept in a training step; 1 is no dropout.",
            equation=r"A^{[l]} := A^{[l]} \odot \frac{\text{mask}}{\text{keep\_prob}}",
            symbol=r"\text{keep\_prob}",
            typical="0.5 to 1",
            low=0.05,
            high=1.0,
            options=(0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
        ),
    )
    seed: int = knob(
        0,
        Integer(
            label="Seed of the network",
            section="seeds",
            meaning="Draws the initial weights, the order of the batches and the dropout masks, "
            "each from a stream of its own.",
            low=0,
            high=_SEED,
        ),
    )

    def __post_init__(self) -> None:
        for name, declaration in KNOBS.items():
            value = getattr(self, name)
            try:
                object.__setattr__(self, name, declaration.check(value))
            except (ValueError, TypeError, OverflowError):
                raise ValueError(
                    f"{name} is {_abridged(value)}, but must be {declaration.allowed}."
                ) from None
        self._check_together()

    def _check_together(self) -> None:
        data = self.data
        if self.train_fraction + self.dev_fraction > 1 + 1e-9 and data.planar and not data.whole:
            raise ConflictError(
                f"train_fraction {self.train_fraction:g} and dev_fraction {self.dev_fraction:g} "
                "add up to more than 1, but together must be at most 1.",
                "train_fraction",
                "dev_fraction",
            )
        if data.planar and not data.fixed and not 4 <= self.samples <= 2000:
            raise ConflictError(
                f"samples is {self.samples}, but must be a whole number from 4 to 2,000 for "
                f"{data.title}.",
                "samples",
            )
        if not isinstance(self.activation, str) and len(self.activation) != len(self.hidden):
            raise ConflictError(
                f"activation is given for {len(self.activation)} layers, but hidden has "
                f"{len(self.hidden)}.",
                "hidden",
                "activation",
            )

    @property
    def data(self) -> Dataset:
        """The data set: the row of its table."""
        return DATASETS[self.dataset]

    @property
    def class_count(self) -> int:
        """How many classes there are."""
        return self.data.classes or self.classes

    @property
    def bayes_error(self) -> float | None:
        """The smallest error that any classifier of the points can reach; None if not known."""
        of_data = self.data.bayes_error
        return None if of_data is None else of_data(self.noise, self.class_count)

    @property
    def activations(self) -> tuple[str, ...]:
        """The name of each hidden layer's activation, g[1] to g[L-1]."""
        return by_layer(self.activation, len(self.hidden))

    def but(self, **changes: Any) -> "Experiment":
        """Return this experiment with some knobs turned.

        Where each layer has an activation of its own, layers that are added at the end have the
        last one's, unless `activation` is turned as well.

        >>> Experiment().but(hidden=(), seed=3).hidden
        ()
        >>> Experiment(hidden=(4, 4), activation=("relu", "tanh")).but(hidden=(9, 4, 2)).activation
        ('relu', 'tanh', 'tanh')
        """
        if "hidden" in changes and not isinstance(self.activation, str):
            with contextlib.suppress(ValueError, TypeError, OverflowError):
                layers = len(KNOBS["hidden"].check(changes["hidden"]))
                changes.setdefault("activation", _continued(self.activation, layers))
        return dataclasses.replace(self, **changes)

    def differences(self, other: "Experiment") -> dict[str, tuple[Any, Any]]:
        """Return name -> (mine, theirs) for the knobs that differ."""
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in KNOBS}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _continued(names: tuple[str, ...], layers: int) -> Names:
    """Return names cut to so many layers, or going on with the last; the first one for no layer."""
    return (*names, *names[-1:] * layers)[:layers] or names[0]


def _abridged(value: Any, limit: int = 40) -> str:
    """Return repr(value), cut to a length that fits into a sentence."""
    text = repr(value)
    return text if len(text) <= limit else text[:limit] + "..."


KNOBS: dict[str, Knob] = {
    field.name: field.metadata["knob"] for field in dataclasses.fields(Experiment)
}
"""Every knob by its name, in the order of declaration."""
