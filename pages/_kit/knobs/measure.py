"""What can be asked of what a page shows, as a number that a lesson's goal bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Something that can be asked of a run, or of a page's own controls: how it is called and read.

    read(shown) returns a number, NaN where there is none; `is_share` numbers are shown in per cent.
    """

    title: str
    read: Callable[[Any], float]
    is_share: bool = False
