"""nginx on loopback in front of two servers, with the very block that the README prints."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.load.readme import block
from tests.load.server import free_port, is_listening, until

PORTS = ("8501", "8502")
"""Those of the README's replicas."""

_AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{block}
}}
"""
"""What Debian's nginx.conf has around the block, for somebody who is not root."""


class Front(NamedTuple):
    """A running nginx: where it is, and where it writes its logs."""

    address: str
    logs: Path

    def logged(self) -> str:
        """Return all that it has written so far."""
        return "".join(file.read_text() for file in sorted(self.logs.glob("*.log")))


def program() -> str | None:
    """Return the path of nginx, which Debian keeps where only root looks; None without it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def in_front_of(ports: Sequence[int]) -> Iterator[Front]:
    """Start nginx in front of servers on these ports, and stop it at the end."""
    nginx = program()
    if nginx is None:
        raise FileNotFoundError("no nginx: apt-get install nginx")
    port = free_port()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # started by root, nginx works as nobody
        settings = folder / "nginx.conf"
        settings.write_text(_AROUND.format(folder=folder, block=adapted(port, ports, folder)))
        process = subprocess.Popen(
            [nginx, "-p", name, "-e", str(folder / "error.log"), "-c", str(settings)]
        )
        try:
            until(lambda: is_listening(port), "nginx listens")
            yield Front(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait(timeout=20)


def adapted(port: int, ports: Sequence[int], folder: Path) -> str:
    """Return the README's block, with only its ports and its folder replaced, and without TLS."""
    text = block("proxy_pass").replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("/var/log/nginx", str(folder))
    for printed, used in zip(PORTS, ports, strict=True):
        text = text.replace(f":{printed}", f":{used}")
    return text
