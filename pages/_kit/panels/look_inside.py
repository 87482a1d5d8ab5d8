"""The way from a run to the page that takes a step of it apart, if its network is small."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from engine.experiment.experiment import Experiment
from engine.experiment.problem import network_of
from engine.nn.types import Array
from pages._kit.site import elements, sitemap
from pages._kit.site.page import Page

LABEL = "Inside one step"


def offer(experiment: Experiment, theta: Array) -> None:
    """Offer the step from theta (P,) of an experiment's run, if there is a page that shows it."""
    found = way(experiment, theta)
    elements.slot((lambda: _draw(*found)) if found else None)


def way(experiment: Experiment, theta: Array) -> tuple[Page, Mapping[str, str]] | None:
    """Return the page that shows the step from theta, and its link; None if none does."""
    for page in sitemap.pages():
        link = page.inside(experiment, theta)
        if link is not None:
            return page, link
    return None


def may_be_read(experiment: Experiment) -> bool:
    """Return whether some page shows steps of such a network, whatever its weights."""
    if experiment.data.of_images:
        return False
    network = network_of(experiment)
    return way(experiment, np.zeros(network.layout.size)) is not None


def _draw(page: Page, link: Mapping[str, str]) -> None:
    st.page_link(
        page.file, label=LABEL, icon=page.icon, query_params=dict(link),
        help="The step that follows on this network, line by line.",
    )  # fmt: skip
