"""The basic recipe as a flow chart whose steps light up, and the path that was taken through it."""

from collections.abc import Sequence

import streamlit as st

from engine.diagnosis.gaps import Diagnosis
from engine.diagnosis.recipe import RECIPE, Action, Step, current
from engine.experiment.experiment import Experiment
from engine.experiment.wording import percent, points
from pages._bias_variance import charts, prose, sentences, verdict
from pages._bias_variance.verdict import Scale, Seen
from pages._kit.knobs.lens import Lens
from pages._kit.runs import pins
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit

TITLE = "The recipe"
PATH = "path"
"""The link's parameter that carries the path, written as pins are."""

MOST = pins.MOST


def arrive(visit: Visit) -> list[str]:
    """Take the path of a link, if the visitor has just come by one; return what was not usable."""
    if visit.extras is None:
        return []
    path, notes = pins.read(visit.lens, visit.extras.get(PATH, ""))
    session.put(_key(visit.lens), path)
    return ["Some steps of the path were not usable."] if notes else []


def written(lens: Lens) -> str:
    """Return the path for the link."""
    return pins.write(lens, _path(lens))


def show(visit: Visit, seen: Seen, scale: Scale) -> None:
    """Draw the flow chart for the network on the page, and how it came to be."""
    st.markdown(prose("recipe"))
    if seen.diagnosis is None:
        st.markdown("This network has no errors to go by: training diverged at once.")
        return
    if not seen.is_told:
        elements.caption("First say above what you think is high.")
        return
    if not seen.is_over:
        elements.caption(
            "The network is still being trained; the recipe asks for its final errors."
        )
    _flow_chart(visit.lens, seen)
    _history(visit, seen, scale)


# --- the flow chart -------------------------------------------------------------------------------


def _flow_chart(lens: Lens, seen: Seen) -> None:
    assert seen.diagnosis is not None
    due = current(seen.diagnosis)
    steps = [step for step in RECIPE if step.gap in seen.diagnosis.gaps]
    places = st.columns([3] * len(steps) + [2])
    for place, step in zip(places, steps, strict=False):
        with place.container(border=True, height="stretch"):
            _step(lens, seen, step, RECIPE.index(step), due)
    with places[-1].container(border=True, height="stretch"):
        is_done = due == len(RECIPE)
        _heading("Done", is_due=is_done)
        st.markdown(
            "No gap is high: open the test set, once."
            if is_done
            else "When no gap is high any more, the test set is opened, once."
        )


def _step(lens: Lens, seen: Seen, step: Step, number: int, due: int) -> None:
    assert seen.diagnosis is not None
    gap, is_due = seen.diagnosis.gaps[step.gap], number == due
    _heading(f"{number + 1}. {step.question}", is_due=is_due)
    size, bound = points(gap.value), sentences.bound(gap)
    if gap.is_high:
        st.markdown(f"**Yes**: {size}, high from {bound} on. ↓ Then try")
    else:
        st.markdown(f"**No**: {size}, high from {bound} on. → Next question")
    for action in step.actions:
        _action(lens, seen, action, is_due=is_due)


def _heading(text: str, *, is_due: bool) -> None:
    st.markdown(f"**{text}**")
    if is_due:
        st.badge("You are here", icon=":material/my_location:", color="orange")


def _action(lens: Lens, seen: Seen, action: Action, *, is_due: bool) -> None:
    wanted = _usable(lens, action, seen.run.experiment)
    st.button(
        action.title,
        key=f"{lens.path}.action.{action.name}",
        type="primary" if is_due else "secondary",
        disabled=wanted is None or not seen.is_over,
        help=action.meaning if wanted else f"{action.meaning} There is no more of it to be had.",
        on_click=_take,
        args=(lens, seen.run.experiment, wanted),
        width="stretch",
    )


def _usable(lens: Lens, action: Action, experiment: Experiment) -> Experiment | None:
    """Return what an action makes of an experiment, if the page can show that."""
    wanted = action.apply(experiment)
    if wanted is None or lens.read(lens.write(wanted)) != (wanted, []):
        return None
    return wanted


# --- the path -------------------------------------------------------------------------------------


def _key(lens: Lens) -> str:
    return f"{lens.path}.path"


def _path(lens: Lens) -> list[Experiment]:
    return session.keep(_key(lens), list)


def begin(lens: Lens, experiment: Experiment) -> None:
    """Turn the page's knobs to a network from which a new path may start."""
    session.put(_key(lens), [])
    session.set_knobs(lens, experiment)


def _take(lens: Lens, before: Experiment, after: Experiment) -> None:
    """Go a step on the path: turn the page's knobs, and remember where one came from."""
    path = [step for step in _path(lens) if step not in (before, after)]
    session.put(_key(lens), [*path, before, after][-MOST:])
    session.set_knobs(lens, after)


def _back(lens: Lens, path: Sequence[Experiment]) -> None:
    """Go back to the last network of a path, and forget what came after it."""
    session.put(_key(lens), list(path))
    session.set_knobs(lens, path[-1])


def _history(visit: Visit, seen: Seen, scale: Scale) -> None:
    path = _path(visit.lens)
    if len(path) < 2:
        elements.caption(
            "Each action trains again from the same seeds. What it moved is said here."
        )
        return
    found = _diagnoses(visit, path, seen, scale)
    st.subheader("The path so far", anchor=False)
    for k, experiment in enumerate(path):
        text, button = st.columns([5, 1], vertical_alignment="center")
        text.markdown(f"**{k}. {_named(path, k)}**  \n{_result(found, k)}")
        is_here = experiment == seen.run.experiment
        button.button(
            "Here" if is_here else "Go back",
            icon=":material/my_location:" if is_here else ":material/undo:",
            key=f"{visit.lens.path}.back.{k}",
            disabled=is_here,
            on_click=_back,
            args=(visit.lens, path[: k + 1]),
            help="Turn all knobs back to this network, and forget the steps after it.",
            width="stretch",
        )
    known = [diagnosis for diagnosis in found if diagnosis is not None]
    if len(known) == len(path):
        gaps = [{name: gap.value for name, gap in diagnosis.gaps.items()} for diagnosis in known]
        elements.chart(
            charts.gap_path(gaps),
            f"From the first network to the last: {_lower(sentences.moved(known[0], known[-1]))}",
        )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _diagnoses(
    visit: Visit, path: list[Experiment], seen: Seen, scale: Scale
) -> list[Diagnosis | None]:
    """Return the diagnoses along a path, None where one is still being trained for.

    Only those of which this visit knows nothing yet, from a link that is, are trained.
    """
    known = verdict.remembered(visit)
    missing = [step for step in path if step not in known and step != seen.run.experiment]
    if missing:
        watched = jobs.follow(visit, missing, part="path", snapshots=2)
        for run, is_over in zip(watched.job.runs(), watched.job.done(), strict=True):
            if is_over:
                verdict.look(visit, run, scale, is_over=True)
    return [scale.judge(step, known[step]) if step in known else None for step in path]


def _named(path: Sequence[Experiment], k: int) -> str:
    """Return by what action a network of the path came out of the one before."""
    if k == 0:
        return "The network to begin with"
    for step in RECIPE:
        for action in step.actions:
            if action.apply(path[k - 1]) == path[k]:
                return action.title
    return "Knobs turned by hand"


def _result(found: Sequence[Diagnosis | None], k: int) -> str:
    here, before = found[k], found[k - 1] if k else None
    if here is None:
        return "It is being trained."
    errors = ", ".join(
        f"{name} error {percent(here.rates[split].error)}"
        for split, name in (("train", "training"), ("dev", "dev"))
        if split in here.rates
    )
    moved = (
        ""
        if before is None
        else (f" {sentences.moved(before, here)}{sentences.from_below(before, here)}")
    )
    return f"{errors[:1].upper()}{errors[1:]}.{moved}"
