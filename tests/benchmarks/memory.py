"""What a server holds after every panel of every page: python -m tests.benchmarks.memory.

Once at the defaults and once at the largest settings that each page offers, in so many rounds with
other seeds, without a browser. Prints the resident memory panel by panel, the longest that was
computed in a turn before others could go first and the longest between two turns, each with the
functions that took it, and what is left after the visitors have gone.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as on the server; before NumPy is first imported

import argparse
import gc
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from streamlit.testing.v1 import AppTest, app_test

from engine.experiment.experiment import KNOBS
from engine.experiment.knobs import Choice, Choices, Flag, Integer, Real, Widths
from pages._kit.knobs.lens import Lens
from pages._kit.knobs.reals import Reals
from pages._kit.training import cache
from pages._neuron.dims import Dims
from pages._pages.registry import LENSES
from tests.benchmarks.stretches import Sampler, Timed
from tests.pages.conftest import Navigated
from tests.pages.offers import ROOT
from tests.pages.screen import parts, sound

LARGEST = {
    "dataset": "mnist",
    "optimizer": "adam",
    "batch_size": "32",
    "shift": "rotated",
    "target_share": "1",
    "standardize": "1",
}
"""What costs most, of knobs whose highest value does not say so."""


def largest(lens: Lens) -> dict[str, str]:
    """Return a link to the most expensive experiment that a page takes, with all its runs shown."""
    link = {name: _most(KNOBS[name], lens.offers.get(name)) for name in ("samples", "hidden")}
    link |= {name: text for name, text in LARGEST.items() if name in lens.knobs}
    if "dataset" in lens.offers and "mnist" not in lens.offers["dataset"]:
        link["dataset"] = "noisy_xor"
    return link | {page.name: _most(page.knob, page.offer) for page in lens.page_knobs}


def _most(knob: Any, offer: tuple[Any, ...] | None) -> str:
    match knob:
        case Integer() | Real():
            return str(knob.write(max(offer) if offer else knob.high))
        case Widths():
            return str(knob.write(offer or (knob.width,) * knob.depth))
        case Choices():
            return str(knob.write(tuple(offer or knob.titles)[: knob.most]))
        case Choice():
            return str(knob.write(tuple(offer or knob.titles)[-1]))
        case Flag():
            return str(knob.write(True))
        case Reals():
            return str(knob.write((knob.high,) * knob.most))
        case Dims():
            return str(knob.write((knob.longest,) * knob.most))
    raise TypeError(f"no largest value is known of {knob!r}")


def visit(lens: Lens, link: dict[str, str]) -> Iterator[tuple[str, AppTest]]:
    """Open every panel of a page by its link, each by a visitor of its own."""
    for part in list(parts(_opened(lens, link))):
        at = _opened(lens, link | {"panel": part})
        for toggle in at.toggle:
            if "at once" in toggle.label and not toggle.value:
                at = sound(toggle.set_value(True).run())
        yield part, at


def _opened(lens: Lens, link: dict[str, str]) -> AppTest:
    at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300).run()
    at.query_params.update(link)
    return sound(at.switch_page(f"pages/{lens.path}.py").run())


def resident() -> float:
    """Return the memory this process holds, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@mock.patch.object(app_test, "PagesManager", Navigated)
def main() -> None:
    logging.disable(logging.WARNING)  # Streamlit misses its server
    cache.turn = turn = Timed()
    sampler = Sampler(turn)
    sampler.start()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--page", choices=list(LENSES))
    parser.add_argument("--only", choices=("defaults", "largest"))
    options = parser.parse_args()
    for round_ in range(options.rounds):
        for lens in LENSES.values():
            if options.page in (None, lens.path):
                for name, link in (("defaults", {}), ("largest", largest(lens))):
                    if options.only in (None, name):
                        _walk(lens, name, link | {"seed": str(round_)}, sampler)
    gc.collect()
    sys.stdout.write(f"after all have gone: {resident():.0f} MB\n")


def _walk(lens: Lens, name: str, link: dict[str, str], sampler: Sampler) -> None:
    before = resident()
    sys.stdout.write(f"{lens.path}, {name}, from {before:.0f} MB\n")
    for panel, _ in visit(lens, link):
        held, longest = resident(), sampler.take()
        sys.stdout.write(
            f"  {panel:24} {held:7.0f} MB  {held - before:+5.0f}\n"
            f"      in a turn     {longest.within}\n"
            f"      between turns {longest.between}\n"
        )
        sys.stdout.flush()
        before = held


if __name__ == "__main__":
    main()
