"""The player shows a finished run as a film: its boundary, network and curves, frame by frame."""

import streamlit as st

from pages._kit.player import bundle, gestures
from pages._kit.player.gestures import Edit, Gestures
from pages._kit.player.wire import Movie, Points, pack, parameter_count

__all__ = ["Edit", "Gestures", "Movie", "Points", "player"]

_mount = st.components.v2.component(
    "neural_network_player",
    html=bundle.markup("player.html"),
    css=bundle.style(),
    js=bundle.script(),
)


def player(
    movie: Movie,
    *,
    key: str,
    height: int | None = None,
    editable_points: bool = False,
    finer: bool = False,
    widths: tuple[int, ...] = (),
) -> Gestures:
    """Show the movie and return what the visitor did in it.

    It opens paused on the last frame (or on `start_frame`); playing and scrubbing cause no rerun.
    `height` bounds the side of the square picture in pixels. With `editable_points` a click adds
    a point, a drag moves it, and `points` of the result then replaces the data set. With `finer`
    the page promises to answer `steps_from` with a movie (of a new version) that has a frame at
    each step after that one; otherwise stepping goes to the next frame there is. `widths` are the
    most units that each hidden layer can be given in the diagram, none if it cannot be built. The
    epoch is reported only when the film comes to rest, so that a link can restore it, and a change
    of the weights by hand when they rest.
    """
    sent = _mount(
        key=key,
        data=pack(
            movie,
            {"height": height, "editable": editable_points, "finer": finer, "widths": widths},
        ),
        on_points_change=_rerun,
        on_epoch_change=_rerun,
        on_edit_change=_rerun,
        on_train_on_change=_rerun,
        on_steps_from_change=_rerun,
        on_hidden_change=_rerun,
    )
    return gestures.read(
        sent,
        view=movie.view,
        points=movie.points["train"].x,
        parameters=parameter_count(movie.sizes),
        version=str(movie.version),
        widths=widths,
    )


def _rerun() -> None:
    """Declare a value the browser may send; the rerun that brings it is all that is needed."""
