"""The exact versions behind requirements.txt: python -m tests.locked writes .requirements.lock.

They are those of the environment it runs in, of Streamlit, NumPy and whatever these need in turn.
"""

from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / ".requirements.lock"
HEADING = (
    "# All that requirements.txt installs. Anew: "
    "pip install -U --upgrade-strategy eager -r requirements.txt && python -m tests.locked"
)


def listed(file: Path) -> list[Requirement]:
    """Return the requirements in a file, without its comments."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def needed(roots: Iterable[Requirement]) -> dict[str, list[Requirement]]:
    """Return what is asked of every package by the roots and, in turn, by what they need.

    Read from what is installed; PackageNotFoundError if something needed is not.
    """
    asked: dict[str, list[Requirement]] = {}
    seen: set[tuple[str, str]] = set()
    waiting = list(roots)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        asked.setdefault(name, []).append(requirement)
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += _needed_by(name, extra)
    return asked


def _needed_by(name: str, extra: str) -> list[Requirement]:
    """Return what a package needs here; "" stands for no extra."""
    found = map(Requirement, metadata.requires(name) or ())
    return [
        requirement
        for requirement in found
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra})
    ]


def main() -> None:
    names = sorted(needed(listed(ROOT / "requirements.txt")))
    lines = [HEADING, *(f"{name}=={metadata.version(name)}" for name in names)]
    LOCK.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
