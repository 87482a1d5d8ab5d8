"""What depth does: sizes layer by layer, as curves and as maps over the epochs, all logarithmic."""

import functools
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.experiment import wording
from engine.inspection.depth import VANISHED, Linear
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.charts import written
from pages._kit.charts.base import MEAN_LOSS, Spec, thinned, with_data
from pages._kit.pictures import BLUE, GREY, ORANGE, RUN_COLOURS

_COLOURS = list(RUN_COLOURS.values())
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 4], [1, 3]]

_POWER = written.power()
"""Values are drawn as their logarithms, which no gradient is too small for."""

_POWERS = (-60, -20, -7, 0, 7, 20, 60)
_SHADES = ("#001A2B", "#004A75", "#3D95C9", "#F0F0EC", ORANGE, "#A86400", "#4A2C00")
"""The map's colours at these powers of ten: finest where a gradient begins to vanish."""

_IN_A_ROW = 20
"""So many letters of all names together fit into one row of a legend above half a page."""

_ZERO, _OVERFLOW = "exactly 0", "overflow"

_LEAST_COST, _MOST_COST = 1e-4, 10.0
"""Where the axis of costs ends."""

_OWN, _PUBLISHED = "this run", "published"

_FORWARD, _BACKWARD, _WEIGHT = (
    "activation a[l] = w^l",
    "gradient passed back, w^(L−l)",
    "gradient of a weight, w^(L−1)",
)


def thought(w: float, seen: Linear) -> Spec:
    """Return the notes' linear network: the formulas as lines, the network's numbers as marks.

    The gradients are shares of the last layer's dJ/da.
    """
    depth = len(seen.passed)
    forward, layers = np.arange(depth + 1), np.arange(1, depth + 1)
    exact = {
        _FORWARD: (forward, forward * np.log10(w)),
        _BACKWARD: (layers, (depth - layers) * np.log10(w)),
        _WEIGHT: (layers, np.full(depth, (depth - 1) * np.log10(w))),
    }
    measured = dict(zip(exact, seen, strict=True))
    lines, marks = [], []
    for name, (l, power) in exact.items():
        lines.append(pd.DataFrame({"layer": l, "power": power, "series": name}))
        kept = thinned(len(l), 21)
        values = measured[name][kept]
        marks.append(
            pd.DataFrame(
                {"layer": l[kept], "power": np.log10(values), "value": values, "series": name}
            )
        )
    return with_data(_thought(), lines=pd.concat(lines), marks=pd.concat(marks))


def layer_curves(series: Mapping[str, Array], quantity: str, reference: float = np.nan) -> Spec:
    """Return one curve over the layers per name, at most 7; each array is (L,), of sizes.

    What is 0 or overflows has no place on a logarithmic axis and is left out. Below the dashed
    line, VANISHED times the `reference`, a gradient has vanished.
    """
    rows = []
    for name, values in series.items():
        frame = pd.DataFrame({"layer": range(1, len(values) + 1), "value": values})
        sound = frame[np.isfinite(frame["value"]) & (frame["value"] > 0)]
        rows.append(sound.assign(series=name, power=np.log10(sound["value"])))
    is_known = bool(np.isfinite(reference) and reference > 0)
    curves = pd.concat(rows, ignore_index=True)
    low, high = _decades(curves["power"])
    bound = np.log10(VANISHED * reference) if is_known else low
    # Two more rules, which nobody sees, stretch the axis to whole powers of ten.
    rules = pd.DataFrame(
        {
            "power": [max(bound, low), low, high],
            "seen": [float(is_known and bound >= low), 0.0, 0.0],
        }
    )
    return with_data(_layer_curves(quantity, tuple(series)), curves=curves, rules=rules)


def _decades(power: pd.Series) -> tuple[float, float]:
    """Return the whole powers of ten that hold these, at least one apart."""
    low, high = (power.min(), power.max()) if len(power) else (-1.0, 0.0)
    return float(np.floor(low)), float(max(np.ceil(high), np.floor(low) + 1))


def layer_map(epochs: Array, values: Array, end: float, quantity: str) -> Spec:
    """Return sizes (K, L) as a map of layers over epochs (K,); the last column reaches to `end`.

    Exact zeros and overflows have colours of their own.
    """
    count, depth = values.shape
    right = np.append(epochs[1:], max(float(end), float(epochs[-1]) + 1))
    finite = np.isfinite(values) & (values > 0)
    power = np.log10(np.where(finite, values, 1.0))
    kind = np.where(finite, "", np.where(values == 0, _ZERO, _OVERFLOW))
    layer = np.tile(np.arange(1, depth + 1), count)
    cells = pd.DataFrame(
        {
            "left": np.repeat(epochs, depth).astype(float),
            "right": np.repeat(right, depth).astype(float),
            "bottom": layer - 0.5,
            "top": layer + 0.5,
            "layer": layer,
            "shade": np.interp(power, _POWERS, range(len(_POWERS))).ravel(),
            "kind": kind.ravel(),
            "lost": (~finite).astype(float).ravel(),
            "value": np.where(finite, values, 0.0).ravel(),
        }
    )
    rows = pd.DataFrame({"layer": np.unique(np.linspace(1, depth, 5).round().astype(int))})
    return with_data(_layer_map(quantity), cells=cells.assign(edge=cells["shade"]), rows=rows)


def trial_costs(runs: Sequence[tuple[str, Run]]) -> Spec:
    """Return the training cost of each named run, at most 7, on a logarithmic axis cut at 10."""
    rows = []
    for name, run in runs:
        cost = run.history["train_cost"]
        chosen = thinned(len(cost)) if len(cost) else np.empty(0, int)
        frame = pd.DataFrame({"epoch": run.history["epoch"][chosen], "cost": cost[chosen]})
        power = np.log10(np.clip(frame["cost"], _LEAST_COST, _MOST_COST))
        rows.append(frame.assign(series=name, power=power))
    costs = pd.concat(rows, ignore_index=True)
    names, ends = tuple(name for name, _ in runs), _decades(costs["power"])
    return with_data(_trial_costs(names), costs=costs, ends=pd.DataFrame({"power": ends}))


def study_deviations(run: Array, published: Sequence[float]) -> Spec:
    """Return the deviations of the activations layer by layer: the run's own, and published."""
    rows = [
        pd.DataFrame({"layer": range(1, len(values) + 1), "value": values, "series": name})
        for name, values in ((_OWN, np.asarray(run)), (_PUBLISHED, np.asarray(published)))
    ]
    curves = pd.concat(rows, ignore_index=True)
    curves = curves[curves["value"] > 0]
    curves = curves.assign(power=np.log10(curves["value"]))
    ends = pd.DataFrame({"power": _decades(curves["power"])})
    return with_data(_study_deviations(), curves=curves, ends=ends)


def study_accuracy(curves: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> Spec:
    """Return test accuracy over the epochs, name -> (epochs, accuracies), as training goes on."""
    rows = [
        pd.DataFrame({"epoch": epochs, "accuracy": accuracy, "series": name})
        for name, (epochs, accuracy) in curves.items()
    ]
    return with_data(_study_accuracy(tuple(curves)), curves=pd.concat(rows, ignore_index=True))


@functools.cache
def _thought() -> Spec:
    names = [_FORWARD, _BACKWARD, _WEIGHT]
    colour = alt.Color("series:N").title(None).scale(domain=names, range=[BLUE, ORANGE, "#009E73"])
    x = alt.X("layer:Q").title("Layer l").axis(tickMinStep=1, format="d")
    y = alt.Y("power:Q").title("Size (log scale)").axis(labelExpr=_POWER, tickMinStep=1)
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y,
            colour,
            alt.StrokeDash("series:N")
            .title(None)
            .scale(domain=names, range=[[1, 0], [6, 3], [2, 2]]),
        )
    )
    marks = (
        alt.Chart(alt.NamedData("marks"))
        .mark_point(filled=True, size=55, opacity=1)
        .encode(
            x,
            y,
            colour,
            alt.Shape("series:N")
            .title(None)
            .scale(domain=names, range=["circle", "diamond", "square"]),
            tooltip=[
                alt.Tooltip("series:N", title="Quantity"),
                alt.Tooltip("layer:Q", title="Layer"),
                alt.Tooltip("value:Q", title="The network's number", format=".6e"),
            ],
        )
    )
    chart = (lines + marks).properties(height=360)
    spec: Spec = chart.configure_legend(
        orient="top", labelLimit=320, columns=1, symbolStrokeWidth=0
    ).to_dict()
    return spec


def _ends() -> alt.Chart:
    """Return rules that nobody sees and that stretch the axis to whole powers of ten."""
    ends = alt.Chart(alt.NamedData("ends")).mark_rule(opacity=0)
    stretching: alt.Chart = ends.encode(alt.Y("power:Q"))
    return stretching


def _named(names: tuple[str, ...]) -> tuple[alt.Color, alt.StrokeDash]:
    """Return colours and dashes for up to seven curves, named in a legend in their order."""
    legend = alt.Legend(
        title=None, symbolType="stroke", symbolSize=200, symbolStrokeWidth=2, labelFontSize=12,
        columnPadding=3,
    )  # fmt: skip
    colours, dashes = _COLOURS[: len(names)], _DASHES[: len(names)]
    return (
        alt.Color("series:N").scale(domain=names, range=colours).legend(legend),
        alt.StrokeDash("series:N").scale(domain=names, range=dashes).legend(legend),
    )


@functools.cache
def _layer_curves(quantity: str, names: tuple[str, ...]) -> Spec:
    colour, dash = _named(names)
    base = alt.Chart(alt.NamedData("curves")).encode(
        alt.X("layer:Q").title("Layer l").axis(tickMinStep=1, format="d").scale(nice=False),
        alt.Y("power:Q")
        .title(f"{quantity} (log scale)")
        .axis(labelExpr=_POWER, tickMinStep=1)
        .scale(zero=False),
        colour,
        tooltip=[
            alt.Tooltip("series:N", title="Curve"),
            alt.Tooltip("layer:Q", title="Layer"),
            alt.Tooltip("value:Q", title=quantity, format=".3e"),
        ],
    )
    lines = base.mark_line(strokeWidth=2).encode(dash)
    points = base.mark_point(filled=True, size=28, opacity=1)
    rule = (
        alt.Chart(alt.NamedData("rules"))
        .mark_rule(color=GREY, strokeDash=[4, 4], strokeWidth=2)
        .encode(alt.Y("power:Q"), opacity=alt.Opacity("seen:Q").scale(None))
    )
    chart = (lines + points + rule).properties(height=300)
    columns = len(names) if sum(map(len, names)) <= _IN_A_ROW else 2
    spec: Spec = chart.configure_legend(orient="top", labelLimit=200, columns=columns).to_dict()
    return spec


@functools.cache
def _layer_map(quantity: str) -> Spec:
    places = list(range(len(_POWERS)))
    colours = alt.Scale(domain=places, range=_SHADES, interpolate="rgb")
    names = [wording.power(10.0**exponent) for exponent in _POWERS]
    names[0], names[-1] = f"≤ {names[0]}", f"≥ {names[-1]}"  # what is beyond has the same colour
    legend = alt.Legend(
        orient="top", title=None, labelExpr=f"{names}[datum.value]", gradientLength=240,
        values=[place for place, power in zip(places, _POWERS, strict=True) if abs(power) != 20],
    )  # fmt: skip
    text = f"datum.kind != '' ? datum.kind : {written.size('datum.value')}"
    base = alt.Chart(alt.NamedData("cells")).transform_calculate(text=text)
    base = base.encode(
        alt.X("left:Q")
        .title("Epoch")
        .scale(nice=False, zero=False)
        .axis(tickMinStep=1, format="d"),
        alt.X2("right:Q"),
        alt.Y("bottom:Q")
        .title(f"Layer l, colour: {quantity}")
        .scale(nice=False, zero=False)
        .axis(labels=False, ticks=False, grid=False, titlePadding=30),
        alt.Y2("top:Q"),
        tooltip=[
            alt.Tooltip("left:Q", title="Epoch"),
            alt.Tooltip("layer:Q", title="Layer"),
            alt.Tooltip("text:N", title=quantity),
        ],
    )
    sizes = base.mark_rect().encode(
        alt.Color("shade:Q").scale(colours).legend(legend),
        # The stroke covers the seams that antialiasing leaves; one field could not do without a
        # second legend.
        alt.Stroke("edge:Q").scale(colours).legend(None),
    )
    lost = base.mark_rect().encode(
        alt.Fill("kind:N")
        .scale(domain=[_ZERO, _OVERFLOW], range=["#009E73", "#CC79A7"])
        .legend(None),
        opacity=alt.Opacity("lost:Q").scale(None),
    )
    # The axis itself would not name its ends, layer 1 and layer L.
    named = (
        alt.Chart(alt.NamedData("rows"))
        .mark_text(align="right", fontSize=12)
        .encode(alt.Y("layer:Q"), alt.Text("layer:Q"), x=alt.value(-6))
    )
    chart = alt.layer(sizes, lost, named).properties(height=300)
    spec: Spec = chart.to_dict()
    return {**spec, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


@functools.cache
def _trial_costs(names: tuple[str, ...]) -> Spec:
    colour, dash = _named(names)
    y = alt.Y("power:Q").title(f"Training cost: {MEAN_LOSS} (log scale, cut at 10)")
    lines = (
        alt.Chart(alt.NamedData("costs"))
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("epoch:Q").title("Epoch"),
            y.axis(labelExpr=_POWER, tickMinStep=1).scale(zero=False),
            colour,
            dash,
            tooltip=[
                alt.Tooltip("series:N", title="Run"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("cost:Q", title="Cost", format=".3g"),
            ],
        )
    )
    chart = (lines + _ends()).properties(height=340)
    spec: Spec = chart.configure_legend(orient="top", labelLimit=200, columns=2).to_dict()
    return spec


@functools.cache
def _study_deviations() -> Spec:
    names = [_OWN, _PUBLISHED]
    base = alt.Chart(alt.NamedData("curves")).encode(
        alt.X("layer:Q").title("Layer l").axis(tickMinStep=1, format="d").scale(zero=False),
        alt.Y("power:Q")
        .title("Standard deviation of A[l] (log scale)")
        .axis(labelExpr=_POWER, tickMinStep=1)
        .scale(zero=False),
        alt.Color("series:N").title(None).scale(domain=names, range=[BLUE, ORANGE]),
        tooltip=[
            alt.Tooltip("series:N", title="Source"),
            alt.Tooltip("layer:Q", title="Layer"),
            alt.Tooltip("value:Q", title="Deviation", format=".3g"),
        ],
    )
    line = base.mark_line(strokeWidth=2).encode(
        alt.StrokeDash("series:N").title(None).scale(domain=names, range=[[1, 0], [4, 4]])
    )
    points = base.mark_point(filled=True, opacity=1, size=60).encode(
        alt.Shape("series:N").title(None).scale(domain=names, range=["circle", "diamond"])
    )
    chart = (line + points + _ends()).properties(height=320)
    spec: Spec = chart.configure_legend(orient="top", symbolStrokeWidth=0).to_dict()
    return spec


@functools.cache
def _study_accuracy(names: tuple[str, ...]) -> Spec:
    colour, dash = _named(names)
    chart = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(strokeWidth=2, point=True)
        .encode(
            alt.X("epoch:Q").title("Epoch").scale(domain=[0, 3]).axis(tickCount=6),
            alt.Y("accuracy:Q").title("Test accuracy").axis(format=".0%").scale(domain=[0, 1]),
            colour,
            dash,
            tooltip=[
                alt.Tooltip("series:N", title="Start"),
                alt.Tooltip("epoch:Q", title="Epoch", format=".2f"),
                alt.Tooltip("accuracy:Q", title="Test accuracy", format=".1%"),
            ],
        )
        .properties(height=340)
        .configure_legend(orient="top")
    )
    spec: Spec = chart.to_dict()
    return spec
