"""The README's recipes, followed in a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

PAGE = '''"""Do more samples help?"""

from pages._kit.panels import common as panels
from pages._kit.panels import stage
from pages._kit.site import frame
from pages._samples.page import PAGE

visit = frame.open_lens(PAGE.lens, "Do more samples help?")
frame.say(visit.notes)
shown = stage.show(PAGE.lens, visit.experiment, "Moons", epoch=None)
visit.finished(shown.run)
panel = visit.panels({"Seeds, not luck": lambda: panels.seeds(PAGE.lens, visit.experiment)})
visit.close(panel=panel)
'''

FOLDER = '''"""Only of the page on samples."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
'''

DECLARED = '''"""What others have to know of this page."""

from engine.experiment.experiment import Experiment
from pages._kit.knobs.lens import Lens
from pages._kit.lessons.lesson import Goal, Lesson
from pages._kit.lessons.ready import Ready
from pages._kit.site.page import Page
from pages._samples import prose

PAGE = Page(
    path="samples",
    title="Samples",
    icon=":material/scatter_plot:",
    section="Generalising",
    teaser="What more samples are good for.",
    lens=Lens(
        path="samples",
        defaults=Experiment(dataset="moons", samples=100, epochs=20, hidden=(4,)),
        knobs=("samples", "seed"),
        offers={"samples": (50, 100, 200)},
    ),
    plan=prose("teachers"),
    lesson=Ready(
        lesson=Lesson("More of them", "Take more samples.", None, (), (Goal("epochs", 20),)),
        start={},
        solution={"samples": 200},
    ),
)
'''

VISIT = """
from streamlit.testing.v1 import AppTest, app_test
from tests.pages.conftest import Navigated
from tests.pages.screen import address, notes, sound
from pages._pages.atlas import LENSES, READY

app_test.PagesManager = Navigated
at = AppTest.from_file("streamlit_app.py", default_timeout=60).run()
assert "samples" in {link.proto.page for link in sound(at).get("page_link")}
at.query_params["samples"] = "200"
at = sound(at.switch_page("pages/samples.py").run())
assert [one.value for one in at.header] == ["Do more samples help?"]
assert (address(at), notes(at)) == ({"samples": "200"}, [])
at = sound(at.switch_page("pages/runs.py").run())
assert "Samples" in at.dataframe[0].value["Page"].tolist()
assert "samples" in LENSES and "samples" in READY
"""


def test_a_new_page_is_a_file_a_folder_and_its_name_in_the_list(tmp_path):
    (tmp_path / "engine").symlink_to(ROOT / "engine")
    for name in ("pages", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "streamlit_app.py", tmp_path)
    (tmp_path / "pages/samples.py").write_text(PAGE)
    (tmp_path / "pages/_samples/prose").mkdir(parents=True)
    (tmp_path / "pages/_samples/__init__.py").write_text(FOLDER)
    (tmp_path / "pages/_samples/page.py").write_text(DECLARED)
    (tmp_path / "pages/_samples/prose/teachers.md").write_text("Fifteen minutes.")
    order = tmp_path / "pages/_pages/order.py"
    order.write_text(order.read_text().replace('"bias_variance"),', '"bias_variance", "samples"),'))

    path = os.pathsep.join(map(str, (tmp_path, ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", VISIT], cwd=tmp_path, env=os.environ | {"PYTHONPATH": path},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
