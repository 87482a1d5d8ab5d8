"""Draw a digit, and see at every stroke what the network makes of it."""

import hashlib
from dataclasses import asdict

import streamlit as st

from engine.data.samples import Samples
from engine.nn.network import Network
from engine.nn.types import Array
from pages._kit.player import bundle
from pages._kit.player.wire import Blobs, seal
from pages._kit.site import session
from pages._kit.site.visit import Visit
from pages._kit.training.live import Live
from pages._mnist.drawing.memory import Memory, read
from pages._mnist.drawing.modules import WEB, script

TITLE = "Draw a digit"

_KEY = "mnist.drawing"

_mount = st.components.v2.component(
    "digit_drawing",
    html=bundle.text(WEB / "drawing.html"),
    css=bundle.text("player.css") + bundle.text(WEB / "drawing.css"),
    js=script(),
)


def show(visit: Visit, live: Live) -> None:
    """Let the visitor draw; the browser evaluates the network that `live` now has.

    The network is sent when it has changed, the strokes only to a drawing that opens anew: what is
    drawn stays while the network learns, and when the panel is left and come back to.
    """
    memory: Memory = session.keep(f"{_KEY}.memory", Memory)
    if not session.has_reported(_KEY):
        memory.opening = memory.latest
    trainer = live.trainer
    sent = _mount(
        key=_KEY,
        data=pack(trainer.network, trainer.kept, trainer.problem.test, memory),
        on_drawing_change=_rerun,
    )
    memory.latest = read(sent.get("drawing")) or memory.latest


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
