import inspect

import altair as alt
import numpy as np
import pytest

from engine.confusion import confusion
from engine.experiment import Experiment
from engine.field import Field
from engine.training import run
from pages._shared import charts
from pages._shared.live import Live


def watched(epochs, turned=False):
    """A training of some epochs, each seen under way, with a knob turned after the first."""
    live = Live(Experiment(dataset="circles", samples=100, epochs=epochs, batch_size=5))
    while not live.is_finished:
        live.step()
        if turned and live.epoch == 1:
            live.adjust(live.experiment.but(learning_rate=0.3))
    return live


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


CHARTS = {  # each with little data and with other, more data
    "cost_curve": [(watched(0),), (watched(3, turned=True),)],
    "accuracy_curve": [(watched(1),), (watched(2),)],
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
    "unit_rows": [
        (np.zeros((2, 2)), ["x1", "b"], 0.0),
        (np.ones((3, 3)), ["x1", "x2", "b"], 1.0),
    ],
    "symmetry_gap": [
        ({"without noise": (np.arange(3), np.zeros(3))},),
        ({"noise 0.001": (np.arange(9), np.logspace(-3, 2, 9))},),
    ],
    "sum_histogram": [(np.zeros(4), 1.0), (np.linspace(-9, 9, 40), 3.0)],
    "sum_deviation": [
        (np.array([1, 2]), *[{"fixed": np.ones(2), "scaled": np.ones(2)}] * 2, 1),
        (np.array([1, 9]), *[{"fixed": np.array([1, 3]), "scaled": np.ones(2)}] * 2, 9),
    ],
    "scheme_seeds": [
        ({"Zeros": np.array([0.5])},),
        ({"Zeros": np.array([]), "He": np.array([0.5, 1.0])},),
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
        assert titles, axis
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
    live = watched(3, turned=True)
    rows = charts.cost_curve(live)["datasets"]["curves"]
    training = rows[rows["series"] == charts.TRAINING]
    stretches = live.passed[1:]
    assert training["epoch"].tolist() == [one.epoch for one in stretches]
    assert training["value"].tolist() == [one.batch_cost for one in stretches]
    whole = rows[rows["kind"] == "whole"]
    assert whole["epoch"].tolist() == [1, 2, 3]
    ends = [one for one in stretches if one.history]
    assert whole["value"].tolist() == [one.history["dev_cost"] for one in ends]


def test_a_knob_turned_on_the_way_is_marked_where_it_was_turned():
    rules = charts.accuracy_curve(watched(3, turned=True))["datasets"]["rules"]
    assert rules.to_numpy().tolist() == [[1.0, "Learning rate α 2 → 0.3"], [3.0, ""]]


@pytest.mark.parametrize("count", [299, 300, 301, 5000])
def test_a_long_training_keeps_its_last_point_and_not_too_many(count):
    live = watched(1)
    live.passed = [live.passed[0]] + [live.passed[-1]._replace(epoch=k) for k in range(count)]
    rows = charts.cost_curve(live)["datasets"]["curves"]
    training = rows[rows["series"] == charts.TRAINING]["epoch"].tolist()
    assert len(training) <= 301
    assert (training[0], training[-1]) == (0, count - 1)


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
