"""No sentence speaks of "1 epochs": the nouns that are counted most follow their count."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.experiment.wording import counted

ROOT = Path(__file__).parents[1]
FOLLOWS = re.compile(r" (epochs|steps|trainings|mini-batches)\b")


def careless(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, what is counted) of f-strings in which such a noun is written out."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        for part, after in zip(node.values, node.values[1:], strict=False):
            if isinstance(part, ast.FormattedValue) and isinstance(after, ast.Constant):
                count = ast.unparse(part.value)
                # A constant is never 1, and a number with digits behind the point is a plural.
                is_many = count.split(".")[-1].isupper() or count.startswith("number(")
                if FOLLOWS.match(str(after.value)) and not is_many:
                    yield part.lineno, count


@pytest.mark.parametrize("folder", ["engine", "pages"])
def test_a_noun_follows_its_count(folder):
    found = [
        f"{file.relative_to(ROOT)}:{line}: {{{count}}} may be 1; wording.counted knows that"
        for file in sorted((ROOT / folder).rglob("*.py"))
        for line, count in careless(file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_the_search_finds_what_it_is_for():
    assert list(careless('f"{turn.waiting:,} trainings are waiting"')) == [(1, "turn.waiting")]
    assert list(careless('f"after {n} epochs" f"{SEEDS} steps {number(x)} epochs"')) == [(1, "n")]
    assert counted(1, "training") == "1 training"
