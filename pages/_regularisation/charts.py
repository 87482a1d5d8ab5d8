"""What a regulariser does inside: the cost's parts, the weights, dropout; how strong is best."""

import functools
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import altair as alt
import numpy as np
import pandas as pd

from engine.inspection.shrinkage import LINEAR
from engine.nn.types import Array
from pages._kit.charts.base import MEAN_LOSS, Spec, thinned, with_data
from pages._kit.charts.written import labelled
from pages._kit.pictures import BLUE, GREY, ORANGE, RUN_COLOURS

RED = "#D55E00"

_Scale: TypeAlias = Literal["linear", "log"]

PARTS = ("Data cost", "Penalty")
KINDS = ("without", "with")
SCALED = ("divided by keep_prob", "not divided")
SPLITS = ("train", "dev")
PENALTIES = ("L1", "L2")

_LETTERS = tuple(name for name in RUN_COLOURS if len(name) == 1)
_CROSS = "M-.7,-1L0,-.3L.7,-1L1,-.7L.3,0L1,.7L.7,1L0,.3L-.7,1L-1,.7L-.3,0L-1,-.7Z"
_SOLID, _BROKEN = [1, 0], [8, 4]
_DASHES = (_SOLID, _BROKEN, [2, 3], [8, 3, 2, 3], [12, 3], [4, 2])


def cost_parts(epochs: Array, data: Array, penalty: Array) -> Spec:
    """Return J over the epochs (E,), stacked of the mean loss and the penalty."""
    chosen = thinned(len(epochs))
    parts = [
        pd.DataFrame({"epoch": epochs[chosen], "value": values[chosen], "part": part, "order": k})
        for k, (part, values) in enumerate(zip(PARTS, (data, penalty), strict=True))
    ]
    return with_data(_cost_parts(), parts=pd.concat(parts, ignore_index=True))


def layer_norms(epochs: Array, norms: Array) -> Spec:
    """Return ||W[l]||_F over K epochs, norms (K, L): a line per layer."""
    layers = tuple(f"W[{l}]" for l in range(1, norms.shape[1] + 1))
    lines = {name: (epochs, norms[:, l]) for l, name in enumerate(layers)}
    return _lines(lines, "Epoch", "‖W[l]‖ (Frobenius)", "Layer", layers)


def growth(runs: Mapping[str, tuple[Array, Array]]) -> Spec:
    """Return the norm of all weights over the epochs: letter -> (epochs, norms), a line per run."""
    return _lines(runs, "Epoch", "Norm of all weights", "Run", _LETTERS)


def weight_sizes(runs: Mapping[str, Array], tiny: float) -> Spec:
    """Return for each run's weights what share of them is smaller than a size, on a log axis."""
    sizes = np.geomspace(1e-6, 10, 141)
    lines = {
        letter: (sizes, np.searchsorted(np.sort(np.abs(w)), sizes) / len(w))
        for letter, w in runs.items()
    }
    spec = _lines(lines, "|w|", "Share of the weights below", "Run", _LETTERS, "log", ".0%", True)
    return with_data(spec, **spec["datasets"], rule=pd.DataFrame({"at": [tiny], "name": ["tiny"]}))


def weight_histogram(edges: Array, without: Array, regularised: Array) -> Spec:
    """Return two histograms of weights on common edges (bins + 1,), as outlines."""
    lines = {
        kind: (edges, np.append(counts, counts[-1:]))
        for kind, counts in zip(KINDS, (without, regularised), strict=True)
    }
    return with_data(_outlines("Weight w", "Weights in the bin", "Run"), lines=_rows(lines))


def strength(
    title: str, values: Array, errors: Mapping[str, Array], best: float, without: float
) -> Spec:
    """Return train and dev error against a knob: medians and quartiles over seeds.

    values (n,) of the knob, errors "train" and "dev" (n, seeds); `best` is where the rule stands,
    `without` the dev error without the regulariser.
    """
    order = np.argsort(values)
    parts = []
    for split in SPLITS:
        low, middle, high = np.quantile(errors[split][order], (0.25, 0.5, 0.75), axis=1)
        parts.append(
            pd.DataFrame(
                {"x": values[order], "low": low, "value": middle, "high": high, "series": split}
            )
        )
    rules = pd.DataFrame({"at": [best], "name": ["best"]})
    level = pd.DataFrame({"level": [without], "name": ["dev, without it"]})
    return with_data(
        _strength(title, "linear" if title == "keep_prob" else "log"),
        lines=pd.concat(parts, ignore_index=True), rules=rules, level=level,
    )  # fmt: skip


def sparsity(kinds: Mapping[str, tuple[Array, Array, Array]], chosen: Mapping[str, int]) -> Spec:
    """Return the share of tiny weights against the dev error: kind -> (λ, error, share) arrays.

    `chosen` says of each kind which of its settings is compared.
    """
    parts = [
        pd.DataFrame(
            {
                "error": error,
                "share": share,
                "strength": strength,
                "kind": kind,
                "size": np.where(np.arange(len(error)) == chosen[kind], 240, 60),
            }
        )
        for kind, (strength, error, share) in kinds.items()
    ]
    return with_data(_sparsity(), settings=pd.concat(parts, ignore_index=True))


def running_mean(scaled: Array, unscaled: Array, full: float, expected: float) -> Spec:
    """Return the mean of z over the first 1, 2, ... K masks, and what it comes to."""
    counts = np.arange(1, len(scaled) + 1)
    chosen = np.unique(np.geomspace(1, len(counts), 120).astype(int)) - 1
    lines = {
        name: (counts[chosen], (np.cumsum(values) / counts)[chosen])
        for name, values in zip(SCALED, (scaled, unscaled), strict=True)
    }
    levels = pd.DataFrame(
        {"level": [full, expected], "name": ["the full network", "keep_prob (z − b) + b"]}
    )
    return with_data(_running_mean(), lines=_rows(lines), levels=levels)


def linear_range(strengths: Sequence[str], shares: Array) -> Spec:
    """Return the share of |z| < LINEAR per hidden layer, shares (n, L - 1), over settings of λ."""
    rows = [
        {"strength": name, "order": k, "share": share, "layer": f"Layer {l}"}
        for k, (name, layers) in enumerate(zip(strengths, shares, strict=True))
        for l, share in enumerate(layers, start=1)
    ]
    return with_data(_linear_range(shares.shape[1]), shares=pd.DataFrame(rows))


def thinned_network(first: int, on: Sequence[Array], W: Sequence[Array], most: int = 250) -> Spec:
    """Return a network's units from layer `first` on, those that are off crossed out.

    on has a bool (n_l,) per layer drawn, W the weights (n_l, n_{l-1}) between them. Of the weights
    that still count the largest are drawn, `most` of them at most.
    """
    last = first + len(on) - 1
    spots = [_places(len(layer)) for layer in on]
    units = [
        {
            "layer": first + l,
            "place": float(spots[l][j]),
            "unit": _unit(first + l, j, last),
            "state": "on" if is_on else "off",
        }
        for l, layer in enumerate(on)
        for j, is_on in enumerate(layer)
    ]
    counting = [
        (abs(weight[i, j]), l, i, j)
        for l, weight in enumerate(W)
        for i, j in np.argwhere(np.outer(on[l + 1], on[l]))
    ]
    largest = sorted(counting, reverse=True)[:most]
    thickest = max((size for size, *_ in largest), default=0.0)
    edges = [
        {
            "layer": first + l,
            "to": first + l + 1,
            "place": float(spots[l][j]),
            "end": float(spots[l + 1][i]),
            "sign": "below 0" if W[l][i, j] < 0 else "0 or above",
            "width": 2.5 * float(size / max(thickest, 1e-300)),
        }
        for size, l, i, j in largest
    ]
    columns = ["layer", "to", "place", "end", "sign", "width"]
    return with_data(
        _thinned_network(), units=pd.DataFrame(units), edges=pd.DataFrame(edges, columns=columns)
    )


def _places(count: int) -> Array:
    """Return the places of a layer's units between 0 and 1."""
    return (np.arange(count) + 0.5) / count


def _unit(layer: int, unit: int, last: int) -> str:
    if layer == 0:
        return f"x{unit + 1}"
    return f"output {unit + 1}" if layer == last else f"unit {unit + 1} of layer {layer}"


def _rows(lines: Mapping[str, tuple[Array, Array]]) -> pd.DataFrame:
    parts = [pd.DataFrame({"x": x, "value": y, "series": name}) for name, (x, y) in lines.items()]
    return pd.concat(parts, ignore_index=True)


def _lines(
    lines: Mapping[str, tuple[Array, Array]],
    x_title: str,
    y_title: str,
    title: str,
    domain: tuple[str, ...],
    x_scale: _Scale = "linear",
    y_format: str = "",
    has_rule: bool = False,
) -> Spec:
    spec = _line_chart(x_title, y_title, title, domain, x_scale, y_format, has_rule)
    return with_data(spec, lines=_rows(lines))


def _coloured(field: str, title: str, domain: Sequence[str], colours: Sequence[str]) -> alt.Color:
    return (
        alt.Color(f"{field}:N")
        .title(title)
        .scale(domain=list(domain), range=list(colours)[: len(domain)])
    )


def _dashed(
    field: str, title: str, domain: Sequence[str], dashes: Sequence[list[int]] = _DASHES
) -> alt.StrokeDash:
    return (
        alt.StrokeDash(f"{field}:N")
        .title(title)
        .scale(domain=list(domain), range=list(dashes)[: len(domain)])
    )


def _hover(*fields: tuple[str, str, str]) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(name, title=title, format=form or alt.Undefined) for name, title, form in fields
    ]


@functools.cache
def _line_chart(
    x_title: str,
    y_title: str,
    title: str,
    domain: tuple[str, ...],
    x_scale: _Scale,
    y_format: str,
    has_rule: bool,
) -> Spec:
    chart = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("x:Q").title(x_title).scale(type=x_scale, nice=False).axis(labelExpr=labelled()),
            alt.Y("value:Q").title(y_title).axis(format=y_format or alt.Undefined),
            _coloured("series", title, domain, tuple(RUN_COLOURS.values())),
            _dashed("series", title, domain),
            tooltip=_hover(
                ("series:N", title, ""),
                ("x:Q", x_title, ".3g"),
                ("value:Q", y_title, y_format or ".3g"),
            ),
        )
    )
    if has_rule:
        rule = alt.Chart(alt.NamedData("rule")).mark_rule(color=GREY, strokeDash=[4, 4])
        chart = chart + rule.encode(alt.X("at:Q"))
    spec: Spec = chart.properties(height=320).configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _outlines(x_title: str, y_title: str, title: str) -> Spec:
    base = alt.Chart(alt.NamedData("lines")).encode(
        alt.X("x:Q").title(x_title),
        alt.Y("value:Q").title(f"{y_title} (square-root scale)").scale(type="sqrt"),
        _coloured("series", title, KINDS, (GREY, BLUE)),
        _dashed("series", title, KINDS, (_BROKEN, _SOLID)),
        tooltip=_hover(
            ("series:N", title, ""), ("x:Q", "Bin from", ".3g"), ("value:Q", y_title, "d")
        ),
    )
    chart = base.mark_line(interpolate="step-after", strokeWidth=2)
    spec: Spec = chart.properties(height=320).configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _cost_parts() -> Spec:
    base = alt.Chart(alt.NamedData("parts")).encode(
        alt.X("epoch:Q").title("Epoch"),
        alt.Y("value:Q").title(f"Cost J: {MEAN_LOSS}, and penalty").stack("zero"),
        alt.Order("order:Q"),
        _coloured("part", "Part", PARTS, (BLUE, ORANGE)),
        tooltip=_hover(
            ("part:N", "Part", ""), ("epoch:Q", "Epoch", "d"), ("value:Q", "Cost", ".3g")
        ),
    )
    lines = base.mark_line(strokeWidth=2).encode(_dashed("part", "Part", PARTS))
    chart = (base.mark_area(opacity=0.35) + lines).properties(height=320)
    spec: Spec = chart.configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _strength(title: str, scale: _Scale) -> Spec:
    colour = _coloured("series", "Error on", SPLITS, (BLUE, RED))
    base = alt.Chart(alt.NamedData("lines")).encode(
        alt.X("x:Q").title(title).scale(type=scale, nice=False).axis(labelExpr=labelled()),
        colour,
        tooltip=_hover(
            ("series:N", "Error on", ""),
            ("x:Q", title, ".3g"),
            ("value:Q", "Median", ".1%"),
            ("low:Q", "Lower quartile", ".1%"),
            ("high:Q", "Upper quartile", ".1%"),
        ),
    )
    y = alt.Y("value:Q").title("Wrong (share of the points)").axis(format=".0%")
    bands = base.mark_area(opacity=0.2).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    lines = base.mark_line(strokeWidth=2.5, point=True).encode(
        y, _dashed("series", "Error on", SPLITS)
    )
    rules = alt.Chart(alt.NamedData("rules")).encode(alt.X("at:Q"))
    rule = rules.mark_rule(color=GREY, strokeWidth=2)
    word = rules.mark_text(align="left", dx=5, baseline="top", fontWeight="bold").encode(
        y=alt.value(4), text=alt.Text("name:N")
    )
    levels = alt.Chart(alt.NamedData("level")).encode(alt.Y("level:Q"))
    level = levels.mark_rule(color=RED, strokeDash=[2, 4])
    name = levels.mark_text(align="left", dy=-7, dx=4).encode(
        x=alt.value(0), text=alt.Text("name:N")
    )
    chart = (bands + lines + level + name + rule + word).properties(height=340)
    spec: Spec = chart.configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _sparsity() -> Spec:
    spec: Spec = (
        alt.Chart(alt.NamedData("settings"))
        .mark_point(filled=True, opacity=0.85)
        .encode(
            alt.X("error:Q")
            .title("Dev error (median)")
            .axis(format=".1%", tickCount=6)
            .scale(zero=False),
            alt.Y("share:Q").title("Weights below 0.001").axis(format=".0%"),
            _coloured("kind", "Penalty", PENALTIES, (RED, BLUE)),
            alt.Shape("kind:N")
            .title("Penalty")
            .scale(domain=list(PENALTIES), range=["diamond", "circle"]),
            alt.Size("size:Q").scale(None).legend(None),
            tooltip=_hover(
                ("kind:N", "Penalty", ""),
                ("strength:Q", "λ", ".3g"),
                ("error:Q", "Dev error", ".1%"),
                ("share:Q", "Weights below 0.001", ".1%"),
            ),
        )
        .properties(height=300)
        .configure_legend(orient="top")
        .to_dict()
    )
    return spec


@functools.cache
def _running_mean() -> Spec:
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("x:Q").title("Masks averaged over").scale(type="log", nice=False),
            alt.Y("value:Q").title("Mean of z").scale(zero=False),
            _coloured("series", "Activations", SCALED, (BLUE, RED)),
            _dashed("series", "Activations", SCALED),
            tooltip=_hover(
                ("series:N", "Activations", ""), ("x:Q", "Masks", "d"), ("value:Q", "Mean", ".3g")
            ),
        )
    )
    levels = alt.Chart(alt.NamedData("levels")).encode(alt.Y("level:Q"))
    rules = levels.mark_rule(color=GREY, strokeDash=[4, 4])
    names = levels.mark_text(align="right", dx=-4, dy=-7).encode(
        x=alt.value("width"), text=alt.Text("name:N")
    )
    chart = (rules + lines + names).properties(height=320).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _linear_range(layers: int) -> Spec:
    domain = tuple(f"Layer {l}" for l in range(1, layers + 1))
    spec: Spec = (
        alt.Chart(alt.NamedData("shares"))
        .mark_line(strokeWidth=2, point=True)
        .encode(
            alt.X("strength:N").title("λ").sort(field="order").axis(labelAngle=0),
            alt.Y("share:Q")
            .title(f"Share of |z| < {LINEAR:g}")
            .axis(format=".0%")
            .scale(domain=[0, 1]),
            _coloured("layer", "Hidden layer", domain, tuple(RUN_COLOURS.values())),
            _dashed("layer", "Hidden layer", domain),
            tooltip=_hover(
                ("layer:N", "Hidden layer", ""),
                ("strength:N", "λ", ""),
                ("share:Q", "Share", ".1%"),
            ),
        )
        .properties(height=300)
        .configure_legend(orient="top")
        .to_dict()
    )
    return spec


@functools.cache
def _thinned_network() -> Spec:
    x = alt.X("place:Q").title("Units").axis(labels=False, ticks=False, grid=False)
    y = alt.Y("layer:Q").title("Layer l").axis(format="d", tickMinStep=1, grid=False)
    signs, states = ("below 0", "0 or above"), ("on", "off")
    edges = (
        alt.Chart(alt.NamedData("edges"))
        .mark_rule(opacity=0.5)
        .encode(
            x,
            y.scale(padding=14, reverse=True),
            alt.X2("end:Q"),
            alt.Y2("to:Q"),
            _coloured("sign", "Weight", signs, (BLUE, ORANGE)),
            _dashed("sign", "Weight", signs, (_BROKEN, _SOLID)).legend(None),
            alt.StrokeWidth("width:Q").scale(None),
        )
    )
    units = (
        alt.Chart(alt.NamedData("units"))
        .mark_point(size=90, opacity=1, strokeWidth=2, filled=True)
        .encode(
            x,
            y,
            alt.Shape("state:N").title("Unit").scale(domain=list(states), range=["circle", _CROSS]),
            _coloured("state", "Unit", states, ("#009E73", RED)),
            tooltip=_hover(("unit:N", "Unit", ""), ("state:N", "In this step", "")),
        )
    )
    layered = alt.layer(edges, units).resolve_scale(color="independent", shape="independent")
    chart = layered.properties(height=360).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return {**spec, "usermeta": {"embedOptions": {"renderer": "canvas"}}}
