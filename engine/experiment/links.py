"""An experiment as the parameters of a link, and back: exact, short, and safe to be given junk."""

from collections.abc import Mapping
from typing import Any

from engine.experiment.experiment import KNOBS, ConflictError, Experiment


def to_query(experiment: Experiment, defaults: Experiment) -> dict[str, str]:
    """Return the link parameters of an experiment: only what differs from the defaults.

    >>> to_query(Experiment(hidden=(4, 2), learning_rate=0.3), Experiment())
    {'hidden': '4-2', 'learning_rate': '0.3'}
    """
    return {
        name: KNOBS[name].write(value)
        for name, (value, _) in experiment.differences(defaults).items()
    }


def from_query(query: Mapping[str, str], defaults: Experiment) -> tuple[Experiment, list[str]]:
    """Return the experiment of a link, and one sentence for each parameter that was not usable.

    Whatever the link says, the result is valid: a bad value is replaced by the default.

    >>> experiment, notes = from_query({"hidden": "4-2", "init_scale": "-1"}, Experiment())
    >>> experiment.hidden, notes
    ((4, 2), ['init_scale is not a number from 0 to 100, so the default 1 is used.'])
    """
    changes, notes = parse(query, defaults)
    experiment, conflicts = combine(changes, defaults)
    return experiment, [*notes, *conflicts]


def parse(query: Mapping[str, str], defaults: Experiment) -> tuple[dict[str, Any], list[str]]:
    """Return the values that a link gives to knobs, each by itself, and what was not usable."""
    changes: dict[str, Any] = {}
    notes = _unknown([name for name in query if name not in KNOBS])
    for name, text in query.items():
        if name not in KNOBS:
            continue
        try:
            changes[name] = KNOBS[name].parse(text)
        except (ValueError, OverflowError):
            default = KNOBS[name].show(getattr(defaults, name))
            notes.append(f"{name} is not {KNOBS[name].allowed}, so the default {default} is used.")
    return changes, notes


def combine(changes: Mapping[str, Any], defaults: Experiment) -> tuple[Experiment, list[str]]:
    """Return the defaults with knobs turned, without those that conflict, and what conflicted."""
    kept, notes = dict(changes), list[str]()
    while True:
        try:
            return defaults.but(**kept), notes
        except ConflictError as conflict:
            notes.append(f"{conflict} The default is used.")
            kept = without(kept, conflict)


def without(changes: Mapping[str, Any], conflict: ConflictError) -> dict[str, Any]:
    """Return the changes but for those to blame for a conflict; none, if none of them is."""
    kept = {name: value for name, value in changes.items() if name not in conflict.names}
    return kept if len(kept) < len(changes) else {}


def _unknown(names: list[str], most: int = 3) -> list[str]:
    """Return one sentence for the parameters that are no knobs, however many there are."""
    if not names:
        return []
    listed = ", ".join(_plain(name) for name in names[:most])
    if len(names) > most:
        return [f"{listed} and {len(names) - most:,} more are not knobs and are left out."]
    verb = "is not a knob and is" if len(names) == 1 else "are not knobs and are"
    return [f"{listed} {verb} left out."]


def _plain(name: str, limit: int = 30) -> str:
    """Return a stranger's parameter name with nothing in it that could be markup."""
    letters = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "_-"))
    return letters[:limit] or "A parameter"
