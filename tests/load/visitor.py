"""One visitor as the server sees one: a websocket that speaks Streamlit's protocol."""

import time
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 120.0
"""Seconds after which an answer is counted as missing."""


class Visitor:
    """Open a page by its link, and turn knobs on it; `async with` closes the session.

    `failures` holds what went wrong on the page, `bytes` what came over the wire.
    """

    def __init__(self, address: str, page: str, query: str = "") -> None:
        self._address, self._page, self._query = urlsplit(address), page, query
        self._widgets: dict[str, WidgetState] = {}
        self._sliders: dict[str, Any] = {}
        self.failures: list[str] = []
        self.bytes = 0

    async def __aenter__(self) -> "Visitor":
        self._socket = await websockets.connect(
            f"ws://{self._address.netloc}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def open(self) -> float:
        """Ask for the page; return the seconds until it was drawn to its end."""
        return await self._rerun()

    async def turn(self, label: str, step: int) -> float:
        """Move a slider by some of its stops; return the seconds until the page had followed."""
        slider = self._sliders[label]
        stops = list(slider.options)
        if slider.id in self._widgets:
            now = stops.index(self._widgets[slider.id].string_array_value.data[0])
        else:
            now = int(slider.default[0])
        state = WidgetState(id=slider.id)
        state.string_array_value.data.append(stops[(now + step) % len(stops)])
        self._widgets[slider.id] = state
        return await self._rerun()

    async def _rerun(self) -> float:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        message.rerun_script.widget_states.widgets.extend(self._widgets.values())
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            data = await self._socket.recv()
            assert isinstance(data, bytes)
            self.bytes += len(data)
            if self._is_end(ForwardMsg.FromString(data)):
                return time.perf_counter() - start

    def _is_end(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "delta":
            element = message.delta.new_element
            which = element.WhichOneof("type")
            if which == "slider":
                self._sliders[element.slider.label] = element.slider
            elif which == "exception":
                self.failures.append(element.exception.message)
        if kind != "script_finished":
            return False
        # A rerun asked for by the script itself ends one run and begins the next.
        return message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        )
