"""A visitor as the server sees one: page, cookies, a websocket with Streamlit's protocol."""

import asyncio
import contextlib
import time
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.fetch import Answer, fetch, written

PATIENCE = 120.0
"""Seconds after which an answer is counted as missing."""

REFUSED = "as many as it takes"
"""What the page says to whom it refuses."""


_LINK = "playground_link"


class Visitor:
    """Open a page by its link, and turn knobs on it; `async with` closes the session.

    `session` is what the server calls this visit, `failures` holds what went wrong on the page,
    `refused` how often it asked to try again later, `bytes` what came over the wire, `downloads`
    the files that the page offers and `buttons` what can be pressed, both by their labels.
    """

    def __init__(self, address: str, page: str, query: str = "") -> None:
        self._address, self.page, self._query = address, page, query
        self._widgets: dict[str, WidgetState] = {}
        self._sliders: dict[str, Any] = {}
        self.session = self._link = ""
        self.cookies: dict[str, str] = {}
        self.failures: list[str] = []
        self.downloads: dict[str, str] = {}
        self.buttons: dict[str, str] = {}
        self.refused = 0
        self.bytes = 0

    async def __aenter__(self) -> "Visitor":
        await self.connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.disconnect()

    async def disconnect(self) -> None:
        """Close the connection, as a browser does with its tab."""
        await self._socket.close()

    async def connect(self) -> None:
        """Fetch the page, then connect with the cookies that came with it.

        Once more, it asks for the session that was lost, as a browser does.
        """
        answer = await self.fetch(f"/{self.page}")
        if answer.status != 200:
            raise ConnectionError(f"the page was answered with status {answer.status}")
        self._socket = await websockets.connect(
            f"ws://{urlsplit(self._address).netloc}/_stcore/stream",
            additional_headers=written(self.cookies),
            subprotocols=[
                websockets.Subprotocol(word)
                for word in ("streamlit", *(("no-token", self.session) if self.session else ()))
            ],
            max_size=None,
            ping_interval=None,  # browsers answer pings and send none
        )

    async def fetch(self, path: str) -> Answer:
        """Fetch what lies at a path, as a browser with this visitor's cookies."""
        answer = await fetch(self._address, path, written(self.cookies))
        self.cookies |= answer.cookies
        return answer

    async def open(self) -> float:
        """Ask for the page; return the seconds until it was drawn to its end for the first time."""
        return await self._rerun(self._link)

    @property
    def knobs(self) -> list[str]:
        """Return the labels of the sliders that the page shows and that can be turned."""
        return [
            label
            for label, slider in self._sliders.items()
            if len(slider.options) > 1 and not slider.disabled
        ]

    async def turn(self, label: str, step: int) -> float:
        """Move a slider by some of its stops; return the seconds until the page has followed.

        That is when it is drawn to its end for the first time, the link last: what trains beside
        the picture, a panel or the coach, may draw it again and again after that.
        """
        slider = self._sliders[label]
        stops = list(slider.options)
        if slider.id in self._widgets:
            now = stops.index(self._widgets[slider.id].string_array_value.data[0])
        else:
            now = int(slider.default[0])
        state = WidgetState(id=slider.id)
        state.string_array_value.data.append(stops[(now + step) % len(stops)])
        self._widgets[slider.id] = state
        return await self._rerun(self._link)

    async def press(self, label: str) -> None:
        """Press a button; what comes of it is seen by whoever stays."""
        await self._send(WidgetState(id=self.buttons.pop(label), trigger_value=True))

    async def stay(self, seconds: float) -> None:
        """Look at what comes for a while, as a browser does."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    self._is_end(await self._message())

    async def download(self, label: str) -> Answer:
        """Press a button for a download: the server makes the file, then it is fetched."""
        message = BackMsg()
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = self.downloads[label]
        await self._socket.send(message.SerializeToString())
        while True:
            told = await self._message()
            if told.WhichOneof("type") == "backend_operation_response":
                return await self.fetch(told.backend_operation_response.deferred_file.url)

    async def _rerun(self, before: str | None = None) -> float:
        """Ask for the page; return the seconds until its end, or until its link is another."""
        start = time.perf_counter()
        await self._send()
        while not self._is_end(await self._message()):
            if before is not None and self._link != before:
                break
        return time.perf_counter() - start

    async def _send(self, *pressed: WidgetState) -> None:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self.page
        message.rerun_script.widget_states.widgets.extend([*self._widgets.values(), *pressed])
        await self._socket.send(message.SerializeToString())

    async def _message(self) -> ForwardMsg:
        data = await self._socket.recv()
        assert isinstance(data, bytes)
        self.bytes += len(data)
        message: ForwardMsg = ForwardMsg.FromString(data)
        return message

    def _is_end(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._look_at(message.delta.new_element)
        elif kind == "new_session":
            self.session = message.new_session.initialize.session_id
        if kind != "script_finished":
            return False
        # A rerun asked for by the script itself ends one run and begins the next.
        return message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        )

    def _look_at(self, element: Any) -> None:
        which = element.WhichOneof("type")
        if which == "slider":
            self._sliders[element.slider.label] = element.slider
        elif which == "download_button":
            button = element.download_button
            self.downloads[button.label] = button.deferred_file_id
        elif which == "button":
            self.buttons[element.button.label] = element.button.id
        elif which == "bidi_component" and element.bidi_component.component_name == _LINK:
            self._link = element.bidi_component.json
        elif which == "exception":
            self.failures.append(element.exception.message)
        elif which == "alert" and REFUSED in element.alert.body:
            self.refused += 1
