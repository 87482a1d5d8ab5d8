import pytest

from pages._kit.site.prose import Prose
from tests.pages.prose.sentences import ROOT, markdown


def test_prose_is_read_from_the_folder_beside_a_file(tmp_path):
    (tmp_path / "prose").mkdir()
    (tmp_path / "prose/look.md").write_text("Look at θ.", encoding="utf-8")
    prose = Prose(beside=str(tmp_path / "page.py"))
    assert prose("look") == "Look at θ."
    with pytest.raises(FileNotFoundError):
        prose("another")


def test_all_markdown_of_pages_is_prose():
    assert markdown() == sorted((ROOT / "pages").rglob("*.md"))


@pytest.mark.parametrize(
    "file", markdown(), ids=lambda file: file.relative_to(ROOT / "pages").as_posix()
)
def test_the_prose_is_plain_sentences(file):
    text = file.read_text(encoding="utf-8")
    assert text.strip()
    assert "!" not in text.replace("![", "").replace(r"\!", "")  # a picture, a thin space of LaTeX
