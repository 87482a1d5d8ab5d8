"""The rules of dependency, made executable: each failure names the file and what it should do."""

import ast
import graphlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.graph import (
    PACKAGES,
    ROOT,
    imports,
    module_name,
    package,
    python,
    root,
    tree,
)

TOP_LEVEL = {
    *("streamlit_app.py", "engine", "pages", "tests"),
    *("requirements.txt", "README.md", "LICENSE"),
}
PAGE_LINES = 150
ALSO = {"_runs": ("_pages",)}
"""What a page's folder may import besides: a run is opened again on its page, by its lens."""

SEEDED = {"Generator", "default_rng", "SeedSequence", "BitGenerator", "PCG64"}
"""What may be taken from np.random: whatever has no state of its own."""

UNTESTED = {"__init__", "types"}
OF_THE_WHOLE = {"reference_results"}
"""Tests of all modules together."""


def test_only_what_belongs_there_lies_at_the_top():
    strangers = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} - TOP_LEVEL
    strangers.discard("__pycache__")

    assert not strangers, f"move these out of the top level: {', '.join(sorted(strangers))}"


def test_the_engine_imports_numpy_and_the_standard_library_only():
    allowed = {"engine", "numpy", *sys.stdlib_module_names}

    complain(
        f"{where(file)} imports {name}; the engine is NumPy and the standard library"
        for file in python("engine")
        for name in imports(file)
        if root(name) not in allowed
    )


def test_the_engine_never_prints():
    complain(
        f"{where(file, node)} prints; it should return or yield what the caller may show"
        for file in python("engine")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Name) and node.id == "print"
    )


def test_the_engine_draws_from_generators_it_is_given():
    complain(
        f"{where(file, node)} uses {dotted(node)}; it should be given a np.random.Generator"
        for file in python("engine")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute)
        and dotted(node).startswith(("np.random.", "numpy.random."))
        and dotted(node).split(".")[2] not in SEEDED
    )
    complain(
        f"{where(file)} imports {name}; it should be given a np.random.Generator"
        for file in python("engine")
        for name in imports(file)
        if root(name) in {"random", "secrets"} or f"{name}.".startswith("numpy.random.")
    )


def test_the_engine_has_no_generator_without_a_seed_and_none_in_a_module():
    for file in python("engine"):
        inside = {
            id(node)
            for function in ast.walk(tree(file))
            if isinstance(function, ast.FunctionDef | ast.Lambda)
            for node in ast.walk(function)
        }
        complain(
            f"{where(file, node)} makes a generator; it should have a seed, inside a function"
            for node in ast.walk(tree(file))
            if isinstance(node, ast.Call)
            and dotted(node.func).endswith("default_rng")
            and not (node.args and id(node) in inside)
        )


def test_imports_inside_the_engine_run_one_way():
    graph = {
        module_name(f): {n for n in imports(f) if root(n) == "engine"} for f in python("engine")
    }

    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail(f"these import each other in a circle: {' <- '.join(error.args[1])}")


@pytest.mark.parametrize("parent", PACKAGES)
def test_packages_import_one_way(parent):
    order = [f"{parent}.{name}" for name in PACKAGES[parent]]
    complain(
        f"{where(file)} imports {name}; a package of {parent} may only import from those before "
        f"it: {', '.join(PACKAGES[parent])}"
        for file in python(parent.replace(".", "/"))
        for name in imports(file)
        if f"{name}.".startswith(f"{parent}.") and module_name(file) != parent
        if order.index(package(name, parent)) > order.index(package(module_name(file), parent))
    )


@pytest.mark.parametrize("parent", PACKAGES)
def test_there_are_just_these_packages(parent):
    there = (ROOT / parent.replace(".", "/")).iterdir()
    found = {path.name for path in there if path.is_dir()} - {"__pycache__"}
    assert found == set(PACKAGES[parent])


def test_every_package_of_the_engine_says_in_a_sentence_what_it_holds():
    complain(
        f"{where(file)} should be one sentence that says what the package holds"
        for file in (ROOT / "engine").rglob("__init__.py")
        if not re.fullmatch(r'""".+\."""\n', file.read_text(encoding="utf-8"))
    )


def test_everything_public_in_the_engine_has_a_docstring():
    complain(
        f"{where(file, node)}: {getattr(node, 'name', 'the module')} should say what it is for"
        for file in python("engine")
        for node in [tree(file), *public(tree(file))]
        if ast.get_docstring(node) is None
    )


def test_every_engine_module_has_its_tests_and_every_test_file_its_module():
    modules = {file.stem for file in python("engine")} - UNTESTED
    tested = {
        file.stem.removeprefix("test_") for file in (ROOT / "tests/engine").rglob("test_*.py")
    }

    complain(f"tests/engine/test_{name}.py should test {name}" for name in modules - tested)
    complain(
        f"tests/engine/test_{name}.py tests no engine module; it should be named after one"
        for name in tested - modules - OF_THE_WHOLE
    )


def test_a_page_imports_streamlit_the_engine_the_kit_and_its_own_folder():
    def is_allowed(name: str, page: str) -> bool:
        if root(name) == "pages":
            return folder(name) in {"_kit", f"_{page}"}
        return root(name) in {"streamlit", "engine", *sys.stdlib_module_names}

    complain(
        f"{where(file)} imports {name}; a page needs streamlit, the engine, pages._kit and its own "
        f"folder, pages._{file.stem}, only"
        for file in pages()
        for name in imports(file)
        if not is_allowed(name, file.stem)
    )


def test_a_page_is_short():
    complain(
        f"{where(file)} has {lines} lines; at most {PAGE_LINES}: move maths to the engine, "
        f"pictures and sentences to pages/_{file.stem}, prose to its folder prose"
        for file in pages()
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > PAGE_LINES
    )


def test_the_kit_knows_no_page():
    complain(
        f"{where(file)} imports {name}; only pages import the kit, not the other way"
        for file in python("pages/_kit")
        for name in imports(file)
        if root(name) == "pages" and folder(name) != "_kit"
    )


def test_the_kit_names_no_page():
    names = [text for file in pages() for text in (f"pages/{file.stem}.py", f"pages._{file.stem}")]
    complain(
        f"{where(file, node)} names {node.value}; the page should hand it over, or its PAGE say it"
        for file in python("pages/_kit")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(name in node.value for name in names)
    )


def test_no_pages_folder_imports_anothers():
    complain(
        f"{where(file)} imports {name}; it should import pages._kit and its own folder only"
        for file in python("pages")
        if (own := file.relative_to(ROOT / "pages").parts[0]) not in {"_kit", "_pages"}
        and file not in pages()
        for name in imports(file)
        if root(name) == "pages" and folder(name) not in {"_kit", own, *ALSO.get(own, ())}
    )


def test_imports_among_pages_run_one_way():
    graph = {module_name(f): {n for n in imports(f) if root(n) == "pages"} for f in python("pages")}

    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail(f"these import each other in a circle: {' <- '.join(error.args[1])}")


def test_altair_and_pandas_are_imported_by_charts_only():
    complain(
        f"{where(file)} imports {name}; it should call a function of a charts module"
        for file in python("pages")
        # The last imports them early, so that no visitor waits, and uses nothing of them.
        if not is_chart(file) and not is_in(file, "_pages/boot.py")
        for name in imports(file)
        if root(name) in {"altair", "pandas"}
    )


def test_charts_never_call_streamlit():
    complain(
        f"{where(file)} imports streamlit; a chart is returned, and the page shows it"
        for file in python("pages")
        if is_chart(file) and "streamlit" in map(root, imports(file))
    )


@pytest.mark.parametrize(
    ("names", "homes"),
    [
        (("session_state", "query_params"), ("_kit/site/", "_kit/knobs/")),
        (("cache_data", "cache_resource"), ("_kit/training/cache.py",)),
    ],
)
def test_state_and_caches_have_one_home(names, homes):
    complain(
        f"{where(file, node)} names {node.attr}; only pages/{' and pages/'.join(homes)} may"
        for file in [*python("pages"), ROOT / "streamlit_app.py"]
        if not is_in(file, *homes)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in names
    )


def test_how_a_run_ended_is_asked_of_the_run():
    complain(
        f"{where(file, node)} reads the end of a history; with early stopping that is another "
        "network than the one handed over: run.final(name) knows"
        for file in [*python("engine"), *python("pages")]
        for node in ast.walk(tree(file))
        if is_the_end_of_a_history(node)
    )


def test_a_name_says_what_it_names():
    complain(
        f"{where(file, node)} names something one; the name should say what it is"
        for folder in ("engine", "pages", "tests")
        for file in python(folder)
        for node in ast.walk(tree(file))
        if any(getattr(node, field, None) == "one" for field in ("id", "arg", "attr", "name"))
    )


def is_the_end_of_a_history(node: ast.AST) -> bool:
    """Whether a node is `history[name][-1]` or `history.get(name)[-1]`, of any name but "epoch"."""
    if not (isinstance(node, ast.Subscript) and ast.unparse(node.slice) == "-1"):
        return False
    of = ast.unparse(node.value)
    return re.search(r"\bhistory(\[|\.get\()(?!['\"]epoch)", of) is not None


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("run.history['train_cost'][-1]", True),
        ("float(done.history.get(f'{split}_accuracy', [0])[-1])", True),
        ("run.history['epoch'][-1]", False),
        ("run.history['train_cost'][k]", False),
        ("run.final('train_cost')", False),
    ],
)
def test_the_end_of_a_history_is_recognised(code, is_one):
    assert any(map(is_the_end_of_a_history, ast.walk(ast.parse(code)))) == is_one


def complain(problems: Iterator[str]) -> None:
    """Fail with all the sentences at once, if there are any."""
    found = sorted(set(problems))
    assert not found, "\n".join(found)


def pages() -> list[Path]:
    return sorted((ROOT / "pages").glob("*.py"))


def is_in(file: Path, *places: str) -> bool:
    """Whether a file is one of these, or lies in one of these folders, relative to pages/."""
    return file.relative_to(ROOT).as_posix().startswith(tuple(f"pages/{place}" for place in places))


def is_chart(file: Path) -> bool:
    """Whether a file is of the shared charts, or a page's own charts*.py."""
    return is_in(file, "_kit/charts/") or file.name.startswith("charts")


def folder(name: str) -> str:
    """Return the folder of pages/ that a module is in: _kit of pages._kit.site."""
    return name.split(".")[1]


def where(file: Path, node: ast.AST | None = None) -> str:
    line = getattr(node, "lineno", None)
    return f"{file.relative_to(ROOT)}" + (f":{line}" if line else "")


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for an attribute of an attribute of a name, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""


Documented = ast.FunctionDef | ast.ClassDef


def public(parent: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    """Yield the public functions and classes of a module."""
    for node in parent.body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
