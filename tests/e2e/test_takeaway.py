"""The files of the panel, as the browser saves them."""

import io
import json
import subprocess
import sys

import numpy as np
import pytest

from engine.export.script import history_table, notebook, printout
from engine.training.run import run
from pages._xor.lens import XOR
from tests.e2e.test_app import open_page  # noqa: F401

EXPERIMENT = XOR.defaults.but(epochs=30, seed=2)
LINK = "panel=Take+it+away&epochs=30&seed=2"


@pytest.fixture
def saved(open_page, tmp_path):  # noqa: F811
    """Open the panel and save the file of a button; return where it was saved and its name."""
    page = open_page("xor", LINK)

    def save(label):
        button = page.get_by_role("button", name=label)
        button.wait_for()
        with page.expect_download() as waiting:
            button.click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    return save


def test_every_file_is_what_its_button_says(saved):
    finished = run(EXPERIMENT)

    weights = saved("Weights (.npz)")
    stored = np.load(io.BytesIO(weights.read_bytes()))
    assert weights.name == "xor_weights.npz"
    arrays = [stored[name].ravel() for name in ("W1", "b1", "W2", "b2")]
    np.testing.assert_array_equal(np.concatenate(arrays), finished.theta)

    history = saved("History (.csv)")
    assert history.name == "xor_history.csv"
    assert history.read_text(encoding="utf-8") == history_table(finished.history)

    book = saved("Notebook (.ipynb)")
    assert book.name == "xor_run.ipynb"
    assert json.loads(book.read_text(encoding="utf-8")) == json.loads(notebook(EXPERIMENT))

    script = saved("Script (.py)")
    assert script.name == "xor_run.py"
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(script)], capture_output=True, text=True
    )
    assert done.stdout == printout(finished)
