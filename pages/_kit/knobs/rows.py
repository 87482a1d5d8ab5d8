"""Where the controls of a section stand: two beside each other where both can be read so."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

_MOST_LETTERS, _SIGN = 18, 3
"""Of a label in half a row, and how many of them the sign of its tooltip takes."""

_MOST_LETTERS_CHOSEN = 11
"""Of what is chosen in a list, beside the list's arrow."""

_LEAST_WIDTH = 80
"""Pixels of half a row: less than a sidebar has, so that there are always two."""


class Rows:
    """Hands out places for controls, one after the other.

    A narrow one goes beside the last narrow one, wherever that stands: so at most one half row
    stays free.
    """

    def __init__(self) -> None:
        self._half_free: Any = None

    def place(self, label: str, chosen: Iterable[str] = (), *, has_help: bool = True) -> Any:
        """Return where a control goes with this label, and what can be chosen if it is a list."""
        letters = len(label) + (_SIGN if has_help else 0)
        if letters > _MOST_LETTERS or any(len(title) > _MOST_LETTERS_CHOSEN for title in chosen):
            return st.container()
        row, self._half_free = self._half_free, None
        if row is None:
            row = self._half_free = st.grid(2, min_column_width=_LEAST_WIDTH, gap=(None, "small"))
        return row.cell()
