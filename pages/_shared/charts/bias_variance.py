"""Errors and the gaps between them: of one network, of many, and of the samples that measure."""

import functools
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.bowl import Bowl
from engine.diagnosis import Diagnosis, Gap
from engine.training import Run
from engine.types import Array
from pages._shared.charts.base import BLUE, GREY, ORANGE, Spec, thinned, with_data

SPLIT_NAMES = {"train": "training", "train_dev": "training-dev", "dev": "dev", "test": "test"}
GAP_NAMES = {"avoidable_bias": "avoidable bias", "variance": "variance", "mismatch": "mismatch"}

_GREEN, _PINK = "#009E73", "#CC79A7"
_SPLITS = {
    "domain": list(SPLIT_NAMES.values()),
    "colours": [BLUE, _GREEN, ORANGE, _PINK],
    "dashes": [[1, 0], [8, 3, 2, 3], [6, 4], [2, 3]],
}
_GAPS = {
    "domain": list(GAP_NAMES.values()),
    "colours": [ORANGE, BLUE, _GREEN],
    "dashes": [[1, 0], [6, 4], [2, 3]],
    "shapes": ["circle", "diamond", "square"],
}
_ROWS = {
    "best": "Best possible error",
    "avoidable_bias": "→ avoidable bias",
    "train": "Training error",
    "variance": "→ variance",
    "train_dev": "Training-dev error",
    "mismatch": "→ mismatch",
    "dev": "Dev error",
    "test": "Test error",
}
_STEP = 34
_BELOW = {"variance": "train", "mismatch": "train_dev", "avoidable_bias": "best"}


def error_ladder(diagnosis: Diagnosis) -> Spec:
    """Return the errors one below the other, and between them the gaps, with 95 % intervals."""
    errors = [("best", diagnosis.best, diagnosis.best, diagnosis.best)]
    errors += [(name, rate.error, rate.low, rate.high) for name, rate in diagnosis.rates.items()]
    levels = {name: error for name, error, _, _ in errors}
    bars = pd.DataFrame(
        [(_ROWS[name], *numbers, f"{100 * numbers[0]:.1f} %") for name, *numbers in errors],
        columns=["row", "error", "low", "high", "text"],
    )
    bars["edge"] = bars[["error", "high"]].max(axis=1)
    steps = pd.DataFrame(
        [_step(name, levels[_BELOW[name]], gap) for name, gap in diagnosis.gaps.items()],
        columns=["row", "start", "end", "low", "high", "bound", "text", "gap"],
    )
    steps["edge"] = steps[["start", "end", "high", "bound"]].max(axis=1)
    return with_data(_error_ladder(), errors=bars, gaps=steps)


def _step(name: str, level: float, gap: Gap) -> tuple[str | float, ...]:
    said = "high" if gap.is_high else "not high"
    text = f"{100 * gap.value:+.1f} points, {said}".replace("-", "−")
    ends = (level + gap.value, level + gap.low, level + gap.high, level + gap.threshold)
    return (_ROWS[name], level, *ends, text, gap.value)


def error_curves(run: Run, best: float) -> Spec:
    """Return a run's errors on training, training-dev and dev set over the epochs."""
    rows = []
    chosen = thinned(len(run.history["epoch"]))
    for split in ("train", "train_dev", "dev"):
        accuracy = run.history.get(f"{split}_accuracy")
        if accuracy is not None:
            epochs, errors = run.history["epoch"][chosen], 1 - accuracy[chosen]
            rows.append(
                pd.DataFrame({"epoch": epochs, "error": errors, "split": SPLIT_NAMES[split]})
            )
    level = pd.DataFrame({"error": [best], "text": ["best possible"]})
    return with_data(_error_curves(), curves=pd.concat(rows, ignore_index=True), best=level)


def study(
    values: Sequence[float],
    bands: Mapping[str, Array],
    best: float,
    marked: float | None,
    *,
    title: str,
    logarithmic: bool = False,
) -> Spec:
    """Return median and quartiles of errors against a number, and the gaps at one of its values.

    bands by split are (3, values): low, median, high; NaN is left out. At the value `marked` the
    avoidable bias and the variance are drawn as brackets.
    """
    rows = pd.concat(
        [
            pd.DataFrame(
                {"x": values, "low": low, "error": middle, "high": high, "split": SPLIT_NAMES[name]}
            )
            for name, (low, middle, high) in bands.items()
        ],
        ignore_index=True,
    )
    rows = rows[np.isfinite(rows["error"])]
    at = {name: row["error"] for name, row in _rows_at(rows, marked).items()}
    gaps = []
    if "training" in at:
        gaps.append((marked, best, at["training"], "avoidable bias"))
        like_train = at.get("training-dev", at.get("dev"))
        if like_train is not None:
            gaps.append((marked, at["training"], like_train, "variance"))
        if "training-dev" in at and "dev" in at:
            gaps.append((marked, at["training-dev"], at["dev"], "mismatch"))
    brackets = pd.DataFrame(
        [(x, a, b, (a + b) / 2, text) for x, a, b, text in gaps],
        columns=["x", "from", "to", "middle", "text"],
    )
    level = pd.DataFrame({"error": [best], "text": ["best possible"]})
    return with_data(_study(title, logarithmic), bands=rows, gaps=brackets, best=level)


def _rows_at(rows: pd.DataFrame, value: float | None) -> dict[str, pd.Series]:
    if value is None:
        return {}
    return {str(row["split"]): row for _, row in rows[rows["x"] == value].iterrows()}


def precision(sizes: Array, halves: Mapping[str, Array], m: float, half: float) -> Spec:
    """Return how far off a measured error may be, against m, for some shares held out.

    halves by the share's name are half the 95 % interval, (sizes,); a mark stands at (m, half).
    """
    lines = pd.concat(
        [pd.DataFrame({"m": sizes, "half": h, "share": name}) for name, h in halves.items()],
        ignore_index=True,
    )
    here = pd.DataFrame({"m": [m], "half": [half], "text": ["your choice"]})
    return with_data(_precision(), lines=lines, here=here)


SHARES = ("20 % of m", "1 % of m")


def gap_path(steps: Sequence[Mapping[str, float]]) -> Spec:
    """Return the gaps, by their names, of the networks along a path."""
    rows = pd.DataFrame(
        [
            (k, GAP_NAMES[name], value)
            for k, gaps in enumerate(steps)
            for name, value in gaps.items()
        ],
        columns=["step", "gap", "value"],
    )
    return with_data(_gap_path(), steps=rows)


def descent(bowl: Bowl, path: Array, reach: float) -> Spec:
    """Return the level lines of a bowl and a path (steps + 1, 2) of gradient descent in it.

    Both axes are distances from the lowest point in units of `reach`, so that circles are round.
    """
    away = (path - bowl.lowest) / reach
    kept = np.abs(away).max(axis=1) < _EDGE
    end = len(kept) if kept.all() else int(kept.argmin())
    steps = pd.DataFrame({"w1": away[:end, 0], "w2": away[:end, 1], "step": np.arange(end)})
    corner = np.sqrt(0.5) * reach
    rings = [
        pd.DataFrame(
            (bowl.ring(bowl.lowest + part * corner) - bowl.lowest) / reach, columns=["w1", "w2"]
        ).assign(ring=k, order=np.arange(73), share=part**2)
        for k, part in enumerate((0.25, 0.5, 0.75, 1.0))
    ]
    return with_data(_descent(), rings=pd.concat(rings, ignore_index=True), steps=steps)


_EDGE = 1.6


def groups(sizes: Sequence[int], alone: Array, right: float) -> Spec:
    """Return the error when samples are scaled in groups by themselves, against their size."""
    own, same = "each group by itself", "as the training set"
    rows = pd.DataFrame({"n": sizes, "error": alone, "scaled": own})
    level = pd.DataFrame({"n": sizes, "error": right, "scaled": same})
    rows = pd.concat([rows[np.isfinite(rows["error"])], level], ignore_index=True)
    return with_data(_groups(own, same), groups=rows)


# --- specifications -------------------------------------------------------------------------------


@functools.cache
def _error_ladder() -> Spec:
    y = alt.Y("row:N").sort(list(_ROWS.values())).title("Error, or → gap between two of them")
    y = y.axis(labelLimit=200, titlePadding=12)
    errors = alt.Chart(alt.NamedData("errors")).encode(y)
    gaps = alt.Chart(alt.NamedData("gaps")).encode(y)
    of_error = [
        alt.Tooltip("row:N", title="Error"),
        alt.Tooltip("error:Q", title="Share", format=".2%"),
        alt.Tooltip("low:Q", title="95 % interval from", format=".2%"),
        alt.Tooltip("high:Q", title="to", format=".2%"),
    ]
    of_gap = [
        alt.Tooltip("row:N", title="Gap"),
        alt.Tooltip("gap:Q", title="Size", format="+.2%"),
        alt.Tooltip("text:N", title="Verdict"),
    ]
    x = alt.X("error:Q").title("Share of samples that are wrong").axis(format="%")
    bars = errors.mark_bar(color=BLUE, opacity=0.75, height={"band": 0.62}).encode(
        x, tooltip=of_error
    )
    steps = gaps.mark_bar(
        color=ORANGE, height={"band": 0.34}, stroke=ORANGE, strokeWidth=1.5, opacity=0.9
    ).encode(alt.X("start:Q"), alt.X2("end:Q"), tooltip=of_gap)
    layers = [bars, steps]
    for part in (errors, gaps):
        layers.append(
            part.mark_rule(color=GREY, strokeWidth=2).encode(alt.X("low:Q"), alt.X2("high:Q"))
        )
        layers += [
            part.mark_tick(color=GREY, thickness=2, size=11).encode(alt.X(f"{end}:Q"))
            for end in ("low", "high")
        ]
    layers.append(
        gaps.mark_tick(color="#D55E00", thickness=2, size=26, strokeDash=[3, 2]).encode(
            alt.X("bound:Q")
        )
    )
    for part in (errors, gaps):
        layers.append(
            part.mark_text(align="left", dx=8, fontSize=13, fontWeight="bold").encode(
                alt.X("edge:Q"), alt.Text("text:N")
            )
        )
    spec: Spec = alt.layer(*layers).properties(height=alt.Step(_STEP)).to_dict()
    return spec


def _dashed(field: str, marks: dict[str, list[object]]) -> tuple[alt.Color, alt.StrokeDash]:
    """Return colour and dash of a series; a legend shows both."""
    colour = alt.Color(f"{field}:N").title(None)
    dash = alt.StrokeDash(f"{field}:N").title(None)
    return (
        colour.scale(domain=marks["domain"], range=marks["colours"]),
        dash.scale(domain=marks["domain"], range=marks["dashes"]),
    )


def _best_line() -> alt.LayerChart:
    base = alt.Chart(alt.NamedData("best")).encode(alt.Y("error:Q"))
    rule = base.mark_rule(color=GREY, strokeDash=[1, 3], strokeWidth=2)
    name = base.mark_text(align="right", baseline="bottom", dy=-3, fontSize=11).encode(
        alt.Text("text:N"), x=alt.value("width")
    )
    return rule + name


@functools.cache
def _error_curves() -> Spec:
    lines = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("epoch:Q").title("Epoch").scale(nice=False),
            alt.Y("error:Q").title("Share of samples that are wrong").axis(format="%"),
            *_dashed("split", _SPLITS),
            tooltip=[
                alt.Tooltip("split:N", title="Set"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("error:Q", title="Error", format=".1%"),
            ],
        )
    )
    chart = (_best_line() + lines).properties(height=240).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _study(title: str, logarithmic: bool) -> Spec:
    x = alt.X("x:Q").title(title)
    x = x.scale(type="log") if logarithmic else x
    base = alt.Chart(alt.NamedData("bands")).encode(x)
    colour, dash = _dashed("split", _SPLITS)
    y = alt.Y("error:Q").title("Share of samples that are wrong").axis(format="%")
    area = base.mark_area(opacity=0.2).encode(alt.Y("low:Q"), alt.Y2("high:Q"), colour)
    lines = base.mark_line(strokeWidth=2, point={"size": 40, "filled": True}).encode(
        y,
        colour,
        dash,
        tooltip=[
            alt.Tooltip("split:N", title="Set"),
            alt.Tooltip("x:Q", title=title),
            alt.Tooltip("error:Q", title="Median error", format=".1%"),
            alt.Tooltip("low:Q", title="Lower quartile", format=".1%"),
            alt.Tooltip("high:Q", title="Upper quartile", format=".1%"),
        ],
    )
    gaps = alt.Chart(alt.NamedData("gaps")).encode(x)
    rule = gaps.mark_rule(color=GREY, strokeWidth=4, opacity=0.8).encode(
        alt.Y("from:Q"), alt.Y2("to:Q")
    )
    name = gaps.mark_text(align="left", dx=7, fontSize=12).encode(
        alt.Y("middle:Q"), alt.Text("text:N")
    )
    chart = (_best_line() + area + rule + lines + name).properties(height=330)
    spec: Spec = chart.configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _precision() -> Spec:
    x = alt.X("m:Q").title("Samples m in all").scale(type="log").axis(format="~s")
    y = alt.Y("half:Q").title("Half of the 95 % interval (share)").axis(format="%")
    y = y.scale(type="log")
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y,
            *_dashed(
                "share",
                {"domain": list(SHARES), "colours": [BLUE, ORANGE], "dashes": [[1, 0], [6, 4]]},
            ),
            tooltip=[
                alt.Tooltip("share:N", title="Held out"),
                alt.Tooltip("m:Q", title="m", format=","),
                alt.Tooltip("half:Q", title="± ", format=".2%"),
            ],
        )
    )
    here = alt.Chart(alt.NamedData("here")).encode(x, y)
    point = here.mark_point(shape="diamond", size=140, filled=True, color="#D55E00", opacity=1)
    name = here.mark_text(dy=-14, fontWeight="bold").encode(alt.Text("text:N"))
    chart = (lines + point + name).properties(height=280).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _gap_path() -> Spec:
    colour, dash = _dashed("gap", _GAPS)
    chart = alt.Chart(alt.NamedData("steps")).encode(
        alt.X("step:Q").title("Step of the path").axis(tickMinStep=1, format="d"),
        alt.Y("value:Q").title("Gap (share of samples)").axis(format="%"),
        colour,
        tooltip=[
            alt.Tooltip("gap:N", title="Gap"),
            alt.Tooltip("step:Q", title="Step"),
            alt.Tooltip("value:Q", title="Size", format="+.1%"),
        ],
    )
    shape = alt.Shape("gap:N").title(None).scale(domain=_GAPS["domain"], range=_GAPS["shapes"])
    points = chart.mark_point(filled=True, size=80, opacity=1).encode(shape)
    layered = (chart.mark_line().encode(dash) + points).properties(height=220)
    spec: Spec = layered.configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _descent() -> Spec:
    frame = {"domain": [-_EDGE, _EDGE], "nice": False, "zero": False}
    x = alt.X("w1:Q").title("w₁ (distance from the lowest point)").scale(**frame)
    y = alt.Y("w2:Q").title("w₂ (same unit)").scale(**frame)
    rings = (
        alt.Chart(alt.NamedData("rings"))
        .mark_line(color=GREY, strokeWidth=1.2, clip=True)
        .encode(x, y, alt.Detail("ring:N"), alt.Order("order:Q"))
    )
    steps = (
        alt.Chart(alt.NamedData("steps"))
        .mark_line(
            color="#D55E00",
            strokeWidth=1.5,
            point={"size": 22, "filled": True, "color": "#D55E00"},
        )
        .encode(
            x,
            y,
            alt.Order("step:Q"),
            tooltip=[
                alt.Tooltip("step:Q", title="Step"),
                alt.Tooltip("w1:Q", title="w₁", format=".3f"),
                alt.Tooltip("w2:Q", title="w₂", format=".3f"),
            ],
        )
    )
    spec: Spec = (rings + steps).properties(height=300).to_dict()
    return spec


@functools.cache
def _groups(own: str, same: str) -> Spec:
    marks = {"domain": [own, same], "colours": [ORANGE, BLUE], "dashes": [[6, 4], [1, 0]]}
    chart = (
        alt.Chart(alt.NamedData("groups"))
        .mark_line(strokeWidth=2, point={"size": 40, "filled": True})
        .encode(
            alt.X("n:Q").title("Samples in a group").scale(type="log"),
            alt.Y("error:Q").title("Dev error").axis(format="%"),
            *_dashed("scaled", marks),
            tooltip=[
                alt.Tooltip("scaled:N", title="Scaled"),
                alt.Tooltip("n:Q", title="Samples in a group"),
                alt.Tooltip("error:Q", title="Dev error", format=".1%"),
            ],
        )
    )
    spec: Spec = chart.properties(height=280).configure_legend(orient="top").to_dict()
    return spec
