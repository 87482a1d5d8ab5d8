"""The lessons that are ready to be handed out, from the start."""

import streamlit as st

from pages._kit.site import sitemap


def offer() -> None:
    """Draw a menu of the pages' ready-made lessons; each opens its page as the class gets it."""
    with st.popover(":material/school:", help="Lessons that are ready for a class"):
        for page in sitemap.pages():
            if page.lesson is None or page.lens is None:
                continue
            st.page_link(
                page.file,
                label=page.lesson.lesson.title,
                icon=page.icon,
                query_params=page.lesson.link(page.lens),
            )
        st.caption(
            "Each shows its task and a few knobs, and says when the goal is reached. Open it and "
            "send its link to the class."
        )
