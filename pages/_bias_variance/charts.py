"""Errors and the gaps between them: of one network, of many, and of the samples that measure."""

import functools
from collections.abc import Callable, Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.diagnosis.gaps import Diagnosis, Gap
from engine.diagnosis.studies import Quartiles
from engine.experiment.wording import percent, points
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.charts.base import Spec, thinned, with_data
from pages._kit.pictures import BLUE, GREY, ORANGE

SPLIT_NAMES = {"train": "training", "train_dev": "training-dev", "dev": "dev"}
GAP_NAMES = {"avoidable_bias": "avoidable bias", "variance": "variance", "mismatch": "mismatch"}

_GREEN, _RED = "#009E73", "#D55E00"
_BEST = "best"
_MARKS = {
    "training": (BLUE, [1, 0]),
    "training-dev": (_GREEN, [8, 3, 2, 3]),
    "dev": (ORANGE, [6, 4]),
    _BEST: (GREY, [1, 3]),
}
_GAPS = {
    "avoidable bias": (ORANGE, [1, 0]),
    "variance": (BLUE, [6, 4]),
    "mismatch": (_GREEN, [2, 3]),
}
_ROWS = {
    "best": "Best possible error",
    "avoidable_bias": "→ Avoidable bias",
    "train": "Training error",
    "variance": "→ Variance",
    "train_dev": "Training-dev error",
    "mismatch": "→ Mismatch",
    "dev": "Dev error",
    "test": "Test error",
}
_AXES: dict[str, Callable[[alt.X], alt.X]] = {
    "count": lambda x: x.axis(format="d", tickMinStep=1),
    "logarithmic": lambda x: x.scale(type="log", nice=False).axis(format="~s"),
    "share": lambda x: x.axis(format="%", tickCount=6),
}
_STEP, _AXIS = 36, 58
"""Heights of a row and of the axis below all rows, in pixels."""

_IN_A_ROW = 3
"""So many names of a legend fit beside each other above half a page."""


def error_ladder(diagnosis: Diagnosis) -> Spec:
    """Return the errors one below the other, and between them the gaps, with 95 % intervals.

    Every bar begins at zero, a gap's as well: one that is negative goes to the left.
    """
    errors = [("best", diagnosis.best, diagnosis.best, diagnosis.best)]
    errors += [(name, rate.error, rate.low, rate.high) for name, rate in diagnosis.rates.items()]
    found = diagnosis.gaps.items()
    bars = pd.DataFrame(
        [(name, *numbers, f"{_ROWS[name]}: {percent(numbers[0])}") for name, *numbers in errors],
        columns=["row", "error", "low", "high", "text"],
    )
    steps = pd.DataFrame(
        [(name, g.value, g.low, g.high, g.threshold, _named(name, g)) for name, g in found],
        columns=["row", "gap", "low", "high", "bound", "text"],
    )
    return with_data(_error_ladder(len(bars) + len(steps)), errors=bars, gaps=steps)


def _named(name: str, gap: Gap) -> str:
    said = "high" if gap.is_high else "not high"
    return f"{_ROWS[name]}: {'+' if gap.value >= 0 else ''}{points(gap.value)}, {said}"


def error_curves(run: Run, best: float) -> Spec:
    """Return a run's errors on training, training-dev and dev set over the epochs."""
    chosen = thinned(len(run.history["epoch"]))
    epochs = run.history["epoch"][chosen]
    errors = {
        name: 1 - run.history[f"{split}_accuracy"][chosen]
        for split, name in SPLIT_NAMES.items()
        if f"{split}_accuracy" in run.history
    }
    errors[_BEST] = np.full(len(epochs), best)
    rows = [pd.DataFrame({"epoch": epochs, "error": e, "split": n}) for n, e in errors.items()]
    return with_data(_error_curves(tuple(errors)), curves=pd.concat(rows, ignore_index=True))


def study(
    values: Sequence[float],
    bands: Mapping[str, Quartiles],
    best: float,
    marked: float,
    title: str,
    axis: str = "count",
) -> Spec:
    """Return median and quartiles of errors against a number, and the gaps at one of its values.

    bands are quartiles by split; NaN is left out. At the value `marked` the avoidable bias and the
    variance are drawn as brackets. `axis` names one of _AXES.
    """
    named = {SPLIT_NAMES[split]: band for split, band in bands.items()}
    named[_BEST] = Quartiles(*np.full((3, len(values)), best))
    rows = pd.concat(
        [
            pd.DataFrame({"x": values, "low": low, "error": middle, "high": high, "split": name})
            for name, (low, middle, high) in named.items()
        ],
        ignore_index=True,
    )
    rows = rows[np.isfinite(rows["error"])]
    bias, others = _brackets(rows, marked, best)
    return with_data(_study(title, axis, tuple(named)), bands=rows, bias=bias, others=others)


def _brackets(rows: pd.DataFrame, marked: float, best: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the avoidable bias, and the other gaps, at one value: from, to, where named, name.

    Where nothing is known yet both have a row of no height, as Vega complains of empty data.
    """
    at = {str(row["split"]): float(row["error"]) for _, row in rows[rows["x"] == marked].iterrows()}
    columns = ["x", "from", "to", "named", "text"]
    train, train_dev, dev = (at.get(name) for name in SPLIT_NAMES.values())
    like_train = dev if train_dev is None else train_dev
    bias, others = [(marked, best, best, best, "")], [(marked, best, best, best, "")]
    if train is not None:
        # Below the best possible error the gaps overlap: then their names stand at their far ends.
        named = (best + train) / 2 if train > best else train
        bias = [(marked, best, train, named, _sized("avoidable bias", train - best))]
        if like_train is not None:
            named = (train + 3 * like_train) / 4 if train > best else like_train
            others = [(marked, train, like_train, named, _sized("variance", like_train - train))]
        if train_dev is not None and dev is not None:
            named = (train_dev + 9 * dev) / 10
            others.append((marked, train_dev, dev, named, _sized("mismatch", dev - train_dev)))
    return pd.DataFrame(bias, columns=columns), pd.DataFrame(others, columns=columns)


def _sized(name: str, gap: float) -> str:
    """Return a gap's name with its size: a bracket looks the same whichever way it goes."""
    return f"{name} {100 * gap:+.1f}".replace("-", "−")


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
    return with_data(_gap_path(tuple(dict.fromkeys(rows["gap"]))), steps=rows)


def groups(sizes: Sequence[int], alone: Array, right: float) -> Spec:
    """Return the error when samples are scaled in groups by themselves, against their size."""
    own, same = "each group by itself", "as the training set"
    rows = pd.DataFrame({"n": sizes, "error": alone, "scaled": own})
    level = pd.DataFrame({"n": sizes, "error": right, "scaled": same})
    rows = pd.concat([rows[np.isfinite(rows["error"])], level], ignore_index=True)
    return with_data(_groups(own, same), groups=rows)


# --- specifications -------------------------------------------------------------------------------


@functools.cache
def _error_ladder(rows: int) -> Spec:
    y = alt.Y("row:N").sort(list(_ROWS)).title("Errors and → gaps")
    y = y.axis(labels=False, ticks=False, titlePadding=16).scale(padding=0)
    errors = alt.Chart(alt.NamedData("errors")).encode(y)
    gaps = alt.Chart(alt.NamedData("gaps")).encode(y)
    x = alt.X("error:Q").title("Wrong, as a share of the samples")
    x = x.axis(format="%")
    # The upper half of a row is for its text, the lower one for its bar.
    low = _STEP // 4
    bars = errors.mark_bar(color=BLUE, opacity=0.75, height=13, yOffset=low).encode(
        x,
        tooltip=[
            alt.Tooltip("text:N", title="Error"),
            alt.Tooltip("low:Q", title="95 % interval from", format=".2%"),
            alt.Tooltip("high:Q", title="to", format=".2%"),
        ],
    )
    steps = gaps.mark_bar(color=ORANGE, height=9, yOffset=low).encode(
        alt.X("gap:Q"),
        tooltip=[
            alt.Tooltip("text:N", title="Gap"),
            alt.Tooltip("gap:Q", title="Size", format="+.2%"),
        ],
    )
    bounds = gaps.mark_tick(color=_RED, thickness=3, size=15, yOffset=low).encode(alt.X("bound:Q"))
    zeros = [
        part.mark_tick(color=GREY, thickness=1, size=18, yOffset=low).encode(x=alt.datum(0))
        for part in (errors, gaps)
    ]
    layers = [*zeros, bars, steps, bounds]
    for part in (errors, gaps):
        rule = part.mark_rule(color=GREY, strokeWidth=2, yOffset=low)
        layers.append(rule.encode(alt.X("low:Q"), alt.X2("high:Q")))
        tick = part.mark_tick(color=GREY, thickness=2, size=11, yOffset=low)
        layers += [tick.encode(alt.X(f"{end}:Q")) for end in ("low", "high")]
        text = part.mark_text(align="left", dx=4, dy=-_STEP // 4, fontSize=13, fontWeight="bold")
        layers.append(text.encode(alt.Text("text:N"), x=alt.value(0)))
    spec: Spec = alt.layer(*layers).properties(height=_STEP * rows + _AXIS).to_dict()
    return spec


def _dashed(
    field: str, marks: Mapping[str, tuple[str, Sequence[int]]]
) -> tuple[alt.Color, alt.StrokeDash]:
    """Return colour and dash of a field; the legend shows both, as short lines in a row."""
    colours, dashes = zip(*marks.values(), strict=True)
    legend = alt.Legend(
        columns=len(marks) if len(marks) <= _IN_A_ROW else 2, columnPadding=4, labelFontSize=12,
        symbolType="stroke", symbolOpacity=1, symbolStrokeWidth=2.5, symbolSize=130,
    )  # fmt: skip
    colour = alt.Color(f"{field}:N").title(None).legend(legend)
    dash = alt.StrokeDash(f"{field}:N").title(None).legend(legend)
    return (
        colour.scale(domain=list(marks), range=list(colours)),
        dash.scale(domain=list(marks), range=list(dashes)),
    )


@functools.cache
def _error_curves(splits: tuple[str, ...]) -> Spec:
    lines = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(strokeWidth=2)
        .encode(
            alt.X("epoch:Q").title("Epoch").scale(nice=False),
            alt.Y("error:Q").title("Share of samples that are wrong").axis(format="%"),
            *_dashed("split", {name: _MARKS[name] for name in splits}),
            tooltip=[
                alt.Tooltip("split:N", title="Set"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("error:Q", title="Error", format=".1%"),
            ],
        )
    )
    spec: Spec = lines.properties(height=260).configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _study(title: str, axis: str, splits: tuple[str, ...]) -> Spec:
    x = _AXES[axis](alt.X("x:Q").title(title))
    base = alt.Chart(alt.NamedData("bands")).encode(x)
    marks = {name: _MARKS[name] for name in splits}
    colour, dash = _dashed("split", marks)
    y = alt.Y("error:Q").title("Share of samples that are wrong").axis(format="%")
    area = base.mark_area(opacity=0.2).encode(alt.Y("low:Q"), alt.Y2("high:Q"), colour)
    lines = base.mark_line(strokeWidth=2).encode(y, colour, dash)
    points = base.mark_point(size=40, opacity=1, filled=True).encode(
        y,
        colour,
        tooltip=[
            alt.Tooltip("split:N", title="Set"),
            alt.Tooltip("x:Q", title=title),
            alt.Tooltip("error:Q", title="Median error", format=".1%"),
            alt.Tooltip("low:Q", title="Lower quartile", format=".1%"),
            alt.Tooltip("high:Q", title="Upper quartile", format=".1%"),
        ],
    )
    layers = [area, lines, points]
    # The bias is the lower of the two: apart from each other its name and theirs can be read even
    # where the gaps are small.
    for name, side, away in (("bias", -3, 8), ("others", 3, -8)):
        part = alt.Chart(alt.NamedData(name)).encode(x)
        rule = part.mark_rule(color=_RED, strokeWidth=4, xOffset=side)
        layers.append(rule.encode(alt.Y("from:Q"), alt.Y2("to:Q")))
        text = part.mark_text(align="left", dx=9, fontSize=13, fontWeight="bold", dy=away)
        layers.append(text.encode(alt.Y("named:Q"), alt.Text("text:N")))
    chart = alt.layer(*layers).properties(height=330)
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
            *_dashed("share", dict(zip(SHARES, (_MARKS["training"], _MARKS["dev"]), strict=True))),
            tooltip=[
                alt.Tooltip("share:N", title="Held out"),
                alt.Tooltip("m:Q", title="m", format=","),
                alt.Tooltip("half:Q", title="± ", format=".2%"),
            ],
        )
    )
    here = alt.Chart(alt.NamedData("here")).encode(x, y)
    point = here.mark_point(shape="diamond", size=140, filled=True, color=_RED, opacity=1)
    name = here.mark_text(dy=-14, fontWeight="bold").encode(alt.Text("text:N"))
    chart = (lines + point + name).properties(height=280).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec


@functools.cache
def _gap_path(names: tuple[str, ...]) -> Spec:
    colour, dash = _dashed("gap", {name: _GAPS[name] for name in names})
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
    points = chart.mark_point(size=60, opacity=1, filled=True).encode(colour)
    layered = (chart.mark_line().encode(colour, dash) + points).properties(height=260)
    spec: Spec = layered.configure_legend(orient="top").to_dict()
    return spec


@functools.cache
def _groups(own: str, same: str) -> Spec:
    marks = {own: (ORANGE, [6, 4]), same: (BLUE, [1, 0])}
    colour, dash = _dashed("scaled", marks)
    chart = alt.Chart(alt.NamedData("groups")).encode(
        alt.X("n:Q").title("Samples in a group").scale(type="log"),
        alt.Y("error:Q").title("Dev error").axis(format="%"),
        tooltip=[
            alt.Tooltip("scaled:N", title="Scaled"),
            alt.Tooltip("n:Q", title="Samples in a group"),
            alt.Tooltip("error:Q", title="Dev error", format=".1%"),
        ],
    )
    points = chart.mark_point(size=40, opacity=1, filled=True).encode(colour)
    layered = chart.mark_line(strokeWidth=2).encode(colour, dash) + points
    spec: Spec = layered.properties(height=280).configure_legend(orient="top").to_dict()
    return spec
