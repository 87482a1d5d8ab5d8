"""python -m tests.load.standin PORT: it answers like Streamlit where a test needs no page.

A page is answered with the server's port, so that a test knows which one it was.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    """Say `ok` when asked for health, else the port."""

    def do_GET(self) -> None:
        port = self.connection.getsockname()[1]
        self._say(b"ok" if self.path == "/_stcore/health" else str(port).encode())

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(b"taken")

    def _say(self, words: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
