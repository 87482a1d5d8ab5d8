"""The lock file against requirements.txt, and against what the packages say that they need."""

import pytest
from packaging.utils import canonicalize_name

from tests.locked import HEADING, LOCK, ROOT, listed, needed

REQUIREMENTS = listed(ROOT / "requirements.txt")
LOCKED = {canonicalize_name(requirement.name): requirement for requirement in listed(LOCK)}
NEEDED = needed(REQUIREMENTS)


def version(name):
    """Return the version that a package is locked to."""
    (only,) = LOCKED[name].specifier
    assert only.operator == "=="
    return only.version


def test_the_lock_says_how_it_is_made_anew():
    assert LOCK.read_text(encoding="utf-8").splitlines()[0] == HEADING


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)
def test_every_range_holds_the_locked_version(requirement):
    locked = version(canonicalize_name(requirement.name))
    assert locked in requirement.specifier, f"{locked} is locked, which {requirement} leaves out"


def test_nothing_that_is_needed_is_missing():
    missing = NEEDED.keys() - LOCKED.keys()
    assert not missing, f"not in {LOCK.name}, python -m tests.locked adds: {sorted(missing)}"


def test_the_locked_versions_suit_each_other():
    unsuited = [
        f"{name}=={version(name)} is locked, which some package leaves out that needs {asked}"
        for name in NEEDED.keys() & LOCKED.keys()
        for asked in NEEDED[name]
        if not asked.specifier.contains(version(name), prereleases=True)
    ]
    assert not unsuited, "\n".join(unsuited)
