from tests.architecture.graph import ROOT, python
from tests.architecture.picture import Part, arrows_upwards, parts, picture


def test_no_package_uses_one_above_it():
    upwards = arrows_upwards(parts())
    assert not upwards, "\n".join(upwards)


def test_an_arrow_upwards_is_seen():
    for lower, upper in [
        ("engine.nn", "engine.optim"),
        ("engine.export", "pages._kit.knobs"),
        ("pages._kit.site", "pages._kit.panels"),
        ("pages._kit.panels", "pages.xor"),
        ("pages.mnist", "pages.xor"),
    ]:
        (told,) = arrows_upwards({lower: Part(uses={upper}), upper: Part()})
        assert told == f"{lower} uses {upper}, which does not stand below it"


def test_every_module_is_counted_once():
    files = [*python("engine"), *python("pages"), ROOT / "streamlit_app.py"]
    assert sum(part.modules for part in parts().values()) == len(files)


def test_the_picture_has_a_line_a_package_from_the_entry_to_the_first_of_the_engine():
    lines = [line.split() for line in picture().splitlines() if line.startswith("  ")]
    names = [words[0] for words in lines if words != ["modules", "lines", "uses"]]
    assert len(names) == len(parts()) - 2  # engine and the kit are titles
    assert (names[0], names[-1]) == ("streamlit_app", "nn")
    assert names.index("xor") < names.index("panels") < names.index("knobs") < names.index("export")
