import json

import pytest

from pages._activations import slopes
from pages._kit.player import activations
from pages._kit.player.bundle import WEB
from tests.web.expected import FILE, expected


def test_what_the_javascript_is_held_to_is_what_the_engine_says():
    """If not, and rightly so: python -m tests.web."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(expected()))
    assert written.keys() == now.keys()
    for name in now:
        assert list(leaves(written[name])) == [same(leaf) for leaf in leaves(now[name])], name


def same(leaf):
    """Another machine's exponentials may differ in the last digit."""
    return pytest.approx(leaf, rel=1e-9, abs=1e-12) if isinstance(leaf, float) else leaf


def leaves(value):
    """Yield keys and values of nested JSON in their order, flat."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def test_the_browsers_activations_are_the_engines_rows():
    """If not: python -m tests.web, which also is what Biome and Node look at."""
    assert (WEB / "activations.js").read_text(encoding="utf-8") == activations.script()
    assert slopes.FILE.read_text(encoding="utf-8") == slopes.script()
