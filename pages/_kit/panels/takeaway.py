"""A panel for every page that trains: the run as files, and as code that repeats it."""

import functools
from collections.abc import Callable, Mapping

import streamlit as st

from engine.experiment.wording import epochs
from engine.export.script import history_table, notebook, printout, script
from engine.export.weights import archive
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.panels.player_panel import Shown
from pages._kit.site import elements
from pages._kit.site.visit import Visit
from pages._kit.training.live import Live

TITLE = "Take it away"

CHANGED = (
    "These weights were changed by hand. The history, the script and the notebook are of the run "
    "before your change."
)
TRAINED_ON = (
    "Training went on from weights that were changed by hand. The weights and the history are as "
    "you see them; the script and the notebook repeat the run of these knobs from its start, "
    "without that change."
)
ADJUSTED = (
    "Knobs were turned while this network was training. The weights and the history are as you see "
    "them; the script and the notebook train with the present knobs from the start, so their "
    "curve is another one."
)


def show(
    visit: Visit,
    run: Run,
    *,
    weights: tuple[float, Array] | None = None,
    history: Mapping[str, Array] | None = None,
    altered: str = "",
) -> None:
    """Offer a run's weights, history, script and notebook, and show the script.

    `weights` are an epoch and theta (P,) to offer instead of the run's own, `history` curves other
    than its own. `altered` says in a sentence what of these the script does not repeat.
    """
    experiment = run.experiment
    epoch, theta = weights or (run.kept_epoch, run.theta)
    code = script(experiment)
    st.markdown(
        f"The network as it is after epoch {epoch:,g}, its history, and the whole run as a plain "
        "NumPy program in the notation of the notes: read it, run it, change it."
    )
    if altered:
        st.info(altered, icon=":material/info:")
    _downloads(
        visit.lens,
        {
            "Weights (.npz)": (
                functools.partial(archive, experiment, theta, epoch),
                "weights.npz",
                "W1, b1, W2, ... in the notes' shapes, what the inputs are standardised with, and "
                "the knobs as JSON.",
            ),
            "History (.csv)": (
                functools.partial(history_table, run.history if history is None else history),
                "history.csv",
                "Cost and accuracy of every epoch; open it in a spreadsheet.",
            ),
            "Script (.py)": (lambda: code, "run.py", "Needs Python 3.11 and NumPy 2."),
            "Notebook (.ipynb)": (
                functools.partial(notebook, experiment),
                "run.ipynb",
                "The same code for Jupyter, with the equations beside it.",
            ),
        },
    )
    if experiment.data.of_images:
        elements.caption(
            "Give the script the path of the digits, `engine/data/mnist.npz` of this project; "
            "the notebook looks for `mnist.npz` beside it."
        )
    if not _is_whole(run):
        elements.caption(f"The script trains to the end: {epochs(experiment.epochs)}.")
    elif not altered:
        st.markdown("The script prints what this run ended with:")
        st.code(printout(run), language=None)
    st.code(code, language="python", height=480)


def of_stage(visit: Visit, shown: Shown) -> None:
    """Show the panel for the run on a stage, with the weights of the epoch where it rests."""
    came_of = TRAINED_ON if shown.is_changed else ""
    altered = CHANGED if shown.is_edited else came_of
    at = (shown.epoch, shown.theta)
    show(visit, shown.run, weights=at, history=shown.film.history, altered=altered)


def of_live(visit: Visit, live: Live) -> None:
    """Show the panel for a training that is watched, when it rests."""
    elements.draw_unless(
        "The network is learning. It can be taken away when it rests." if live.is_running else "",
        lambda: show(visit, live.run(), altered=ADJUSTED if live.is_adjusted else ""),
    )


def _downloads(lens: Lens, files: Mapping[str, tuple[Callable[[], str | bytes], str, str]]) -> None:
    """Draw a button for each file; its content is made when it is asked for."""
    row = st.container(horizontal=True)
    for label, (make, name, meaning) in files.items():
        row.download_button(
            label, make, file_name=f"{lens.path}_{name}", help=meaning, on_click="ignore",
            icon=":material/download:", key=f"{lens.path}.download.{name}",
        )  # fmt: skip


def _is_whole(run: Run) -> bool:
    """Whether the run has come to its end."""
    is_over = run.diverged_at is not None or run.stopped_at is not None
    return is_over or _trained(run) >= run.experiment.epochs


def _trained(run: Run) -> int:
    """Return how many epochs of a run have numbers."""
    epochs = run.history["epoch"]
    return int(epochs[-1]) if len(epochs) else 0
