"""What a class does: all open the same link, then everybody turns knobs now and then."""

import asyncio
import random
from collections.abc import Sequence
from typing import NamedTuple

from tests.load.visitor import PATIENCE, Visitor

KNOB = "Learning rate α"


class Lesson(NamedTuple):
    """What was measured: seconds to open, seconds per knob, and what failed."""

    opened: list[float]
    turned: list[float]
    failures: list[str]


async def hold(
    address: str, page: str, links: Sequence[str], every: float = 1, seconds: float = 0
) -> Lesson:
    """Let a visitor per link open a page at once, and each turn a knob `every` so many seconds."""
    lesson = Lesson([], [], [])
    chance = random.Random(0)
    visitors = [Visitor(address, page, link) for link in links]
    await asyncio.gather(
        *(_visit(lesson, visitor, chance.uniform(0, every), every, seconds) for visitor in visitors)
    )
    return lesson


async def _visit(
    lesson: Lesson, visitor: Visitor, start: float, every: float, seconds: float
) -> None:
    try:
        async with visitor:
            lesson.opened.append(await asyncio.wait_for(visitor.open(), PATIENCE))
            loop = asyncio.get_running_loop()
            end, due = loop.time() + seconds, loop.time() + start
            while due < end:
                await asyncio.sleep(max(0.0, due - loop.time()))
                lesson.turned.append(await asyncio.wait_for(visitor.turn(KNOB, 1), PATIENCE))
                due += every
    except Exception as problem:  # whatever it was, it is a failure of this visit
        lesson.failures.append(f"{type(problem).__name__}: {problem}")
    lesson.failures.extend(visitor.failures)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
