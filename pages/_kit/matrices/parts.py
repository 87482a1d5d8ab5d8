"""What components that show a step line by line have in common: scripts, style and toolbar."""

from pathlib import Path

from pages._kit.player import bundle

WEB = Path(__file__).parent / "web"


def scripts(*names: str) -> tuple[Path, ...]:
    """Return the files of these scripts, for a component's bundle."""
    return tuple(WEB / name for name in names)


def style(*more: Path) -> str:
    """Return the style sheet of matrices, and after it those that a component adds."""
    files: tuple[str | Path, ...] = ("base.css", WEB / "matrices.css", *more)
    return "".join(bundle.text(file) for file in files)


def markup(file: Path) -> str:
    """Return an HTML file with the matrices' files in place of the comments that name them."""
    return bundle.markup(file, WEB)
