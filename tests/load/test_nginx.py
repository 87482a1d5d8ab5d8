"""What the README says of nginx, with the block that it prints, in front of stand-ins."""

import gzip
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager

import pytest
from streamlit.web.server.starlette import starlette_server_config as streamlits

from tests.load import nginx
from tests.load.apart import awaited
from tests.load.fetch import fetch, written
from tests.load.readme import ROOT, block, setting
from tests.load.server import free_port, is_listening, until
from tests.load.standin import SCRIPT

VISITORS = 40
SECRET = "seed=31415926"


def get(address, path="/", headers=None, **more):
    return awaited(fetch(address, path, headers, **more))


@contextmanager
def standing_in():
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.load.standin", str(port)], cwd=ROOT)
    until(lambda: is_listening(port), "the stand-in listens")
    yield port, process
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def replicas():
    with standing_in() as first, standing_in() as second:
        yield {"r1": first, "r2": second}


@pytest.fixture
def front(nginx_or_not, replicas):
    with nginx.in_front_of([port for port, _ in replicas.values()]) as running:
        yield running


@contextmanager
def stopped(process):
    """Let a process hang for a while: the kernel goes on taking connections for it."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_a_school_behind_one_address_is_spread_evenly(front):
    answers = [get(front.address, "/", {"User-Agent": "of a school"}) for _ in range(VISITORS)]
    spread = Counter(answer.content for answer in answers)
    assert len(spread) == 2
    assert min(spread.values()) >= VISITORS / 8  # by chance: less in one of a million runs


def test_a_visitor_is_answered_by_the_same_replica_each_time(front, replicas):
    for name, (port, _) in replicas.items():
        for _ in range(5):
            answer = get(front.address, "/xor", written({"replica": name}))
            assert (answer.content, answer.cookies) == (str(port).encode(), {"replica": name})


def test_a_replica_alone_takes_all(nginx_or_not, replicas):
    port, _ = replicas["r1"]
    with nginx.in_front_of([port, free_port()]) as front:
        answers = [get(front.address, "/", written({"replica": "r2"})) for _ in range(3)]
        assert {answer.content for answer in answers} == {str(port).encode()}
        assert {answer.cookies["replica"] for answer in answers} == {"r1"}


@pytest.mark.parametrize("cookie", ["", "r3", "r1;", "127.0.0.1:22", "%00"])
def test_a_cookie_that_names_no_replica_is_as_none(front, replicas, cookie):
    answer = get(front.address, "/", written({"replica": cookie}))
    port, _ = replicas[answer.cookies["replica"]]
    assert (answer.status, answer.content) == (200, str(port).encode())


def test_scripts_are_packed_for_a_browser_that_can_read_that(front):
    asked = urllib.request.Request(f"{front.address}/static/js/index.js")
    asked.add_header("Accept-Encoding", "gzip")
    with urllib.request.urlopen(asked) as answer:
        packed = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == SCRIPT
    assert len(packed) < len(SCRIPT) / 4


@pytest.mark.slow
def test_a_replica_that_hangs_is_left_within_the_time_that_is_said(front, replicas):
    _, process = replicas["r1"]
    other, _ = replicas["r2"]
    assert "proxy_read_timeout 10s" in nginx.block("proxy_pass")
    with stopped(process):
        start = time.monotonic()
        answer = get(front.address, "/", written({"replica": "r1"}))
        assert answer.content == str(other).encode()
        assert answer.cookies == {"replica": "r2"}
        assert 9 < time.monotonic() - start < 15
        # For the next ten seconds nobody waits for it, not even who comes with its cookie.
        start = time.monotonic()
        assert get(front.address, "/", written({"replica": "r1"})).content == str(other).encode()
        assert time.monotonic() - start < 2
    assert front.logged() == ""  # nobody was refused


def test_an_open_page_is_not_cut_off_between_two_pings_of_streamlit():
    stream = block("proxy_pass").split("location = /_stcore/stream")[1]
    assert "proxy_read_timeout 90s" in stream
    assert 2 * streamlits.DEFAULT_WEBSOCKET_PING_INTERVAL < 90


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://{host}", 200),
        ("HTTPS://{host}", 200),
        ("https://elsewhere.example", 403),
        ("https://elsewhere.example/{host}", 403),
        ("https://{host}.elsewhere.example", 403),
        ("https://elsewhere{host}", 403),
        ("null", 403),
        ("file://{host}", 403),
    ],
)
def test_a_page_of_another_site_is_refused(front, origin, status):
    host = front.address.removeprefix("http://")
    headers = {} if origin is None else {"Origin": origin.format(host=host)}
    assert get(front.address, "/_stcore/stream", headers).status == status


@pytest.mark.parametrize(("size", "status"), [(5 * 2**20, 200), (5 * 2**20 + 1, 413)])
def test_an_upload_is_bounded(front, size, status):
    sent = get(front.address, "/_stcore/upload_file/a/b", method="PUT", content=bytes(size))
    assert sent.status == status


def test_what_is_refused_is_one_line_without_what_the_link_says(front):
    foreign = {
        "Origin": "https://elsewhere.example",
        "Referer": f"https://elsewhere.example/{SECRET}",
    }
    assert get(front.address, f"/xor?{SECRET}").status == 200
    assert get(front.address, f"/xor?{SECRET}", foreign).status == 403
    until(front.logged, "a line is logged")
    (line,) = front.logged().splitlines()
    assert " 403 GET /xor " in line
    assert SECRET not in line


def test_what_cannot_be_got_is_one_line_without_what_the_link_says(nginx_or_not):
    with nginx.in_front_of([free_port(), free_port()]) as front:
        assert get(front.address, f"/xor?{SECRET}").status == 502
        until(front.logged, "a line is logged")
        (line,) = front.logged().splitlines()
        assert " 502 GET /xor " in line
        assert SECRET not in line


@pytest.fixture
def check(replicas, tmp_path):
    """Run the timer's command against a replica, with seconds cut to a tenth; say what it does."""

    def run(port):
        command = setting("curl", "ExecStart").replace("%i", str(port)).replace("-m 10", "-m 1")
        (tmp_path / "systemctl").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\n')
        (tmp_path / "systemctl").chmod(0o755)
        path = f"{tmp_path}:{os.environ['PATH']}"
        words = subprocess.run(
            ["/bin/sh", "-c", command.split("'")[1]], env={"PATH": path}, timeout=30, check=False
        )
        assert words.returncode == 0
        told = tmp_path / "told"
        return told.read_text().strip() if told.exists() else None

    return run


@pytest.mark.usefixtures("curl_or_not")
def test_the_timer_leaves_a_replica_alone_that_answers(check, replicas):
    port, _ = replicas["r2"]
    assert check(port) is None


@pytest.mark.slow
@pytest.mark.usefixtures("curl_or_not")
def test_the_timer_restarts_a_replica_that_hangs(check, replicas):
    port, process = replicas["r2"]
    with stopped(process):
        assert check(port) == f"try-restart playground@{port}"
