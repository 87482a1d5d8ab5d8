"""A lens is what a page makes of an experiment: which knobs it shows, and where they start."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.diagnosis.remedies import nearest_stop
from engine.experiment import effort
from engine.experiment.experiment import KNOBS, ConflictError, Experiment
from engine.experiment.knobs import Choice, Choices, Integer, Knob, LayerChoice, Real, Widths
from engine.experiment.links import combine, parse, to_query, without
from engine.experiment.wording import counted, epochs
from pages._kit.knobs.measure import Measure


@dataclass(frozen=True, kw_only=True, eq=False)
class PageKnob:
    """What a page lets one choose that is no knob of its experiment, declared as a knob is.

    name      its parameter in the link
    default   the value that links are written against: what they leave out is as in it
    opening   the value that a visitor sees first who comes without a link, None for the default
    knob      its label, meaning and what is allowed; the section and `matters` are not used
    offer     for a number, the values it can be set to
    laid_out  whether a choice's names lie open beside each other instead of in a list
    """

    name: str
    default: Any
    knob: Knob
    opening: Any = None
    offer: tuple[Any, ...] = ()
    laid_out: bool = False

    @property
    def first(self) -> Any:
        """What a visitor sees who comes without a link."""
        return self.default if self.opening is None else self.opening

    def read(self, text: str | None) -> tuple[Any, list[str]]:
        """Return the value a link gives, if it gives any, and a sentence if it was not usable."""
        if text is None:
            return self.default, []
        try:
            value = self.knob.parse(text)
            if self.offer and not min(self.offer) <= value <= max(self.offer):
                raise ValueError
        except (ValueError, OverflowError):
            shown = self.knob.show(self.default)
            return self.default, [
                f"{self.name} is not {self.knob.allowed}, so the default {shown} is used."
            ]
        return value, []


@dataclass(frozen=True, kw_only=True, eq=False)
class Try:
    """Something worth trying on a page: one press sets its knobs, and opens what shows it.

    label    what to try, in two or three words
    meaning  what to look for
    knobs    what differs from what the page opens with
    part     the title of a panel's part to be opened, "" for none
    kept     what is chosen in it: names without the page's path, and what the session keeps there
    page_knobs  what of the page's own controls is set, by their names
    """

    label: str
    meaning: str
    knobs: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    kept: Mapping[str, Any] = field(default_factory=dict)
    page_knobs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Lens:
    """One page's view of an experiment.

    path      the page's name in the address, and the prefix of its widgets' keys
    defaults  the experiment that links are written against: what they leave out is as in it
    opening   the experiment that a visitor sees first, None for the defaults; it can be changed
              without changing what any link means
    knobs     the knobs the page shows, in order
    offers    for some knobs, the values the page offers; a link may name others only between the
              lowest and the highest of them, so that no link can ask for more than the page does
    by_layer  the knobs that can be set for each hidden layer by itself; elsewhere a link may only
              set them for all layers
    most_steps  how many mini-batches one run may take
    most_seconds  how long one run may take, roughly, where a page trains without a stop button
    page_knobs     what the page lets one choose besides, which is no knob of an experiment
    unfolded  the sections of the sidebar that are open at first
    hot       the knobs that answer the page's question: they stand in the picture
    tries     what is worth trying first
    varied    knobs without a control that the page turns by itself, to show runs side by side; a
              run that is pinned or reopened may differ in them
    side_by_side  for a varied knob, the page_knob that says which of its values are shown
    measures  where nothing is trained, what a lesson can ask of the page's own controls: by name,
              read from what they say; elsewhere it is asked of a run
    """

    path: str
    defaults: Experiment
    opening: Experiment | None = None
    knobs: tuple[str, ...]
    offers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    by_layer: tuple[str, ...] = ()
    most_steps: int | None = None
    most_seconds: float | None = None
    page_knobs: tuple[PageKnob, ...] = ()
    varied: tuple[str, ...] = ()
    side_by_side: Mapping[str, str] = field(default_factory=dict)
    unfolded: tuple[str, ...] = ("network", "training")
    hot: tuple[str, ...] = ()
    tries: tuple[Try, ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)

    def page_knob(self, name: str) -> PageKnob:
        """Return one of the page's own controls."""
        return next(page_knob for page_knob in self.page_knobs if page_knob.name == name)

    @property
    def first(self) -> Experiment:
        """What a visitor sees who comes without a link."""
        return self.defaults if self.opening is None else self.opening

    def read(self, query: Mapping[str, str]) -> tuple[Experiment, list[str]]:
        """Return a link's experiment, and a sentence for each parameter that could not be used."""
        changes, notes = parse(query, self.defaults)
        for name in list(changes):
            refusal = self._refusal(name, changes[name])
            if refusal:
                notes.append(refusal)
                del changes[name]
        experiment, conflicts = combine(changes, self.defaults)
        experiment, of_bounds = self.bounded(experiment)
        return experiment, [*notes, *conflicts, *of_bounds]

    def _refusal(self, name: str, value: Any) -> str:
        """Say why a link cannot turn a knob to a value; nothing if it can."""
        default = getattr(self.defaults, name)
        if value == default:
            return ""
        if name not in (*self.knobs, *self.varied):
            return f"{name} has no control on this page and keeps its default."
        if not self._offers(name, value):
            shown = KNOBS[name].show(default)
            return f"{name} is outside what this page offers, so the default {shown} is used."
        return ""

    def checked(self, experiment: Experiment) -> Experiment:
        """Return the experiment, or raise ConflictError if it would keep everybody waiting."""
        if not (self.most_steps or self.most_seconds):
            return experiment
        size, many = effort.batch_size(experiment), epochs(experiment.epochs)
        if self.most_steps and (steps := effort.steps(experiment)) > self.most_steps:
            raise ConflictError(
                f"{many} in mini-batches of {counted(size, 'sample')} are "
                f"{counted(steps, 'step')}, but {self.most_steps:,} is the most.",
                *("epochs", "batch_size"),
            )
        if self.most_seconds and (seconds := effort.price(experiment).seconds) > self.most_seconds:
            layers = counted(len(experiment.hidden), "hidden layer")
            raise ConflictError(
                f"{many} of a network with {layers} in steps of {counted(size, 'sample')} would "
                f"take about {math.ceil(seconds)} seconds, but {self.most_seconds:g} is the most.",
                *("epochs", "batch_size", "hidden"),
            )
        return experiment

    def affords(self, experiment: Experiment) -> bool:
        """Whether an experiment, of a file perhaps, is no larger than those the page offers."""
        try:
            self.checked(experiment)
        except ConflictError:
            return False
        most_epochs = max(self.offers.get("epochs", (experiment.epochs,)))
        has_room = not experiment.data.of_images or self._offers("samples", experiment.samples)
        return (
            has_room
            and self._offers("hidden", experiment.hidden)
            and experiment.epochs <= most_epochs
        )

    def bounded(self, experiment: Experiment) -> tuple[Experiment, list[str]]:
        """Return the experiment, with the defaults where it would keep everybody waiting.

        And a sentence for each reason why it would.
        """
        notes: list[str] = []
        while True:
            try:
                return self.checked(experiment), notes
            except ConflictError as conflict:
                notes.append(f"{conflict} The defaults are used.")
                differences = experiment.differences(self.defaults).items()
                changes = without({name: value for name, (value, _) in differences}, conflict)
                experiment, conflicts = combine(changes, self.defaults)
                notes += conflicts

    def write(self, experiment: Experiment) -> dict[str, str]:
        """Return the link parameters of an experiment: what differs from the defaults."""
        return to_query(experiment, self.defaults)

    def write_page_knobs(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the page's own controls as link parameters: those not at their defaults.

        Those of no value are where a visitor finds them who comes without a link.
        """
        said = {own: values.get(own.name, own.first) for own in self.page_knobs}
        return {
            own.name: own.knob.write(value) for own, value in said.items() if value != own.default
        }

    def write_changes(self, changes: Mapping[str, Any]) -> dict[str, str]:
        """Return link parameters of what differs from the defaults, the page's own controls too."""
        knobs = {name: value for name, value in changes.items() if name in KNOBS}
        own = {each: changes[each.name] for each in self.page_knobs if each.name in changes}
        return self.write(self.defaults.but(**knobs)) | {
            each.name: each.knob.write(value)
            for each, value in own.items()
            if value != each.default
        }

    def knob(self, name: str) -> Knob:
        """Return a knob of the experiment or one of the page's own, as it is declared."""
        return KNOBS[name] if name in KNOBS else self.page_knob(name).knob

    def address(self, parameters: Mapping[str, str]) -> dict[str, str]:
        """Return what of all a link's parameters has to stand in it.

        A link without any opens the page with `first`, so what says just that is left out, and the
        defaults, where those are something else, are said by one knob that is as in them.
        """
        if parameters == self.write(self.first) | self.write_page_knobs({}):
            return {}
        if parameters:
            return dict(parameters)
        name = self.knobs[0]
        return {name: KNOBS[name].write(getattr(self.defaults, name))}

    def turned(self, experiment: Experiment, change: Mapping[str, Any]) -> Experiment | None:
        """Return the experiment with knobs turned, each to the nearest value the page offers.

        None where the page cannot do that: it has no control for one of them, has nothing like its
        new value, or would have to leave everything as it is.
        """
        nearest = {}
        for name, value in change.items():
            if value != getattr(experiment, name):
                nearest[name] = self._nearest(name, value) if name in self.knobs else None
        if None in nearest.values():
            return None
        try:
            after = self.checked(experiment.but(**nearest))
        except ValueError:
            return None
        is_seen = all(KNOBS[name].matters(after) for name in nearest)
        return after if is_seen and after != experiment else None

    def _nearest(self, name: str, value: Any) -> Any:
        """Return the value that a knob's control offers nearest to one, or None."""
        knob, offer = KNOBS[name], self.offers.get(name)
        match knob:
            case Widths() if offer is not None:
                return tuple(min(pair) for pair in zip(value, offer, strict=False))
            case Choice():
                return value if self._offers(name, value) else None
            case Real() | Integer():
                stops = offer or getattr(knob, "options", ())
                if not stops or value in stops:
                    return value
                return nearest_stop(name, value, stops) if value > 0 else None
        return value

    def _offers(self, name: str, value: Any) -> bool:
        knob, offer = KNOBS[name], self.offers.get(name)
        if isinstance(knob, Widths) and name not in self.knobs:
            return bool(value == getattr(self.defaults, name))
        if isinstance(knob, LayerChoice) and not isinstance(value, str):
            return name in self.by_layer and set(value) <= set(offer or knob.titles)
        if offer is None:
            return True
        match knob:
            case Widths():
                fits = zip(value, offer, strict=False)
                return len(value) <= len(offer) and all(width <= most for width, most in fits)
            case Choices():
                return set(value) <= set(offer)
            case Choice():
                return value in offer
            case Integer() if 0 in offer and 0 in knob.names:
                # Where it has a name it stands for all, which is more than every other number.
                return bool(value == 0 or value >= min(stop for stop in offer if stop))
        return bool(min(offer) <= value <= max(offer))
