"""The prose of a page, one Markdown file an idea."""

import functools
from pathlib import Path


class Prose:
    """The Markdown in the folder `prose` beside a file: prose("look") is the text of look.md."""

    def __init__(self, *, beside: str) -> None:
        self._folder = Path(beside).with_name("prose")

    def __call__(self, name: str) -> str:
        """Return the text of a file of the folder, named without its ending."""
        return _text(self._folder / f"{name}.md")


@functools.cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
