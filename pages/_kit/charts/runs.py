"""Finished runs side by side: many seeds, or pinned ones."""

import functools
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from engine.training.run import Run
from pages._kit.charts import written
from pages._kit.charts.base import MEAN_LOSS, Spec, thinned, with_data
from pages._kit.pictures import BLUE, GREY, RUN_COLOURS
from pages._kit.runs.outcome import Outcome


def seed_band(runs: Sequence[Run]) -> Spec:
    """Return median and quartiles over runs of the training cost, and every run as a thin line."""
    costs = np.stack([run.history["train_cost"] for run in runs])
    chosen = thinned(costs.shape[1])
    low, middle, high = np.quantile(costs[:, chosen], (0.25, 0.5, 0.75), axis=0)
    epochs = runs[0].history["epoch"][chosen]
    band = pd.DataFrame({"epoch": epochs, "low": low, "median": middle, "high": high})
    lines = pd.DataFrame(
        {
            "epoch": np.tile(epochs, len(runs)),
            "cost": costs[:, chosen].ravel(),
            "seed": np.repeat([run.experiment.seed for run in runs], len(epochs)),
        }
    )
    return with_data(_seed_band(), band=band, lines=lines)


def compared(
    runs: Sequence[tuple[str, Run | Outcome]], quantity: str, held_out: str = "test"
) -> Spec:
    """Return one curve per named run and split: `quantity` is "cost" or "accuracy"."""
    rows = []
    for name, run in runs:
        for split in ("train", held_out):
            values = run.history.get(f"{split}_{quantity}")
            if values is not None:
                chosen = thinned(len(values))
                rows.append(
                    pd.DataFrame(
                        {
                            "epoch": run.history["epoch"][chosen],
                            "value": values[chosen],
                            "run": name,
                            "split": split,
                        }
                    )
                )
    title, is_share = (f"Cost: {MEAN_LOSS}", False) if quantity == "cost" else ("Accuracy", True)
    curves = pd.concat(rows, ignore_index=True)
    # Each run's name stands on its training curve, at a place of its own so that none collide.
    groups = [group for _, group in curves[curves["split"] == "train"].groupby("run", sort=False)]
    places = [(len(group) - 1) * (k + 1) // (2 * len(groups)) for k, group in enumerate(groups)]
    names = pd.concat([group.iloc[[at]] for group, at in zip(groups, places, strict=True)])
    return with_data(_compared(title, is_share, held_out), runs=curves, names=names)


@functools.cache
def _seed_band() -> Spec:
    x = alt.X("epoch:Q").title("Epoch")
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(color=GREY, strokeWidth=0.6, opacity=0.6)
        .encode(
            x,
            alt.Y("cost:Q").title(f"Training cost: {MEAN_LOSS}"),
            alt.Detail("seed:N"),
            tooltip=[
                alt.Tooltip("seed:N", title="Seed"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("cost:Q", title="Cost", format=".3g"),
            ],
        )
    )
    base = alt.Chart(alt.NamedData("band")).encode(x)
    area = base.mark_area(color=BLUE, opacity=0.25).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    median = base.mark_line(color=BLUE, strokeWidth=3).encode(alt.Y("median:Q"))
    spec: Spec = (lines + area + median).properties(height=300).to_dict()
    return spec


@functools.cache
def _compared(title: str, is_share: bool, held_out: str) -> Spec:
    colours = alt.Color("run:N").legend(None)
    colours = colours.scale(domain=list(RUN_COLOURS), range=list(RUN_COLOURS.values()))
    x, y = alt.X("epoch:Q").title("Epoch"), alt.Y("value:Q").title(title)
    curves = (
        alt.Chart(alt.NamedData("runs"))
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y.axis(format=".0%") if is_share else y.axis(labelExpr=written.chosen()),
            colours,
            alt.StrokeDash("split:N")
            .title("Split")
            .scale(
                domain=["train", held_out],
                range=[[1, 0], [6, 4] if held_out == "dev" else [2, 3]],
            ),
            tooltip=[
                alt.Tooltip("run:N", title="Run"),
                alt.Tooltip("split:N", title="Split"),
                alt.Tooltip("epoch:Q", title="Epoch"),
                alt.Tooltip("value:Q", title=title, format=".1%" if is_share else ".3g"),
            ],
        )
    )
    labels = (
        alt.Chart(alt.NamedData("names"))
        .mark_text(dy=-9, fontWeight="bold", fontSize=13)
        .encode(x, y, alt.Text("run:N"), colours)
    )
    chart = (curves + labels).properties(height=260).configure_legend(orient="top")
    spec: Spec = chart.to_dict()
    return spec
