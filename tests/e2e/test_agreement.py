"""The browser's copies of the engine's rules: decisions, numbers, activations and features."""

import math

import numpy as np
import pytest

from engine.data.features import FEATURES, expand
from engine.experiment import wording
from engine.nn.activations import ACTIVATIONS
from engine.nn.decision import ZERO, names_one
from engine.nn.losses import LOSSES, softmax
from engine.nn.network import Network
from pages._kit.player import bundle
from pages._mnist.drawing.modules import WEB as DRAWING
from tests.e2e.stage import computed
from tests.numbers import DIFFERENCES, NUMBERS, POWERS, SHARES, SIZES

PLAYER = ("format.js", "wire.js", "activations.js", "layers.js", "network.js", "contour.js")
MODULES = (*PLAYER, *(DRAWING / name for name in ("reader.js", "words.js")))
POINTS = 24


@pytest.fixture(scope="module")
def script(window):
    """A blank page with the modules' functions, and no app."""
    page = window.new_page()
    page.add_script_tag(content=bundle.script(MODULES))
    yield page
    page.close()


def ask(script, function, values):
    """Return what a function of the browser makes of each value; JSON has no NaN of its own."""
    told = [value if math.isfinite(value) else str(value) for value in values]
    return script.evaluate(
        f"values => values.map((v) => {function}(typeof v === 'string' ? "
        "{ nan: NaN, inf: Infinity, '-inf': -Infinity }[v] : v))",
        told,
    )


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "table"),
    [("number", NUMBERS), ("percent", SHARES), ("power", POWERS), ("size", SIZES)],
)
def test_the_browser_writes_numbers_by_the_same_table(script, function, table):
    values, texts = zip(*table, strict=True)
    assert ask(script, function, values) == list(texts)


def test_the_browser_writes_differences_by_the_same_table(script):
    values, texts = zip(*DIFFERENCES, strict=True)
    assert ask(script, "points", values) == [text.removesuffix(" points") for text in texts]


def test_the_browser_writes_any_number_as_the_engine_does(script, rng):
    wild = rng.choice([-1, 1], 1000) * 10 ** rng.uniform(-15, 12, 1000)
    counted = rng.integers(0, 4000, 1000) / rng.choice([8, 16, 40, 100, 1000], 1000)
    values = [*wild.tolist(), *counted.tolist(), *range(0, 2_000_000, 12_345)]
    for name in ("number", "percent", "power", "size"):
        expected = [getattr(wording, name)(value) for value in values]
        assert ask(script, name, values) == expected


def test_what_was_sent_in_single_precision_is_written_as_what_it_was(script):
    accuracies = [k / 10_000 for k in range(0, 10_001, 7)]
    sent = np.array(accuracies, np.float32).astype(float).tolist()
    assert ask(script, "percent", sent) == [wording.percent(value) for value in accuracies]


def test_both_call_the_same_numbers_zero(script):
    assert script.evaluate("ZERO") == ZERO


# --- tables ---------------------------------------------------------------------------------------


def test_the_browser_has_the_engines_activations(script):
    assert script.evaluate("Object.keys(ACTIVATIONS)") == list(ACTIVATIONS)
    z = np.concatenate([np.linspace(-8, 8, 161), [-1000, -40, -1e-9, 0, 1e-9, 40, 1000]])
    for name, activation in ACTIVATIONS.items():
        found = script.evaluate("([name, z]) => z.map(ACTIVATIONS[name].of)", [name, z.tolist()])
        np.testing.assert_allclose(found, activation.function(z), rtol=1e-12, atol=1e-15)


def test_the_browser_has_the_engines_features(script, rng):
    assert script.evaluate("Object.keys(FEATURES)") == list(FEATURES)
    labels = script.evaluate("Object.values(FEATURES).map(({ label }) => label)")
    assert labels == [feature.label for feature in FEATURES.values()]
    points = rng.uniform(-1.5, 1.5, (20, 2))
    found = script.evaluate(
        "points => points.map(([a, b]) => Object.values(FEATURES).map(({ of }) => of(a, b)))",
        points.tolist(),
    )
    np.testing.assert_allclose(found, expand(points, tuple(FEATURES)), rtol=1e-12, atol=1e-15)


def test_the_browser_reads_the_digit_that_the_engine_reads(script, rng):
    Z = rng.normal(size=(10, 200)) * 10 ** rng.uniform(-3, 3, 200)
    Z[:, ::4] = np.round(Z[:, ::4])  # among these are ties
    found = np.array(script.evaluate("columns => columns.map(softmax)", Z.T.tolist())).T
    np.testing.assert_allclose(found, softmax(Z), atol=1e-12)
    tied = np.zeros((10, 1))
    first = script.evaluate(
        "z => { const p = softmax(z); return p.indexOf(Math.max(...p)); }", [0] * 10
    )
    assert first == tied.argmax(axis=0)[0] == 0


def test_digits_that_are_equally_likely_are_a_tie(script):
    say = """z => {
      const probabilities = softmax(z);
      const probability = Math.max(...probabilities);
      return verdict({ digit: probabilities.indexOf(probability), probability, probabilities });
    }"""
    assert script.evaluate(say, [0] * 10) == (
        "It is a tie: 10 digits have 10.0 % each. What counts is the first, a 0."
    )
    assert script.evaluate(say, [0] * 8 + [3, 0]) == "It looks like an 8, 69.1 %."


# --- decisions ------------------------------------------------------------------------------------


def random_network(rng):
    """Return a network, theta, mean, deviation and features, drawn at random."""
    features = tuple(rng.permutation(list(FEATURES))[: rng.integers(1, 8)].tolist())
    hidden = rng.integers(1, 7, rng.integers(0, 4)).tolist()
    kinds = tuple(rng.choice(list(ACTIVATIONS), len(hidden)).tolist())
    network = Network((len(features), *hidden, 1), kinds or "linear", "sigmoid")
    scale = 10 ** rng.uniform(-2, 1)
    mean, deviation = rng.normal(size=len(features)), rng.uniform(0.5, 2, len(features))
    if rng.integers(2):
        mean, deviation = np.zeros(len(features)), np.ones(len(features))
    return network, scale * rng.normal(size=network.layout.size), mean, deviation, features


def tied_network(rng):
    """Return a network that has ties: everywhere, or on a line that points lie on."""
    plain = (np.zeros(2), np.ones(2), ("x1", "x2"))
    match rng.integers(5):
        case 0:  # nothing but what rounding leaves of zeros
            network = Network((2, int(rng.integers(1, 5)), 1), "tanh", "sigmoid")
            return network, rng.normal(0, 1e-16, network.layout.size), *plain
        case 1:  # a start at zero
            network = Network((2, 3, 1), str(rng.choice(["relu", "tanh", "linear"])), "sigmoid")
            return network, np.zeros(network.layout.size), *plain
        case 2:  # weights typed by hand whose line goes through the corners
            w = rng.choice([0.1, 0.2, 0.3, 0.7, 1.1, 2.2, 3.3], 2)
            theta = np.array([*w, -rng.choice([w.sum(), *w])])
            return Network((2, 1), output="sigmoid"), theta, *plain
        case 3:  # two equal units that cancel in the output
            network = Network((2, 2, 1), str(rng.choice(list(ACTIVATIONS))), "sigmoid")
            w, b, v = rng.normal(size=2), rng.normal(), rng.normal()
            return network, np.array([*w, *w, b, b, v, -v, 0.0]), *plain
        case _:  # linear layers that are zero together
            network = Network((2, 2, 1), "linear", "sigmoid")
            w, b, k = rng.normal(size=2), rng.normal(), rng.normal()
            return network, np.array([*w, *(k * w), b, k * b, -k, 1.0, 0.0]), *plain


# What the browser decides at points, in bulk and one by one, and its accuracy.
DECIDE = """(_, cases) => cases.map(([shape, theta, points, labels]) => {
  const network = new Network(shape);
  const weights = Float32Array.from(theta);
  const [x1, x2] = [0, 1].map((k) => points.map((point) => point[k]));
  const batch = new Batch(network, x1, x2).compute(weights);
  const traces = points.map(([a, b]) => network.trace(weights, a, b));
  return {
    bulk: Array.from(batch.logit, namesOne),
    single: traces.map(({ Z }) => namesOne(Z[network.depth][0])),
    likely: traces.map(({ A }) => A[network.depth][0] > 0.5),
    accuracy: batch.score(labels).accuracy,
  };
})"""


@pytest.mark.parametrize("draw", [random_network, tied_network], ids=["random", "with ties"])
def test_the_browser_decides_as_the_engine_does(script, rng, draw):
    ties, asked, expected = 0, [], []
    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    for _ in range(200):
        network, theta, mean, deviation, features = draw(rng)
        points = np.concatenate([corners, rng.uniform(-1.5, 1.5, (POINTS - 4, 2))])
        labels = rng.integers(0, 2, POINTS)
        shape = {
            "sizes": network.sizes, "activations": network.activations, "features": features,
            "mean": mean.tolist(), "deviation": deviation.tolist(),
        }  # fmt: skip
        asked.append((shape, theta.tolist(), points.tolist(), labels.tolist()))
        Z = network.forward(theta, ((expand(points, features) - mean) / deviation).T).Z[-1]
        expected.append((names_one(Z[0]).tolist(), LOSSES["sigmoid"].correct(Z, labels).mean()))
        ties += int((np.abs(Z) <= ZERO).sum())
    found = computed(script.locator("html"), DECIDE, asked)
    for decided, (named, accuracy) in zip(found, expected, strict=True):
        assert decided["bulk"] == decided["single"] == decided["likely"] == named
        assert decided["accuracy"] == accuracy
    assert (ties > 200) == (draw is tied_network)


def test_no_boundary_is_drawn_out_of_what_rounding_leaves(script, rng):
    lines = """([shape, theta]) => {
      let pieces = 0;
      const { lineTo } = Path2D.prototype;
      Path2D.prototype.lineTo = function () { pieces += 1; };
      const nodes = lattice(new Network(shape), 57, [-1, 2, -1, 2]);
      const drawn = nodes.compute(Float32Array.from(theta));
      contour(drawn.logit, 57, (column, row) => [column, row]);
      Path2D.prototype.lineTo = lineTo;
      return pieces;
    }"""
    shape = {"sizes": [2, 1], "activations": [], "features": ["x1", "x2"], "mean": [0, 0],
             "deviation": [1, 1]}  # fmt: skip
    assert script.evaluate(lines, [shape, [5.6e-17, -1.1e-16, 2.8e-17]]) == 0
    assert script.evaluate(lines, [shape, [5.6e-9, -1.1e-8, 2.8e-9]]) > 50
    deep = shape | {"sizes": [2, 2, 1], "activations": ["linear"]}
    for w, v, b, k in rng.normal(size=(20, 4)):
        theta = [w, v, k * w, k * v, b, k * b, -k, 1.0, 0.0]
        assert script.evaluate(lines, [deep, theta]) == 0
