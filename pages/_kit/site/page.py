"""A page, declared once: all that others have to know of it before it is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from pages._kit.knobs.lens import Lens
from pages._kit.lessons.ready import Ready


def _nothing() -> None:
    """Prepare nothing."""


def _no_way_inside(experiment: Experiment, theta: Array) -> None:
    """Show no step of any network."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """What there is to know of a page.

    path     its name in the address, that of its file in pages/ and, after a _, of its folder
    title    what the navigation calls it, with an `icon`
    section  where on the map it stands; none for the start
    teaser   what one learns there, in a sentence
    lens     its view of an experiment, None if it has no knobs
    explains  the coach's topics that it is the place to read about
    plan     of fifteen minutes, for teachers, in Markdown
    lesson   one that is ready to be handed out
    inside   the link with which it shows the step from a theta of a run, None if it does not
    prepare  does in the background what the first visitor of a server is going to ask for
    """

    path: str
    title: str
    icon: str
    teaser: str
    section: str = ""
    lens: Lens | None = None
    explains: tuple[str, ...] = ()
    plan: str = ""
    lesson: Ready | None = None
    prepare: Callable[[], None] = _nothing
    inside: Callable[[Experiment, Array], Mapping[str, str] | None] = _no_way_inside

    @property
    def file(self) -> str:
        """Where Streamlit finds it, from the project's root."""
        return f"pages/{self.path}.py"
