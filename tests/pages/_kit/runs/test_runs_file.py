import csv
import io
import json

import numpy as np
import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.runs import runs_file
from pages._kit.runs.history import MOST, History
from pages._kit.runs.outcome import Outcome
from pages._pages import registry

LENSES = {path: registry.LENSES[path] for path in ("xor", "mnist")}


@pytest.fixture(scope="module")
def entries():
    history = History()
    history.add("xor", Outcome.of(run(Experiment(epochs=300, hidden=(3, 2)))), 'two, "layers"')
    history.add("xor", Outcome.of(run(Experiment(dataset="moons", epochs=5, patience=2))))
    history.add("xor", Outcome.of(run(Experiment(
        dataset="gaussians", hidden=(4, 4, 4), activation="linear", initializer="large",
        learning_rate=1000.0,
    ))))  # fmt: skip
    return history.entries


@pytest.mark.parametrize("write", [runs_file.to_json, runs_file.to_csv])
def test_what_is_written_comes_back(entries, write):
    back = runs_file.read(write(entries).encode(), LENSES)
    for entry, (path, outcome, name) in zip(entries, back, strict=True):
        assert (path, name) == (entry.path, entry.name)
        assert outcome.experiment == entry.outcome.experiment
        assert outcome.finals == entry.outcome.finals
        assert outcome.parameters == entry.outcome.parameters
        assert outcome.seconds == entry.outcome.seconds
        assert outcome.diverged_at == entry.outcome.diverged_at


def test_json_keeps_the_curves(entries):
    back = runs_file.read(runs_file.to_json(entries).encode(), LENSES)
    for entry, (_, outcome, _) in zip(entries, back, strict=True):
        assert outcome.history.keys() == entry.outcome.history.keys()
        for name, values in entry.outcome.history.items():
            np.testing.assert_array_equal(outcome.history[name], values)


CURVES = {"epoch": [0.0, 1.0], "train_cost": [1.0, 0.5], "train_accuracy": [0.5, 1.0]}


def test_curves_that_fit_together_are_read(entries):
    run = runs_file.read(changed(entries, history=CURVES), LENSES)[1][1]
    np.testing.assert_array_equal(run.history["train_cost"], [1.0, 0.5])


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "\t=1", "plain", "'", ""])
def test_a_spreadsheet_shows_a_name_and_runs_nothing(entries, name):
    history = History()
    history.add("xor", entries[1].outcome, name)
    text = runs_file.to_csv(history.entries)
    (row,) = csv.DictReader(io.StringIO(text))
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert runs_file.read(text.encode(), LENSES)[0][2] == name


def test_of_a_name_what_is_no_text_is_left_out(entries):
    told = changed(entries, name="a\ud800b")
    assert runs_file.read(told, LENSES)[1][2] == "ab"


def changed(entries, **parts):
    told = json.loads(runs_file.to_json(entries))
    told["runs"][1] |= parts
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    "parts",
    [
        {"page": "nowhere"},
        {"page": None},
        {"knobs": {"hidden": "9999"}},
        {"knobs": {"wisdom": "3"}},
        {"knobs": None},
        {"history": {"epoch": [[1]]}},
        {"history": {"epoch": list(range(101))}},
        {"history": {"epoch": ["x"]}},
        {"history": {"epoch": ["1_0"]}},
        {"history": {"epoch": [True]}},
        {"history": {"epoch": [float("inf")]}},
        {"history": {"epoch": "123"}},
        {"history": {"epoch": {"1": 2}}},
        {"finals": {"train_cost": "1_0"}},
        {"finals": {"train_cost": float("nan")}},
        {"finals": {"train_cost": False}},
        {"seconds": "inf"},
        {"seconds": "1" * 41},
        {"parameters": "1_3"},
        {"parameters": 13.5},
        {"diverged_at": "٣"},
        {"diverged_at": 2.5},
        {"history": {str(k): [1.0] for k in range(50)}},
        {"finals": {"train_cost": "cheap"}},
        {"seconds": "soon"},
        {"parameters": 1e999},
        {"diverged_at": "never"},
        {"diverged_at": -1},
        {"parameters": -13},
        {"seconds": -0.5},
        {"seconds": None},
        {"seconds": float("nan")},
        {"finals": {"wisdom": 1.0}},
        {"finals": []},
        {"history": {"epoch": [0.0, 1.0]}},
        {"history": {"train_cost": [1.0], "train_accuracy": [1.0]}},
        {"history": CURVES | {"wisdom": [1.0, 2.0]}},
        {"history": CURVES | {"train_cost": [1.0]}},
        {"history": CURVES | {"epoch": [1.0, 0.0]}},
        {"history": CURVES | {"epoch": [0.0, 0.0]}},
        {"history": CURVES | {"epoch": [0.0, None]}},
        {"history": []},
        {"page": []},
        {"knobs": {"hidden": "-".join(["512"] * 50)}},
        {"knobs": {"epochs": "1000000"}},
        {"knobs": {"dataset": "moons", "samples": "2000", "batch_size": "1", "epochs": "10000"}},
    ],
    ids=str,
)
def test_one_bad_run_is_named(entries, parts):
    with pytest.raises(ValueError, match=r"^Run 2 of the file is not complete or not valid\.$"):
        runs_file.read(changed(entries, **parts), LENSES)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe\x00", "The file is not text in UTF-8."),
        (b"{", "The file begins like JSON, but is not."),
        (b"{" * 5000, "The file begins like JSON, but is not."),
        (b"{" * 100_000, f"The file has more parts than {MOST} runs need."),
        (b'{"runs": [' + b"[]," * 10_000, f"The file has more parts than {MOST} runs need."),
        (b"page,dataset" + b",a" * 400_000, "The file has more than 200 columns."),
        (b"page,dataset\nxor" + b",a" * 400_000, "The file has more than 200 columns."),
        (b"{}", "The file is JSON, but not a list of runs that this page has written."),
        (b'{"version": 1, "runs": []}', "The file has no runs."),
        (b'{"version": 1, "runs": [3]}', "Run 1 of the file is not complete or not valid."),
        (b"", "The file is not a list of runs: it has no columns page and dataset."),
        (b"a,b\n1,2\n", "The file is not a list of runs: it has no columns page and dataset."),
        (b"page,dataset\nxor,xor\n" * 200, f"The file has more than {MOST} runs."),
        (b"x" * (2**22 + 1), "The file is larger than 4 MB, more than 100 runs need."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_that_is_no_such_file_gets_one_sentence(data, sentence):
    with pytest.raises(ValueError) as caught:
        runs_file.read(data, LENSES)
    assert str(caught.value) == sentence
