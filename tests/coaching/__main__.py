"""Draw runs of a page with the coach and press the first button: python -m tests.coaching -h."""

import argparse
import sys
from collections.abc import Iterator

import numpy as np

from pages._pages.registry import LENSES
from tests.coaching import healthy
from tests.coaching.harness import coached, healthy_runs, is_healthy, reads_digits_well, survey


def report(asked: argparse.Namespace) -> Iterator[str]:
    """Yield how often the first button helps, where it does not, and false alarms."""
    lens = LENSES[asked.page]
    base = lens.defaults.but(samples=asked.samples) if asked.page == "mnist" else lens.defaults
    found = survey(lens, base, asked.seed, asked.runs)
    yield f"{found.runs} runs, {found.offered} with a button, {len(found.failed)} of them failed"
    yield f"{len(found.back)} went back, {len(found.silent_at_chance)} at chance got no word"
    for before, after in (*found.failed, *found.back):
        yield f"  {_turns(before.differences(base))} -> {_turns(after.differences(before))}"
    draw, is_well = {
        "xor": (healthy.planar, is_healthy),
        "mnist": (healthy.digits, reads_digits_well),
    }[asked.page]
    alarms = 0
    rng = np.random.default_rng(asked.seed)
    for run in healthy_runs(draw(rng), asked.healthy, is_well):
        told = coached(run.experiment, lens).advice
        alarms += bool(told)
        for advice in told:
            yield f"  {_turns(run.experiment.differences(base))}: {advice.finding.seen}"
    yield f"{alarms} alarms in {asked.healthy} healthy runs"


def _turns(differences: dict[str, tuple[object, object]]) -> str:
    return ", ".join(f"{name} {new}" for name, (new, _) in differences.items())


arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--page", choices=("xor", "mnist"), default="xor")
arguments.add_argument("--runs", type=int, default=300)
arguments.add_argument("--healthy", type=int, default=300)
arguments.add_argument("--samples", type=int, default=0, help="training digits, 0 for all")
arguments.add_argument("--seed", type=int, default=0)
for line in report(arguments.parse_args()):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
