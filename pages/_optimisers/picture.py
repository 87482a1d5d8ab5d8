"""The first picture: the race, whose start is dragged."""

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.optim.descents import NEAR
from engine.optim.optimizers import OPTIMIZERS
from pages._kit.player import bundle
from pages._kit.player.wire import Blobs, seal
from pages._kit.site import session, told
from pages._kit.site.visit import Visit
from pages._kit.training.crowd import crowd
from pages._optimisers.lens import OPTIMISERS
from pages._optimisers.racing import Shown, at_rest, knobs, on_ground, race
from pages._optimisers.scene import SIDE
from pages._optimisers.settings import CONDITIONS, GROUNDS, RATES, SLICES, STEPS, SWEEP, TURNS

NAMES = ("on", "kappa", "turned", "i", "j", "from", "rates", "run", "steps", "at")

KEY = "optimisers.race"

_DRAGGED, _RESTING = f"{KEY}.dragged", f"{KEY}.resting"

_LARGEST = float(np.finfo(np.float32).max)

WEB = Path(__file__).parent / "web"

MODULES: tuple[str | Path, ...] = (
    *("format.js", "wire.js", "playback.js", "palette.js", "canvas.js", "contour.js", "axes.js"),
    "timeline.js",
    told.SHARED,
    Path(__file__).parents[1] / "_kit" / "hot" / "web" / "pacing.js",
    *(WEB / name for name in ("shapes.js", "ground.js", "costs.js", "standings.js", "race.js")),
)

_mount = st.components.v2.component(
    "neural_network_race",
    html=bundle.markup(WEB / "race.html"),
    css=bundle.style(WEB / "race.css"),
    js=bundle.script(MODULES),
)


class Drag(NamedTuple):
    """A start or a condition number that is being dragged, and the number of what was said."""

    name: str
    value: Any
    is_over: bool
    sequence: int


def show(visit: Visit) -> Shown:
    """Draw the race, and let the visitor drag its start; return what is shown when it rests.

    While something is dragged, here or among the hot knobs, the picture alone is drawn anew, and
    nobody sweeps: each optimiser keeps the learning rate that was its best at rest.
    """
    rounds = itertools.count()

    @st.fragment
    def drawn() -> Shown:
        if next(rounds) == 0:
            session.put(_DRAGGED, None)
            return _draw(visit)
        drag: Drag | None = session.keep(_DRAGGED, lambda: None)
        if drag is None or drag.is_over:
            st.rerun()
        with crowd.drawing():
            return _draw(visit, drag)

    shown = drawn()
    assert shown is not None
    return shown


def _draw(visit: Visit, drag: Drag | None = None) -> Shown:
    said = {name: visit.page_knob_value(name) for name in NAMES}
    if drag is not None:
        said[drag.name] = drag.value
    is_held = drag is not None or session.dragged(visit.lens) is not None
    shown = (_dragged if is_held else at_rest)(visit.experiment, said)
    if not is_held:
        session.put(_RESTING, tuple(shown.race.rates.tolist()))
    answered = session.keep(f"{KEY}.sequence", int) if drag is None else drag.sequence
    state = told.state(visit, KEY, NAMES)
    _mount(
        key=KEY,
        data=packed(shown, said, {**state, "answered": answered}),
        on_state_change=told.taking(visit, KEY, NAMES),
        on_drag_change=_taking(visit),
        height="content",
    )
    return shown


def trained(visit: Visit, experiment: Experiment) -> list[Experiment]:
    """Return what is trained for a picture: the network that a slice goes through, if it is one."""
    return [experiment] if visit.page_knob_value("on") in SLICES else []


def _dragged(experiment: Experiment, said: Mapping[str, Any]) -> Shown:
    ground, start = on_ground(experiment, said)
    resting = session.keep(_RESTING, lambda: said["rates"])
    rates = [
        kept if rate == SWEEP else rate for rate, kept in zip(said["rates"], resting, strict=True)
    ]
    run = race(ground, np.array(start), rates, said["steps"], **knobs(experiment))
    return Shown(ground, run, start)


def packed(shown: Shown, said: Mapping[str, Any], more: Mapping[str, Any]) -> bytes:
    """Return what the browser draws: numbers in single precision, all else in the header."""
    ground, run, start = shown
    blobs = Blobs()
    methods = [
        {
            "name": name,
            "title": method.title,
            "rate": float(run.rates[k]),
            "settled": int(run.settled[k]),
            "left": int(run.left[k]),
        }
        for k, (name, method) in enumerate(OPTIMIZERS.items())
    ]
    header = {
        **more,
        "title": ground.title,
        "lesson": ground.lesson,
        "view": ground.view,
        "axes": ground.axes,
        "ring": NEAR,
        "from": start,
        "minima": ground.minima.tolist(),
        "methods": methods,
        "least": min(ground.least, float(run.costs.min())),
        "costTitle": "J above the least in view, by step"
        if ground.is_slice
        else "J above its least, by step",
        "steps": said["steps"],
        "at": said["at"],
        "end": STEPS[-1],
        "rates": RATES[::2],
        "landscapes": GROUNDS,
        "conditions": CONDITIONS,
        "turns": TURNS,
        "offer": STEPS,
        "isBowl": said["on"] == "bowl",
        "entries": ground.entries,
        "side": SIDE,
        "grid": blobs.add(ground.grid),
        "levels": blobs.add(ground.levels),
        "paths": blobs.add(run.paths),
        "costs": blobs.add(np.minimum(run.costs, _LARGEST)),
    }
    return seal(header, blobs)


def _taking(visit: Visit) -> Callable[[], None]:
    def take() -> None:
        drag = read(session.keep(KEY, dict))
        session.put(_DRAGGED, drag)
        if drag is None:
            return
        session.put(f"{KEY}.sequence", drag.sequence)
        if drag.is_over:
            visit.set_page_knob(drag.name, drag.value)

    return take


def read(sent: Any) -> Drag | None:
    """Return what is dragged in what the browser has sent, None if it makes no sense."""
    try:
        said = sent["drag"]
        name, value, sequence = said["name"], said["value"], said["sequence"]
        is_over = said["is_over"] is True
    except (TypeError, KeyError, AttributeError):
        return None
    if not isinstance(sequence, int) or isinstance(sequence, bool) or name not in ("from", "kappa"):
        return None
    try:
        checked = OPTIMISERS.page_knob(name).knob.check(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return Drag(name, checked, is_over, sequence)
