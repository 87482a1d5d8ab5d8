"""Hot knobs stand in the picture, and the trained run follows them while they are dragged."""

from collections.abc import Collection
from typing import Any, NamedTuple

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Choice, Integer, LayerChoice, Widths
from pages._kit.knobs.lens import Lens
from pages._kit.knobs.stops import FIRST_WIDTH, in_order

UNITS, DEPTH = "hidden.units", "hidden.depth"
"""What of the widths of the hidden layers a hot knob turns: that of all layers, or their number."""

_STEPPED = "seed"
"""A number without an order: the next one is another one, and no slider means anything."""


class Stop(NamedTuple):
    """A value that a knob can be turned to, as it is written and as a person reads it."""

    value: str
    text: str


class HotKnob(NamedTuple):
    """A knob as the browser draws it.

    `kind` is "range" for an ordered row of stops, "select" for names, and "step" for a number that
    is turned by one: its stops are the one before, the one now and the one after. `at` is the stop
    where it stands.
    """

    name: str
    label: str
    kind: str
    stops: tuple[Stop, ...]
    at: int
    meaning: str = ""


def hot_knobs(
    lens: Lens,
    experiment: Experiment,
    shown: Collection[str],
    locked: Collection[str] = (),
    settled: Experiment | None = None,
) -> list[HotKnob]:
    """Return a page's hot knobs as they stand: those of the knobs shown that are not locked.

    One that would change nothing is left out, and so is one that has nowhere to go. While one is
    dragged they are those of the `settled` experiment: if another went, the row would be drawn anew
    and the drag would be over.
    """
    decides = settled or experiment
    found = []
    for name in lens.hot:
        knob = name.partition(".")[0]
        if knob in shown and knob not in locked and KNOBS[knob].matters(decides):
            found.append(_hot_knob(lens, experiment, name))
    return [knob for knob in found if len(knob.stops) > 1]


def turned(lens: Lens, experiment: Experiment, name: str, value: str) -> Experiment | None:
    """Return the experiment with a hot knob turned to one of its stops, by its written value.

    None if it has no such stop, or cannot be turned there: nothing the browser says is trusted.
    """
    if name not in lens.hot:
        return None
    knob = _hot_knob(lens, experiment, name)
    if value not in {stop.value for stop in knob.stops}:
        return None
    try:
        return lens.checked(experiment.but(**_change(experiment, name, value)))
    except ValueError:  # it conflicts with another knob
        return None


def _change(experiment: Experiment, name: str, value: str) -> dict[str, Any]:
    hidden = experiment.hidden
    if name == UNITS:
        return {"hidden": (int(value),) * max(1, len(hidden)) if int(value) else ()}
    if name == DEPTH:
        last = hidden[-1] if hidden else FIRST_WIDTH
        return {"hidden": (*hidden, *(last,) * int(value))[: int(value)]}
    return {name: KNOBS[name].parse(value)}


def _hot_knob(lens: Lens, experiment: Experiment, name: str) -> HotKnob:
    knob = KNOBS[name.partition(".")[0]]
    if isinstance(knob, Widths):
        return _of_widths(lens, knob, experiment.hidden, name)
    now = getattr(experiment, name)
    offer = lens.offers.get(name, ())
    if name == _STEPPED:
        assert isinstance(knob, Integer)
        values = [seed for seed in (now - 1, now, now + 1) if knob.low <= seed <= knob.high]
        kind = "step"
    elif isinstance(knob, Choice | LayerChoice):
        values, kind = list(dict.fromkeys((*(offer or knob.titles), now))), "select"
    else:
        values, kind = in_order((*(offer or getattr(knob, "options", ())), now)), "range"
    written = tuple(Stop(knob.write(value), knob.show(value)) for value in values)
    return HotKnob(name, knob.label, kind, written, values.index(now), knob.meaning)


def _of_widths(lens: Lens, knob: Widths, hidden: tuple[int, ...], name: str) -> HotKnob:
    offer = lens.offers.get("hidden", (knob.width,) * knob.depth)
    if name == DEPTH:
        counts, at = range(len(offer) + 1), len(hidden)
        label, meaning = "Hidden layers", knob.meaning
    else:
        fewest = 1 if len(hidden) > 1 else 0
        counts, at = range(fewest, min(offer) + 1), max(hidden, default=0) - fewest
        label = "Hidden units" if len(hidden) <= 1 else "Units in each layer"
        meaning = "How many neurons each hidden layer has."
    stops = tuple(Stop(str(count), str(count)) for count in counts)
    return HotKnob(name, label, "range", stops, min(at, len(stops) - 1), meaning)
