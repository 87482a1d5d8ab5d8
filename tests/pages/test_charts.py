import base64
import inspect
import io
import itertools
import json
import re
from types import SimpleNamespace

import altair as alt
import numpy as np
import pytest
from PIL import Image

from engine.checking.checkup import EPSILONS, Place
from engine.diagnosis.gaps import Rate, diagnosis_of
from engine.experiment.experiment import Experiment
from engine.inspection.broadcasting import stretch
from engine.inspection.confusion import confusion
from engine.inspection.cut import EdgeOn
from engine.inspection.depth import linear
from engine.inspection.field import Field
from engine.inspection.gradient_noise import Noise
from engine.inspection.race import Lap
from engine.optim.bowl import Bowl
from engine.training.run import run
from pages._batches import charts as batches
from pages._bias_variance import charts as bias_variance
from pages._initialisation import charts as initialisation
from pages._kit.charts import base, gradient, plane, runs
from pages._kit.charts import bowl as bowls
from pages._kit.training.live import Live
from pages._mnist import charts as mnist
from pages._mnist import charts_inside as mnist_inside
from pages._mnist.before import left_by
from pages._mnist.guesses import NOTHING, Guesses
from pages._neuron import charts as neuron
from pages._optimisers import charts as optimisers
from pages._regularisation import charts as regularisation
from pages._vanishing import charts as depth
from tests.rows import complete

MODULES = (
    *(base, bowls, plane, gradient, runs),
    *(batches, bias_variance, depth, initialisation, mnist, mnist_inside, neuron, optimisers),
    regularisation,
)
charts = SimpleNamespace(
    **{
        name: value
        for module in MODULES
        for name, value in vars(module).items()
        if not name.startswith("_")
    }
)
"""All there is in the modules of charts, of the kit and of the pages."""


def watched(epochs, turned=False):
    """A training of some epochs, each seen under way, with a knob turned after the first."""
    live = Live(Experiment(dataset="circles", samples=100, epochs=epochs, batch_size=5))
    while not live.is_finished:
        live.step()
        if turned and live.epoch == 1:
            live.adjust(live.experiment.but(learning_rate=0.3))
    return live


def before(epochs):
    return left_by(watched(epochs))


def guessed(count):
    """So many digits, the last of which is misread, and the one before it as nothing."""
    labels = np.arange(count) % 10
    read_as = labels.copy()
    read_as[-2:] = NOTHING, (labels[-1] + 1) % 10
    return Guesses(np.zeros((count, 784), np.uint8), labels, read_as, learned=8)


SPLIT = Experiment(dataset="circles", samples=60)


def runs(count, **knobs):
    return [run(Experiment(seed=seed, epochs=5, **knobs)) for seed in range(count)]


def diverged():
    """A run that overflows at its start and so has no curves."""
    knobs = {"hidden": (64,) * 50, "activation": "relu", "initializer": "large"}
    return run(Experiment(dataset="mnist", samples=100, epochs=1, dev_fraction=0.0, **knobs))


def field(count):
    axis = np.linspace(-1, 1, count)
    return Field(axis, axis, np.full((count, count), 0.25), np.zeros((count, count)))


def labelled(count):
    points = np.linspace(-1, 1, 2 * count).reshape(count, 2)
    return points, np.arange(count) % 2


def misread(*pairs):
    """A confusion of ten digits: each read right once, and these (true, read as) besides."""
    true, read = np.array([*((digit, digit) for digit in range(10)), *pairs]).T
    return confusion(true, read, 10)


def curve(count):
    return np.arange(count), np.arange(count) / count


def swept(count):
    """Values of a knob, errors from two seeds, the best value, and the error without it."""
    values = np.geomspace(0.1, 1, count)
    return values, dict.fromkeys(("train", "dev"), np.ones((count, 2)) / count), values[0], 0.5


def settings(count):
    return {kind: tuple(np.arange(1.0, count + 1) for _ in range(3)) for kind in ("L1", "L2")}


def units(sizes):
    """Layers of which every second unit is off, and weights of either sign between them."""
    on = [np.arange(n) % 2 == 0 for n in sizes]
    return on, [np.linspace(-1, 1, b * a).reshape(b, a) for a, b in itertools.pairwise(sizes)]


def diagnosis(train, dev):
    """The diagnosis of so many wrong of 100 training and 50 dev samples."""
    return diagnosis_of({"train": Rate.counted(train, 100), "dev": Rate.counted(dev, 50)}, 0.05)


def bowl(stretch):
    rows = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.5]]) * [stretch, 1]
    return Bowl(rows, np.array([1.0, 0.0, 0.0, -1.0]))


def descended(stretch, steps):
    surface = bowl(stretch)
    return surface, surface.descend(surface.lowest - 0.5, 0.5 * surface.largest_rate, steps), 1.0


def noise_of(count):
    sizes = 2 ** np.arange(count)
    falling = np.append(1 / np.sqrt(sizes[:-1]), 0.0)
    return Noise(sizes, falling, falling, 0.3)


def bands(count, *splits):
    return {split: np.linspace(0.1, 0.4, 3 * count).reshape(3, count) for split in splits}


CHARTS = {  # each with little data and with other, more data
    "cost_curve": [(watched(0), before(1)), (watched(3, turned=True), before(2))],
    "accuracy_curve": [(watched(1),), (watched(2),)],
    "digits": [(guessed(9), "#1F2933"), (guessed(24), "#1F2933")],
    "seed_band": [(runs(2),), (runs(3, hidden=(2, 2)),)],
    "compared": [
        ([("A", runs(1)[0])], "cost"),
        ([("A", runs(1)[0]), ("now", runs(1, dataset="circles")[0])], "cost"),
    ],
    "boundary": [(field(3), *labelled(4)), (field(5), *labelled(9))],
    "edge_on": [
        (EdgeOn(np.array([-1.0, 2.0]), np.zeros(2)), np.array([0, 1])),
        (EdgeOn(np.arange(9.0) - 4, np.arange(9.0)), np.zeros(9)),
    ],
    "hidden_space": [
        (np.zeros((2, 4)), np.array([0, 1, 1, 0]), 0, 1, np.array([[0.0, 1.0], [1.0, 0.0]])),
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
    "agreement": [
        (np.zeros(1), np.zeros(1), [Place("W", 1, 1, 1)]),
        (np.array([0.1, 0.2]), np.array([0.1, -0.2]), [Place("W", 1, 1, 2), Place("b", 1, 1, 1)]),
    ],
    "epsilon_curve": [
        (6, np.full(len(EPSILONS), 1e-9)),
        (0, np.geomspace(1e-3, 1e-12, len(EPSILONS)), np.full(len(EPSILONS), 0.3)),
    ],
    "cost_parts": [(np.arange(3), np.ones(3), np.zeros(3)), (np.arange(5), np.ones(5), np.ones(5))],
    "layer_norms": [(np.arange(2), np.ones((2, 3))), (np.arange(4), np.zeros((4, 3)))],
    "growth": [({"A": curve(2)},), ({"A": curve(3), "B": curve(4)},)],
    "weight_sizes": [
        ({"A": np.array([0.1])}, 1e-3),
        ({"A": np.array([0.1]), "C": np.array([0.0, -2.0])}, 1e-2),
    ],
    "weight_histogram": [
        (np.arange(3.0), np.array([1, 2]), np.array([0, 3])),
        (np.arange(4.0), np.array([1, 2, 0]), np.array([3, 3, 1])),
    ],
    "strength": [("λ", *swept(2)), ("λ", *swept(3))],
    "sparsity": [(settings(2), {"L1": 0, "L2": 1}), (settings(3), {"L1": 2, "L2": 2})],
    "running_mean": [
        (np.ones(3), np.zeros(3), 1.0, 0.5),
        (np.arange(9.0), np.ones(9), 4.0, 2.0),
    ],
    "linear_range": [(["0"], np.ones((1, 2))), (["0", "1"], np.zeros((2, 2)))],
    "thinned_network": [(0, *units((2, 2, 1))), (1, *units((3, 4, 1)))],
    "error_ladder": [(diagnosis(1, 9),), (diagnosis(8, 2),)],
    "error_curves": [
        (run(SPLIT.but(epochs=2)), 0.0),
        (run(SPLIT.but(epochs=4)), 0.1),
    ],
    "study": [
        ((1.0, 2.0), bands(2, "train", "dev"), 0.05, 1.0, "Units"),
        ((1.0, 2.0, 4.0), bands(3, "train", "dev"), 0.2, 4.0, "Units"),
    ],
    "precision": [
        (np.array([100.0, 200.0]), dict.fromkeys(charts.SHARES, np.array([0.1, 0.2])), 100, 0.1),
        (np.logspace(2, 4, 3), dict.fromkeys(charts.SHARES, np.ones(3)), 1000, 0.2),
    ],
    "gap_path": [
        ([{"avoidable_bias": 0.1, "variance": 0.2}],),
        ([{"avoidable_bias": 0.3, "variance": -0.2}] * 2,),
    ],
    "descent": [descended(1, 2), descended(5, 9)],
    "groups": [([1, 2], np.array([0.5, 0.4]), 0.1), ([1, 2, 5], np.array([0.5, np.nan, 1]), 0.2)],
    "class_accuracy": [(misread(),), (misread((4, 9)),)],
}

CHARTS |= {  # what depth does, on logarithmic axes
    "thought": [(0.9, linear(0.9, 2)), (1.0, linear(1.0, 100))],
    "layer_curves": [
        ({"start": np.zeros(2), "end": np.zeros(2)}, "Size of dW[l]"),
        ({"start": np.array([np.inf, 1e-9, 1.0]), "end": np.ones(3)}, "Size of dW[l]", 1.0),
    ],
    "layer_map": [
        (np.array([0]), np.ones((1, 2)), 0.0, "Size of A[l]"),
        (np.array([0, 3]), np.array([[0.0, np.inf], [1e-300, np.nan]]), 9.0, "Size of A[l]"),
    ],
    "trial_costs": [
        ([("without", diverged()), ("together", diverged())],),
        ([("without", runs(1)[0]), ("together", runs(1)[0])],),
    ],
    "study_deviations": [(np.ones(2), (1.0, 0.5)), (np.array([1.0, 0.5, 0.0]), (1.0, 0.5, 0.0))],
    "study_accuracy": [
        ({"He start": ([0.0], [0.1]), "Xavier start": ([0.0], [0.1])},),
        ({"He start": ([0.0, 0.5], [0.1, 0.7]), "Xavier start": ([0.0], [0.1])},),
    ],
}

CHARTS |= {  # one neuron
    "race": [
        ([Lap(10, 1e-5, 1e-5, False)],),
        ([Lap(10, 1e-5, 1e-5, False), Lap(10_000, 0.1, 1e-4, True)],),
    ],
    "cells": [
        (stretch(np.array(2.0), (1,)),),
        (stretch(np.array([[1.0], [np.inf]]), (2, 4)),),
    ],
}

CHARTS |= {  # optimisers on a network
    "costs": [
        ({"Adam": optimisers.Band(np.arange(2), *np.ones((3, 2)))}, "Updates"),
        (
            {
                "Adam": optimisers.Band(np.arange(500), *np.ones((3, 500))),
                "Momentum": optimisers.Band(np.arange(3), *np.zeros((3, 3))),
            },
            "Updates",
        ),
    ],
    "valleys": [
        ({"Adam": {0.1: 1.0}},),
        ({"Adam": {0.1: 1.0, 1.0: np.inf}, "Momentum": {0.1: 0.0}},),
    ],
    **{
        name: [
            ({"None": (np.arange(3), np.ones(3))},),
            ({"None": (np.arange(900), np.zeros(900)), "Step": (np.arange(2), np.ones(2))},),
        ]
        for name in ("rates", "scheduled_costs")
    },
    "sharpness": [
        (np.arange(2), np.ones(2), 1.0),
        (np.arange(9), np.array([*range(8), np.nan]), 1.0),
    ],
}

CHARTS |= {  # batch sizes
    "noise": [(noise_of(2),), (noise_of(5),)],
    "plane": [
        (np.arange(2.0), np.arange(2.0), np.ones((2, 2)), [("A", np.zeros((1, 2)))]),
        (
            *(np.arange(3.0), np.arange(2.0), np.array([[1.0, 0, 2], [np.inf, 1, 1]])),
            [("A", np.eye(2)), ("B", np.zeros((3, 2)))],
        ),
    ],
    "cut": [([1], [1], [4], 4, 1), ([1, 2, 9], [1, 5, 33], [4, 8, 34], 4, 9)],
    "which": [
        (np.array([1, 2]), np.array([0.1, 0.2]), np.array([9.0, 5.0]), 1),
        (np.array([1, 2, 4]), np.array([0.1, 0.2, np.nan]), np.array([9.0, 5.0, np.nan]), 1),
    ],
    "own_rates": [
        ([0.1, 1.0], {"B = 1": [1.0, np.nan]}),
        ([0.1, 1.0, 10.0], {"B = 1": [1.0, 0.0, np.nan], "B = m": [2.0, 1.0, 0.5]}),
    ],
}

every_chart = pytest.mark.parametrize("name", CHARTS)


def drawn(name, which=-1):
    """Return a chart's specification and its data."""
    spec = dict(getattr(charts, name)(*CHARTS[name][which]))
    return spec, spec.pop("datasets")


def encodings(spec):
    """All encodings of a specification, layer by layer."""
    own = [spec["encoding"]] if "encoding" in spec else []
    return own + [encoding for layer in spec.get("layer", []) for encoding in encodings(layer)]


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
        and function is not base.with_data
        and inspect.signature(function).return_annotation is charts.Spec
    }
    complete(CHARTS, public, "what it is drawn from, little and more,", "CHARTS", __file__)


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
    made = [
        transform
        for part in parts(spec)
        for transform in part.get("transform", [])
        if "calculate" in transform
    ]
    for transform in made:
        assert set(re.findall(r"datum\['([^']+)'\]|datum\.(\w+)", transform["calculate"])) <= {
            pair for name in columns for pair in ((name, ""), ("", name))
        }
    columns |= {transform["as"] for transform in made}
    for encoding in encodings(spec):
        for definition in encoding.values():
            several = definition if isinstance(definition, list) else [definition]
            assert {channel["field"] for channel in several if "field" in channel} <= columns


UNKNOWN = re.compile(r"\bnats?\b|\bRMS\b|(?<!Standard )\b[Dd]eviation")
"""What a student of the first year has not met, unless it is said what it is."""


@pytest.mark.parametrize(
    "name", sorted(CHARTS.keys() - {"digits", "cut"})
)  # which are pictures without axes
def test_the_axes_have_titles(name):
    spec, _ = drawn(name)
    for axis in ("x", "y"):
        titles = [channel["title"] for channel in channels(spec, axis) if channel.get("title")]
        assert titles, axis
        assert not [title for title in titles if UNKNOWN.search(title)]
    assert "Cost" not in titles  # a cost is the mean of something


@every_chart
def test_there_is_a_hover(name):
    spec, _ = drawn(name)
    hovers = [encoding["tooltip"] for encoding in encodings(spec) if "tooltip" in encoding]
    assert hovers
    assert all(line["title"] for hover in hovers for line in hover)


@every_chart
def test_colour_is_never_the_only_sign(name):
    spec, data = drawn(name)
    coloured = {
        channel["field"] for channel in channels(spec, "color") if channel["type"] == "nominal"
    }
    marked = {channel["field"] for channel in channels(spec, "shape", "strokeDash", "text")}
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
    for channel in channels(spec, "color", "shape", "strokeDash"):
        if channel["type"] == "nominal":
            domain, marks = channel["scale"]["domain"], channel["scale"]["range"]
            assert values[channel["field"]] <= set(domain)
            assert len({str(mark) for mark in marks}) == len(domain) == len(marks)


def test_a_misread_digit_is_crossed_and_said_in_words():
    readings = mnist.digits(guessed(9), "#1F2933")["datasets"]["readings"]
    assert readings["text"].tolist()[-3:] == ["6", "– ✗", "9 ✗"]
    assert readings["spoken"].tolist()[-3:] == [
        "a 6, read as a 6",
        "a 7, read as nothing",
        "an 8, read as a 9",
    ]
    assert readings[["row", "column"]].to_numpy().tolist()[-2:] == [[0, 7], [1, 0]]


def test_the_pictures_are_those_of_the_digits():
    cells = np.random.default_rng(0).integers(0, 256, (1, 784), dtype=np.uint8)
    seen = Guesses(cells, np.array([3]), np.array([3]), learned=1)
    (url,) = mnist.digits(seen, "#1F2933")["datasets"]["digits"]["picture"]
    prefix, _, encoded = url.partition(",")
    assert prefix == "data:image/png;base64"
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))
    assert np.array_equal(picture, cells.reshape(28, 28))


def test_a_watched_training_is_drawn_without_its_untrained_start():
    live = watched(3, turned=True)
    rows = charts.cost_curve(live)["datasets"]["curves"]
    training = rows[rows["series"] == charts.TRAINING]
    stretches = live.passed[1:]
    assert training["epoch"].tolist() == [stretch.epoch for stretch in stretches]
    assert training["value"].tolist() == [stretch.batch_cost for stretch in stretches]
    whole = rows[rows["kind"] == "whole"]
    assert whole["epoch"].tolist() == [1, 2, 3]
    ends = [stretch for stretch in stretches if stretch.history]
    assert whole["value"].tolist() == [stretch.history["dev_cost"] for stretch in ends]


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
    costs = np.array([done.history["train_cost"] for done in several])
    assert band["median"].tolist() == pytest.approx(np.sort(costs, axis=0)[1].tolist())
    # a quarter of the way between the lowest and the middle one of three is half of that gap
    expected = np.sort(costs, axis=0)[:2].mean(axis=0)
    assert band["low"].tolist() == pytest.approx(expected.tolist())
    assert (band["low"] <= band["median"]).all()
    assert (band["median"] <= band["high"]).all()


def test_compared_runs_keep_their_ends_and_their_names():
    first, second = runs(2, dataset="circles")
    data = charts.compared([("A", first), ("now", second)], "accuracy")["datasets"]
    curve = data["runs"].query("run == 'A' and split == 'test'")
    assert curve["epoch"].tolist() == [0, 1, 2, 3, 4, 5]
    assert curve["value"].tolist() == first.history["test_accuracy"].tolist()
    assert sorted(data["names"]["run"]) == ["A", "now"]


def test_where_the_test_set_is_sealed_the_dev_set_is_compared():
    (done,) = runs(1, dataset="circles")
    data = charts.compared([("A", done)], "accuracy", "dev")["datasets"]["runs"]
    assert set(data["split"]) == {"train", "dev"}
    last = data.query("split == 'dev'")["value"].iloc[-1]
    assert last == done.history["dev_accuracy"][-1]


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
    cells = charts.boundary(Field(axis, axis, p, p > 0.5), *labelled(4))["datasets"]["cells"]
    (only,) = cells[cells["p"] == 1].to_dict("records")
    assert (only["left"], only["bottom"]) == (0.5, -1.5)


def test_a_ratio_of_zero_is_left_out_and_the_least_one_named():
    ratios = np.full(len(EPSILONS), 1e-4)
    ratios[3], ratios[5] = 0, 1e-9
    data = charts.epsilon_curve(6, ratios, np.full(len(EPSILONS), 0.5))["datasets"]
    sound = data["curve"].query("series == 'no bug'")
    assert len(sound) == len(EPSILONS) - 1
    assert EPSILONS[3] not in set(sound["epsilon"])
    assert data["least"][["epsilon", "text"]].values.tolist() == [
        [EPSILONS[5], "least at ε = 10⁻⁶"],
    ]  # fmt: skip
    assert data["chosen"]["epsilon"].tolist() == [1e-7]
    assert set(data["curve"].query("series == 'bug planted'")["ratio"]) == {0.5}


def test_no_ratio_is_named_where_none_passes():
    data = charts.epsilon_curve(6, np.full(len(EPSILONS), 0.2))["datasets"]
    assert data["least"].empty
    assert list(data["least"]) == ["epsilon", "ratio", "series", "text"]


def test_the_diagonal_spans_both_values_of_all_derivatives():
    name, numeric, exact = "agreement", np.array([0.1, 0.5]), np.array([-0.3, 0.2])
    data = getattr(charts, name)(numeric, exact, [Place("W", 1, 1, k) for k in (1, 2)])["datasets"]
    assert data["diagonal"]["end"].tolist() == [-0.3, 0.5]
    assert data["points"]["name"].tolist() == ["W[1] row 1, column 1", "W[1] row 1, column 2"]
    assert data["points"]["difference"].tolist() == pytest.approx([0.4, 0.3])


def test_a_map_of_layers_has_a_cell_for_every_epoch_and_layer_and_tells_what_is_lost():
    values = np.array([[0.0, 1e-300, 1.0], [np.inf, np.nan, 1e-7]])
    cells = charts.layer_map(np.array([0, 3]), values, 9.0, "RMS")["datasets"]["cells"]
    assert cells["left"].tolist() == [0, 0, 0, 3, 3, 3]
    assert cells["right"].tolist() == [3, 3, 3, 9, 9, 9]
    assert cells["layer"].tolist() == [1, 2, 3, 1, 2, 3]
    assert cells["kind"].tolist() == ["exactly 0", "", "", "overflow", "overflow", ""]
    assert cells["lost"].tolist() == [1, 0, 0, 1, 1, 0]
    # the darkest blue, the middle, and a step of the scale below it: 1e-7 is where vanishing begins
    assert cells["shade"][[1, 2, 5]].tolist() == [0, 3, 2]


def test_curves_over_layers_leave_out_what_has_no_logarithm():
    data = charts.layer_curves({"now": np.array([0.0, 1e-9, np.inf, 1.0])}, "RMS", 1.0)["datasets"]
    assert data["curves"]["layer"].tolist() == [2, 4]
    assert data["curves"]["power"].tolist() == [-9, 0]
    assert data["rules"].to_numpy().tolist() == [[-7, 1], [-9, 0], [0, 0]]


def test_costs_beyond_the_axis_are_drawn_at_its_end():
    wild = run(Experiment(learning_rate=1000.0, init_scale=100.0, epochs=3))
    data = charts.trial_costs([("wild", wild)])["datasets"]["costs"]
    assert data["power"].max() == 1
    assert data["cost"].tolist() == wild.history["train_cost"].tolist()


def test_a_unit_that_is_off_has_no_weights():
    data = charts.thinned_network(0, *units((2, 2, 1)))["datasets"]
    assert data["units"]["state"].tolist() == ["on", "off", "on", "off", "on"]
    # of four weights and two there is one left each: from the first unit to the first
    assert sorted(data["edges"][["layer", "to"]].to_numpy().tolist()) == [[0, 1], [1, 2]]
    assert data["edges"]["sign"].tolist() == ["below 0", "below 0"]


def test_the_largest_weights_are_drawn_where_there_are_too_many():
    on = [np.ones(3, bool), np.ones(1, bool)]
    data = charts.thinned_network(0, on, [np.array([[0.1, -2.0, 1.0]])], most=2)["datasets"]
    assert data["edges"]["width"].tolist() == [2.5, 1.25]


def test_the_share_of_weights_below_a_size_counts_both_signs():
    rows = charts.weight_sizes({"A": np.array([0.0, -1e-4, 0.5, -2.0])}, 1e-3)["datasets"]["lines"]
    share = rows.set_index("x")["value"]
    assert share[share.index < 5e-5].unique().tolist() == [0.25]
    assert share[(share.index > 2e-4) & (share.index < 0.4)].unique().tolist() == [0.5]
    assert share.iloc[-1] == 1


# --- errors and the gaps between them -------------------------------------------------------------


def test_errors_and_gaps_are_bars_from_zero_and_a_negative_gap_goes_to_the_left():
    data = charts.error_ladder(diagnosis(8, 2))["datasets"]
    errors = data["errors"].set_index("row")
    gaps = data["gaps"].set_index("row")
    assert errors["error"].to_dict() == pytest.approx({"best": 0.05, "train": 0.08, "dev": 0.04})
    bias, variance = gaps.loc["avoidable_bias"], gaps.loc["variance"]
    assert (bias["gap"], variance["gap"]) == pytest.approx((0.03, -0.04))
    assert gaps["bound"].to_numpy() == pytest.approx(0.03)
    assert variance["low"] < -0.04 < variance["high"]
    assert variance["text"] == "→ Variance: −4.0 points, not high"
    assert bias["text"] == "→ Avoidable bias: +3.0 points, high"
    assert (gaps["low"] < gaps["gap"]).all()
    assert (gaps["gap"] < gaps["high"]).all()
    spec = json.dumps(charts.error_ladder(diagnosis(8, 2)), default=lambda _: "data")
    bars = [layer for layer in json.loads(spec)["layer"] if layer["mark"]["type"] == "bar"]
    assert [set(bar["encoding"]) & {"x", "x2"} for bar in bars] == [{"x"}, {"x"}]


def test_an_avoidable_bias_below_zero_is_no_bar_to_the_right():
    # 0 of 100 wrong where 5 % are the best possible: -5 points, once drawn from 0 to 5
    (gap,) = charts.error_ladder(diagnosis_of({"train": Rate.counted(0, 100)}, 0.05))["datasets"][
        "gaps"
    ]["gap"]
    assert gap == pytest.approx(-0.05)


def test_mismatched_sets_have_all_three_gaps():
    rates = {
        name: Rate.counted(wrong, 100)
        for name, wrong in (("train", 1), ("train_dev", 6), ("dev", 30), ("test", 31))
    }
    data = charts.error_ladder(diagnosis_of(rates, 0.0))["datasets"]
    assert data["errors"]["row"].tolist() == ["best", "train", "train_dev", "dev", "test"]
    assert data["gaps"]["gap"].tolist() == pytest.approx([0.01, 0.05, 0.24])


def test_the_errors_over_the_epochs_end_where_the_run_ends_and_leave_the_test_set_out():
    done = run(SPLIT.but(epochs=3))
    curves = charts.error_curves(done, 0.125)["datasets"]["curves"]
    assert set(curves["split"]) == {"training", "dev", "best"}
    last = curves[curves["epoch"] == 3].set_index("split")["error"]
    assert last["dev"] == pytest.approx(1 - done.history["dev_accuracy"][-1])
    assert last["best"] == 0.125


def test_a_study_marks_bias_and_variance_at_one_value_and_leaves_out_what_is_missing():
    some = {"train": np.full((3, 2), 0.1), "dev": np.full((3, 2), 0.3)}
    some["dev"][:, 1] = np.nan
    data = charts.study((1.0, 2.0), some, 0.02, 1.0, "Units")["datasets"]
    assert data["bands"].query("split == 'dev'")["x"].tolist() == [1.0]
    assert data["bias"][["x", "from", "to"]].to_numpy().tolist() == [[1.0, 0.02, 0.1]]
    assert data["others"][["from", "to", "text"]].to_numpy().tolist() == [
        [0.1, 0.3, "variance +20.0"]
    ]
    nothing = {"train": np.full((3, 2), np.nan), "dev": np.full((3, 2), np.nan)}
    waiting = charts.study((1.0, 2.0), nothing, 0.02, 1.0, "Units")["datasets"]
    assert waiting["bias"]["text"].tolist() == waiting["others"]["text"].tolist() == [""]


def test_the_names_of_the_gaps_stand_apart_where_the_gaps_overlap():
    for train in (0.01, 0.15):  # below and above the best possible error
        some = {"train": np.full((3, 1), train), "dev": np.full((3, 1), 0.2)}
        data = charts.study((1.0,), some, 0.05, 1.0, "Units")["datasets"]
        (bias,), (variance,) = data["bias"]["named"], data["others"]["named"]
        assert min(train, 0.05) <= bias <= max(train, 0.05)
        assert train < variance <= 0.2
        assert variance - bias > 0.05
        assert data["bias"]["text"].tolist() == [
            f"avoidable bias {'+10.0' if train > 0.05 else '−4.0'}"
        ]


def test_a_descent_is_drawn_around_the_lowest_point_and_not_beyond_the_edge():
    surface = bowl(5)
    path = surface.descend(surface.lowest + [0.5, 0.5], 1.2 * surface.largest_rate, 50)
    data = charts.descent(surface, path, 0.5)["datasets"]
    assert data["steps"].iloc[0][["w1", "w2"]].tolist() == pytest.approx([1, 1])
    assert data["steps"][["w1", "w2"]].abs().to_numpy().max() < 1.6
    assert len(data["steps"]) < 50
    outer = data["rings"].query("ring == 3")[["w1", "w2"]].to_numpy()
    costs = surface.cost(surface.lowest + 0.5 * outer)
    assert costs == pytest.approx(np.full(len(outer), costs[0]))


@every_chart
def test_no_number_is_written_in_d3s_way(name):
    """No 1e−7, no 0.964 for 96.4 %: tooltips and axes write as the sentences beside them."""
    spec, _ = drawn(name)
    tips = [tip for encoding in encodings(spec) for tip in listed(encoding.get("tooltip", []))]
    formats = {tip.get("format", "") for tip in tips}
    assert not [form for form in formats if form.endswith(("e", "g", "%"))]
    axes = [channel.get("axis") or {} for k in ("x", "y") for channel in channels(spec, k)]
    assert not [axis["format"] for axis in axes if axis.get("format", "").endswith(("e", "g"))]


def listed(tooltip):
    return tooltip if isinstance(tooltip, list) else [tooltip]


def parts(spec):
    """Return a specification and all that it is layered from."""
    yield spec
    for layer in spec.get("layer", []):
        yield from parts(layer)
