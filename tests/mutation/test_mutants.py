"""Faults are small, harmless to what is no code, written down faithfully, and drawn alike again."""

import ast
from pathlib import Path

import pytest

from tests.mutation.mutants import draw, is_same_code, mutants, sites

ENGINE = Path(__file__).parents[2] / "engine"


def faults(text):
    """All lines that one fault could make of a module."""
    return {m.after for site in sites("m.py", text) for m in mutants(site, text)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = a + 1", {"x = (a - 1)", "x = a + 2", "x = a + 0"}),
        ("x = -b", {"x = b"}),
        ("x = a < b", {"x = (a <= b)", "x = (a >= b)"}),
        ("x = a == b", {"x = (a != b)"}),
        ("x = a is None", {"x = (a is not None)"}),
        ("x = a in b", {"x = (a not in b)"}),
        ("x = 0.5", {"x = 1.0", "x = 0.25"}),
        ("x = -1", {"x = 0", "x = (-2)"}),
        ("x = a and b", {"x = (a or b)", "x = a", "x = b"}),
        ("x = not a", {"x = a"}),
        ("x = a if b else c", {"x = a if (not b) else c"}),
        ("x = [a for a in b if a.c]", {"x = [a for a in b if (not a.c)]"}),
        (
            "x = a.sum(axis=-1)",
            {"x = a.mean(axis=-1)", "x = a.sum(axis=0)", "x = a.sum(axis=(-2))"},
        ),
        ("x = f(a, keepdims=True)", {"x = f(a, keepdims=False)"}),
        ("x = f(a, b)", {"x = f(b, a)"}),
        ("x = np.minimum(a, b)", {"x = np.maximum(a, b)"}),
        ("x = a[b:c]", {"x = a[b + 1:c]", "x = a[b:c - 1]"}),
        ("x = range(a)", {"x = range(a - 1)"}),
        ("f(a)", {"pass"}),
        ("a += b", {"pass", "a -= b"}),
        ("a.b = c", {"pass"}),
        ("raise a", {"pass"}),
        ("x = f'{-a} of'", {"x = f'{a} of'"}),
    ],
)
def test_a_line_has_just_these_faults(line, expected):
    assert faults(line) == expected


def test_a_name_that_has_a_value_may_keep_it():
    text = "def f(a):\n    b = a\n    a = g()\n    if a:\n        b = a\n    return b\n"
    dropped = [m.line for s in sites("m", text) for m in mutants(s, text) if m.after == "pass"]
    assert dropped == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        '"""One of 1 and 2."""',
        "import a.b",
        "x = 'a + 1'",
        "x: Literal[1, 2]",
        "def f(a: int | None) -> Array[1]: ...",
        "@given(1)\ndef f(): ...",
        "class A(B[1], c=2): ...",
        "assert x > 1",
        "x = zip(a, strict=True)",
        "Kind = int | str",
        "def f(x): return isinstance(x, A | B)",
    ],
)
def test_what_is_no_code_has_no_faults(text):
    assert faults(text) == set()


def test_all_but_the_fault_stays_as_it_was_written():
    text = "def f(a):\n    # says α\n    return g(a,\n             b=2)  # two\n"
    (changed,) = {m.text for s in sites("m", text) for m in mutants(s, text) if "3" in m.text}
    assert changed == text.replace("2", "3")


@pytest.mark.parametrize("name", ["data/splits.py", "export/writing/network_code.py"])
def test_every_place_of_a_module_of_the_engine_can_have_its_faults(name):
    text = (ENGINE / name).read_text(encoding="utf-8")
    original = ast.dump(ast.parse(text))
    for site in sites(name, text)[::12]:
        for mutant in mutants(site, text):
            assert ast.dump(ast.parse(mutant.text)) != original
            assert mutant.before != mutant.after


def test_the_same_seed_draws_the_same_faults_and_another_seed_others():
    texts = {
        name: (ENGINE / name).read_text(encoding="utf-8")
        for name in ("training/running_means.py", "optim/bowl.py")
    }
    drawn = draw(texts, seed=1, count=10)
    assert drawn == draw(dict(reversed(texts.items())), seed=1, count=10)
    assert drawn != draw(texts, seed=2, count=10)
    assert len({mutant.text for mutant in drawn}) == 10
    assert {mutant.module for mutant in drawn} == set(texts)


def test_no_more_are_drawn_than_there_are():
    assert len(draw({"m": "x = 1\ny = 2"}, seed=1, count=9)) == 2


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("def f(a):\n\n    return (a + 2)", True),
        ("def f(a):\n    return a + 1 + 1", False),
        ("def f(a):\n    return a + 2.0", False),
        ("def f(a):\n    return a - 2", False),
        ("def f(a):\n    return a + (3 - 1)", True),
    ],
)
def test_code_is_the_same_if_it_does_the_same_steps(other, expected):
    assert is_same_code("def f(a):\n    return a + 2", other) is expected
