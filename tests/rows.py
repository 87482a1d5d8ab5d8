"""What tests expect of each row of a table: where a row is new, they say what to add, and where."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest

ROOT = Path(__file__).parents[1]
T = TypeVar("T")


def expected_of(rows: Mapping[Any, T], name: Any, what: str, to: str, file: str) -> T:
    """Return what a test expects of a row; fail with one sentence if it was never told.

    `what` is what there ought to be for the row, `to` the test's own table, and `file` is the
    test's __file__.
    """
    return rows[name] if name in rows else unknown(name, what, to, file)


def unknown(name: Any, what: str, to: str, file: str) -> NoReturn:
    """Fail with the sentence that says what to add for a row, and where."""
    pytest.fail(_add(name, what, to, file), pytrace=False)


def complete(rows: Collection[Any], names: Collection[Any], what: str, to: str, file: str) -> None:
    """Fail with a sentence for each row that a test was never told of, or that is no more."""
    told = [_add(name, what, to, file) for name in names if name not in rows]
    told += [f"Take {name!r} out of {to} in {_place(file)}." for name in rows if name not in names]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def _add(name: Any, what: str, to: str, file: str) -> str:
    return f"Add {what} for {name!r} to {to} in {_place(file)}."


def _place(file: str) -> str:
    return Path(file).relative_to(ROOT).as_posix()
