"""For teachers: a plan of fifteen minutes, and a way to hand the page out as a lesson."""

import streamlit as st

from engine.experiment.experiment import KNOBS, Experiment
from pages._kit.knobs import controls
from pages._kit.knobs.lens import Lens
from pages._kit.knobs.measure import Measure
from pages._kit.lessons import lesson
from pages._kit.lessons.lesson import (
    MOST_GOALS,
    TASK_LENGTH,
    TITLE_LENGTH,
    Goal,
    Lesson,
    measures_of,
)
from pages._kit.lessons.ready import Ready
from pages._kit.link import address, qr_button

TITLE = "For teachers"


def show(lens: Lens, experiment: Experiment, plan: str, ready: Ready | None) -> None:
    """Draw the page's plan, a lesson that is ready, and the form that makes another."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(plan)
        if ready is not None:
            _ready(lens, ready)
    with right:
        st.subheader("Hand this page out as a lesson", anchor=False)
        st.markdown(
            "The class sees the page as it stands now, with your task above it"
            f"{' and only the knobs you choose' if lens.knobs else ''}. Everything travels in the "
            "link."
        )
        made = _form(lens, experiment)
        page = lens.write(experiment) | controls.written_page_knobs(lens)
        link = address(lens.address(page | lesson.write(made)))
        st.code(link, language=None, wrap_lines=True)
        qr_button(link, key=f"{lens.path}.teach.qr")


def _ready(lens: Lens, ready: Ready) -> None:
    """Offer the page's ready-made lesson, with one way to reach its goals."""
    made, link = ready.lesson, address(ready.link(lens))
    st.subheader("A lesson that is ready", anchor=False)
    goals = ", ".join(goal.text[0].lower() + goal.text[1:] for goal in made.goals)
    st.markdown(f"**{made.title}.** {made.task} Goal: {goals}.")
    row = st.container(horizontal=True)
    row.link_button("Open it as the class sees it", link, icon=":material/school:")
    with row:
        qr_button(link, key=f"{lens.path}.ready.qr")
    with st.expander("One way to the goal"):
        turned = ", ".join(
            f"{lens.knob(name).label}: {lens.knob(name).show(value)}"
            for name, value in ready.solution.items()
        )
        st.markdown(f"{turned}.")


def _form(lens: Lens, experiment: Experiment) -> Lesson:
    """Let the teacher write the lesson; nothing is kept but what the link says."""
    key = f"{lens.path}.teach"
    title = st.text_input("Title", max_chars=TITLE_LENGTH, key=f"{key}.title")
    task = st.text_area("Task", max_chars=TASK_LENGTH, key=f"{key}.task")
    chosen, locked = _knobs(lens, experiment, key) if lens.knobs else (None, ())
    measures = measures_of(lens)
    wanted = st.multiselect(
        "Goals", list(measures), key=f"{key}.goals", max_selections=MOST_GOALS,
        format_func=lambda name: measures[name].title, placeholder="None",
    )  # fmt: skip
    goals = tuple(_goal(name, measures[name], lens, key) for name in wanted)
    return Lesson(title, task, chosen, locked, goals)


def _knobs(
    lens: Lens, experiment: Experiment, key: str
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Let the teacher choose which knobs the class sees, None for all, and which stay as set."""
    knobs = [name for name in lens.knobs if KNOBS[name].matters(experiment)]
    shown = st.multiselect(
        "Knobs the class can turn", knobs, key=f"{key}.shown", format_func=_label,
        placeholder="All of this page's",
    )  # fmt: skip
    locked = st.multiselect(
        "Knobs the class sees but cannot turn", [name for name in knobs if name not in shown],
        key=f"{key}.locked", format_func=_label, placeholder="None",
    )  # fmt: skip
    chosen = tuple(shown) if shown else None
    if chosen is None and locked:
        chosen = tuple(name for name in lens.knobs if name not in locked)
    return chosen, tuple(locked)


def _goal(name: str, measure: Measure, lens: Lens, key: str) -> Goal:
    unit = " (per cent)" if measure.is_share else ""
    bound = st.number_input(
        f"{measure.title} at most{unit}", 0.0, 1e6, 5.0, key=f"{key}.bound.{name}"
    )
    return Goal(name, bound / 100 if measure.is_share else bound, lens.measures.get(name))


def _label(name: str) -> str:
    return KNOBS[name].label
