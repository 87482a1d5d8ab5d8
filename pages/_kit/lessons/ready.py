"""A lesson for every page that is ready to be handed out, with one way to its goals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pages._kit.knobs.lens import Lens
from pages._kit.lessons import lesson
from pages._kit.lessons.lesson import Lesson


@dataclass(frozen=True, kw_only=True, eq=False)
class Ready:
    """A lesson, the knobs it starts from, and turned knobs with which its goals are reached.

    Both are what differs from the page's defaults, the solution from the start. Where nothing is
    trained they are the page's own controls.
    """

    lesson: Lesson
    start: Mapping[str, Any]
    solution: Mapping[str, Any]

    def link(self, lens: Lens) -> dict[str, str]:
        """Return the lesson as the parameters of a link to its page."""
        return lens.write_changes(self.start) | lesson.write(self.lesson)
