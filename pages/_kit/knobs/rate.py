"""The learning rate's control goes with the optimiser's: what suits the one makes another fail."""

from typing import Any

import streamlit as st

from engine.diagnosis.remedies import usual_rate
from engine.experiment.experiment import KNOBS, Experiment

RATE = "learning_rate"


class Rate:
    """Moves the rate to what is usual when the optimiser is turned in its own control, and says so.

    Only if the rate could be turned beside it (in a lesson it may be locked or hidden), and unless
    the visitor has set it by hand since it last moved by itself or was set by something else: a
    link, a preset or the coach. Those say both, and are not corrected.

    To be made before the page's controls are drawn, with the key of the rate's own, then told what
    happens in the order of the methods.
    """

    def __init__(self, path: str, key: str, experiment: Experiment, can_turn: bool) -> None:
        self._key, self._seen, self._note = key, f"{path}.rate", f"{key}.note"
        self._start, self._can_turn = experiment, can_turn
        rate = experiment.learning_rate
        seen, is_by_hand = st.session_state.get(self._seen, (rate, False))
        self._is_by_hand = is_by_hand and seen == rate
        self._moved = ""
        self._room: Any = None

    def follow(self, before: Experiment, after: Experiment) -> None:
        """Move the rate if another is usual after the optimiser's control than before it."""
        usual, rate, show = usual_rate(after), after.learning_rate, KNOBS[RATE].show
        if not self._can_turn or self._is_by_hand or usual in (rate, usual_rate(before)):
            return
        st.session_state[self._key] = usual
        self._moved = (
            f"{KNOBS['optimizer'].show(after.optimizer)} usually learns well with α = "
            f"{show(usual)} here, so α has moved there from {show(rate)}."
        )

    def leave_room(self) -> None:
        """Keep a place below the rate's control if there may be something to say."""
        if self._moved or self._note in st.session_state:
            self._room = st.empty()

    def close(self, said: Experiment) -> None:
        """Say that the rate has moved, until the next change; remember who has set it."""
        if self._moved:
            st.session_state[self._note] = (said, self._moved)
            self._is_by_hand = False
        elif said.learning_rate != self._start.learning_rate:
            self._is_by_hand = True
        st.session_state[self._seen] = (said.learning_rate, self._is_by_hand)
        of, note = st.session_state.get(self._note, (said, ""))
        if of != said:
            del st.session_state[self._note]
        elif note and self._room is not None:
            self._room.caption(f":material/info: {note}")
