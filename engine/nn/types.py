"""The one array type the engine speaks of; shapes stand in the docstrings."""

from typing import Any, TypeAlias

import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
