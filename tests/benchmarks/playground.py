"""TensorFlow Playground's network in Node.js, for comparison; its source is not part of this."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_SCRIPT = Path(__file__).with_suffix(".mjs")


class Playground:
    """A Node.js process that trains one network after another."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def train(self, question: Mapping[str, object]) -> float:
        """Return the CPU seconds of a training, told as `playground.mjs` expects it."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(json.dumps(question) + "\n")
        asked.flush()
        return float(answers.readline())


@contextmanager
def playground(source: Path | None) -> Iterator[Playground | None]:
    """Start Node.js with a copy of TensorFlow Playground's nn.ts, or of what it compiles to.

    None without Node.js or without a source. It ends with the block.
    """
    node = shutil.which("node")
    if node is None or source is None:
        yield None
        return
    command = [node, str(_SCRIPT), str(source.resolve())]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Playground(process)
