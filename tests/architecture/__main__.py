"""python -m tests.architecture prints what imports what, a line a package."""

from tests.architecture.picture import picture

print(picture())  # noqa: T201 - which is all it is for
