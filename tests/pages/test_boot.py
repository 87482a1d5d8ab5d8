"""What happens once per server, also in a copy of the project without its hidden files."""

import gc
import os
import subprocess
import sys

from pages._pages import boot
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


START = """
import sys
from pages._pages.order import PAGES
from pages._kit.panels import player_panel
from pages._kit.site import stage
from pages._home import invitations, lessons
print(sorted({"altair", "pandas"} & {*sys.modules}))
"""


def test_the_start_waits_for_no_library_of_charts():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == ["[]"], done.stderr


def test_what_draws_charts_is_imported_in_the_background():
    boot.import_what_draws_charts()
    assert {"altair", "pandas"} <= {*sys.modules}
    assert gc.get_freeze_count()
