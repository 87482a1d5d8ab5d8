"""Pinned runs: experiments kept side by side, which travel in the link."""

from collections.abc import Sequence

from engine.experiment.experiment import KNOBS, Experiment
from pages._kit.knobs.lens import Lens

MOST = 6
NAMES = "ABCDEF"


def write(lens: Lens, pins: Sequence[Experiment]) -> str:
    """Return pinned experiments as one link parameter: what differs from the lens's defaults."""
    return ";".join(
        ",".join(f"{name}:{text}" for name, text in lens.write(pin).items()) or "-" for pin in pins
    )


def read(lens: Lens, text: str) -> tuple[list[Experiment], list[str]]:
    """Return the experiments of a link parameter, and a sentence if some could not be used."""
    pins, is_whole = [], True
    for part in text.split(";")[:MOST] if text else []:
        pairs = [pair.partition(":") for pair in part.split(",") if part != "-"]
        pin, notes = lens.read({name: value for name, _, value in pairs})
        is_whole = is_whole and not notes
        if pin not in pins:
            pins.append(pin)
    notes = [] if is_whole else ["Some knobs of the pinned runs were not usable."]
    return pins, notes


def differing(pins: Sequence[Experiment]) -> dict[str, list[str]]:
    """Return label -> each run's value as a person reads it, for the knobs that are not all equal.

    Knobs that change nothing in any of the runs are left out.
    """
    table = {}
    for name, knob in KNOBS.items():
        values = [getattr(pin, name) for pin in pins]
        if len(set(values)) > 1 and any(knob.matters(pin) for pin in pins):
            table[knob.label] = [
                knob.show(value) if knob.matters(pin) else "no effect"
                for pin, value in zip(pins, values, strict=True)
            ]
    return table
