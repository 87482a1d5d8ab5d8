import inspect

import altair as alt
import numpy as np
import pytest

from engine.confusion import confusion
from engine.experiment import Experiment
from engine.field import Field
from engine.training import Snapshot, run
from pages._shared import charts

THUMBNAILS = {"probabilities"}
"""Charts so small that their axes are left out; what they show stands beside and in the hover."""


def snapshots(count):
    """A watched training with `count` epochs, each seen once under way."""
    before = Snapshot(0.0, 0, np.empty(0), {"test_cost": 2.3, "test_accuracy": 0.1}, None, None)
    passed = [before]
    for k in range(count):
        history = {"test_cost": 1.0 / (k + 1), "test_accuracy": 0.9}
        passed.append(Snapshot(k + 0.5, 5, np.empty(0), {}, 0.7 - 0.1 * k, 0.8))
        passed.append(Snapshot(k + 1.0, 10, np.empty(0), history, 0.6 - 0.1 * k, 0.85))
    return passed


def runs(count, **knobs):
    return [run(Experiment(seed=seed, epochs=5, **knobs)) for seed in range(count)]


def field(count):
    axis = np.linspace(-1, 1, count)
    return Field(axis, axis, np.full((count, count), 0.25))


def labelled(count):
    points = np.linspace(-1, 1, 2 * count).reshape(count, 2)
    return points, np.arange(count) % 2


def misread(*pairs):
    """A confusion of ten digits: each read right once, and these (true, read as) besides."""
    true, read = np.array([*((digit, digit) for digit in range(10)), *pairs]).T
    return confusion(true, read, 10)


def probabilities(largest):
    values = np.full(10, 0.05)
    values[largest] = 0.55
    return values


CHARTS = {  # each with little data and with other, more data
    "cost_curve": [(snapshots(0),), (snapshots(3),)],
    "accuracy_curve": [(snapshots(1),), (snapshots(2),)],
    "probabilities": [(probabilities(3),), (probabilities(9),)],
    "seed_band": [(runs(2),), (runs(3, hidden=(2, 2)),)],
    "compared": [
        ([("A", runs(1)[0])], "cost"),
        ([("A", runs(1)[0]), ("now", runs(1, dataset="circles")[0])], "cost"),
    ],
    "boundary": [(field(3), *labelled(4)), (field(5), *labelled(9))],
    "hidden_space": [
        (np.zeros((2, 4)), np.array([0, 1, 1, 0]), 0, 1),
        (np.ones((3, 8)), np.zeros(8), 0, 1),
    ],
    "units": [
        (np.zeros(2), [1, 2], "unit of layer 1", "activation"),
        (np.array([0.5, -1.0, 2.0]), [0, 1, 2], "unit of layer 1", "activation"),
    ],
    "confusion_matrix": [(misread(), False, None), (misread((4, 9), (4, 9)), True, (4, 9))],
    "class_accuracy": [(misread(),), (misread((4, 9)),)],
}

every_chart = pytest.mark.parametrize("name", CHARTS)


def drawn(name, which=-1):
    """Return a chart's specification and its data."""
    spec = dict(getattr(charts, name)(*CHARTS[name][which]))
    return spec, spec.pop("datasets")


def encodings(spec):
    """All encodings of a specification, layer by layer."""
    own = [spec["encoding"]] if "encoding" in spec else []
    return own + [one for layer in spec.get("layer", []) for one in encodings(layer)]


def channels(spec, *names):
    """The definitions of some channels that name a field."""
    found = [encoding[name] for encoding in encodings(spec) for name in names if name in encoding]
    return [definition for definition in found if "field" in definition]


def test_every_chart_is_in_the_table():
    public = {
        name
        for name, function in vars(charts).items()
        if inspect.isfunction(function)
        and not name.startswith("_")
        and inspect.signature(function).return_annotation is charts.Spec
    }
    assert public == set(CHARTS)


@every_chart
def test_the_specification_is_valid(name):
    spec, _ = drawn(name)
    chart = alt.Chart.from_dict(spec)
    assert chart.to_dict()["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")


@every_chart
def test_the_specification_does_not_depend_on_the_data(name):
    (few, little), (many, much) = drawn(name, 0), drawn(name, 1)
    assert few == many
    assert set(little) == set(much)
    assert not all(little[key].equals(much[key]) for key in little)


@every_chart
def test_every_field_that_is_encoded_is_in_the_data(name):
    spec, data = drawn(name)
    columns = {column for frame in data.values() for column in frame.columns}
    for encoding in encodings(spec):
        for definition in encoding.values():
            several = definition if isinstance(definition, list) else [definition]
            assert {one["field"] for one in several if "field" in one} <= columns


@every_chart
def test_the_axes_have_titles(name):
    spec, _ = drawn(name)
    for axis in ("x", "y"):
        titles = [one["title"] for one in channels(spec, axis) if one.get("title")]
        assert bool(titles) == (name not in THUMBNAILS), axis
    assert "Cost" not in titles  # a cost has a unit: nats


@every_chart
def test_there_is_a_hover(name):
    spec, _ = drawn(name)
    hovers = [encoding["tooltip"] for encoding in encodings(spec) if "tooltip" in encoding]
    assert hovers
    assert all(one["title"] for hover in hovers for one in hover)


@every_chart
def test_colour_is_never_the_only_sign(name):
    spec, data = drawn(name)
    coloured = {one["field"] for one in channels(spec, "color") if one["type"] == "nominal"}
    marked = {one["field"] for one in channels(spec, "shape", "strokeDash", "text")}
    if name == "probabilities":  # the coloured bar is the tallest one
        (bars,) = data.values()
        assert (
            bars["chosen"].tolist() == (bars["probability"] == bars["probability"].max()).tolist()
        )
        coloured.remove("chosen")
    if name == "units":  # a bar below zero hangs, one above it stands
        (bars,) = data.values()
        assert (bars["sign"] == np.where(bars["value"] < 0, "−", "+")).all()
        coloured.remove("sign")
    assert coloured <= marked


@every_chart
def test_every_series_has_a_colour_and_a_mark_of_its_own(name):
    spec, data = drawn(name)
    values = {}
    for frame in data.values():
        for column in frame.columns:
            values.setdefault(column, set()).update(frame[column])
    for one in channels(spec, "color", "shape", "strokeDash"):
        if one["type"] == "nominal":
            domain, marks = one["scale"]["domain"], one["scale"]["range"]
            assert values[one["field"]] <= set(domain)
            assert len({str(mark) for mark in marks}) == len(domain) == len(marks)


def test_a_watched_training_is_drawn_without_its_untrained_start():
    _, data = drawn("cost_curve")
    rows = data["cost"]
    batches, test = (rows[rows["series"] == series] for series in (charts.BATCHES, charts.TEST))
    assert batches["epoch"].tolist() == [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    assert batches["value"].tolist() == pytest.approx([0.7, 0.6, 0.6, 0.5, 0.5, 0.4])
    assert test[["epoch", "value"]].to_numpy().tolist() == [[1, 1.0], [2, 0.5], [3, 1 / 3]]


def test_a_digits_bars_are_its_ten_probabilities():
    _, data = drawn("probabilities", 0)
    bars = data["digits"]
    assert bars["digit"].tolist() == list(range(10))
    assert bars["probability"].tolist() == pytest.approx(probabilities(3).tolist())
    assert bars.loc[bars["chosen"], "digit"].tolist() == [3]


def test_the_band_holds_the_middle_half_of_the_runs():
    several = runs(3)
    band = charts.seed_band(several)["datasets"]["band"]
    costs = np.array([one.history["train_cost"] for one in several])
    assert band["median"].tolist() == pytest.approx(np.sort(costs, axis=0)[1].tolist())
    # a quarter of the way between the lowest and the middle one of three is half of that gap
    expected = np.sort(costs, axis=0)[:2].mean(axis=0)
    assert band["low"].tolist() == pytest.approx(expected.tolist())
    assert (band["low"] <= band["median"]).all()
    assert (band["median"] <= band["high"]).all()


def test_compared_runs_keep_their_ends_and_their_names():
    one, other = runs(2, dataset="circles")
    data = charts.compared([("A", one), ("now", other)], "accuracy")["datasets"]
    curve = data["runs"].query("run == 'A' and split == 'test'")
    assert curve["epoch"].tolist() == [0, 1, 2, 3, 4, 5]
    assert curve["value"].tolist() == one.history["test_accuracy"].tolist()
    assert sorted(data["names"]["run"]) == ["A", "now"]


@pytest.mark.parametrize("count", [1, 2, 199, 200, 201, 10_001])
def test_thinning_keeps_both_ends_and_not_too_many(count):
    chosen = charts.thinned(count)
    assert len(chosen) == min(count, 200)
    assert (chosen[0], chosen[-1]) == (0, count - 1)
    assert (np.diff(chosen) > 0).all()


def test_the_boundary_is_tiled_without_gaps():
    data = charts.boundary(field(5), *labelled(4))["datasets"]
    cells = data["cells"]
    assert len(cells) == 25
    assert sorted(set(cells["left"])) == pytest.approx([-1.25, -0.75, -0.25, 0.25, 0.75])
    assert sorted(set(cells["right"])) == pytest.approx([-0.75, -0.25, 0.25, 0.75, 1.25])
    assert data["points"]["class"].tolist() == [0, 1, 0, 1]


def test_the_boundary_stands_the_right_way_up():
    axis = np.array([-1.0, 0.0, 1.0])
    p = np.zeros((3, 3))
    p[2, 0] = 1.0  # at x1 = 1, x2 = -1
    cells = charts.boundary(Field(axis, axis, p), *labelled(4))["datasets"]["cells"]
    (only,) = cells[cells["p"] == 1].to_dict("records")
    assert (only["left"], only["bottom"]) == (0.5, -1.5)
