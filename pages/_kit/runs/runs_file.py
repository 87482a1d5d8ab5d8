"""A visitor's runs as a file: JSON with everything, CSV with a line a run; both can come back."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from itertools import islice, product
from typing import Any, NamedTuple

import numpy as np

from engine.experiment import numerals
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.links import from_query
from engine.nn.types import Array
from pages._kit.knobs.lens import Lens
from pages._kit.runs.history import MOST, NAME_LENGTH, Entry
from pages._kit.runs.outcome import MOST_POINTS, Outcome

VERSION = 1
LARGEST = 2**22
"""The most bytes a file may have; a hundred runs fill about 1 MB."""

_MOST_PARTS = MOST * 40
"""Lists and objects of a file, beyond the brackets that may stand in its names."""

_MOST_COLUMNS = 200

_CURVES = {
    *("epoch", "penalty"),
    *(f"{split}_{what}" for split, what in product(("train", "dev", "test"), ("cost", "accuracy"))),
}
_NEEDED = {"epoch", "train_cost", "train_accuracy"}

_RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that is a formula."""

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
        writer.writerow(_plain(entry) | {"name": _as_text(entry.name)} | _knobs(entry) | ends)
    return text.getvalue()


def _as_text(name: str) -> str:
    """Return a cell that a spreadsheet shows instead of running it."""
    return f"'{name}" if name.startswith((*_RUN_BY_A_SPREADSHEET, "'")) else name


class Brought(NamedTuple):
    """A run that comes from a file: its page's path, what is kept of it, and its name."""

    path: str
    outcome: Outcome
    name: str


def read(data: bytes, lenses: Mapping[str, Lens]) -> list[Brought]:
    """Return each run in a file made by `to_json` or `to_csv`.

    Raises ValueError, in one sentence, if the file is not such a file. `lenses` are those of the
    pages by their paths: a run larger than its page offers is not valid.
    """
    if len(data) > LARGEST:
        raise ValueError(f"The file is larger than {LARGEST // 2**20} MB, more than 100 runs need.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not text in UTF-8.") from None
    records = _from_json(text) if text.lstrip().startswith("{") else _from_csv(text)
    if not records:
        raise ValueError("The file has no runs.")
    if len(records) > MOST:
        raise ValueError(f"The file has more than {MOST} runs.")
    return [_run(record, number, lenses) for number, record in enumerate(records, start=1)]


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
    # A list takes 56 bytes, however short it is written.
    if text.count("[") + text.count("{") > _MOST_PARTS + MOST * NAME_LENGTH:
        raise ValueError(f"The file has more parts than {MOST} runs need.")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("The file begins like JSON, but is not.") from None
    if told.get("version") != VERSION or not isinstance(told.get("runs"), list):
        raise ValueError("The file is JSON, but not a list of runs that this page has written.")
    return list(told["runs"])


def _from_csv(text: str) -> list[Any]:
    if any(line.count(",") >= _MOST_COLUMNS for line in io.StringIO(text)):
        raise ValueError(f"The file has more than {_MOST_COLUMNS} columns.")
    try:
        rows = list(islice(csv.DictReader(io.StringIO(text)), MOST + 1))
    except csv.Error:
        raise ValueError("The file is not CSV.") from None
    if not rows or not {"page", *KNOBS} & set(rows[0]) >= {"page", "dataset"}:
        raise ValueError("The file is not a list of runs: it has no columns page and dataset.")
    return [
        {
            **{name: row.get(name) for name in _PLAIN},
            "name": (row.get("name") or "").removeprefix("'"),
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


def _run(record: Any, number: int, lenses: Mapping[str, Lens]) -> Brought:
    try:
        path = record["page"]
        experiment, unusable = from_query(
            {str(k): str(v) for k, v in record["knobs"].items()}, Experiment()
        )
        if unusable or not lenses[path].affords(experiment):
            raise ValueError
        if not {*record["finals"]} <= _CURVES:
            raise ValueError
        outcome = Outcome(
            experiment=experiment,
            history=_history(record["history"]),
            finals={name: _number(value) for name, value in record["finals"].items()},
            parameters=_count(record["parameters"]),
            seconds=_seconds(record["seconds"]),
            diverged_at=_epoch(record["diverged_at"]),
        )
        # Without lone halves of a surrogate pair, which no file and no browser can be sent.
        name = str(record.get("name") or "").encode(errors="ignore").decode()[:NAME_LENGTH]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise ValueError(f"Run {number} of the file is not complete or not valid.") from None
    return Brought(path, outcome, name)


def _history(curves: Any) -> dict[str, Array]:
    """Return curves of equal length over ascending epochs, or none at all."""
    history = {name: _curve(values) for name, values in curves.items()}
    if not history:
        return history
    lengths = {len(values) for values in history.values()}
    if len(lengths) != 1 or max(lengths) > MOST_POINTS or not _NEEDED <= {*history} <= _CURVES:
        raise ValueError
    if not (np.diff(history["epoch"], prepend=-1) > 0).all():  # NaN is not either
        raise ValueError
    return history


def _curve(values: Any) -> Array:
    if not isinstance(values, list):
        raise ValueError
    return np.array([_number(value) for value in values], float)


def _epoch(value: Any) -> int | None:
    return None if value in (None, "") else _count(value)


def _count(value: Any) -> int:
    count = numerals.whole(str(value))
    if count < 0:
        raise ValueError
    return count


def _seconds(value: Any) -> float:
    seconds = numerals.real(str(value))
    if seconds < 0:
        raise ValueError
    return seconds


def _number(value: Any) -> float:
    """Return a number as CSV or JSON gives it, NaN for none."""
    return math.nan if value is None else numerals.real(str(value))
