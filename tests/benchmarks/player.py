"""How quickly the XOR page answers: python -m tests.benchmarks.player, which needs Chromium.

Prints the time from a key press on a knob to the new boundary painted, from a move of the time bar
to its frame painted, the frames a second while playing, and the bytes of one knob move. Server and
browser share the machine, and Chromium renders in software.
"""

import argparse
import statistics
import sys
from typing import Any

from engine.experiment.problem import load
from pages._kit.player.replay import Replay
from pages._kit.player.wire import pack
from pages._kit.training import cache
from pages._xor.lens import XOR
from tests.benchmarks.served import served

PLAYER = ".player"

# Resolves to the milliseconds from now until the player has painted after `name` changed; given a
# value, the time bar is moved to it now.
WATCH = """(player, [name, value]) => {
  const before = player.dataset[name], start = performance.now();
  window.waited = new Promise(resolve => {
    const look = () => {
      const painted = Number(player.dataset.painted);
      if (player.dataset[name] !== before && painted > start) resolve(painted - start);
      else requestAnimationFrame(look);
    };
    look();
  });
  if (value === null) return;
  const bar = player.querySelector('[name=scrub]');
  bar.value = value;
  bar.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--moves", type=int, default=30)
    moves = options.parse_args().moves
    with served() as app:
        page = app.visit("xor")
        player = page.locator(PLAYER).first
        page.locator(f"{PLAYER}[data-refined=true]").first.wait_for(timeout=60_000)
        page.wait_for_timeout(2000)
        tell("knob to boundary painted", knob_moves(page, player, moves), "150 ms, p95 300 ms")
        tell("scrub to frame painted", scrubs(page, player, moves), "16 ms")
        write(f"| play | {frames_a_second(page, player):.1f} a second | at least 55 |")
    film = Replay.of(cache.run(XOR.defaults), load(XOR.defaults))
    write(f"| one knob move | {len(pack(film.movie('XOR'))) / 1024:.0f} KB | at most 300 KB |")


def knob_moves(page: Any, player: Any, moves: int) -> list[float]:
    """Return milliseconds from key press to paint; no run is in the cache before."""
    page.get_by_text("Seeds", exact=True).first.click()
    seed = page.get_by_role("spinbutton", name="Seed of the network")
    times = []
    for _ in range(moves):
        seed.focus()
        player.evaluate(WATCH, ["version", None])
        page.keyboard.press("ArrowUp")
        times.append(float(page.evaluate("() => window.waited")))
        page.wait_for_timeout(300)
    return times


def scrubs(page: Any, player: Any, moves: int) -> list[float]:
    times = []
    for move in range(moves):
        player.evaluate(WATCH, ["frame", str(5 + 3 * move)])
        times.append(float(page.evaluate("() => window.waited")))
        page.wait_for_timeout(50)
    return times


def frames_a_second(page: Any, player: Any) -> float:
    player.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_timeout(1500)
    return float(player.get_attribute("data-fps") or 0)


def tell(what: str, times: list[float], bound: str) -> None:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    middle = statistics.median(times)
    write(f"| {what} | median {middle:.1f} ms, p95 {high:.1f} ms | at most {bound} |")


def write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
