"""How quickly the laboratories answer: python -m tests.benchmarks.laboratories, needs Chromium.

Prints the time from a key press on a knob to the first new picture painted, and to the last one,
when all runs are complete. No run is in the cache before. Server and browser share the machine.
"""

import argparse
import statistics
import sys
from typing import Any

from tests.benchmarks.served import served

SIX = "schemes=zeros.constant.small.large.xavier.he"
PAGES = {
    "initialisation, six schemes": (f"initialisation?{SIX}", 1.0, 1.0),
    "the same, 10 layers of 50, 200 epochs": (
        f"initialisation?{SIX}&epochs=200&hidden={'-'.join(['50'] * 10)}", 1.0, 5.0,
    ),
}  # fmt: skip
"""What is opened, and the most seconds to the first and to the complete picture."""

# Resolves to the milliseconds from now until the line-up painted another version, and until it
# painted for the last time before the page had been at rest for a while.
WATCH = """lineup => {
  const before = lineup.dataset.version, start = performance.now();
  const app = document.querySelector('[data-testid=stApp]');
  let first, quiet;
  window.waited = new Promise(resolve => {
    const look = () => {
      const now = performance.now(), painted = Number(lineup.dataset.painted);
      if (lineup.dataset.version !== before && painted > start) first ??= painted - start;
      if (app.dataset.testScriptState !== 'notRunning' || first === undefined) quiet = now;
      if (now - quiet > 400) resolve([first, painted - start]);
      else requestAnimationFrame(look);
    };
    look();
  });
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--moves", type=int, default=7)
    moves = options.parse_args().moves
    with served() as app:
        for what, (link, first, complete) in PAGES.items():
            page = app.visit(link)
            page.locator(".lineup[data-painted]").wait_for(timeout=60_000)
            page.wait_for_timeout(8000)
            seen = seed_moves(page, moves)
            tell(f"{what}: first picture", [move[0] for move in seen], first)
            tell(f"{what}: complete", [move[1] for move in seen], complete)
            page.context.close()


def seed_moves(page: Any, moves: int) -> list[list[float]]:
    """Return seconds from key press to the first and the last paint, once per move."""
    page.get_by_text("Seeds", exact=True).first.click()
    seed = page.get_by_role("spinbutton", name="Seed of the network")
    seen = []
    for _ in range(moves):
        seed.focus()
        page.locator(".lineup").evaluate(WATCH)
        page.keyboard.press("ArrowUp")
        seen.append([ms / 1000 for ms in page.evaluate("() => window.waited")])
    return seen


def tell(what: str, seconds: list[float], bound: float) -> None:
    middle, most = statistics.median(seconds), max(seconds)
    sys.stdout.write(
        f"| {what} | median {middle:.2f} s, most {most:.2f} s | at most {bound:g} s |\n"
    )


if __name__ == "__main__":
    main()
