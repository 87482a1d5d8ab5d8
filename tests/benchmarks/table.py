"""The lines of the report: which machine it was, and one Markdown row per measurement."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HEADING = """\
| what | the engine | against | ratio | bound | | |
| --- | --: | --- | --: | --: | --- | --- |"""


@dataclass(frozen=True)
class Row:
    """A measurement, what it is compared with, and the ratio it must not exceed."""

    what: str
    measured: str
    against: str = ""
    ratio: float | None = None
    bound: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.ratio is None or self.bound is None:
            return ""
        return "within" if self.ratio <= self.bound else "beyond"

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        bound = "" if self.bound is None else f"{self.bound:g}"
        cells = (self.what, self.measured, self.against, ratio, bound, self.verdict, self.note)
        return "| " + " | ".join(cells) + " |"


def machine() -> str:
    """Return processor, Python, NumPy and BLAS in one line."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    told = os.environ.get("OPENBLAS_CORETYPE")
    kernels = f" told to use the kernels for {told}" if told else ""
    return (
        f"{_processor()}; Python {platform.python_version()}, NumPy {np.__version__}, "
        f"{blas['name']} {blas['version']}{kernels}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
