"""How quickly the MNIST page trains and answers: python -m tests.benchmarks.mnist_page.

Needs Chromium. Prints how long the default training takes on the page, all drawing included,
beside the same training alone; how often the curves move; how soon a stop is answered; and what a
further visitor who trains costs in memory. Server and browser share the machine.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as on the server; before NumPy is first imported

import statistics
import sys
import time
from pathlib import Path
from typing import Any

from engine.training.run import train
from pages._mnist.lens import MNIST
from tests.benchmarks.served import Served, served

ROUNDS = 5
LONG = "epochs=50"

# Resolves to [milliseconds until the progress matches, how many texts it showed on the way].
WATCH = """(pattern) => {
  const progress = () => document.querySelector('[data-testid=stProgress]')?.innerText ?? '';
  const start = performance.now(), seen = new Set();
  let begun = false;
  window.waited = new Promise(resolve => {
    const look = () => {
      const text = progress();
      if (!new RegExp('trained in|stopped in').test(text)) { begun = true; seen.add(text); }
      if (begun && new RegExp(pattern).test(text)) resolve([performance.now() - start, seen.size]);
      else requestAnimationFrame(look);
    };
    look();
  });
}"""


def main() -> None:
    with served() as app:
        page = _visit(app, "mnist")
        alone, watched, rates = [], [], []
        for _ in range(ROUNDS):  # in turn, so that both meet the same machine
            alone.append(_alone())
            milliseconds, texts = _timed(page, "Train", "trained in")
            watched.append(milliseconds / 1e3)
            rates.append(texts / milliseconds * 1e3)
        ratio = statistics.median(w / a for w, a in zip(watched, alone, strict=True))
        _tell("training on the page", f"{statistics.median(watched):.2f} s")
        _tell("the same training alone", f"{statistics.median(alone):.2f} s")
        _tell("ratio, at most 1.5", f"{ratio:.2f}")
        _tell("updates a second, at least 10", f"{statistics.median(rates):.1f}")
        before = _resident(app.pid)
        further = _visit(app, f"mnist?{LONG}&seed=7")
        stops = []
        for _ in range(ROUNDS):
            further.get_by_role("button", name="Train", exact=True).click()
            further.wait_for_timeout(1000)
            stops.append(_timed(further, "Stop", "stopped in")[0])
        _tell(
            "stop answered, at most 300 ms",
            f"median {statistics.median(stops):.0f} ms, {max(stops):.0f} ms at most",
        )
        growth, in_all = _resident(app.pid) - before, _resident(app.pid)
        _tell("a further visitor who trains, at most 30 MB", f"{growth:.0f} MB")
        _tell("the server in all, at most 600 MB", f"{in_all:.0f} MB")


def _visit(app: Served, link: str) -> Any:
    page = app.visit(link)
    page.get_by_test_id("stProgress").wait_for(timeout=60_000)
    page.wait_for_timeout(2000)
    return page


def _timed(page: Any, button: str, pattern: str) -> tuple[float, int]:
    page.evaluate(WATCH, pattern)
    page.get_by_role("button", name=button, exact=True).click()
    milliseconds, texts = page.evaluate("() => window.waited")
    page.wait_for_timeout(500)
    return float(milliseconds), int(texts)


def _alone() -> float:
    begun = time.perf_counter()
    for _ in train(MNIST.defaults):
        pass
    return time.perf_counter() - begun


def _resident(pid: int) -> float:
    """Return the memory a process holds, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _tell(what: str, number: str) -> None:
    sys.stdout.write(f"| {what} | {number} |\n")


if __name__ == "__main__":
    main()
