"""A run to take away: a script and a notebook in plain NumPy that repeat it to the last digit."""

import json
from collections.abc import Mapping

import numpy as np

from engine.experiment.experiment import Experiment
from engine.export.writing.data_code import data_pieces
from engine.export.writing.network_code import network_pieces
from engine.export.writing.piece import Piece, commented, functions, lines
from engine.export.writing.plan import Plan, plan
from engine.export.writing.training_code import knobs_piece, loop_pieces, step_pieces
from engine.nn.types import Array
from engine.training.run import Run

_WIDTH = 100

_IMPORTS = {
    "math.": "import math",
    "sys.": "import sys",
    "@cache": "from functools import cache",
    "pairwise(": "from itertools import pairwise",
}
"""What of the standard library a script imports, by the code that tells that it is needed."""


def script(experiment: Experiment) -> str:
    """Return a program that repeats an experiment's run and prints what `printout` says of it.

    It imports NumPy and the standard library only, and contains only what this experiment uses.
    Each product and sum is taken in the engine's order, so that on one machine the weights are
    equal to the last bit. Raises ValueError if nothing is left to train on.
    """
    planned = plan(experiment)
    pieces = _pieces(planned, 'sys.argv[1] if len(sys.argv) > 1 else "mnist.npz"')
    imports = _imports(pieces)
    sections = [commented(piece, _WIDTH) for piece in pieces]
    return functions(f'"""{_introduction(planned)}\n"""\n\n{imports}', *sections) + "\n"


def notebook(experiment: Experiment) -> str:
    """Return a Jupyter notebook, nbformat 4.5, with the script's code and the equations beside it.

    Raises ValueError if nothing is left to train on.
    """
    planned = plan(experiment)
    pieces = _pieces(planned, '"mnist.npz"')
    start = Piece("", "", _imports(pieces))
    cells = [_cell(0, "markdown", f"# {_title(planned)}\n\n{_NOTATION}\n\n{_PRECISION}")]
    for piece in [start, *pieces]:
        if piece.prose:
            cells.append(_cell(len(cells), "markdown", f"## {piece.title}\n\n{piece.prose}"))
        cells.append(_cell(len(cells), "code", piece.code))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps(
        {
            "cells": cells,
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        ensure_ascii=False,
        indent=1,
    )


def printout(run: Run) -> str:
    """Return what the script of a run's experiment prints, from the run's own history.

    Costs have three significant digits, accuracies are per cent with two decimals, which counts
    every one of 10,000 test digits.
    """
    rows = []
    if run.diverged_at is not None:
        rows.append(f"diverged in epoch {run.diverged_at}")
    if run.stopped_at is not None:
        rows.append(f"stopped in epoch {run.stopped_at}")
    epochs = run.history["epoch"]
    if len(epochs):
        rows += [f"epoch {epochs[-1]}", *_numbers(run, -1)]
    if run.best_epoch is not None:
        rows += [f"best epoch {run.kept_epoch}", *_numbers(run, run.kept_row)]
    return "\n".join(rows) + "\n"


def history_table(history: Mapping[str, Array]) -> str:
    """Return a history as CSV: a column for each name, a row for each epoch, no digit lost."""
    names = list(dict.fromkeys(["epoch", *history]))
    rows = zip(*(np.asarray(history[name]).tolist() for name in names), strict=True)
    return "".join(f"{','.join(map(str, row))}\n" for row in [names, *rows])


def _numbers(run: Run, row: int) -> list[str]:
    history, has_penalty = run.history, run.experiment.l1 > 0 or run.experiment.l2 > 0
    names = [name for name in history if name not in ("epoch", "penalty")]
    rows = []
    for name in [*names, "penalty"] if has_penalty else names:
        value = float(history[name][row])
        is_share = name.endswith("accuracy")
        rows.append(f"{name} {100 * value:.2f} %" if is_share else f"{name} {value:.3g}")
    return rows


def _pieces(planned: Plan, mnist_file: str) -> list[Piece]:
    return [
        knobs_piece(planned),
        *data_pieces(planned, mnist_file),
        *network_pieces(planned),
        *step_pieces(planned),
        *loop_pieces(planned),
    ]


def _imports(pieces: list[Piece]) -> str:
    code = "\n".join(piece.code for piece in pieces)
    found = [line for sign, line in _IMPORTS.items() if sign in code]
    return lines(
        *sorted(["import os", *found], key=lambda line: (line.startswith("from"), line)),
        "",
        'os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices are faster so',
        "",
        "import numpy as np",
        "",
        'np.seterr(all="ignore")  # training that diverges is said below, not warned about',
    )


_NOTATION = (
    "A column of X is a sample. W1 has a row for each unit of layer 1 and a column for each\n"
    "input; Z1 = W1 X + b1, A1 = g(Z1), and dW1 is the derivative of the cost J by W1."
)

_PRECISION = (
    "This repeats one run of the neural-network hyperparameter playground: the same data, the\n"
    "same start, the same order of all sums, and so the same numbers. On a processor that adds\n"
    "in another order, single samples near the boundary may come out differently."
)


def _title(planned: Plan) -> str:
    title = planned.experiment.data.title
    sizes = "-".join(map(str, planned.n))
    network = sizes if planned.is_written_out else f"deep ({planned.layers}-layer)"
    return f"{title} with a {network} network, in plain NumPy"


def _introduction(planned: Plan) -> str:
    usage = "\n\nGive it the path of mnist.npz: python script.py engine/data/mnist.npz"
    return f"{_title(planned)}.\n\n{_PRECISION}{usage * planned.is_of_images}\n\n{_NOTATION}"


def _cell(number: int, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
