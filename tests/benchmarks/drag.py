"""How fast pictures follow a hot knob that is dragged: `python -m tests.benchmarks.drag`.

A mouse moves a range to and fro for some seconds on a server with no other visitor. Counted are
the trained networks that were painted, the milliseconds from a value being set in the range to a
picture of a network that was trained for it or for a newer one, and the bytes the server sent.
"""

import argparse
import statistics
import time
from typing import Any, NamedTuple

from tests.benchmarks.served import served

PAGES = {"xor": ".player"} | dict.fromkeys(
    ("initialisation", "regularisation", "batches"), ".lineup"
)
"""The pages, and what paints their pictures."""

SWEEP = 0.75
"""Seconds from one end of a range to the other: faster than any server could follow."""

_WATCH_ROW = """row => {
  const { pacing } = row.hot;
  window.sent = [];
  let at = 0;
  const [turn, send] = [pacing.turn.bind(pacing), pacing.send];
  pacing.turn = (...said) => { at = performance.now(); turn(...said); };
  pacing.send = (said) => { window.sent.push(at); send(said); };
}"""

_WATCH_PICTURE = """picture => {
  window.painted = [];
  let version = picture.dataset.version;
  new MutationObserver(() => {
    if (picture.dataset.version === version) return;
    version = picture.dataset.version;
    window.painted.push(Number(picture.dataset.painted));
  }).observe(picture, { attributeFilter: ["data-painted"] });
}"""


_AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"


class Drag(NamedTuple):
    """What came of one: pictures in so many seconds, and milliseconds from a value to its picture.

    `kilobytes` are what the server sends for each.
    """

    pictures: int
    delays: list[float]
    kilobytes: float
    seconds: float

    def __str__(self) -> str:
        ordered = sorted(self.delays)
        return (
            f"{self.pictures / self.seconds:.1f} pictures a second, knob to painted "
            f"{statistics.median(ordered):.0f} ms (95 %: {ordered[int(0.95 * len(ordered))]:.0f} "
            f"ms), {self.kilobytes:.0f} kB a picture"
        )


def drag(page: Any, picture: str, seconds: float) -> Drag:
    """Drag the first range of the page's hot knobs to and fro."""
    page.locator(_AT_REST).wait_for()
    page.locator(".hot").evaluate(_WATCH_ROW)
    page.locator(picture).first.evaluate(_WATCH_PICTURE)
    _sweep(page, seconds)
    sent, painted = page.evaluate("() => [window.sent, window.painted]")
    following = [next((p for p in painted if p > at), None) for at in sent]
    delays = [p - at for p, at in zip(following, sent, strict=True) if p is not None]
    during = sum(p < sent[0] + 1e3 * seconds for p in painted)
    return Drag(during, delays, _kilobytes(page), seconds)


def _kilobytes(page: Any) -> float:
    """Return what the server sends for a picture; not timed, as to listen takes time as well."""
    received = [0]

    def listen(socket: Any) -> None:
        socket.on("framereceived", lambda data: received.append(len(data)))

    page.on("websocket", listen)
    page.reload()
    page.locator(_AT_REST).wait_for()
    page.locator(".hot").evaluate(_WATCH_ROW)
    before = sum(received)
    _sweep(page, 2.0)
    return (sum(received) - before) / 1e3 / len(page.evaluate("() => window.sent"))


def _sweep(page: Any, seconds: float) -> None:
    box = page.locator(".hot input[type=range]").first.bounding_box()
    y, left, width = box["y"] + box["height"] / 2, box["x"] + 10, box["width"] - 20
    start = time.monotonic()
    page.mouse.move(left, y)
    page.mouse.down()
    while (now := time.monotonic() - start) < seconds:
        page.mouse.move(left + width * abs((now / SWEEP) % 2 - 1), y)
        page.wait_for_timeout(15)
    page.mouse.up()
    page.wait_for_timeout(1500)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drag", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--page", choices=list(PAGES))
    options = parser.parse_args()
    with served() as app:
        for name, picture in PAGES.items():
            if options.page in (None, name):
                page = app.visit(name)
                page.locator(picture).first.wait_for()
                app.rest()
                result = drag(page, picture, options.seconds)
                print(f"{name}: {result}", flush=True)  # noqa: T201
                page.context.close()


if __name__ == "__main__":
    main()
