"""The panels below the player: the maths, many seeds and pinned runs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.experiment.wording import number, percent
from engine.inspection.field import field
from engine.training.run import Run
from pages._kit import charts
from pages._kit.knobs.lens import Lens
from pages._kit.panels import prose, update_rule
from pages._kit.player import replay
from pages._kit.runs import pins, words
from pages._kit.runs.outcome import Outcome
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache

SEEDS = 32


def maths(visit: Visit, text: str) -> None:
    """Show a page's mathematics, and the rule by which its experiment is trained."""
    st.markdown(text)
    update_rule.show(visit.experiment)


def seeds(visit: Visit) -> None:
    """Train the experiment from many starts, and let the visitor open any of them."""
    st.markdown(prose("seeds"))
    if not st.toggle(f"Train {SEEDS} seeds at once", key=f"{visit.lens.path}.many"):
        return
    experiments = [visit.experiment.but(seed=seed) for seed in range(SEEDS)]
    job = jobs.follow(visit, experiments, part="seeds", snapshots=0).job
    runs = [run for run, is_done in zip(job.runs(), job.done(), strict=True) if is_done]
    elements.slot((lambda: _of_seeds(visit, runs)) if runs else None)


def _of_seeds(visit: Visit, runs: list[Run]) -> None:
    """Draw what has become of those starts that are trained by now."""
    so_far = "" if len(runs) == SEEDS else " So far: the others are not trained yet."
    st.markdown(f"**{words.solved(runs)}**{so_far}")
    if all(run.diverged_at is None for run in runs):
        finals = [run.final("train_cost") for run in runs]
        low, middle, high = (number(float(q)) for q in np.quantile(finals, (0.25, 0.5, 0.75)))
        elements.chart(
            charts.seed_band(runs),
            f"Final training cost: median {middle}, quartiles {low} and {high}. The band holds the "
            "middle half of the seeds, each thin line is one of them.",
        )
    else:
        gone = sum(run.diverged_at is not None for run in runs)
        st.markdown(f"{gone} of {len(runs)} runs diverged, so there is no common curve to draw.")
    _seed_table(visit.lens, visit.experiment, runs)


def _seed_table(lens: Lens, experiment: Experiment, runs: list[Run]) -> None:
    table = {
        "Seed": [run.experiment.seed for run in runs],
        "Final cost": [run.final("train_cost") for run in runs],
        "Training points right": [percent(run.final("train_accuracy")) for run in runs],
    }

    def open_seed() -> None:
        rows = chosen_rows(lens)
        if rows:
            session.set_knobs(lens, experiment.but(seed=runs[rows[0]].experiment.seed))

    def chosen_rows(lens: Lens) -> list[int]:
        selection: Any = session.keep(f"{lens.path}.seeds", dict)
        return list(selection.get("selection", {}).get("rows", []))

    elements.caption("Choose a row to open that seed on the stage.")
    st.dataframe(
        table,
        hide_index=True,
        height=240,
        key=f"{lens.path}.seeds",
        on_select=open_seed,
        selection_mode="single-row",
        column_config={"Final cost": st.column_config.NumberColumn(format="%.3g")},
    )


def compare(
    visit: Visit,
    shown: Sequence[Run],
    names: Sequence[str] = (),
    held_out: str = "test",
    find: Callable[[Experiment], Run | Outcome | None] | None = None,
) -> None:
    """Pin a run that the page shows, and compare what is pinned.

    Where the page shows several, `names` tells them apart and any of them can be pinned. The
    curves are those of the training set and of the one `held_out`. `find` says what a pinned
    experiment has become, or None where it would have to be trained first; without it those that
    came by a link are trained here.
    """
    pinned = session.pinned(visit.lens)
    with st.container(horizontal=True):
        for run, name in zip(shown, names or ["this run"] * len(shown), strict=True):
            st.button(
                f"Pin {name}",
                icon=":material/keep:",
                disabled=run.experiment in pinned or len(pinned) >= pins.MOST,
                on_click=_pin,
                args=(pinned, run.experiment),
                help=f"Keep this run beside others, up to {pins.MOST}. Pins travel in the link.",
            )
    if not pinned:
        st.markdown("Nothing is pinned yet. Pin a run, turn a knob, and pin again.")
        return
    known = {run.experiment: run for run in shown}
    missing = "Not trained in this visit yet: open it and train."
    if find is None:
        _train_missing(visit, pinned, known)
        missing = "Not trained yet: see above."
    found = [known.get(pin) or (find or cache.pinned)(pin) for pin in pinned]
    named = [(name, run) for name, run in zip(pins.NAMES, found, strict=False) if run is not None]
    is_unpinned = len(shown) == 1 and shown[0].experiment not in pinned
    if is_unpinned:
        named.append(("now", shown[0]))
    differences([name for name, _ in named], [run.experiment for _, run in named])
    curves([(name, run) for name, run in named if len(run.history["epoch"])], held_out)
    with st.container(horizontal=True):
        for name, pin, outcome in zip(pins.NAMES, pinned, found, strict=False):
            with st.container(width=260):
                _card(visit.lens, name, pin, outcome, missing)
                _card_buttons(visit.lens, name, pin, pinned)
        if is_unpinned:
            with st.container(width=260):
                _card(visit.lens, "now", shown[0].experiment, shown[0], "")


def _train_missing(
    visit: Visit, pinned: Sequence[Experiment], known: Mapping[Experiment, Run]
) -> None:
    """Train those of the pinned experiments that nobody has trained yet, as a job with a stop."""
    for pin in pinned:
        if pin in known:
            cache.keep_pinned(known[pin])
    missing = [pin for pin in pinned if cache.pinned(pin) is None]
    if not missing:
        return
    # Not stacked: what is pinned is compared with runs that a page has trained by themselves.
    watched = jobs.follow(visit, missing, part="pins", snapshots=2, stacked=False)
    if watched.job.finished:  # all at once, or the job would be another one with each that ends
        for run in watched.job.runs():
            cache.keep_pinned(run)


def curves(named: Sequence[tuple[str, Run | Outcome]], held_out: str = "test") -> None:
    """Draw cost and accuracy of named runs, one over the other."""
    if not named:
        return
    for place, quantity in zip(st.columns(2), ("cost", "accuracy"), strict=True):
        with place:
            elements.chart(
                charts.compared(named, quantity, held_out),
                words.compared(named, quantity, held_out),
            )


def _pin(pinned: list[Experiment], experiment: Experiment) -> None:
    """Add a pin; a click that arrives twice adds it once."""
    if experiment not in pinned and len(pinned) < pins.MOST:
        pinned.append(experiment)


def _unpin(pinned: list[Experiment], experiment: Experiment) -> None:
    if experiment in pinned:
        pinned.remove(experiment)


def differences(names: list[str], experiments: list[Experiment]) -> None:
    """Draw a table of the knobs in which the named experiments differ, or say that none does."""
    table = pins.differing(experiments)
    if table:
        columns = {name: [values[k] for values in table.values()] for k, name in enumerate(names)}
        st.table({"Knob": list(table), **columns}, width="content")
    elif len(names) > 1:
        elements.caption("These runs do not differ in any knob that matters.")


def _card(
    lens: Lens, name: str, experiment: Experiment, run: Run | Outcome | None, missing: str
) -> None:
    """Draw what one of the compared experiments has become, or say that it is `missing`."""
    st.markdown(f"**Run {name}**")
    if run is None:
        elements.caption(missing)
    elif isinstance(run, Run) and load(experiment).points is not None:
        _boundary(lens, name, run)
    else:
        elements.caption(words.summary(run))


def _card_buttons(lens: Lens, name: str, experiment: Experiment, pinned: list[Experiment]) -> None:
    open_it, remove = st.columns(2)
    open_it.button(
        "Open", key=f"{lens.path}.open.{name}", on_click=session.open_run, args=(lens, experiment),
        width="stretch",
    )  # fmt: skip
    remove.button(
        "Remove", key=f"{lens.path}.remove.{name}", on_click=_unpin, args=(pinned, experiment),
        width="stretch",
    )  # fmt: skip


def _boundary(lens: Lens, name: str, run: Run) -> None:
    experiment, problem = run.experiment, load(run.experiment)
    assert problem.points is not None
    network = problem.network(experiment)
    area = replay.view(experiment, problem.points)
    drawn = field(network, run.theta, experiment.features, problem.standardizer, area)
    train = problem.train
    elements.chart(
        charts.boundary(drawn, problem.points[train.index], train.y),
        words.summary(run) + words.ties_told(network, run.theta, train.X),
        key=f"{lens.path}.boundary.{name}",
    )
