"""What a lesson looks like to the class: its task above the page, and its goals with a check."""

import streamlit as st

from pages._kit.lessons.lesson import Lesson, Shown, are_met, has_diverged, plain
from pages._kit.runs.outcome import Outcome


def heading(lesson: Lesson) -> None:
    """Show the lesson's title and task, letter by letter as the teacher wrote them."""
    if lesson.title:
        st.subheader(plain(lesson.title), anchor=False)
    if lesson.task:
        st.markdown(plain(lesson.task))


def judge(lesson: Lesson, shown: Shown) -> None:
    """Say of each goal whether the run on the page has reached it, or what its controls say."""
    if not lesson.goals:
        return
    for goal in lesson.goals:
        is_met = goal.is_met(shown)
        icon = ":material/check_circle:" if is_met else ":material/radio_button_unchecked:"
        st.markdown(f"{icon} {goal.text}: {'reached' if is_met else 'not yet'}, "
                    f"{goal.reached(shown)}.")  # fmt: skip
    if has_diverged(shown):
        st.caption("A run that diverged reaches no goal.")
    elif are_met(lesson.goals, shown):
        by = " by this run" if isinstance(shown, Outcome) else ""
        st.success(f"All goals are reached{by}.", icon=":material/check_circle:")
