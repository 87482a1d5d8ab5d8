"""The pages there are, and values for their knobs: at the ends of what is offered, or at random."""

import contextlib
import itertools
from pathlib import Path
from typing import Any

import numpy as np

from engine.experiment.experiment import KNOBS, ConflictError, Experiment
from engine.experiment.knobs import Choice, Choices, Flag, Integer, Knob, Points, Real, Widths
from pages._kit.knobs.lens import Lens, PageKnob
from pages._kit.knobs.reals import Reals
from pages._neuron.dims import Dims

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def at_the_ends(lens: Lens, name: str) -> list[Any]:
    """Return a knob's lowest and highest values as a page offers them, or all its choices."""
    return ends(KNOBS[name], lens.offers.get(name))


def dial_at_the_ends(page_knob: PageKnob) -> list[Any]:
    """Return the lowest and highest values of a page's own control, or all its choices."""
    return ends(page_knob.knob, page_knob.offer)


def ends(knob: Knob, offer: tuple[Any, ...] | None) -> list[Any]:
    """Return a knob's lowest and highest values, given what is offered, or all its choices."""
    match knob:
        case Flag():
            return [False, True]
        case Choice():
            return list(offer or knob.titles)
        case Choices():
            names = tuple(offer or knob.titles)
            return [names[: knob.fewest], names[-max(knob.fewest, 1) :], names[: knob.most]]
        case Widths():
            most = offer or (knob.width,) * knob.depth
            return [(), (1,), most[:1], (1,) * len(most), most]
        case Reals():
            return [(knob.low,) * knob.fewest, (knob.low,) * knob.most, (knob.high,) * knob.most]
        case Dims():
            return [(), (1,), (knob.longest,) * knob.most]
        case Points():
            corner = (knob.bound, -knob.bound, 1)
            many = tuple((float(k), 0.0, k % 2) for k in range(knob.most))
            return [(corner,), ((0.0, 0.0, 0), (0.0, 0.0, 1)), many]
        case Integer():
            return [min(offer), max(offer)] if offer else [knob.low, knob.high]
        case Real():
            return [min(offer), max(offer)] if offer else [knob.low, knob.high]
    raise TypeError(f"{knob.label} is of a kind that these tests do not know: {knob!r}")


def at_random(lens: Lens, name: str, rng: np.random.Generator) -> Any:
    """Return some value of a knob, between the ends of what a page offers."""
    knob, offer = KNOBS[name], lens.offers.get(name)
    match knob:
        case Flag():
            return bool(rng.integers(2))
        case Choice():
            return str(rng.choice(list(offer or knob.titles)))
        case Choices():
            names = list(offer or knob.titles)
            return tuple(rng.choice(names, rng.integers(1, len(names) + 1), replace=False))
        case Widths():
            most = offer or (knob.width,) * knob.depth
            return tuple(int(rng.integers(1, w + 1)) for w in most[: rng.integers(len(most) + 1)])
        case Points():
            x, labels = rng.uniform(-1, 1, (8, 2)).tolist(), rng.integers(0, 2, 8).tolist()
            return tuple((*point, label) for point, label in zip(x, labels, strict=True))
        case Integer():
            stops = offer or (knob.low, knob.high)
            return int(rng.choice([*stops, rng.integers(max(1, min(stops)), max(stops) + 1)]))
        case Real():
            stops = offer or knob.options
            return float(rng.choice([*stops, rng.uniform(min(stops), max(stops))]))
    raise TypeError(f"{name} is of a kind that these tests do not know: {type(knob).__name__}")


def random_experiment(lens: Lens, rng: np.random.Generator, **fixed: Any) -> Experiment:
    """Return an experiment with every knob of a page turned at random, but for the fixed ones."""
    while True:
        turned = {name: at_random(lens, name, rng) for name in lens.knobs} | fixed
        for name in lens.by_layer:
            names = [at_random(lens, name, rng) for _ in turned["hidden"]]
            turned[name] = names if names and rng.random() < 0.5 else turned[name]
        try:
            return lens.checked(lens.defaults.but(**turned))
        except ConflictError:
            continue


def turned(lens: Lens, base: Experiment, **changes: Any) -> Experiment:
    """Return an experiment with some knobs turned, on another data set if this one conflicts."""
    try:
        return base.but(**changes)
    except ConflictError:
        for dataset in at_the_ends(lens, "dataset"):
            with contextlib.suppress(ConflictError):
                return base.but(dataset=dataset, **changes)
        raise


def where_it_matters(lens: Lens, name: str) -> Experiment | None:
    """Return the page's defaults, or nearly, such that a knob changes something; None if never."""
    ends = [(other, value) for other in lens.knobs for value in at_the_ends(lens, other)]
    for changes in itertools.chain([()], ((end,) for end in ends), itertools.combinations(ends, 2)):
        with contextlib.suppress(ConflictError):
            experiment = lens.defaults.but(**dict(changes))
            if KNOBS[name].matters(experiment):
                return experiment
    return None
