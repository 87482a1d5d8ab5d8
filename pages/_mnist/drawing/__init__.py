"""Draw a digit, and see at every stroke what the network makes of it."""

import hashlib
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from engine.data.samples import Samples
from engine.nn.network import Network
from engine.nn.types import Array
from pages._kit.player import bundle
from pages._kit.player.wire import Blobs, seal
from pages._kit.site import below, elements, session
from pages._kit.site.visit import Visit
from pages._kit.training.live import Live
from pages._mnist.drawing.memory import Memory, read
from pages._mnist.drawing.modules import WEB, quick_script, script

TITLE = "Draw a digit"

_KEY = "mnist.drawing"

_mount = st.components.v2.component(
    "digit_drawing",
    html=bundle.text(WEB / "drawing.html"),
    css=bundle.style(WEB / "drawing.css"),
    js=script(),
)

_mount_quick = st.components.v2.component(
    "digit_quick",
    html=bundle.text(WEB / "quick.html"),
    css=bundle.style(WEB / "drawing.css", WEB / "quick.css"),
    js=quick_script(),
)

MOST_PARAMETERS = 500_000
"""A network with more is sent to the browser only when the panel is opened."""


def show(visit: Visit, live: Live) -> None:
    """Let the visitor draw; the browser evaluates the network that `live` now has.

    The network is sent when it has changed, the strokes only to a drawing that opens anew: what is
    drawn stays while the network learns, and when the panel is left and come back to.
    """
    memory = _memory()
    if not session.has_reported(_KEY):
        memory.opening = memory.latest
    trainer = live.trainer
    sent = _mount(
        key=_KEY,
        data=pack(trainer.network, trainer.kept, trainer.problem.test, memory),
        on_drawing_change=_rerun,
    )
    memory.latest = read(sent.get("drawing")) or memory.latest


def quick(visit: Visit, live: Live) -> None:
    """Let the visitor write beside the training; what is written can be taken to the panel."""
    trainer, key = live.trainer, f"{_KEY}.quick"
    if trainer.network.layout.size > MOST_PARAMETERS:
        elements.slot(lambda: st.caption(f"This network is large: write to it below, in {TITLE}."))
        return

    def more() -> None:
        sent: Any = session.keep(key, dict)
        told = read({**(sent.get("more") or {}), "saved": []})
        if told is not None and told.digit is not None:
            memory.latest = replace(memory.latest, digit=told.digit)
            memory.opening = memory.latest
        below.open_part(visit.lens.path, TITLE)

    memory = _memory()
    _mount_quick(
        key=key,
        data=pack(trainer.network, trainer.kept, trainer.problem.test, Memory()),
        on_more_change=more,
        height="content",
    )


def _memory() -> Memory:
    memory: Memory = session.keep(f"{_KEY}.memory", Memory)
    return memory


def pack(network: Network, theta: Array, samples: Samples, memory: Memory) -> bytes:
    """Return the network, how a pixel becomes an input, and the drawing to open with."""
    blobs = Blobs()
    header = {
        "sizes": network.sizes,
        "activations": network.activations,
        "scale": samples.scale,
        "shift": samples.shift,
        "theta": blobs.add(theta),
    }
    content = hashlib.blake2b(repr(header).encode() + b"".join(blobs.parts), digest_size=8)
    opening = asdict(memory.opening)
    return seal({**header, "version": content.hexdigest(), "opening": opening}, blobs)


def _rerun() -> None:
    """Declare a value the browser may send; the rerun that brings it is all that is needed."""
