"""All pages, in the order of the map: a new one is named here, and nowhere else."""

from importlib import import_module

from pages._kit.site.page import Page

NAMES = (
    "home",
    *("neuron", "one_step", "activations"),
    *("xor", "mnist"),
    *("initialisation", "vanishing"),
    *("regularisation", "bias_variance"),
    *("batches", "averages", "optimisers"),
    "runs",
)
"""What the pages are called: `pages/NAME.py`, with the folder `pages/_NAME/`."""

PAGES: tuple[Page, ...] = tuple(import_module(f"pages._{name}.page").PAGE for name in NAMES)
