"""The panel on outputs and labels: Y is made of real digits, column by column."""

import base64
from typing import Any

import streamlit as st

from engine.data import mnist
from engine.data.targets import TASKS, Task, among, read, targets
from pages._activations import parts, prose
from pages._activations.lens import MOST_DIGITS
from pages._kit import plots
from pages._kit.site.visit import Visit

TITLE = "Which output"

NAMES = ("task", "m")

KEY = "activations.labels"

MODULES = ("labelsPanel.js",)

_mount = parts.component("labels", MODULES)


def show(visit: Visit) -> None:
    """Draw which output goes with which question, and labels becoming Y."""
    made, which = st.columns([3, 2])
    with which:
        st.markdown(prose("which"))
        st.markdown(prose("slips"))
    try:
        sent = {name: _sent(task) for name, task in TASKS.items()}
    except mnist.DigitsError as damage:
        made.warning(str(damage), icon=":material/broken_image:")
        return
    with made:
        plots.draw(_mount, visit, KEY, NAMES, tasks=sent)


def _sent(task: Task) -> dict[str, Any]:
    """Return a task's digits, labels and targets; raises DigitsError without them."""
    data = mnist.load()
    at = among(task, data.test_labels, MOST_DIGITS)
    labels = data.test_labels[at]
    Y = targets(task, labels)
    return {
        "question": task.question,
        "names": _names(task),
        "told": _told(task),
        "labels": labels.tolist(),
        "pixels": [base64.b64encode(image.tobytes()).decode() for image in data.test_images[at]],
        "Y": Y.astype(int).tolist(),
        "read": read(task, Y).tolist(),
    }


def _names(task: Task) -> list[str]:
    if task.rows == 1:
        return [f"y: is it a {task.digits[-1]}?"]
    return [f"row {digit}" for digit in task.digits]


def _told(task: Task) -> str:
    """Say what the output is, and what the labels become."""
    if task.rows == 1:
        no, yes = task.digits
        return f"One sigmoid unit says how likely a {yes} is: y is 1 for a {yes}, 0 for a {no}."
    return (
        f"Softmax of {task.rows} units gives each class its probability: y is a column with a 1 "
        "in the row of its label."
    )
