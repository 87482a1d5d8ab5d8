import re
from collections import Counter

import pytest

from pages._shared.player import bundle

DECLARATION = re.compile(r"^(?:export )?(?:const|let|function|class) (\w+)", re.MULTILINE)
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)


def test_the_bundle_has_one_default_export_and_nothing_left_to_resolve():
    script = bundle.script()
    assert len(re.findall(r"^export default ", script, re.MULTILINE)) == 1
    assert not re.findall(r"^(?:import|export (?!default))", script, re.MULTILINE)


def test_no_two_modules_declare_the_same_name():
    names = Counter(DECLARATION.findall(bundle.script()))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_module_in_the_folder_is_bundled():
    assert sorted(bundle.MODULES) == sorted(path.name for path in bundle.WEB.glob("*.js"))


@pytest.mark.parametrize("module", bundle.MODULES)
def test_a_module_imports_only_what_an_earlier_one_exports_and_all_of_it_is_used(module):
    text = bundle.text(module)
    body = IMPORT.sub("", text)
    earlier = bundle.MODULES[: bundle.MODULES.index(module)]
    for names, source in IMPORT.findall(text):
        assert source in earlier
        for name in names.replace(" ", "").split(","):
            assert name in EXPORT.findall(bundle.text(source)), f"{source} does not export {name}"
            assert re.search(rf"\b{name}\b", body), f"{module} does not use {name}"


@pytest.mark.parametrize("module", bundle.MODULES)
def test_what_a_module_exports_another_one_imports(module):
    imported = {
        name.strip()
        for other in bundle.MODULES
        for names, source in IMPORT.findall(bundle.text(other))
        if source == module
        for name in names.split(",")
    }
    assert set(EXPORT.findall(bundle.text(module))) <= imported


@pytest.mark.parametrize("name", [*bundle.MODULES, "player.html", "player.css"])
def test_nothing_is_fetched_from_elsewhere(name):
    assert not re.search(r"https?://|@import|url\(|\bfetch\(", bundle.text(name))


@pytest.mark.parametrize("name", ["player.html", "player.css"])
def test_streamlit_cannot_take_the_text_for_a_path(name):
    assert "\n" in bundle.text(name)
