"""What the README prints for a server of one's own: its fenced blocks, word for word."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(words: str) -> str:
    """Return the one fenced block that has these words in it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (found,) = (fenced for fenced in _FENCED.findall(text) if words in fenced)
    return str(found)


def setting(words: str, name: str) -> str:
    """Return what a block says after `name=` at the beginning of a line."""
    (line,) = (line for line in block(words).splitlines() if line.startswith(f"{name}="))
    return line.removeprefix(f"{name}=")


def start(port: int) -> list[str]:
    """Return the words after `streamlit run` with which the README's unit starts a replica."""
    return _after_run(setting("MemoryMax", "ExecStart").replace("%i", str(port)))


def start_at_home() -> list[str]:
    """Return the words after `streamlit run` with which the README starts the app for oneself."""
    return _after_run(block("pip install -q -r requirements.txt"))


def _after_run(command: str) -> list[str]:
    return command.split(" run ")[1].split()


def environment() -> dict[str, str]:
    """Return the variables that the README's unit sets."""
    return dict(words.split("=") for words in setting("MemoryMax", "Environment").split())
