"""Widgets built from the knobs' metadata: one knob, one widget, one tooltip."""

import contextlib
from collections.abc import Callable, Collection
from typing import Any

import streamlit as st

from engine.experiment.experiment import KNOBS, ConflictError, Experiment
from engine.experiment.knobs import (
    Choice,
    Choices,
    Flag,
    Integer,
    Knob,
    LayerChoice,
    Points,
    Real,
    Widths,
)
from engine.nn.activations import Names, by_layer
from pages._kit.knobs import points_file
from pages._kit.knobs.lens import Lens, PageKnob
from pages._kit.knobs.rate import RATE, Rate
from pages._kit.knobs.rows import Rows
from pages._kit.knobs.stops import FIRST_WIDTH, in_order

_DECIDE = ("dataset", "optimizer", "decay", "hidden")
"""Knobs that others depend on are drawn before them."""

_MOST_SLIDERS = 6
"""Up to so many hidden layers each has a slider of its own."""

_EACH = "one per layer"
"""What a choice says instead of a name where each hidden layer has a choice of its own."""

_SECTIONS = {
    "data": "Data",
    "network": "Network",
    "training": "Training",
    "regularisation": "Regularisation",
    "seeds": "Seeds",
}


def draw(
    lens: Lens,
    experiment: Experiment,
    shown: Collection[str] | None = None,
    locked: Collection[str] = (),
) -> Experiment:
    """Draw the lens's knobs in folds, set to `experiment`, and return what they now say.

    Of the lens's knobs only those `shown` are drawn (None: all), and those `locked` cannot be
    turned; a knob that is not drawn keeps its value.
    """
    start, turned = experiment, dict[str, Any]()
    knobs = [name for name in lens.knobs if shown is None or name in shown]
    rate = Rate(lens.path, _key(lens, RATE), experiment, RATE in knobs and RATE not in locked)
    for section, title in _SECTIONS.items():
        names = [name for name in knobs if KNOBS[name].section == section]
        if not any(KNOBS[name].matters(experiment) for name in names):
            continue
        rows = Rows()
        fold = st.expander(title, expanded=section in lens.unfolded, type="compact")
        with fold.container(gap="xsmall"):
            for name in sorted(names, key=lambda name: name not in _DECIDE):
                # Judged one by one: a knob just turned may be what makes the next one matter.
                if KNOBS[name].matters(experiment):
                    turned[name] = _widget(lens, name, experiment, name in locked, rows)
                    before, experiment = experiment, _with(lens, experiment, name, turned[name])
                    if name == "optimizer":
                        rate.follow(before, experiment)
                    if name == RATE:
                        rate.leave_room()
    said = _together(lens, start, turned)
    rate.close(said)
    return said


def page_knob(lens: Lens, own: PageKnob) -> Any:
    """Draw a page's own control here and return what it says; what is not allowed is not taken."""
    kept, key = dial_key(lens, own.name), f"{dial_key(lens, own.name)}.widget"
    value = st.session_state.setdefault(kept, own.first)
    if key not in st.session_state:
        st.session_state[key] = list(value) if isinstance(own.knob, Choices) else value
    draw = _pill if own.laid_out else _DRAWN[type(own.knob)]
    turned = draw(key, own.knob, own.offer, False)
    try:
        value = own.knob.check(turned)
    except (ValueError, TypeError):
        st.caption(
            f":material/info: Choose {own.knob.allowed}; until then it is {own.knob.show(value)}."
        )
    st.session_state[kept] = value
    return value


def written_page_knobs(lens: Lens) -> dict[str, str]:
    """Return the page's own controls as link parameters: those not at their defaults."""
    return lens.write_page_knobs({own.name: page_knob_value(lens, own) for own in lens.page_knobs})


def page_knob_value(lens: Lens, own: PageKnob) -> Any:
    """Return what one of the page's own controls says, whether it is drawn or not."""
    return st.session_state.get(dial_key(lens, own.name), own.first)


def set_page_knob(lens: Lens, name: str, value: Any) -> None:
    """Set one of the page's own controls; for callbacks and links, before it is drawn."""
    st.session_state[dial_key(lens, name)] = value
    st.session_state.pop(f"{dial_key(lens, name)}.widget", None)


def add_to_page_knob(lens: Lens, own: PageKnob, name: str) -> None:
    """Have a name among those that a page's own control chooses, instead of the last if need be.

    One that it does not know is left out.
    """
    assert isinstance(own.knob, Choices)
    chosen = page_knob_value(lens, own)
    if name not in chosen and name in own.knob.titles:
        most = own.knob.most or len(own.knob.titles)
        set_page_knob(lens, own.name, own.knob.check((*chosen[: most - 1], name)))


def dial_key(lens: Lens, name: str) -> str:
    """Return where the value of one of the page's own controls is kept."""
    return f"{lens.path}.page_knob.{name}"


def forget(lens: Lens) -> None:
    """Let the widgets of a page start afresh from the experiment they are given next."""
    for key in list(st.session_state):
        if str(key).startswith(_key(lens, "")):
            del st.session_state[key]


def _key(lens: Lens, name: str) -> str:
    """Return a widget's key: pages share knobs, but not their values."""
    return f"{lens.path}.knob.{name}"


def _with(lens: Lens, experiment: Experiment, name: str, value: Any) -> Experiment:
    """Return the experiment with one knob turned, or as it is if it does not allow that.

    Where a knob that others depend on does not go with them, as another data set with so many
    samples, they go back to the page's defaults; their widgets are drawn after it.
    """
    try:
        return experiment.but(**{name: value})
    except ConflictError as conflict:
        others = [other for other in conflict.names if other in lens.knobs and other != name]
        defaults = {other: getattr(lens.defaults, other) for other in others}
        if name not in _DECIDE:
            return experiment
        with contextlib.suppress(ValueError):
            experiment = experiment.but(**{name: value}, **defaults)
            for other in others:
                st.session_state.pop(_key(lens, other), None)
        return experiment
    except ValueError:
        return experiment


def _together(lens: Lens, experiment: Experiment, turned: dict[str, Any]) -> Experiment:
    """Turn all knobs at once; those that conflict keep their earlier values, and it is said."""
    for name in list(turned):
        try:
            KNOBS[name].check(turned[name])
        except ValueError:
            shown = KNOBS[name].show(getattr(experiment, name))
            st.caption(f":material/info: Choose {KNOBS[name].allowed}; until then it is {shown}.")
            del turned[name]
    while True:
        try:
            return lens.checked(experiment.but(**turned))
        except ConflictError as conflict:
            st.caption(f":material/info: {conflict} The earlier value is kept.")
            blamed = [name for name in conflict.names if name in turned]
            for name in blamed or list(turned):
                del turned[name]
            if not blamed:
                return experiment


def _widget(lens: Lens, name: str, experiment: Experiment, is_locked: bool, rows: Rows) -> Any:
    knob, value = KNOBS[name], getattr(experiment, name)
    key = _key(lens, name)
    offer = lens.offers.get(name, ())
    if isinstance(knob, Widths):
        return _widths(key, knob, value, offer, is_locked, rows)
    if isinstance(knob, LayerChoice) and name in lens.by_layer:
        return _by_layer(key, knob, value, len(experiment.hidden), offer, is_locked, rows)
    if key not in st.session_state:
        st.session_state[key] = list(value) if isinstance(knob, Choices) else value
    with _place(knob, offer, rows):
        return _DRAWN[type(knob)](key, knob, offer, is_locked)


def _place(knob: Knob, offer: tuple[Any, ...], rows: Rows) -> Any:
    match knob:
        case Real() | Integer():
            return rows.place(knob.label)
        case Choice() | LayerChoice():
            return rows.place(knob.label, map(knob.show, offer or knob.titles))
    return st.container()


def _real(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    assert isinstance(knob, Real)
    return _stops(key, knob, offer or knob.options, is_locked)


def _integer(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    assert isinstance(knob, Integer)
    if offer:
        return _stops(key, knob, offer, is_locked)
    return st.number_input(
        knob.label, knob.low, knob.high, key=key, help=_help(knob), disabled=is_locked
    )


def _stops(key: str, knob: Knob, stops: tuple[Any, ...], is_locked: bool) -> Any:
    """Draw a slider over given values; a value from a link joins them."""
    options = in_order((*stops, st.session_state[key]))
    return st.select_slider(
        knob.label, options, key=key, format_func=knob.show, help=_help(knob), disabled=is_locked
    )


def _flag(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    return st.toggle(knob.label, key=key, help=_help(knob), disabled=is_locked)


def _choice(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    assert isinstance(knob, Choice)
    # A value that is not offered, from a file of runs, joins the others.
    options = list(dict.fromkeys((*(offer or knob.titles), st.session_state[key])))
    return st.selectbox(
        knob.label, options, key=key, format_func=knob.show, help=_help(knob), disabled=is_locked
    )


def _by_layer(
    key: str,
    knob: LayerChoice,
    value: Names,
    layers: int,
    offer: tuple[Any, ...],
    is_locked: bool,
    rows: Rows,
) -> Names:
    """Draw a choice for all hidden layers and, where that is one per layer, a choice for each."""
    names = list(offer or knob.titles)
    options = [*names, _EACH] if layers > 1 else names
    if st.session_state.get(key) not in options:
        st.session_state[key] = value if isinstance(value, str) else _EACH
    with _place(knob, offer, rows):
        chosen = st.selectbox(
            knob.label, options, key=key, help=_help(knob), disabled=is_locked,
            format_func=lambda name: _EACH.capitalize() if name == _EACH else knob.show(name),
        )  # fmt: skip
    if chosen != _EACH:
        return str(chosen)
    each = []
    for l, name in enumerate(by_layer(value, layers), start=1):
        layer_key = f"{key}.{l}"
        if layer_key not in st.session_state:
            st.session_state[layer_key] = name
        label = f"Activation g[{l}]"
        with rows.place(label, map(knob.show, names), has_help=False):
            own = st.selectbox(
                label, names, key=layer_key, format_func=knob.show, disabled=is_locked
            )
        each.append(str(own))
    return tuple(each)


def _pill(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    assert isinstance(knob, Choice)
    return st.pills(
        knob.label, list(offer or knob.titles), key=key, required=True, wrap=True,
        format_func=knob.show, help=_help(knob), disabled=is_locked,
    )  # fmt: skip


def _choices(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    assert isinstance(knob, Choices)
    chosen = st.pills(
        knob.label,
        list(offer or knob.titles),
        selection_mode="multi",
        key=key,
        wrap=True,
        format_func=knob.titles.__getitem__,
        help=_help(knob),
        disabled=is_locked,
    )
    return tuple(chosen)


def _widths(
    key: str,
    knob: Widths,
    value: tuple[int, ...],
    offer: tuple[Any, ...],
    is_locked: bool,
    rows: Rows,
) -> Any:
    """Draw how many hidden layers there are, and under it the width of each, or one for all."""
    offer = offer or (knob.width,) * knob.depth
    count_key = f"{key}.count"
    if count_key not in st.session_state:
        st.session_state[count_key] = len(value)
    with rows.place(knob.label):
        count = st.slider(
            knob.label, 0, len(offer), key=count_key, help=_help(knob), disabled=is_locked
        )
    if len(offer) > _MOST_SLIDERS:
        return _one_width(key, value, offer, count, is_locked, rows)
    widths: list[int] = []
    for l, most in enumerate(offer[:count], start=1):
        layer_key = f"{key}.{l}"
        if layer_key not in st.session_state:
            start = value[l - 1] if l <= len(value) else (widths[-1] if widths else FIRST_WIDTH)
            st.session_state[layer_key] = min(start, most)
        label = f"Units in layer {l}"
        with rows.place(label, has_help=False):
            widths.append(st.slider(label, 1, most, key=layer_key, disabled=is_locked))
    return tuple(widths)


def _one_width(
    key: str,
    value: tuple[int, ...],
    offer: tuple[Any, ...],
    count: int,
    is_locked: bool,
    rows: Rows,
) -> tuple[int, ...]:
    """Draw one width for all layers; unequal ones from a link stay until one of the two moves."""
    width_key, most = f"{key}.width", min(offer)
    shown = max(value, default=FIRST_WIDTH)
    if width_key not in st.session_state:
        st.session_state[width_key] = min(shown, most)
    label = "Units per layer"
    with rows.place(label, has_help=False):
        width = st.slider(label, 1, most, key=width_key, disabled=is_locked or count == 0)
    if count == len(value) and width == min(shown, most):
        if len(set(value)) > 1:
            st.caption(f"The layers have {'-'.join(map(str, value))} units, from the link.")
        return value
    return (width,) * count


def _help(knob: Knob) -> str:
    """Return the tooltip: meaning, equation, typical range."""
    equation = f"\n\n$\\displaystyle {knob.equation}$" if knob.equation else ""
    typical = f"\n\nTypical: {knob.typical}." if knob.typical else ""
    return f"{knob.meaning}{equation}{typical}"


def _points(key: str, knob: Knob, offer: tuple[Any, ...], is_locked: bool) -> Any:
    """Draw the way in for a file; points put in by hand come from the player."""
    assert isinstance(knob, Points)
    if is_locked:
        return st.session_state[key]
    st.caption("Click into the picture to add a point, drag to move it, or bring a file.")
    st.file_uploader(
        f"CSV with x1, x2, label, up to {knob.most} points",
        key=f"{key}.file",
        type=["csv", "txt"],
        on_change=_bring,
        args=(key,),
    )
    problem = st.session_state.get(f"{key}.problem")
    if problem:
        st.caption(f":material/error: {problem} The points stay as they were.")
    return st.session_state[key]


def _bring(key: str) -> None:
    """Take the points of the file just brought, or keep the sentence that says what is wrong."""
    file = st.session_state[f"{key}.file"]
    st.session_state[f"{key}.problem"] = None
    if file is None:
        return
    try:
        st.session_state[key] = points_file.parse(file.getvalue())
    except ValueError as error:
        st.session_state[f"{key}.problem"] = str(error)


_DRAWN: dict[type[Knob], Callable[[str, Knob, tuple[Any, ...], bool], Any]] = {
    Real: _real,
    Integer: _integer,
    Flag: _flag,
    Choice: _choice,
    LayerChoice: _choice,
    Choices: _choices,
    Points: _points,
}
