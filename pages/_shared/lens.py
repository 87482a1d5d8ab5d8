"""A lens is what a page makes of an experiment: which knobs it shows, and where they start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.experiment import KNOBS, Experiment
from engine.links import from_query, to_query


@dataclass(frozen=True, kw_only=True, eq=False)
class Lens:
    """One page's view of an experiment.

    path      the page's name in the address, and the prefix of its widgets' keys
    defaults  the experiment that a visitor sees first
    knobs     the knobs the page shows, in order
    offers    for some knobs, the values the page offers; a link may name others only between the
              lowest and the highest of them, so that no link can ask for more than the page does
    """

    path: str
    defaults: Experiment
    knobs: tuple[str, ...]
    offers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def read(self, query: Mapping[str, str]) -> tuple[Experiment, list[str]]:
        """Return a link's experiment, and a sentence for each parameter that could not be used."""
        experiment, notes = from_query(query, self.defaults)
        for name, (value, default) in experiment.differences(self.defaults).items():
            if name not in self.knobs:
                notes.append(f"{name} has no control on this page and keeps its default.")
            elif not self._offers(name, value):
                shown = KNOBS[name].show(default)
                notes.append(
                    f"{name} is outside what this page offers, so the default {shown} is used."
                )
            else:
                continue
            experiment = experiment.but(**{name: default})
        return experiment, notes

    def write(self, experiment: Experiment) -> dict[str, str]:
        """Return the link parameters of an experiment: what differs from the defaults."""
        return to_query(experiment, self.defaults)

    def _offers(self, name: str, value: Any) -> bool:
        offer = self.offers.get(name)
        if offer is None:
            return True
        if isinstance(value, tuple):  # hidden layers: the widest network offered, as widths
            return len(value) <= len(offer) and all(
                width <= most for width, most in zip(value, offer, strict=False)
            )
        if isinstance(value, str):
            return value in offer
        return bool(min(offer) <= value <= max(offer)) or value in offer
