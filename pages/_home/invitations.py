"""What is best to try first: where it stands, and a picture of what is seen there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import streamlit as st

from engine.data.mnist import DigitsError
from engine.experiment.experiment import Experiment
from pages._home import pictures
from pages._kit.cards import Card, draw
from pages._kit.site import sitemap
from pages._kit.training.cache import run


@dataclass(frozen=True, kw_only=True, eq=False)
class Invitation:
    """A question, the page and the link that answer it, its picture, and what is seen there."""

    question: str
    path: str
    picture: Callable[["Invitation"], bytes]
    seen: str
    link: Mapping[str, str] = field(default_factory=dict)

    @property
    def experiment(self) -> Experiment:
        """What the page trains that the link opens."""
        lens = sitemap.page(self.path).lens
        assert lens is not None
        return lens.read(self.link)[0]

    def card(self) -> Card:
        """Return the card, without a picture if the file of the digits is damaged."""
        try:
            return Card(self.question, _drawn(self), self.seen)
        except DigitsError:
            return Card(self.question, b"", "")


@cache
def _drawn(invitation: Invitation) -> bytes:
    return invitation.picture(invitation)


def _boundary(invitation: Invitation) -> bytes:
    return pictures.boundary(run(invitation.experiment))


INVITATIONS = (
    Invitation(
        question="Are two units enough for XOR?",
        path="xor",
        link={"hidden": "2"},
        picture=_boundary,
        seen="Two points of each class, and how a network with two hidden units divides the plane.",
    ),
    Invitation(
        question="Can a network read what you write?",
        path="mnist",
        link={"panel": "Write to it"},
        picture=lambda _: pictures.digits(),
        seen="Handwritten digits.",
    ),
    Invitation(
        question="Fine in training, wrong elsewhere: what now?",
        path="bias_variance",
        link={"hidden": "64-64"},
        picture=_boundary,
        seen="A boundary that winds around single points.",
    ),
)


def cards() -> list[Card]:
    """Return the cards of all invitations, in their order."""
    return [invitation.card() for invitation in INVITATIONS]


def show() -> None:
    """Draw the cards; the page whose card is pressed is opened, as its link would."""
    pressed = draw(cards(), key="home.cards")
    if pressed is not None:
        chosen = INVITATIONS[pressed]
        st.switch_page(sitemap.page(chosen.path).file, query_params=chosen.link)
