"""What a class does: everybody opens a link, then turns knobs now and then."""

import asyncio
import random
from collections.abc import Sequence
from typing import NamedTuple

from tests.load.visitor import PATIENCE, Visitor

WEIGHTS = {
    "xor": 40,
    "mnist": 15,
    "regularisation": 10,
    "bias_variance": 10,
    "initialisation": 8,
    "vanishing": 7,
    "home": 5,
    "runs": 5,
}
"""How many of a hundred visitors are on which page: a guess, XOR being where courses begin."""

COSTLY = {"Epochs", "Mini-batch size", "Samples m", "Dev fraction"}
"""Knobs that say how much there is to train; the others leave that as it is."""


COSTLIEST = {
    "xor": "panel=Many+seeds&dataset=noisy_xor&samples=1000&hidden=12-12-12-12&optimizer=adam"
    "&batch_size=32&epochs=3000",
    "mnist": "panel=Compare&samples=30000&hidden=512-512-512-512&optimizer=adam&batch_size=32",
    "initialisation": "panel=Many+seeds&dataset=mnist&samples=2000&optimizer=adam"
    "&hidden=64-64-64-64-64-64-64-64-64-64&schemes=zeros.constant.small.large.uniform.lecun",
    "vanishing": "panel=What+cures+it&dataset=mnist&samples=2000&optimizer=adam&batch_size=32"
    "&hidden=64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64-64",
    "regularisation": "panel=How+strong%3F&dataset=mnist&samples=1000&hidden=64-64-64"
    "&optimizer=adam&batch_size=32&shown=plain.l2.l1.dropout.l2_dropout.early",
    "bias_variance": "panel=Curves&dataset=mnist&samples=10000&hidden=128-128-128-128"
    "&optimizer=adam&batch_size=32&shift=rotated&target_share=1&starts=15&curve=depth",
    "neuron": "panel=Trained",
    "optimisers": "panel=Sensitivity+to+%CE%B1&dataset=spirals&samples=500&hidden=12-12-12"
    "&batch_size=10&epochs=300&on=path&steps=1000",
    "batches": "panel=%CE%B1+for+each+size&dataset=mnist&samples=5000&hidden=64-64-64"
    "&optimizer=adam&sizes=1.4.16.64.256.0",
}
"""What costs most on each page, of all that it offers, or near it: what else a server may have to
do while a class turns its knobs.
"""

STARTS = ("Train", "Continue", "Run it", "Race again")
"""Labels of buttons that begin, or go on with, what takes long."""


class Link(NamedTuple):
    """What a visitor has been given: the page, and what the address says after it."""

    page: str
    query: str = ""


class Lesson(NamedTuple):
    """What was measured: seconds to open, seconds per knob, how often refused, what failed.

    `on` has the seconds per knob by the page they were turned on.
    """

    opened: list[float]
    on: dict[str, list[float]]
    refused: list[str]
    failures: list[str]

    @property
    def turned(self) -> list[float]:
        """Return the seconds per knob, on whatever page."""
        return [seconds for page in self.on.values() for seconds in page]


def mixed(number: int) -> list[str]:
    """Return the pages of so many visitors, each page as often as its weight says.

    >>> mixed(10).count("xor"), len(set(mixed(100)))
    (4, 8)
    """
    pages = [page for page, weight in WEIGHTS.items() for _ in range(weight)]
    return [pages[k * len(pages) // number % len(pages)] for k in range(number)]


async def hold(address: str, links: Sequence[Link], every: float = 1, seconds: float = 0) -> Lesson:
    """Let a visitor per link open it at once, and each turn a knob `every` so many seconds.

    Each has a knob to turn, drawn from those of the page that do not say how much there is to
    train. On a page without any, it is drawn anew.
    """
    lesson = Lesson([], {link.page: [] for link in links}, [], [])
    chance = random.Random(0)
    await asyncio.gather(
        *(
            _visit(lesson, Visitor(address, *link), random.Random(k), chance.uniform(0, every),
                   every, seconds)
            for k, link in enumerate(links)
        )
    )  # fmt: skip
    return lesson


async def keep_busy(address: str, seconds: float) -> list[str]:
    """Let a visitor on each page have the most expensive thing done; return what failed."""
    failures: list[str] = []
    links = [Link(page, query) for page, query in COSTLIEST.items()]
    await asyncio.gather(
        *(_keep_busy(Visitor(address, *link), seconds, failures) for link in links)
    )
    return failures


async def _keep_busy(visitor: Visitor, seconds: float, failures: list[str]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    async with visitor:
        opening = asyncio.create_task(visitor.open())
        await asyncio.wait([opening], timeout=seconds)
        opening.cancel()
        while loop.time() < end:
            for label in set(visitor.buttons).intersection(STARTS):
                await visitor.press(label)
            await visitor.stay(min(5.0, end - loop.time()))
    failures.extend(visitor.failures)


async def _visit(
    lesson: Lesson,
    visitor: Visitor,
    chance: random.Random,
    start: float,
    every: float,
    seconds: float,
) -> None:
    try:
        async with visitor:
            lesson.opened.append(await asyncio.wait_for(visitor.open(), PATIENCE))
            loop = asyncio.get_running_loop()
            end, due = loop.time() + seconds, loop.time() + start
            knobs = [label for label in visitor.knobs if label not in COSTLY]
            knob = chance.choice(knobs) if knobs else None
            while due < end:
                await visitor.stay(max(0.0, due - loop.time()))
                answer = visitor.turn(knob, 1) if knob else visitor.open()
                lesson.on[visitor.page].append(await asyncio.wait_for(answer, PATIENCE))
                due += every
    except Exception as problem:  # whatever it was, it is a failure of this visit
        lesson.failures.append(f"{type(problem).__name__}: {problem}")
    lesson.refused.extend([visitor.page] * visitor.refused)
    lesson.failures.extend(visitor.failures)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
