"""python -m tests.load.standin PORT: it answers like Streamlit where a test needs no page.

A script is a long one; a page is answered with the server's port, so that a test knows which one
it was.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SCRIPT = b"const learned = true;\n" * 1000


class Answer(BaseHTTPRequestHandler):
    """Say `ok` when asked for health, else the port."""

    def do_GET(self) -> None:
        port = self.connection.getsockname()[1]
        if self.path.endswith(".js"):
            self._say(SCRIPT, "text/javascript; charset=utf-8")
        else:
            self._say(b"ok" if self.path == "/_stcore/health" else str(port).encode())

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(b"taken")

    def _say(self, words: bytes, kind: str = "text/html") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
