import re
from collections import Counter
from pathlib import Path

import pytest

from pages._kit.lineup import modules as lineup
from pages._kit.player import bundle
from pages._mnist.drawing import modules as drawing

DECLARATION = re.compile(r"^(?:export )?(?:const|let|function|class) (\w+)", re.MULTILINE)
IMPORT = re.compile(
    r'^import \{([^}]*)\} from "(?:\./|(?:\.\./)+(?:_kit/)?player/web/)([\w.]+)";\n', re.MULTILINE
)
EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)

BUNDLES = {
    "player": bundle.MODULES,
    "lineup": lineup.MODULES,
    "drawing": drawing.MODULES,
    "quick": drawing.QUICK_MODULES,
}
bundles = pytest.mark.parametrize("modules", BUNDLES.values(), ids=BUNDLES)
members = pytest.mark.parametrize(
    ("modules", "module"),
    [
        pytest.param(modules, module, id=f"{name}-{module}".rsplit("/")[-1])
        for name, modules in BUNDLES.items()
        for module in modules
    ],
)
EVERY = sorted({module for modules in BUNDLES.values() for module in modules}, key=str)
TIMED = ("player.html", "transport.html", lineup.WEB / "lineup.html")
MARKUP = (*TIMED, drawing.WEB / "drawing.html", drawing.WEB / "quick.html")
WEB_TESTS = Path(__file__).parents[3] / "web"
STYLES = (
    *("range.css", "player.css", lineup.WEB / "lineup.css"),
    *(drawing.WEB / name for name in ("drawing.css", "quick.css")),
)


def names(modules):
    """Return the files' names alone."""
    return [str(module).rsplit("/")[-1] for module in modules]


@bundles
def test_a_bundle_has_one_default_export_and_nothing_left_to_resolve(modules):
    script = bundle.script(modules)
    assert len(re.findall(r"^export default ", script, re.MULTILINE)) == 1
    assert not re.findall(r"^(?:import|export (?!default))", script, re.MULTILINE)


@bundles
def test_no_two_modules_of_a_bundle_declare_the_same_name(modules):
    declared = Counter(DECLARATION.findall(bundle.script(modules)))
    assert [name for name, count in declared.items() if count > 1] == []


def test_every_module_in_the_folders_is_bundled():
    assert sorted(bundle.MODULES) == sorted(path.name for path in bundle.WEB.glob("*.js"))
    assert sorted(lineup.OWN) == sorted(path.name for path in lineup.WEB.glob("*.js"))
    drawn = {path.name for path in drawing.WEB.glob("*.js")}
    assert {*drawing.OWN, "quick.js"} == drawn
    for part in (lineup, drawing):
        assert set(part.SHARED) <= set(bundle.MODULES)


@members
def test_a_module_imports_only_what_an_earlier_one_exports_and_all_of_it_is_used(modules, module):
    text = bundle.text(module)
    body = IMPORT.sub("", text)
    earlier = modules[: modules.index(module)]
    for imported, source in IMPORT.findall(text):
        (file,) = [path for path in earlier if names([path]) == [source]]
        for name in re.findall(r"\w+", imported):
            assert name in EXPORT.findall(bundle.text(file)), f"{source} does not export {name}"
            assert re.search(rf"\b{name}\b", body), f"{module} does not use {name}"


@pytest.mark.parametrize("module", EVERY, ids=names(EVERY))
def test_what_a_module_exports_another_one_or_a_test_of_it_imports(module):
    imported = {
        name
        for other in EVERY
        for found, source in IMPORT.findall(bundle.text(other))
        if [source] == names([module])
        for name in re.findall(r"\w+", found)
    }
    tests = "".join(file.read_text(encoding="utf-8") for file in WEB_TESTS.glob("*.test.js"))
    exported = EXPORT.findall(bundle.text(module))
    assert [n for n in exported if n not in imported and not re.search(rf"\b{n}\b", tests)] == []


@pytest.mark.parametrize("module", EVERY, ids=names(EVERY))
def test_a_line_fits_a_screen(module):
    """The formatter leaves comments and long texts as they are."""
    assert [line for line in bundle.text(module).splitlines() if len(line) > 100] == []


@pytest.mark.parametrize("file", TIMED, ids=names(TIMED))
def test_every_comment_in_the_markup_is_replaced_by_the_file_it_names(file):
    markup = bundle.markup(file)
    assert bundle.text("transport.html") in markup
    assert "<!--" not in markup


@pytest.mark.parametrize("file", [*EVERY, *MARKUP, *STYLES], ids=names([*EVERY, *MARKUP, *STYLES]))
def test_nothing_is_fetched_from_elsewhere(file):
    assert not re.search(r"https?://|@import|url\(|\bfetch\(", bundle.text(file))


@pytest.mark.parametrize("file", [*MARKUP, *STYLES], ids=names([*MARKUP, *STYLES]))
def test_streamlit_cannot_take_the_text_for_a_path(file):
    assert "\n" in bundle.text(file)
