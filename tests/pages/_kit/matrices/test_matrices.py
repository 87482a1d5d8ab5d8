import shutil
import subprocess

import pytest

from pages._kit.matrices import MODULES
from pages._kit.player import bundle


def is_sound(modules, folder):
    """What Node has to say against modules that are joined into one; "" if nothing."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node")
    joined = folder / "joined.mjs"
    joined.write_text(bundle.script(modules), encoding="utf-8")
    asked = [node, "--check", joined]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stderr


def test_the_modules_can_be_joined_into_one(tmp_path):
    assert is_sound(MODULES, tmp_path) == ""
