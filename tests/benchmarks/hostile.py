"""A thousand links that no page has written: python -m tests.benchmarks.hostile.

Opens them without a browser and prints, page by page, how long the slowest took and how much
memory the process held after a tenth of them and after all.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as on the server; before NumPy is first imported

import statistics
import sys
import time
from pathlib import Path
from unittest import mock

from streamlit.testing.v1 import AppTest, app_test

from pages._kit.knobs.lens import Lens
from pages._pages.registry import LENSES
from tests.pages.conftest import Navigated
from tests.pages.hostile import links
from tests.pages.offers import ROOT
from tests.pages.screen import sound

EACH = -(-1000 // len(LENSES))


@mock.patch.object(app_test, "PagesManager", Navigated)
def main() -> None:
    at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    for lens in LENSES.values():
        _open(at, lens, {})  # what every first visitor finds done
        seconds, held = [], []
        for link in links(lens, EACH, seed=0):
            begun = time.perf_counter()
            _open(at, lens, link)
            seconds.append(time.perf_counter() - begun)
            held.append(_resident())
        sys.stdout.write(
            f"| {lens.path} | {EACH} links | median {1e3 * statistics.median(seconds):.0f} ms, "
            f"slowest {max(seconds):.2f} s | {held[EACH // 10]:.0f} MB, then {held[-1]:.0f} MB |\n"
        )


def _open(at: AppTest, lens: Lens, link: dict[str, str]) -> None:
    at.query_params.clear()
    at.switch_page("pages/runs.py").run()
    at.query_params.update(link)
    sound(at.switch_page(f"pages/{lens.path}.py").run())


def _resident() -> float:
    """Return the memory this process holds, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
