"""A request over HTTP without waiting for others: hundreds of visitors share one event loop."""

import asyncio
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """What a server said: its status, the cookies it sets, and the content."""

    status: int
    cookies: Mapping[str, str]
    content: bytes


async def fetch(
    address: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    content: bytes = b"",
) -> Answer:
    """Ask for a path, as HTTP/1.0: the answer then ends with the connection."""
    host = urlsplit(address)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    lines = {"Host": host.netloc} | dict(headers or {})
    if content:
        lines["Content-Length"] = str(len(content))
    heading = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    try:
        writer.write(f"{method} {path} HTTP/1.0\r\n{heading}\r\n".encode() + content)
        return _read(await reader.read())
    finally:
        writer.close()


def written(cookies: Mapping[str, str]) -> Mapping[str, str]:
    """Return the headers in which a browser sends its cookies."""
    return {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())} if cookies else {}


def _read(answer: bytes) -> Answer:
    heading, _, content = answer.partition(b"\r\n\r\n")
    status, *lines = heading.decode("latin-1").split("\r\n")
    cookies = SimpleCookie()
    for line in lines:
        name, _, value = line.partition(": ")
        if name.lower() == "set-cookie":
            # The standard library does not know this attribute before Python 3.14.
            cookies.load(value.replace("; Partitioned", ""))
    kept = {name: cookie.value for name, cookie in cookies.items()}
    return Answer(int(status.split()[1]), kept, content)
