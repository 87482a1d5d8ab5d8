"""What happens once per server, also in a copy of the project without its hidden files."""

import os
import subprocess
import sys

from tests.pages.offers import ROOT

ASK = """
from streamlit import config
assert config.get_option("browser.gatherUsageStats")
from pages._pages import boot
assert not config.get_option("browser.gatherUsageStats")
"""


def test_no_visitors_are_counted_where_the_settings_are_missing(tmp_path):
    environment = {name: v for name, v in os.environ.items() if not name.startswith("STREAMLIT")}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
