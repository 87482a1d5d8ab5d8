import shutil
import subprocess

import pytest

from pages._kit.matrices import MODULES
from pages._kit.player import bundle


def test_the_modules_can_be_joined_into_one(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node")
    joined = tmp_path / "joined.mjs"
    joined.write_text(bundle.script(MODULES), encoding="utf-8")
    found = subprocess.run([node, "--check", joined], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
