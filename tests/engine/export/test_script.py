"""Scripts and notebooks are run as a student would run them, and must print a run's own numbers."""

import ast
import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.data.features import FEATURES
from engine.data.shift import SHIFTS
from engine.data.tables import DATASETS
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Choice, Choices, Flag, Integer, Points, Real, Widths
from engine.export.script import history_table, notebook, printout, script
from engine.nn.activations import ACTIVATIONS
from engine.nn.initializers import INITIALIZERS
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.schedules import SCHEDULES
from engine.training.run import run
from tests.engine.alone import Helper

ROOT = Path(__file__).parents[3]
MNIST_FILE = ROOT / "engine/data/mnist.npz"

XOR = Experiment(epochs=50)
MOONS = Experiment(
    dataset="moons", samples=60, hidden=(4,), activation="tanh", learning_rate=0.3, epochs=20
)
MNIST = Experiment(
    dataset="mnist", samples=300, hidden=(16,), activation="relu", initializer="he",
    learning_rate=0.1, batch_size=32, epochs=2,
)  # fmt: skip
POINTS = ((0.25, -1.5, 1), (-0.5, 0.125, 0), (1.0, 1.0, 1), (0.75, -0.2, 0), (0.1, 0.1, 0))

CASES = {
    "xor": XOR,
    "one neuron": XOR.but(hidden=()),
    "three hidden layers": XOR.but(hidden=(4, 3, 2)),
    "four hidden layers": XOR.but(hidden=(4, 3, 2, 2), activation="leaky_relu"),
    "ten hidden layers": XOR.but(hidden=(3,) * 10, activation="tanh", initializer="xavier"),
    "linear units in a loop": XOR.but(hidden=(2,) * 5, activation="linear", learning_rate=0.1),
    "layers of two kinds": XOR.but(hidden=(4, 3), activation=("relu", "tanh")),
    "three layers of three kinds": MOONS.but(
        hidden=(4, 3, 2), activation=("leaky_relu", "sigmoid", "linear"), batch_size=8
    ),
    "ten layers of all kinds": MOONS.but(
        hidden=(3,) * 2 * len(ACTIVATIONS), activation=(*ACTIVATIONS,) * 2, initializer="xavier",
        batch_size=8,
    ),
    "fifty layers of two kinds": XOR.but(hidden=(2,) * 50, activation=("leaky_relu", "tanh") * 25),
    "dropout of two kinds": MOONS.but(
        hidden=(6, 5, 4), activation=("relu", "tanh", "leaky_relu"), keep_prob=0.7
    ),
    "dropout of rectified kinds": MOONS.but(
        hidden=(6, 5), activation=("relu", "leaky_relu"), keep_prob=0.7
    ),
    "dropout of all kinds in a loop": MOONS.but(
        hidden=(5,) * len(ACTIVATIONS), activation=tuple(ACTIVATIONS), keep_prob=0.9
    ),
    "dropout of rectified kinds in a loop": MOONS.but(
        hidden=(5,) * 5, activation=("linear", *("relu", "leaky_relu") * 2), keep_prob=0.9
    ),
    "no epochs": XOR.but(epochs=0),
    "one step at a time": XOR.but(batch_size=1, seed=3),
    "own points": XOR.but(dataset="own", points=POINTS),
    "many own points": XOR.but(dataset="own", points=POINTS * 6),
    "one own point": XOR.but(dataset="own", points=POINTS[:1], standardize=True),
    "parity": XOR.but(dataset="parity", bits=4, hidden=(6,)),
    "moons": MOONS,
    "noisy xor": MOONS.but(dataset="noisy_xor", noise=0.25, data_seed=5),
    "circles": MOONS.but(dataset="circles", samples=37, train_fraction=0.5, dev_fraction=0.1),
    "spirals": MOONS.but(dataset="spirals", train_fraction=0.7, dev_fraction=0.3),
    "gaussians": MOONS.but(dataset="gaussians", train_fraction=1.0, dev_fraction=0.0),
    "rings": MOONS.but(dataset="rings", activation="elu"),
    "checkerboard": MOONS.but(dataset="checkerboard", activation="gelu", batch_size=8),
    "blobs": MOONS.but(dataset="blobs", classes=5, activation="swish", keep_prob=0.9),
    "blobs in mini-batches": MOONS.but(dataset="blobs", standardize=True, batch_size=8, l2=0.3),
    "a part is unused": MOONS.but(train_fraction=0.3, dev_fraction=0.2, samples=21),
    "all features": MOONS.but(features=tuple(FEATURES)),
    "one feature": MOONS.but(features=("x2",), standardize=True),
    "standardised": MOONS.but(standardize=True, features=("x1", "x2_squared")),
    "standardised on all": MOONS.but(standardize=True, fitted_on="all"),
    "standardised on each": MOONS.but(standardize=True, fitted_on="each"),
    "xor standardised": XOR.but(standardize=True),
    "mini-batches": MOONS.but(batch_size=8),
    "shuffled once": MOONS.but(batch_size=8, shuffle="once"),
    "sorted by class": MOONS.but(batch_size=8, shuffle="sorted"),
    "sorted blobs": MOONS.but(dataset="blobs", batch_size=8, shuffle="sorted"),
    "momentum": MOONS.but(optimizer="momentum", beta1=0.8, batch_size=16),
    "nesterov": MOONS.but(optimizer="nesterov", activation="softplus", batch_size=16),
    "adagrad": MOONS.but(optimizer="adagrad", learning_rate=0.1, initializer="lecun"),
    "adamw": MOONS.but(optimizer="adamw", learning_rate=0.03, weight_decay=0.3, batch_size=5),
    "orthogonal": MOONS.but(initializer="orthogonal", hidden=(6, 4), decay="step"),
    "rmsprop": MOONS.but(optimizer="rmsprop", learning_rate=0.01, beta2=0.95),
    "adam": MOONS.but(optimizer="adam", learning_rate=0.03, batch_size=5),
    "inverse decay": MOONS.but(decay="inverse", decay_rate=0.3),
    "exponential decay": MOONS.but(decay="exponential", batch_size=8),
    "scheduled decay": MOONS.but(decay="scheduled", decay_rate=0.5, decay_interval=3, batch_size=8),
    "step decay with adam": MOONS.but(decay="step", optimizer="adam", learning_rate=0.1),
    "cosine decay": MOONS.but(decay="cosine", decay_rate=0.07, batch_size=8),
    "restarts": MOONS.but(decay="restarts", decay_rate=0.29, optimizer="momentum"),
    "warm-up": MOONS.but(decay="warm_up", decay_rate=0.1, decay_interval=4, batch_size=8),
    "clipped": MOONS.but(clip=0.01),
    "l1": MOONS.but(l1=0.3),
    "l2": MOONS.but(l2=3.0, batch_size=8),
    "both penalties, clipped, adam": MOONS.but(l1=0.1, l2=1.0, clip=0.1, optimizer="adam"),
    "dropout": MOONS.but(hidden=(6, 5), keep_prob=0.7, batch_size=9),
    "dropout of sigmoids": XOR.but(keep_prob=0.8, hidden=(5,)),
    "dropout of ReLUs": MOONS.but(activation="relu", initializer="he", keep_prob=0.5),
    "dropout in a loop": MOONS.but(hidden=(5,) * 5, keep_prob=0.9, init_scale=2.0),
    "dropout of ReLUs in a loop": MOONS.but(activation="relu", hidden=(5,) * 5, keep_prob=0.9),
    "zeros": XOR.but(initializer="zeros"),
    "constant with noise": XOR.but(initializer="constant", init_noise=0.01),
    "small": MOONS.but(initializer="small", init_scale=10.0),
    "large": MOONS.but(initializer="large", init_noise=0.1),
    "uniform": MOONS.but(initializer="uniform"),
    "stopped early": MOONS.but(patience=3, learning_rate=3.0, epochs=500),
    "patience that is never over": MOONS.but(patience=400),
    "patience without a dev set": MOONS.but(patience=3, dev_fraction=0.0),
    "diverges": XOR.but(activation="relu", learning_rate=1000.0, l2=1000.0, epochs=300),
    "diverges with patience": MOONS.but(activation="linear", learning_rate=1000.0, l2=1000.0,
        patience=400, epochs=300),
    "diverges at once": MNIST.but(samples=100, hidden=(64,) * 20, activation="linear",
        initializer="large", init_scale=100.0),
    "wide enough for bands": MOONS.but(hidden=(300, 300), epochs=3, batch_size=20),
    "mnist": MNIST,
    "mnist without a dev set": MNIST.but(dev_fraction=0.0, samples=100, standardize=True),
    "mnist from zeros": MNIST.but(
        initializer="zeros", activation="sigmoid", keep_prob=0.8, l2=0.1, standardize=True
    ),
    "mnist from a constant": MNIST.but(initializer="constant", init_noise=1e-9),
    "mnist with layers of two kinds": MNIST.but(
        hidden=(20, 10), activation=("tanh", "relu"), keep_prob=0.8, l2=0.1
    ),
    "mnist through five layers of all kinds": MNIST.but(
        hidden=(12,) * len(ACTIVATIONS), activation=tuple(ACTIVATIONS), initializer="glorot"
    ),
    "mnist without a hidden layer": MNIST.but(hidden=(), samples=4000, epochs=1),
    "mnist, everything at once": MNIST.but(
        hidden=(20, 10), activation="leaky_relu", optimizer="adam", learning_rate=0.01, l1=0.01,
        l2=0.3, clip=1.0, keep_prob=0.9, decay="inverse", patience=2, standardize=True,
        fitted_on="all", init_noise=1e-3, init_scale=0.5,
    ),
    "mnist, each set by itself": MNIST.but(standardize=True, fitted_on="each", activation="tanh"),
    "mnist in large batches": MNIST.but(samples=6000, batch_size=0, keep_prob=0.8),
    "mnist blurred": MNIST.but(shift="blurred", target_share=0.2, data_seed=2),
    "mnist in low resolution": MNIST.but(shift="low_resolution", shift_strength=0.8),
    "mnist with noise": MNIST.but(shift="noisy", target_share=1.0, standardize=True),
    "mnist rotated": MNIST.but(shift="rotated", target_share=0.5, dev_fraction=0.5),
    "mnist shifted by nothing": MNIST.but(shift="rotated", shift_strength=0.0, target_share=0.5),
}  # fmt: skip

cases = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES)


@pytest.fixture(scope="module")
def helper():
    running = Helper()
    yield running
    running.close()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The file of MNIST without its compression, which takes a third of a second each time."""
    file = tmp_path_factory.mktemp("digits") / "mnist.npz"
    with np.load(MNIST_FILE) as arrays:
        np.savez(file, **arrays)
    return file


@pytest.fixture
def printed(helper, unpacked, tmp_path):
    """What a script prints that is run far from the engine, every warning an error."""

    def printed(text: str) -> str:
        file = tmp_path / "script.py"
        file.write_text(text, encoding="utf-8")
        code, out, err = helper.run(file, str(unpacked))
        assert code == 0, err
        assert err == ""
        return out

    return printed


@cases
def test_a_script_prints_the_numbers_of_the_run(experiment, printed):
    assert printed(script(experiment)) == printout(run(experiment))


def test_a_script_is_a_program_of_its_own(tmp_path):
    file = tmp_path / "script.py"
    file.write_text(script(MNIST), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(file), str(MNIST_FILE)],
        capture_output=True, text=True, timeout=120, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == printout(run(MNIST))


def at_random(seed: int) -> Experiment:
    """Return a small experiment with every knob turned at random; MNIST in every fourth."""
    rng = np.random.default_rng(seed)
    turned = {name: value_at_random(name, rng) for name in KNOBS}
    turned |= {
        "train_fraction": float(rng.choice([0.4, 0.6, 0.8])),
        "dev_fraction": float(rng.choice([0.0, 0.1, 0.2])),
        "samples": int(rng.integers(20, 200)),
        "bits": int(rng.integers(2, 7)),
        "hidden": tuple(rng.integers(1, 12, rng.integers(0, 6)).tolist()),
        "batch_size": int(rng.choice([0, 1, 7, 32])),
        "epochs": int(rng.choice([1, 10, 60])),
        "patience": int(rng.choice([0, 0, 5])),
    }
    if rng.random() < 0.5:
        turned["activation"] = (
            rng.choice(list(ACTIVATIONS), len(turned["hidden"])).tolist() or "relu"
        )
    planar = [name for name in DATASETS if name != "mnist"]
    turned["dataset"] = "mnist" if seed % 4 == 0 else str(rng.choice(planar))
    return Experiment(**turned)


def value_at_random(name: str, rng: np.random.Generator) -> object:
    match KNOBS[name]:
        case Flag():
            return bool(rng.integers(2))
        case Choice(titles=titles):
            return str(rng.choice(list(titles)))
        case Choices(titles=titles):
            names = list(titles)
            return tuple(rng.choice(names, rng.integers(1, len(names) + 1), replace=False))
        case Points():
            return tuple((*rng.uniform(-1, 1, 2).tolist(), int(rng.integers(2))) for _ in range(9))
        case Real(options=options):
            # The default half of the time, or no experiment would be without any regularisation.
            default = getattr(Experiment(), name)
            return default if rng.random() < 0.5 else float(rng.choice(options))
        case Widths():
            return ()
        case Integer(low=low, high=high):
            return int(rng.integers(low, high))
    raise TypeError(f"{name} is of a kind that these tests do not know")


@pytest.mark.parametrize("seed", range(20))
def test_a_script_of_a_random_experiment_prints_the_numbers_of_the_run(seed, printed):
    experiment = at_random(seed)
    assert printed(script(experiment)) == printout(run(experiment))


def test_the_script_of_the_notes_network_reads_as_many_of_10_000_digits_right(printed):
    experiment = MNIST.but(samples=0, dev_fraction=0.0, hidden=(64,), batch_size=64, epochs=5)
    finished = run(experiment)
    out = printed(script(experiment))
    assert out == printout(finished)
    assert f"test_accuracy {100 * finished.history['test_accuracy'][-1]:.2f} %" in out
    assert finished.history["test_accuracy"][-1] > 0.95


# --- what a script is made of ---------------------------------------------------------------------


def executed(codes: list[str], monkeypatch) -> tuple[dict, str]:
    """Run pieces of code one after the other in one namespace; return it and what was printed."""
    monkeypatch.setattr(sys, "argv", ["script.py", str(MNIST_FILE)])
    namespace: dict = {}
    printed_here = io.StringIO()
    with np.errstate(), contextlib.redirect_stdout(printed_here):
        for code in codes:
            exec(compile(code, "cell", "exec"), namespace)
    return namespace, printed_here.getvalue()


BIT_FOR_BIT = ["xor", "own points", "dropout", "ten hidden layers", "stopped early", "diverges",
               "both penalties, clipped, adam", "mnist", "mnist, everything at once",
               "wide enough for bands", "mnist in large batches", "mnist rotated",
               "layers of two kinds", "three layers of three kinds", "ten layers of all kinds",
               "fifty layers of two kinds", "dropout of two kinds", "dropout of rectified kinds",
               "dropout of all kinds in a loop", "dropout of rectified kinds in a loop",
               "mnist with layers of two kinds",
               "mnist through five layers of all kinds"]  # fmt: skip


@pytest.mark.parametrize("name", BIT_FOR_BIT)
def test_the_weights_are_equal_to_the_last_bit(name, monkeypatch):
    namespace, _ = executed([script(CASES[name])], monkeypatch)
    theta = np.concatenate([array.ravel() for array in namespace["theta"]])
    np.testing.assert_array_equal(theta, run(CASES[name]).theta)


@cases
def test_a_script_imports_numpy_and_the_standard_library_only(experiment):
    tree = ast.parse(script(experiment))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in imports
        for alias in node.names
    }
    assert "numpy" in names
    assert {name.split(".")[0] for name in names} - {"numpy"} <= sys.stdlib_module_names


def test_every_script_is_clean(tmp_path):
    for number, experiment in enumerate(CASES.values()):
        (tmp_path / f"case_{number}.py").write_text(script(experiment), encoding="utf-8")
    rules = "E,F,W,I,B,UP,SIM,C4,PERF,NPY"
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--line-length", "100",
         "--select", rules, "--ignore", "E741", str(tmp_path)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@cases
def test_comments_hold_no_latex(experiment):
    lines = [line for line in script(experiment).splitlines() if line.startswith("# ")]
    assert [line for line in lines if set(line) & set("\\${}")] == []


def test_only_what_an_experiment_uses_is_in_its_script():
    plain = script(XOR)
    for word in ("batch_size", "keep_prob", "beta", "split(", "np.float32", "penalty", "clip",
                 "patience", "decay", "product(", "standardised", "shuffle"):  # fmt: skip
        assert word not in plain, word


def other_values(name: str) -> list:
    """Return values of a knob, the default among them."""
    match KNOBS[name]:
        case Choice(titles=titles):
            return list(titles)
        case Choices(titles=titles):
            return [tuple(titles), tuple(titles)[:2]]
        case Flag():
            return [False, True]
        case Points():
            return [POINTS, POINTS[:2]]
        case Widths():
            return [(2,), (3,), (2, 2)]
        case Real(options=options):
            return list(options)
        case Integer(low=low, high=high):
            return [low, low + 1, low + 2, 64, min(1000, high)]
    raise TypeError(f"{name} is of a kind that these tests do not know")


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_reaches_the_script_where_it_matters(name):
    for experiment in CASES.values():
        if not KNOBS[name].matters(experiment):
            continue
        changed = {script(turned) for turned in varied(experiment, name)}
        if len(changed) > 1:
            return
    pytest.fail(f"the script says the same whatever {name} is: engine/export/writing must use it")


@pytest.mark.parametrize("name", KNOBS)
def test_a_knob_that_does_not_matter_leaves_the_script_alone(name):
    for experiment in [XOR, MOONS, MNIST, MOONS.but(hidden=())]:
        if not KNOBS[name].matters(experiment):
            assert {script(turned) for turned in varied(experiment, name)} == {script(experiment)}


def varied(experiment: Experiment, name: str) -> list[Experiment]:
    found = []
    for value in other_values(name):
        with contextlib.suppress(ValueError):
            turned = experiment.but(**{name: value})
            script(turned)
            found.append(turned)
    return found


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_is_turned_in_some_case(name):
    defaults = Experiment()
    assert any(
        getattr(experiment, name) != getattr(defaults, name) and KNOBS[name].matters(experiment)
        for experiment in CASES.values()
    )


@pytest.mark.parametrize(
    ("knob", "table"),
    [
        ("dataset", DATASETS),
        ("activation", ACTIVATIONS),
        ("initializer", INITIALIZERS),
        ("optimizer", OPTIMIZERS),
        ("decay", SCHEDULES),
        ("shift", SHIFTS),
        ("fitted_on", KNOBS["fitted_on"].titles),
    ],
)
def test_every_row_of_the_engines_tables_is_run_in_some_case(knob, table):
    met = {
        getattr(experiment, knob)
        for experiment in CASES.values()
        if KNOBS[knob].matters(experiment)
    }
    assert set(table) <= met


def test_what_cannot_be_run_cannot_be_written_down():
    with pytest.raises(ValueError, match="No training sample is left"):
        script(MOONS.but(train_fraction=0.0))
    with pytest.raises(ValueError, match="No training sample is left"):
        notebook(MNIST.but(dev_fraction=1.0))


# --- the notebook ---------------------------------------------------------------------------------

IN_A_NOTEBOOK = ["xor", "ten hidden layers", "stopped early", "diverges", "dropout", "adam",
                 "both penalties, clipped, adam", "all features", "dropout of two kinds",
                 "ten layers of all kinds",
                 "standardised on each"]  # fmt: skip


@pytest.mark.parametrize("name", IN_A_NOTEBOOK)
def test_the_cells_of_a_notebook_print_the_numbers_of_the_run(name, monkeypatch):
    cells = json.loads(notebook(CASES[name]))["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    _, out = executed(codes, monkeypatch)
    assert out == printout(run(CASES[name]))


def test_a_notebook_loads_mnist_from_the_folder_it_is_in(monkeypatch):
    monkeypatch.chdir(MNIST_FILE.parent)
    cells = json.loads(notebook(MNIST))["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert executed(codes, monkeypatch)[1] == printout(run(MNIST))


@cases
def test_a_notebook_keeps_the_rules_of_its_format(experiment):
    """The required fields of the JSON schema of nbformat 4.5."""
    book = json.loads(notebook(experiment))
    assert set(book) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert set(book["metadata"]["kernelspec"]) >= {"name", "display_name"}
    assert book["metadata"]["language_info"]["name"] == "python"
    identifiers = [cell["id"] for cell in book["cells"]]
    assert len(set(identifiers)) == len(identifiers)
    for cell in book["cells"]:
        extra = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | extra
        assert cell["cell_type"] in ("markdown", "code")
        assert 1 <= len(cell["id"]) <= 64
        assert set(cell["id"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert all(isinstance(line, str) for line in cell["source"])
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        if extra:
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@cases
def test_a_notebook_and_its_script_hold_the_same_code(experiment):
    code = script(experiment)
    for cell in json.loads(notebook(experiment))["cells"]:
        text = "".join(cell["source"])
        is_code = cell["cell_type"] == "code"
        if is_code and "mnist_file = " not in text and "import " not in text:
            assert text in code


SAID = {
    "Chance has a stream for each purpose": "def stream(",
    "The split is stratified": "def split(",
    "What the network sees of a point are functions of it": "rows = np.column_stack",
    "The inputs are standardised": ("def standardised(", "def measured("),
    "That is wrong": ("standardised(rows[index], rows[index])", "*measured("),
    "Everything is float32": "np.eye(10, dtype=np.float32)",
    "Everything is float64": "np.eye(10, dtype=np.float64)",
    "times `init_scale`": "W = init_scale * (",
    "plus noise that breaks the symmetry": "noise.standard_normal(n_out)",
    "A matrix product, cut into bands": "def product(",
    "Inverted dropout multiplies": "def dropout_masks(",
    "At test time nothing is dropped": "def dropout_masks(",
    "no unit is dropped here": "def dropout_masks(",
    "biases are never penalised": "def add_penalty(",
    "and the penalty by itself": "def penalty(",
    "so that the direction stays": "def clip_by_norm(",
    "it returns $\\alpha\\, d\\theta$, the whole step": "P -= step",
    "A batch is gone through 4,096 samples at a time": "def summed_over_parts(",
    "in mini-batches of a new random order": "    order = shuffle.permutation(m)",
    "in mini-batches of one random order": "\norder = shuffle.permutation(m)",
    "in mini-batches of samples that are sorted by class": "order = np.argsort(",
    "The learning rate changes": "alpha = alpha_0 * ",
    "the weights of the best epoch are kept": "best, best_numbers, kept = ",
}
"""What the prose says, and the code that does it, or either of two."""


def prose_and_code(experiment):
    """The two halves of a notebook."""
    cells = json.loads(notebook(experiment))["cells"]
    return ("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == kind)
            for kind in ("markdown", "code"))  # fmt: skip


@cases
def test_the_prose_says_what_the_code_does_and_nothing_else(experiment):
    prose, code = prose_and_code(experiment)
    for sentence, signs in SAID.items():
        does = any(sign in code for sign in ([signs] if isinstance(signs, str) else signs))
        assert (sentence in prose) == does, sentence
    said = [name for name, shift in SHIFTS.items() if shift.meaning in prose]
    assert said == [name for name in SHIFTS if name == experiment.shift]
    is_leaking = experiment.standardize and experiment.fitted_on == "all"
    assert ("That is a leak" in prose) == is_leaking


def test_every_sentence_is_said_in_some_case_and_not_in_every_one():
    texts = [next(prose_and_code(experiment)) for experiment in CASES.values()]
    for sentence in SAID:
        assert 0 < sum(sentence in text for text in texts) < len(texts), sentence


# --- what a run printed ---------------------------------------------------------------------------


def test_a_printout_has_three_digits_of_a_cost_and_every_one_of_10_000_digits():
    finished = run(XOR)
    cost = finished.history["train_cost"][-1]
    assert printout(finished) == f"epoch 50\ntrain_cost {cost:.3g}\ntrain_accuracy 75.00 %\n"


def test_a_run_that_diverges_at_once_has_nothing_else_to_print():
    assert printout(run(CASES["diverges at once"])) == "diverged in epoch 0\n"


def test_early_stopping_prints_where_it_stopped_and_the_best_epoch():
    finished = run(CASES["stopped early"])
    lines = printout(finished).splitlines()
    assert finished.stopped_at == finished.best_epoch + 3
    assert lines[:2] == [f"stopped in epoch {finished.stopped_at}", f"epoch {finished.stopped_at}"]
    assert f"best epoch {finished.best_epoch}" in lines


def test_a_history_is_a_table_with_a_row_for_each_epoch():
    history = run(MOONS).history
    heading, *rows = history_table(history).splitlines()
    assert heading.split(",") == list(dict.fromkeys(["epoch", *history]))
    assert len(rows) == MOONS.epochs + 1
    values = np.array([[float(cell) for cell in row.split(",")] for row in rows]).T
    for name, column in zip(heading.split(","), values, strict=True):
        np.testing.assert_array_equal(column, history[name])
