"""The README's recipes, followed in a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

PAGE = '''"""Do more samples help?"""

from pages._kit.panels import common as panels
from pages._kit.panels import player_panel
from pages._kit.site import elements
from pages._kit.site.visit import open_lens
from pages._samples.page import PAGE

visit = open_lens(PAGE.lens, "Do more samples help?")
elements.say(visit.notes)
shown = player_panel.show(PAGE.lens, visit.experiment, "Moons", epoch=None)
visit.finished(shown.run)
panel = visit.panels({"Many seeds": {"Seeds, not luck": lambda: panels.seeds(visit)}})
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
from pages._pages.registry import LENSES, READY

app_test.PagesManager = Navigated
at = AppTest.from_file("streamlit_app.py", default_timeout=60).run()
assert "samples" in {link.proto.page for link in sound(at).get("page_link")}
at.query_params["samples"] = "200"
at = sound(at.switch_page("pages/samples.py").run())
assert [header.value for header in at.header] == ["Do more samples help?"]
assert (address(at), notes(at)) == ({"samples": "200"}, [])
at = sound(at.switch_page("pages/runs.py").run())
assert "Samples" in at.dataframe[0].value["Page"].tolist()
assert "samples" in LENSES and "samples" in READY
"""


ROWS = {
    "engine/nn/activations.py": (
        "ACTIVATIONS: dict[str, Activation] = {\n",
        """    "softsign": Activation(
        title="Softsign",
        word="softsign",
        function=lambda Z, out=None: np.divide(Z, 1 + np.abs(Z), out=out),
        derivative=lambda Z, A, out=None: np.divide(1, (1 + np.abs(Z)) ** 2, out=out),
        formula=r"g(z) = z / (1 + |z|)",
        written=Written(
            "({z} / (1 + np.abs({z})))", "(1 / (1 + np.abs({z})) ** 2)",
            "1 / (1 + np.abs(Z))**2", "z / (1 + Math.abs(z))", "1 / (1 + Math.abs(z)) ** 2",
        ),
        start=_GLOROT,
        derivation=by_hand.LINEAR,
        mistaken="tanh",
        low=-1.0,
        high=1.0,
    ),
""",
    ),
    "engine/optim/optimizers.py": (
        "OPTIMIZERS: dict[str, Method] = {\n",
        """    "signs": Method(
        title="Signs alone",
        make=lambda learning_rate=0.01: Optimizer(
            _nothing, lambda gradient, state, t, theta: learning_rate * np.sign(gradient)
        ),
        formula=(r"\\theta := \\theta - \\alpha \\operatorname{sign} d\\theta",),
        written=Written("", "P -= alpha * np.sign(dP)"),
        usual=Usual(images=0.001, deep=0.003, points=0.01),
    ),
""",
    ),
    "engine/nn/initializers.py": (
        "INITIALIZERS: dict[str, Initializer] = {\n",
        """    "tiny": _normal(
        "Tiny N(0, 0.001²)", "Tiny", lambda fan_in, fan_out: 0.001, r"w \\sim N(0, 0.001^2)",
        Written("{normal} * 0.001", r"$W^{[l]} \\sim N(0, 0.001^2)$"),
    ),
""",
    ),
    "engine/nn/losses.py": (
        "LOSSES: dict[str, Loss] = {\n",
        """    "doubled": Loss(
        "Twice the squared error",
        np.positive,
        lambda Z, Y: 2 * squared_error(Z, Y),
        _correct_rounded,
        r"\\mathcal{L} = \\sum_k (a_k - y_k)^2",
        Written("def doubled(Z):\\n    return Z", "", "", ""),
        SQUARED._replace(slope=lambda A, Y: 2 * (A - Y)),
    ),
""",
    ),
    "engine/optim/schedules.py": (
        "SCHEDULES: dict[str, Schedule] = {\n",
        """    "root": Schedule(
        "Root: α₀ / √(1 + k t)",
        lambda rate, epoch, interval: 1 / math.sqrt(1 + rate * epoch),
        r"\\alpha = \\alpha_0 / \\sqrt{1 + k t}",
        r"\\alpha = \\alpha_0 / \\sqrt{1 + k t}",
        "alpha_0 * (1 / math.sqrt(1 + decay_rate * t))",
    ),
""",
    ),
    "engine/data/planar.py": (
        "PLANAR: tuple[Dataset, ...] = (\n",
        """    Dataset(
        name="stripes",
        title="Stripes",
        aim="separate the stripes",
        meaning="Two upright stripes.",
        classes=2,
        generate=stripes,
        planar=True,
        fixed=False,
        whole=False,
        view=(-1.5, 1.5),
        bayes_error=lambda noise, classes: bayes.of_curves(on_stripes, noise),
        curves=lambda classes: on_stripes,
    ),
""",
    ),
    "pages/_xor/lens.py": ('"noisy_xor", "circles"', '"noisy_xor", "stripes", "circles"'),
}
"""What is put into each file: after which line, or in place of what."""

SHAPES = """def stripes(
    rng: np.random.Generator, samples: int, noise: float, bits: int, classes: int
) -> tuple[Array, Array]:
    return _along(on_stripes, rng, samples, noise)


def on_stripes(labels: Array, t: Array) -> Array:
    return np.stack([labels - 0.5, 2 * t - 1], axis=1)


def on_corners("""

USE = """
import subprocess, sys
import numpy as np
from streamlit.testing.v1 import AppTest, app_test
from engine.checking.bugs import BUGS
from engine.diagnosis.gaps import best_error
from engine.diagnosis.remedies import matched_start, usual_rate
from engine.experiment.experiment import Experiment
from engine.experiment.links import from_query, to_query
from engine.export.script import printout, script
from engine.nn.gradient_check import gradient_check
from engine.nn.network import Network
from engine.training.run import run
from pages._kit.player import bundle
from tests.pages.conftest import Navigated
from tests.pages.screen import notes, sound

NEW = dict(dataset="stripes", activation="softsign", initializer="tiny", optimizer="signs",
           decay="root", noise=0.2, samples=100, epochs=30, hidden=(4, 3), init_scale=100.0,
           learning_rate=0.01)
experiment = Experiment(**NEW)
assert from_query(to_query(experiment, Experiment()), Experiment()) == (experiment, [])
done = run(experiment)
assert done.history["train_cost"][-1] < done.history["train_cost"][0]
said = subprocess.run([sys.executable, "-c", script(experiment)], capture_output=True, text=True)
assert said.stdout.strip() == printout(done).strip(), (said.stdout, said.stderr, printout(done))
assert (usual_rate(experiment), matched_start(experiment)["initializer"]) == (0.01, "glorot")
assert 0 < best_error(experiment) < 0.1
assert "1 / (1 + np.abs(Z))**2" in BUGS["slope"].lines("softsign")[0]
assert "softsign: {" in bundle.script() and "z / (1 + Math.abs(z))" in bundle.script()
rng = np.random.default_rng(0)
for output, n_y in (("sigmoid", 1), ("doubled", 2)):
    network = Network((2, 3, n_y), "softsign", output)
    theta, X, Y = rng.normal(size=network.layout.size), rng.normal(size=(2, 5)), np.zeros((n_y, 5))
    gradient, scale = network.gradient(theta, X, Y), 2 if output == "doubled" else 1
    check = gradient_check(lambda t: network.cost(t, X, Y), scale * gradient, theta, 1e-5)
    assert check.ratio < 1e-7, (output, check.ratio)
app_test.PagesManager = Navigated
at = AppTest.from_file("streamlit_app.py", default_timeout=60).run()
for name, value in to_query(experiment, Experiment(train_fraction=0.5, dev_fraction=0.0)).items():
    at.query_params[name] = value
at = sound(at.switch_page("pages/xor.py").run())
assert [header.value for header in at.header] == ["Which network can separate the stripes?"]
words = [word for box in at.selectbox for word in box.options]
assert {"Stripes", "Softsign", "Signs alone", "Tiny N(0, 0.001²)"} <= set(words), words
"""


def copied(tmp_path, *names):
    """Copy the project's folders, the digits by a link alone, and the entry."""
    for name in names:
        ignored = shutil.ignore_patterns("__pycache__", "mnist.npz")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    if "engine" in names:
        (tmp_path / "engine/data/mnist.npz").symlink_to(ROOT / "engine/data/mnist.npz")
    shutil.copy(ROOT / "streamlit_app.py", tmp_path)


def tried(tmp_path, code):
    """Run code within the copy, with this project's tests at hand."""
    path = os.pathsep.join(map(str, (tmp_path, ROOT)))
    return subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": path},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_new_row_of_each_table_is_in_one_file_and_works_everywhere(tmp_path):
    copied(tmp_path, "engine", "pages", ".streamlit")
    for name, (place, new) in ROWS.items():
        file = tmp_path / name
        text = file.read_text(encoding="utf-8")
        assert text.count(place) == 1, name
        file.write_text(text.replace(place, new if name.startswith("pages") else place + new))
    planar = tmp_path / "engine/data/planar.py"
    planar.write_text(planar.read_text().replace("def on_corners(", SHAPES, 1))

    done = tried(tmp_path, USE)

    assert done.returncode == 0, done.stderr[-3000:]


def test_a_new_page_is_a_file_a_folder_and_its_name_in_the_list(tmp_path):
    (tmp_path / "engine").symlink_to(ROOT / "engine")
    copied(tmp_path, "pages", ".streamlit")
    (tmp_path / "pages/samples.py").write_text(PAGE)
    (tmp_path / "pages/_samples/prose").mkdir(parents=True)
    (tmp_path / "pages/_samples/__init__.py").write_text(FOLDER)
    (tmp_path / "pages/_samples/page.py").write_text(DECLARED)
    (tmp_path / "pages/_samples/prose/teachers.md").write_text("Fifteen minutes.")
    order = tmp_path / "pages/_pages/order.py"
    order.write_text(order.read_text().replace('"bias_variance"),', '"bias_variance", "samples"),'))

    done = tried(tmp_path, VISIT)
    assert done.returncode == 0, done.stderr[-3000:]
