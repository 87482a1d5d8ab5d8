"""A visitor's runs as a file: JSON with everything, CSV with a line a run; both can come back."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from engine.experiment import numerals
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.links import from_query
from engine.nn.types import Array
from pages._kit.runs.history import MOST, NAME_LENGTH, Entry
from pages._kit.runs.outcome import MOST_POINTS, Outcome

VERSION = 1
LARGEST = 2**22
"""The most bytes a file may have; a hundred runs fill about 1 MB."""

_MOST_NUMBERS = 40
"""The most curves a run may have, and the most numbers of its end that are read."""

_PLAIN = ("page", "name", "seconds", "parameters", "diverged_at")
_FINAL = "final_"
"""So begin the columns of the numbers that a run ended with."""


def to_json(entries: Iterable[Entry]) -> str:
    """Return the runs with their curves; numbers that are not finite become null."""
    runs = [{**_plain(e), "knobs": _knobs(e), "finals": _listed(e.outcome.finals),
             "history": {n: _finite(v.tolist()) for n, v in e.outcome.history.items()}}
            for e in entries]  # fmt: skip
    return json.dumps({"version": VERSION, "runs": runs}, allow_nan=False)


def to_csv(entries: Iterable[Entry]) -> str:
    """Return a line a run: page, name, every knob, and the numbers it ended with."""
    entries = list(entries)
    finals = sorted({name for entry in entries for name in entry.outcome.finals})
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_PLAIN, *KNOBS, *(f"{_FINAL}{name}" for name in finals)])
    writer.writeheader()
    for entry in entries:
        ends = {f"{_FINAL}{name}": value for name, value in _listed(entry.outcome.finals).items()}
        writer.writerow(_plain(entry) | _knobs(entry) | ends)
    return text.getvalue()


class Brought(NamedTuple):
    """A run that comes from a file: its page's path, what is kept of it, and its name."""

    path: str
    outcome: Outcome
    name: str


def read(data: bytes, paths: Iterable[str]) -> list[Brought]:
    """Return each run in a file made by `to_json` or `to_csv`.

    Raises ValueError, in one sentence, if the file is not such a file. Pages must be among paths.
    """
    if len(data) > LARGEST:
        raise ValueError(f"The file is larger than {LARGEST // 2**20} MB, more than 100 runs need.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not text in UTF-8.") from None
    records = _from_json(text) if text.lstrip().startswith("{") else _from_csv(text)
    if not 0 < len(records) <= MOST:
        raise ValueError(f"The file has {len(records):,} runs, but must have 1 to {MOST}.")
    known = set(paths)
    return [_run(record, number, known) for number, record in enumerate(records, start=1)]


def _plain(entry: Entry) -> dict[str, Any]:
    outcome = entry.outcome
    values = (entry.path, entry.name, outcome.seconds, outcome.parameters, outcome.diverged_at)
    return dict(zip(_PLAIN, values, strict=True))


def _knobs(entry: Entry) -> dict[str, str]:
    experiment = entry.outcome.experiment
    return {name: knob.write(getattr(experiment, name)) for name, knob in KNOBS.items()}


def _listed(values: Mapping[str, float]) -> dict[str, float | None]:
    return dict(zip(values, _finite(values.values()), strict=True))


def _finite(values: Iterable[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]


def _from_json(text: str) -> list[Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("The file begins like JSON, but is not.") from None
    if told.get("version") != VERSION or not isinstance(told.get("runs"), list):
        raise ValueError("The file is JSON, but not a list of runs that this page has written.")
    return list(told["runs"])


def _from_csv(text: str) -> list[Any]:
    try:
        rows = list(csv.DictReader(io.StringIO(text)))
    except csv.Error:
        raise ValueError("The file is not CSV.") from None
    if not rows or not {"page", *KNOBS} & set(rows[0]) >= {"page", "dataset"}:
        raise ValueError("The file is not a list of runs: it has no columns page and dataset.")
    return [
        {
            **{name: row.get(name) for name in _PLAIN},
            "knobs": {name: row[name] for name in KNOBS if row.get(name)},
            "finals": {
                name.removeprefix(_FINAL): value
                for name, value in row.items()
                if name and name.startswith(_FINAL) and value
            },
            "history": {},
        }
        for row in rows
    ]


def _run(record: Any, number: int, paths: set[str]) -> Brought:
    try:
        path, knobs, history = record["page"], record["knobs"], record["history"]
        if path not in paths or len(history) > _MOST_NUMBERS:
            raise ValueError
        experiment, unusable = from_query({str(k): str(v) for k, v in knobs.items()}, Experiment())
        if unusable or any(len(values) > MOST_POINTS for values in history.values()):
            raise ValueError
        curves = {str(name): _curve(values) for name, values in history.items()}
        outcome = Outcome(
            experiment=experiment,
            history=curves,
            finals={str(k): _number(v) for k, v in list(record["finals"].items())[:_MOST_NUMBERS]},
            parameters=_whole(record["parameters"]),
            seconds=_number(record["seconds"]),
            diverged_at=_epoch(record["diverged_at"]),
        )
        name = str(record.get("name") or "")[:NAME_LENGTH]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise ValueError(f"Run {number} of the file is not complete or not valid.") from None
    return Brought(path, outcome, name)


def _curve(values: Any) -> Array:
    if not isinstance(values, list):
        raise ValueError
    return np.array([_number(value) for value in values], float)


def _epoch(value: Any) -> int | None:
    return None if value in (None, "") else _whole(value)


def _whole(value: Any) -> int:
    return numerals.whole(str(value))


def _number(value: Any) -> float:
    """Return a number as CSV or JSON gives it, NaN for none."""
    return math.nan if value is None else numerals.real(str(value))
