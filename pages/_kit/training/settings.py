"""What the host of a server may set: environment variables, or lines of Streamlit's secrets.

* `PLAYGROUND_WORKERS`: how many processes train what is long, besides the server itself. None by
  default.
* `PLAYGROUND_DASK`: the address of a Dask scheduler whose workers do so instead.
* `PLAYGROUND_MEMORY`: how many MB the results that visitors share may take together.

Streamlit makes environment variables of the top-level lines of its secrets when it starts, so all
are read in one way. What makes no sense is said in the log, and ignored.
"""

import logging
import os
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

WORKERS, DASK, MEMORY = "PLAYGROUND_WORKERS", "PLAYGROUND_DASK", "PLAYGROUND_MEMORY"

MOST_WORKERS = 64

MEGABYTES, FEWEST_MEGABYTES = 256, 50
"""What is shared without a setting, and what a class needs at least.

A server holds about 350 MB besides: what it imports, the digits, and what it is working on."""


class Settings(NamedTuple):
    """`workers` 0 and `dask` "" stand for none; at most one of the two is set."""

    workers: int = 0
    dask: str = ""
    megabytes: int = MEGABYTES


@cache
def settings() -> Settings:
    """Return what is set for this server; read once, and complained about once."""
    found, complaints = read(os.environ)
    for complaint in complaints:
        logging.getLogger(__name__).warning(complaint)
    return found


def read(variables: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Return the settings, and a sentence about each that is ignored.

    >>> read({"PLAYGROUND_WORKERS": "2"})
    (Settings(workers=2, dask='', megabytes=256), [])
    """
    complaints = []
    workers, dask = variables.get(WORKERS, "").strip(), variables.get(DASK, "").strip()
    if workers and not (re.fullmatch("[0-9]{1,3}", workers) and int(workers) <= MOST_WORKERS):
        complaints.append(
            f"{WORKERS} is {workers!r} but must be a whole number from 0 to {MOST_WORKERS}: it is "
            "ignored."
        )
        workers = ""
    if dask and not re.fullmatch(r"([a-z]+://)?[^\s/]+:[0-9]{1,5}", dask):
        complaints.append(
            f"{DASK} is {dask!r} but must be an address such as tcp://scheduler:port: it is "
            "ignored."
        )
        dask = ""
    if dask and int(workers or 0):
        complaints.append(f"{WORKERS} is ignored, because {DASK} is set as well.")
        workers = ""
    megabytes = variables.get(MEMORY, "").strip()
    if megabytes and not (
        re.fullmatch("[0-9]{1,6}", megabytes) and int(megabytes) >= FEWEST_MEGABYTES
    ):
        complaints.append(
            f"{MEMORY} is {megabytes!r} but must be a whole number of MB, {FEWEST_MEGABYTES} or "
            "more: it is ignored."
        )
        megabytes = ""
    return Settings(int(workers or 0), dask, int(megabytes or MEGABYTES)), complaints
