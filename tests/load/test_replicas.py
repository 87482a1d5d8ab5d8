"""Two replicas of the app, started as the README says, behind the nginx that it prints."""

import asyncio
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.load import nginx, readme
from tests.load.apart import awaited
from tests.load.fetch import fetch, written
from tests.load.server import serving, until
from tests.load.visitor import Visitor

FILE = "History (.csv)"

UPLOAD = (
    b'--line\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\nx1,x2,class\r\n\r\n--line--\r\n"
)
"""A file as a browser sends it."""


@pytest.fixture(scope="module")
def outside():
    """Stand where the servers' way to the world begins; note what is asked for there."""
    asked = []

    class Note(BaseRequestHandler):
        def handle(self):
            asked.append(self.request.recv(200))

    with ThreadingTCPServer(("127.0.0.1", 0), Note) as gate:
        threading.Thread(target=gate.serve_forever).start()
        yield gate.server_address[1], asked
        gate.shutdown()


@pytest.fixture
def asked(outside):
    """Return what is asked for outside from now on."""
    outside[1].clear()
    return outside[1]


@pytest.fixture(scope="module")
def proxies(outside):
    address = f"http://127.0.0.1:{outside[0]}"
    return {"http_proxy": address, "https_proxy": address, "no_proxy": ""}


@pytest.fixture(scope="module")
def replicas(nginx_or_not, proxies):
    with serving(**proxies) as first, serving(**proxies) as second:
        yield {"r1": first, "r2": second}


@pytest.fixture
def front(replicas):
    with nginx.in_front_of([server.port for server in replicas.values()]) as running:
        yield running


def test_starting_and_being_visited_asks_nobody_outside_for_anything(replicas, front, outside):
    async def visit():
        for name in replicas:
            visitor = Visitor(front.address, "xor")
            visitor.cookies["replica"] = name
            async with visitor:
                await visitor.open()

    awaited(visit())
    _, asked_since_the_start = outside
    assert asked_since_the_start == []


@pytest.mark.parametrize(
    ("words", "is_asked"), [(readme.start_at_home(), False), (["streamlit_app.py"], True)]
)
def test_who_starts_it_at_home_asks_nobody_outside_either(proxies, asked, words, is_asked):
    with serving(words, **proxies) as server:
        # It listens before it looks for its address, and answers afterwards.
        awaited(fetch(server.address, "/_stcore/health"))
    assert bool(asked) == is_asked


def test_a_foreign_page_is_refused_before_an_address_is_looked_up(replicas, front, asked):
    async def knock(address):
        with pytest.raises(InvalidStatus, match="403"):
            async with connect(
                f"{address.replace('http', 'ws')}/_stcore/stream",
                origin="https://elsewhere.example",
                subprotocols=["streamlit"],
            ):
                pass

    awaited(knock(front.address))
    assert asked == []
    awaited(knock(replicas["r1"].address))  # which nginx is there to prevent
    assert asked


def test_a_lost_connection_comes_back_to_its_visit(replicas, front):
    async def lesson():
        async with Visitor(front.address, "xor", "seed=126") as visitor:
            await visitor.open()
            session = visitor.session
            await visitor.disconnect()
            await visitor.connect()
            await visitor.open()
            return session, visitor.session

    before, after = awaited(lesson())
    assert before == after != ""


def test_an_upload_is_taken_with_the_token_of_another_replica(replicas):
    first, second = replicas.values()

    async def lesson():
        token = (await fetch(first.address, "/_stcore/health")).cookies["_streamlit_xsrf"]
        async with Visitor(second.address, "xor") as visitor:
            await visitor.open()
            return await fetch(
                second.address,
                f"/_stcore/upload_file/{visitor.session}/file",
                written({"_streamlit_xsrf": token})
                | {"X-Xsrftoken": token, "Content-Type": "multipart/form-data; boundary=line"},
                "PUT",
                UPLOAD,
            )

    assert awaited(lesson()).status == 204


def test_a_session_takes_four_descriptors_and_three_until_it_is_freed(replicas):
    server = replicas["r2"]

    async def visit(number):
        visitors = [Visitor(server.address, "xor") for _ in range(number)]
        for visitor in visitors:
            await visitor.connect()
            await visitor.open()
        taken = server.taken().descriptors
        for visitor in visitors:
            await visitor.disconnect()
        return taken

    before = server.taken().descriptors
    taken = awaited(visit(8))
    assert taken - before <= 8 * 4  # fewer if something from before is freed in the meantime
    until(lambda: server.taken().descriptors - before <= 8 * 3, "eight connections are closed")


def test_a_visit_survives_the_end_of_its_replica(replicas, front):
    async def lesson():
        async with Visitor(front.address, "xor", "seed=125&panel=Take+it+away") as visitor:
            await visitor.open()
            chosen = visitor.cookies["replica"]
            before = await visitor.download(FILE)
            replicas[chosen].process.kill()
            with pytest.raises(ConnectionClosed):
                await visitor.open()
            async with asyncio.timeout(10):
                await visitor.connect()
                await visitor.open()
            assert visitor.cookies["replica"] != chosen
            return before, await visitor.download(FILE), visitor.failures

    before, after, failures = awaited(lesson())
    assert (before.status, after.status) == (200, 200)
    assert before.content == after.content  # the same link shows the same run everywhere
    assert failures == []
