"""python -m tests.load [--visitors 30] [--every 5] [--seconds 120] [--page xor]"""

import argparse
import asyncio
import sys

from tests.load.classroom import hold, quantile
from tests.load.server import serving

parser = argparse.ArgumentParser(prog="python -m tests.load")
parser.add_argument("--visitors", type=int, default=30)
parser.add_argument("--every", type=float, default=5.0, help="seconds between two knobs")
parser.add_argument("--seconds", type=float, default=120.0)
parser.add_argument("--page", default="xor")
chosen = parser.parse_args()

number = chosen.visitors
same, own = ["seed=77"] * number, [f"seed={k}" for k in range(1000, 1000 + number)]
with serving() as server:
    asyncio.run(hold(server.address, chosen.page, [""]))  # the first visitor warms it up
    idle, known = server.memory(), len(server.trained())
    opening = asyncio.run(hold(server.address, chosen.page, same))
    at_once = len(server.trained()) - known
    lesson = asyncio.run(hold(server.address, chosen.page, own, chosen.every, chosen.seconds))
    memory, trained = server.memory(), len(server.trained()) - known - at_once

opened, turned = opening.opened, lesson.turned
failures = opening.failures + lesson.failures
report = [
    f"{number} visitors open the same link of {chosen.page} at once:",
    f"  trained {at_once} time(s); median {quantile(opened, 0.5):.2f} s, "
    f"p95 {quantile(opened, 0.95):.2f} s",
    f"each has an own seed and turns a knob every {chosen.every:g} s for {chosen.seconds:g} s:",
    f"  {len(turned)} answers, {trained} trainings; median {1000 * quantile(turned, 0.5):.0f} ms, "
    f"p95 {1000 * quantile(turned, 0.95):.0f} ms",
    f"  memory {memory:.0f} MB, {(memory - idle) / number:.1f} MB a session",
    f"  failures: {len(failures)}",
    *(f"    {failure}" for failure in sorted(set(failures))[:5]),
]
sys.stdout.write("\n".join(report) + "\n")
