"""python -m tests.load [--visitors 30] [--every 5] [--seconds 120] [--page xor] [--beside] ..."""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import Any

from tests.load import nginx
from tests.load.classroom import WEIGHTS, Lesson, Link, hold, keep_busy, mixed, quantile
from tests.load.server import Taken, serving

parser = argparse.ArgumentParser(prog="python -m tests.load")
parser.add_argument("--visitors", type=int, default=30)
parser.add_argument("--every", type=float, default=5.0, help="seconds between two knobs")
parser.add_argument("--seconds", type=float, default=120.0)
parser.add_argument("--page", default="xor", help="its name, or all: mixed by their weights")
parser.add_argument(
    "--replicas", type=int, choices=(1, len(nginx.PORTS)), default=1,
    help="one server alone, or as many as the README's nginx has behind it",
)  # fmt: skip
parser.add_argument(
    "--beside", action="store_true", help="while a visitor on each page does what costs most"
)
chosen = parser.parse_args()

HEAD_START = 20.0
"""Seconds that what costs most has to get under way before the class comes."""


def say(text: str) -> None:
    """Say it at once: a lesson lasts."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_taken(when: str, taken: list[Taken]) -> None:
    for memory, threads, descriptors in taken:
        say(f"  {when}: {memory:.0f} MB, {threads} threads, {descriptors} file descriptors")


def say_measured(what: str, seconds: list[float]) -> None:
    median, late = (quantile(seconds, share) for share in (0.5, 0.95))
    say(f"  {len(seconds)} {what}: median {1000 * median:.0f} ms, p95 {1000 * late:.0f} ms")


def say_problems(lesson: Lesson) -> None:
    say(f"  refused {len(lesson.refused)}, failed {len(lesson.failures)}")
    for failure, times in Counter(lesson.failures).most_common(5):
        say(f"    {times} times {failure}")


with ExitStack() as stack:
    servers = [stack.enter_context(serving()) for _ in range(chosen.replicas)]
    address, front = servers[0].address, None
    if chosen.replicas > 1:
        front = stack.enter_context(nginx.in_front_of([server.port for server in servers]))
        address = front.address

    def trained() -> int:
        return sum(len(server.trained()) for server in servers)

    async def beside(work: Coroutine[Any, Any, Lesson], seconds: float) -> Lesson:
        """Hold a lesson while others have the most expensive things done, if they shall."""
        if not chosen.beside:
            return await work
        busy = asyncio.create_task(keep_busy(address, seconds + HEAD_START))
        await asyncio.sleep(HEAD_START)
        lesson = await work
        lesson.failures.extend(await busy)
        return lesson

    async def watched(work: Coroutine[Any, Any, Lesson]) -> tuple[Lesson, list[Taken]]:
        """Hold a lesson; return also the most that each server took meanwhile."""
        lesson, most = asyncio.create_task(work), [server.taken() for server in servers]
        while not lesson.done():
            await asyncio.wait([lesson], timeout=1)
            now = [server.taken() for server in servers]
            most = [taken.most(more) for taken, more in zip(most, now, strict=True)]
        return lesson.result(), most

    number = chosen.visitors
    pages = mixed(number) if chosen.page == "all" else [chosen.page] * number
    for server in servers:  # the first visitors warm it up
        asyncio.run(hold(server.address, [Link(page) for page in WEIGHTS if page in pages]))
    say_taken("at first", [server.taken() for server in servers])

    say(f"{number} visitors open the same link of {chosen.page} at once:")
    known = trained()
    lesson = asyncio.run(hold(address, [Link(page, "seed=77") for page in pages]))
    say_measured("pages", lesson.opened)
    say_problems(lesson)
    say(f"  {trained() - known} trainings")

    every, seconds = chosen.every, chosen.seconds
    say(f"each has an own seed and turns a knob every {every:g} s for {seconds:g} s:")
    known, start = trained(), time.process_time()
    own = [Link(page, f"seed={1000 + k}") for k, page in enumerate(pages)]
    work = beside(hold(address, own, every, seconds), seconds)
    lesson, most = asyncio.run(watched(work))
    say_measured("pages", lesson.opened)
    say_measured("knobs", lesson.turned)
    if len(lesson.on) > 1:
        for page, seconds_each in lesson.on.items():
            say_measured(f"on {page}", seconds_each)
    say_problems(lesson)
    say(f"  {trained() - known} trainings")
    say(f"  the visitors' own work: {time.process_time() - start:.0f} s of one core")
    if front is not None:
        say(f"  {len(front.logged().splitlines())} times nginx refused or got no answer")
    say_taken("at most", most)
    say_taken("after they have left", [server.taken() for server in servers])
