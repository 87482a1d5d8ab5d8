"""python -m tests.mutation [--seed 1] [--count 300] [--module engine/data/splits.py]

Draws small faults, puts each into a copy of the project, and runs the tests that concern it: the
module's own, then others of the engine. Results are kept outside of the project, so that the same
command goes on where it was stopped; `--again` tries once more what was not caught.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.mutation.explained import EXPLAINED, stale
from tests.mutation.mutants import Mutant, draw, is_same_code
from tests.mutation.neighbours import modules, others, own, test_files
from tests.mutation.trial import Copy, copied

ROOT = Path(__file__).parents[2]
KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"
SAME, EXPLAINED_AWAY = "same code", "explained"
SLACK = 20.0
"""Processor seconds that tests may take beyond three times what they usually take."""


def chosen(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--module", action="append", help="only this one; may be given again")
    parser.add_argument("--without", action="append", default=[], help="all but this one")
    parser.add_argument(
        "--wide", type=float, default=60.0, help="seconds of other tests for what its own let pass"
    )
    parser.add_argument("--again", action="store_true", help="retry what was not caught")
    parser.add_argument("--root", type=Path, default=ROOT, help="another project")
    parser.add_argument(
        "--results", type=Path, default=Path(tempfile.gettempdir()) / "mutation-results"
    )
    return parser.parse_args(arguments)


def identity(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.module}\n{mutant.text}".encode()).hexdigest()[:16]


def kept(file: Path) -> dict[str, dict[str, str]]:
    """Read what is known already, the newest of each."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {record["id"]: record for record in map(json.loads, lines)}


def keep(file: Path, record: Mapping[str, object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def costs(copy: Copy, file: Path, tests: Sequence[str]) -> dict[str, float]:
    """Return how long each file of tests takes without a fault, measured once."""
    known = {record["id"]: float(record["seconds"]) for record in kept(file).values()}
    for test in tests:
        if test not in known:
            outcome = copy.run([test], 600)
            if outcome.failed:
                sys.exit(f"{outcome.by or test} fails without any fault.")
            known[test] = outcome.seconds
            keep(file, {"id": test, "seconds": round(outcome.seconds, 2)})
    return known


class Judge:
    """Tries faults in a copy of the project."""

    def __init__(self, copy: Copy, results: Path, wide: float) -> None:
        self._copy, self._wide = copy, wide
        tests = test_files(copy.root)
        copy.warm_up(tests)
        self._costs = costs(copy, results / "costs.jsonl", tests)

    def verdict(self, mutant: Mutant) -> tuple[str, float, str]:
        """Return what became of a fault, the seconds it took, and the test that saw it."""
        original = (self._copy.root / mutant.module).read_text(encoding="utf-8")
        if is_same_code(original, mutant.text):
            return SAME, 0.0, ""
        reason = next(
            (explanation.reason for explanation in EXPLAINED if explanation.explains(mutant)), None
        )
        groups = [own(self._copy.root, mutant.module)]
        if reason is None:
            groups.append(self._afforded(others(self._copy.root, mutant.module, self._cost)))
        seconds = 0.0
        with self._copy.version(mutant.module, mutant.text):
            for tests in filter(None, groups):
                limit = 3 * sum(map(self._cost, tests)) + SLACK
                outcome = self._copy.run(tests, limit)
                seconds += outcome.seconds
                if outcome.failed:
                    return TIMED_OUT if outcome.timed_out else KILLED, seconds, outcome.by
        return (SURVIVED, seconds, "") if reason is None else (EXPLAINED_AWAY, seconds, reason)

    def _cost(self, test: str) -> float:
        return self._costs.get(test, 0.2)  # doctests are quick

    def _afforded(self, tests: Sequence[str]) -> list[str]:
        found, left = [], self._wide
        for test in tests:
            left -= self._cost(test)
            if left >= 0:
                found.append(test)
        return found


def summary(verdicts: Sequence[str]) -> str:
    """Return how many became what, and the share that was caught of what changes behaviour."""
    count = Counter(verdicts)
    caught = count[KILLED] + count[TIMED_OUT]
    changing = caught + count[SURVIVED]
    listed = ", ".join(f"{number} {verdict}" for verdict, number in sorted(count.items()))
    return f"{listed}: {caught} of {changing} caught, {100 * caught / max(changing, 1):.1f} %"


def main() -> None:
    options = chosen()
    root = options.root
    for sentence in stale(EXPLAINED, root) if root == ROOT else ():
        say(sentence)
    names = [name for name in options.module or modules(root) if name not in options.without]
    texts = {name: (root / name).read_text(encoding="utf-8") for name in names}
    drawn = draw(texts, options.seed, options.count)
    file = options.results / "mutants.jsonl"
    known = kept(file)
    retried = {SURVIVED, TIMED_OUT, EXPLAINED_AWAY} if options.again else set()
    verdicts: list[str] = []
    survivors: list[Mutant] = []
    with copied(root) as copy:
        judge: Judge | None = None
        for number, mutant in enumerate(drawn, start=1):
            record = known.get(identity(mutant))
            if record is None or record["verdict"] in retried:
                judge = judge or Judge(copy, options.results, options.wide)
                verdict, seconds, by = judge.verdict(mutant)
                record = {"id": identity(mutant), "verdict": verdict, "by": by}
                record |= {"mutant": str(mutant), "seconds": f"{seconds:.1f}"}
                keep(file, record)
            verdicts.append(record["verdict"])
            if record["verdict"] == SURVIVED:
                survivors.append(mutant)
            say(f"[{number}/{len(drawn)}] {record['verdict']} {record['seconds']} s {mutant}")
            if record["by"]:
                say(f"  {record['by']}")
    say(*("", "Survived:", *map(str, survivors)) if survivors else (), "", summary(verdicts))


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
