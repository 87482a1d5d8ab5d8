"""Experiments that ought to go well: what pages offer ready-made, other seeds, small changes."""

from collections.abc import Iterator

import numpy as np

from engine.experiment.experiment import KNOBS, Experiment
from pages._mnist.presets import PRESETS
from pages._pages.registry import LENSES, READY
from pages._xor.challenges import CHALLENGES

_TURNED_A_LITTLE = ("learning_rate", "epochs", "init_scale", "samples", "noise", "batch_size")


def planar(rng: np.random.Generator) -> Iterator[Experiment]:
    """Draw experiments of the XOR page: its start, lesson, challenges, and some of its data.

    Held-out sets have a hundred points or more: on fewer, the result would be luck.
    """
    defaults = LENSES["xor"].defaults
    lesson = defaults.but(**{**READY["xor"].start, **READY["xor"].solution})
    settings = [defaults.but(**challenge.setting) for challenge in CHALLENGES]
    data = [
        defaults.but(
            dataset=name, samples=500, hidden=(8,), activation="tanh", learning_rate=1.0, noise=0.05
        )
        for name in ("noisy_xor", "circles", "moons", "gaussians")
    ]
    yield from _varied([defaults, lesson, *settings, *data], "xor", rng)


def digits(rng: np.random.Generator) -> Iterator[Experiment]:
    """Draw experiments of the MNIST page: its presets with other seeds and small changes."""
    defaults = LENSES["mnist"].defaults
    quick = [preset for preset in PRESETS if preset.changes.get("epochs", 0) <= 10]
    yield from _varied([defaults.but(**preset.changes) for preset in quick], "mnist", rng)


def _varied(starts: list[Experiment], page: str, rng: np.random.Generator) -> Iterator[Experiment]:
    lens = LENSES[page]
    while True:
        experiment = starts[rng.integers(len(starts))]
        experiment = experiment.but(seed=int(rng.integers(1000)), data_seed=int(rng.integers(1000)))
        name = str(rng.choice([n for n in _TURNED_A_LITTLE if n in lens.knobs]))
        stops = sorted(lens.offers.get(name) or getattr(KNOBS[name], "options", ()))
        place = int(np.argmin([abs(stop - getattr(experiment, name)) for stop in stops]))
        near = stops[max(place - 1, 0) : place + 2]
        try:
            yield lens.checked(experiment.but(**{name: near[rng.integers(len(near))]}))
        except ValueError:
            continue
