"""What was published about depth, run again: ten layers' activations, and He against Xavier."""

from typing import Any

import streamlit as st

from engine.experiment.wording import counted, percent, size
from engine.inspection.depth import DEPTH_TABLE, GUESSING, PUBLISHED_DEPTHS, STUDIES
from pages._kit.knobs.lens import Lens
from pages._kit.runs.words import duration
from pages._kit.site import elements, session
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.crowd import crowd
from pages._vanishing import charts, prose
from pages._vanishing.race import STARTS, Race

TITLE = "The literature, live"


def show(visit: Visit) -> None:
    """Draw both studies, the second of which goes on when the page has been drawn."""
    _activations(visit)
    st.divider()
    _depth(visit)


def _activations(visit: Visit) -> None:
    """Draw the deviations of ten layers of 500 units, the run's own and the published ones."""
    st.markdown(prose("activations"))
    name = visit.page_knob("study")
    study, seed = STUDIES[name], visit.experiment.seed
    own = cache.deviations(name, seed)
    source = (
        "The lecture prints the published numbers."
        if study.is_printed
        else "The published numbers are the lecture's setting, computed by another program."
    )
    chart, table = st.columns([3, 2])
    with chart:
        elements.chart(
            charts.study_deviations(own, study.published),
            f"{study.title}: the standard deviation of the activations, how far they lie from "
            f"their mean, is {_digits(own[0])} in layer 1 and {_digits(own[-1])} in layer 10 "
            f"(published {_digits(study.published[0])} and "
            f"{_digits(study.published[-1])}). {source}",
        )
    table.table(
        {
            "Layer": [str(l) for l in range(1, len(own) + 1)],
            f"This run, seed {seed}": [_digits(value) for value in own],
            "Published": [_digits(value) for value in study.published],
        }
    )


def _digits(deviation: float) -> str:
    """Return a deviation with the digits that the lecture prints, or as a power of ten."""
    return f"{deviation:.6f}" if deviation >= 5e-7 or deviation == 0 else size(deviation)


def _depth(visit: Visit) -> None:
    """Draw He against Xavier at the chosen depth, as far as they have been trained."""
    lens = visit.lens
    st.markdown(prose("depth"))
    depth, seed = visit.page_knob("depth"), visit.experiment.seed
    races: dict[tuple[int, int], Race] = session.keep(f"{lens.path}.races", dict)
    for layers, start in list(races):
        if start != seed:
            del races[layers, start]
    for (layers, _), other_race in races.items():
        if layers != depth:
            other_race.stop()
    if (depth, seed) not in races:
        races[depth, seed] = Race(depth, seed)
    race = races[depth, seed]
    visit.follow(Board(lens, race).play)
    _table(races, seed)


class Board:
    """Where the race of the two starts is drawn, over and over as it goes on."""

    def __init__(self, lens: Lens, race: Race) -> None:
        self._race, self._workers = race, race.hand_over()
        left, right = st.columns([4, 1], vertical_alignment="center")
        self._progress: Any = left.empty()
        with right:
            _button(lens, race)
        self._chart: Any = st.container()
        self._caption: Any = st.container()
        self._draw()

    def _draw(self) -> None:
        race = self._race
        self._progress.progress(race.share, progress(race))
        curves = {f"{title} start": race.curve(name) for name, title in STARTS.items()}
        self._chart = self._chart.vega_lite_chart(charts.study_accuracy(curves), width="stretch")
        self._caption = self._caption.caption(outcome(race))

    def play(self) -> None:
        """Train and draw until the end, or until the visitor does anything at all."""
        if not self._race.is_running:
            return
        while self._race.is_running:
            crowd.between_pictures(lambda: self._race.work(self._workers))
            self._draw()
        st.rerun()


def _button(lens: Lens, race: Race) -> None:
    """Draw what can be asked of the race now."""
    key = f"{lens.path}.race"
    if race.is_running:
        st.button(
            "Stop", icon=":material/stop:", key=f"{key}.stop", on_click=race.stop, width="stretch"
        )
    else:
        st.button(
            "Continue" if race.share else "Run it", icon=":material/play_arrow:",
            key=f"{key}.start", type="primary", on_click=race.go_on, disabled=race.is_over,
            width="stretch",
        )  # fmt: skip


def progress(race: Race) -> str:
    """Return how far both are, and how long it will still take."""
    if race.is_over:
        seconds = sum(live.seconds for live in race.lives.values())
        epochs = race.lives["he"].experiment.epochs
        return f"Both trained for {counted(epochs, 'epoch')} in {duration(seconds)}"
    if not race.share and not race.is_running:
        return (
            f"Not trained yet; at a rough guess both take {duration(race.estimated_seconds)}, and "
            "longer while others train as well"
        )
    how_far = f"{'Training' if race.is_running else 'Stopped'}, {100 * race.share:.0f} % done"
    left = race.seconds_left
    return how_far if left is None else f"{how_far}, about {duration(left)} left"


def outcome(race: Race) -> str:
    """Return where both are, and what that means."""
    if not race.share:
        return (
            "Nothing is trained yet. Before training both read the same digits right, by chance: "
            "all sums of the one are those of the other times the same number."
        )
    he, xavier = (race.accuracy(name) for name in STARTS)
    now = (
        f"With {race.depth} hidden layers the He start reads {percent(he)} of the test digits "
        f"right, the Xavier start {percent(xavier)}."
    )
    if race.is_over and abs(xavier - GUESSING) < 1e-9:
        return (
            f"{now} {percent(GUESSING)} is what one gets by always saying 1: with Xavier this deep "
            "a network has stalled."
        )
    return f"{now} On the way 1,000 of the test digits are looked at, after an epoch all 10,000."


def _table(races: dict[tuple[int, int], Race], seed: int) -> None:
    """Draw the published accuracies, and this visit's beside those that are trained."""
    table: dict[str, list[str]] = {"Hidden layers": [str(depth) for depth in PUBLISHED_DEPTHS]}
    for name, title in STARTS.items():
        own = []
        for depth in PUBLISHED_DEPTHS:
            race = races.get((depth, seed))
            is_done = race is not None and race.lives[name].trainer.finished
            own.append(percent(race.accuracy(name)) if race is not None and is_done else "–")
        table[f"{title}, here"] = own
        table[f"{title}, expected"] = [
            " and ".join(percent(value) for value in pair) for pair in DEPTH_TABLE[name]
        ]
    st.table(table, width="content")
    elements.caption(
        "Test accuracies. Expected are those of two seeds, trained by another program on the same "
        "digits: how far the two are apart shows how much a seed can do."
    )
