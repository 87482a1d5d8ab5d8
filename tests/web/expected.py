"""Inputs, and what the engine and the server make of them, as plain JSON."""

import base64
import math
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.features import FEATURES, expand
from engine.data.handwriting import normalised
from engine.inspection import smoothing, softmax
from engine.inspection.broadcasting import align
from engine.inspection.outputs import OUTPUTS, Output
from engine.nn.activations import ACTIVATIONS, Activation
from engine.nn.differentiation import QUANTITIES
from engine.nn.losses import LOSSES
from engine.nn.network import Network
from engine.nn.types import Array
from engine.optim import forgetting
from engine.optim.averages import exponentially_weighted_average
from engine.optim.optimizers import momentum, rmsprop
from pages._kit.player.wire import Movie, Points, pack
from pages._neuron.sentences import fitted
from tests import numbers

FILE = Path(__file__).with_name("expected.json")

NETWORKS = (
    ((2, 4, 3), ("elu",)),
    ((2, 6), ()),
    ((2, 1), ()),
    ((2, 3, 1), ("tanh",)),
    ((7, 5, 4, 1), ("sigmoid", "relu")),
    ((3, 9, 2, 6, 1), ("leaky_relu", "linear", "tanh")),  # sums of nine: two fours and one
)


def expected() -> dict[str, Any]:
    """Return all of it; the same numbers each time."""
    rng = np.random.default_rng(1)
    return {
        "networks": [network(rng, *shape) for shape in NETWORKS],
        "movie": movie(rng),
        "inks": [ink(rng, *shape) for shape in ((40, 30), (20, 20), (9, 70), (1, 1), (5, 4))],
        "tables": {
            name.lower(): [[number(value), text] for value, text in getattr(numbers, name)]
            for name in ("NUMBERS", "SHARES", "DIFFERENCES", "POWERS", "SIZES")
        },
        "activations": {
            name: [
                [z, float(activation.function(np.array([z], float))[0])] for z in (-3.5, -0.5, 0, 2)
            ]
            for name, activation in ACTIVATIONS.items()
        },
        "slopes": {name: slopes(activation) for name, activation in ACTIVATIONS.items()},
        "softmax": [soft(rng, n, T) for n, T in ((2, 1.0), (3, 0.5), (10, 5.0), (6, 1.0))],
        "shapes": [fit(rng) for _ in range(60)],
        "outputs": {name: seen(output) for name, output in OUTPUTS.items()},
        "quantities": {
            name: [[z, float(each.of(np.array([z]))[0])] for z in (-3.5, 0.0, 2.0)]
            for name, each in QUANTITIES.items()
        },
        "averages": [
            average(rng, *each)
            for each in ((0.0, 300), (0.5, 300), (0.6, 23), (0.9, 300), (0.975, 300), (0.99, 39))
        ],
        "moments": moments(rng),
    }


def moments(rng: np.random.Generator) -> dict[str, Any]:
    """Return a gradient's series, and what momentum and RMSprop make of it step by step."""
    gradient, rate = rng.normal(size=40), 1.0
    methods = momentum(rate, 0.9), rmsprop(rate, 0.5)
    states = [method.init(np.zeros(1)) for method in methods]
    steps: list[list[float]] = []
    roots = []
    for t, value in enumerate(gradient, start=1):
        steps.append(
            [
                method.update(np.array([value]), state, t, np.zeros(1)).item()
                for method, state in zip(methods, states, strict=True)
            ]
        )
        roots.append(float(np.sqrt(states[1].values[0])))
    v, step = np.array(steps).T
    return {
        "gradient": gradient.tolist(),
        "beta1": 0.9,
        "beta2": 0.5,
        "v": v.tolist(),
        "root": roots,
        "step": step.tolist(),
        "ofNoise": 1 / forgetting.noise_left(0.9),
        "calmer": smoothing.times_calmer(gradient, v),
    }


def average(rng: np.random.Generator, beta: float, days: int) -> dict[str, Any]:
    """Return a series, its averages, how they forget, and what they have done to it."""
    values = np.round(10 * np.sin(np.arange(days) / 40) + rng.normal(0, 2, days), 1)
    corrected = exponentially_weighted_average(values, beta)
    return {
        "beta": beta,
        "values": values.tolist(),
        "plain": exponentially_weighted_average(values, beta, correct_bias=False).tolist(),
        "corrected": corrected.tolist(),
        "weights": forgetting.weights(beta, 12).tolist(),
        "share": forgetting.share(beta, 7),
        "window": forgetting.window(beta),
        "whole": forgetting.whole_window(beta),
        "half": forgetting.half_life(beta),
        "age": forgetting.mean_age(beta),
        "forgotten": forgetting.forgotten_after(beta),
        "centred": smoothing.centred(values, smoothing.reach_of(days)).tolist(),
        "unrest": smoothing.unrest_left(values, corrected),
        "lag": smoothing.lag(values, corrected),
    }


def fit(rng: np.random.Generator) -> dict[str, Any]:
    """Return two shapes, each axis as the rule has it, and what is said of them."""
    left, right = (
        tuple(int(length) for length in rng.choice((1, 2, 3), size=rng.integers(0, 5)))
        for _ in range(2)
    )
    axes = align(left, right)
    return {
        "left": left,
        "right": right,
        "told": [axis.told for axis in axes],
        "fitted": fitted(left, right, axes),
    }


def soft(rng: np.random.Generator, n: int, temperature: float) -> dict[str, Any]:
    """Return logits, and softmax taken apart."""
    z = single(rng.normal(0, 3, n))
    a = softmax.probabilities(z, temperature)
    written = softmax.as_written(z, temperature)
    found = softmax.collapse(a, n - 1, temperature)
    return {
        "z": z.tolist(),
        "temperature": temperature,
        "a": a.tolist(),
        "powers": written.powers.tolist(),
        "total": written.total,
        "jacobian": softmax.jacobian(a, temperature).tolist(),
        "slope": found.slope.tolist(),
        "terms": found.terms.tolist(),
        "dz": found.total.tolist(),
    }


def seen(output: Output) -> list[list[float]]:
    """Return y, z and all that is seen there of an output and its loss."""
    Z = np.array([-6.0, -0.5, 0.0, 2.0, 7.0])
    return [
        [y, z, *(float(values[k]) for values in output.look(Z, y))]
        for y in (0, 1)
        for k, z in enumerate(Z.tolist())
    ]


def slopes(g: Activation) -> list[list[float]]:
    """Return z and g'(z) at a few places, at a kink and far out too."""
    Z = np.array([-8, -3.5, -0.5, 0, 0.25, 2, 8])
    slope = g.derivative(Z, g.function(Z)) * 1.0
    return [[z, s] for z, s in zip(Z.tolist(), slope.tolist(), strict=True)]


def network(
    rng: np.random.Generator, sizes: tuple[int, ...], hidden: tuple[str, ...]
) -> dict[str, Any]:
    """Return a network of so many features, some points, and a forward pass over all of them."""
    features = tuple(FEATURES)[: sizes[0]]
    output = "sigmoid" if sizes[-1] == 1 else "softmax"
    network = Network(sizes, hidden or "linear", output)
    theta = single(rng.normal(size=network.layout.size))
    mean, deviation = rng.normal(size=sizes[0]), rng.uniform(0.5, 2, sizes[0])
    points = single(rng.uniform(-1.5, 1.5, (6, 2)))
    labels = rng.integers(0, max(2, sizes[-1]), 6)
    Y = labels[np.newaxis] if output == "sigmoid" else np.eye(sizes[-1])[:, labels]
    X = ((expand(points, features) - mean) / deviation).T
    trace = network.forward(theta, X)
    return {
        "shape": {
            "sizes": sizes,
            "activations": network.activations,
            "features": features,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
        },
        "theta": theta.tolist(),
        "layers": [[W.tolist(), b[:, 0].tolist()] for W, b in network.layout.layers(theta)],
        "points": points.tolist(),
        "labels": labels.tolist(),
        "A": [A.T.tolist() for A in trace.A],
        "logits": trace.Z[-1].T.tolist(),
        "cost": float(network.cost(theta, X, Y)),
        "accuracy": float(LOSSES[output].correct(trace.Z[-1], labels).mean()),
    }


def movie(rng: np.random.Generator) -> dict[str, Any]:
    """Return a movie as it is sent, and what is in it."""
    thetas = single(rng.normal(size=(3, 13)))
    points = {split: single(rng.normal(size=(m, 2))) for split, m in (("train", 4), ("test", 1))}
    labels = {"train": [0, 1, 1, 0], "test": [1]}
    history = {"epoch": [0.0, 1.0, 2.0], "train_cost": [0.75, 0.5, 0.25]}
    sent = Movie(
        version="π and ∞",  # two bytes a sign and more: the header's length is that of its bytes
        sizes=(2, 3, 1),
        activation="tanh",
        features=("x1", "x2"),
        thetas=thetas,
        steps=np.array([0, 8, 16]),
        epochs=np.array([0.0, 1.0, 2.0]),
        batches_per_epoch=8,
        view=(-1.0, 1.0, -2.0, 2.0),
        points={name: Points(x, np.array(labels[name])) for name, x in points.items()},
        history={name: np.array(values) for name, values in history.items()},
        start_frame=1,
    )
    return {
        "bytes": encoded(pack(sent, {"editable": True})),
        "version": sent.version,
        "thetas": thetas.tolist(),
        "points": {
            name: [
                {"x1": x1, "x2": x2, "label": label}
                for (x1, x2), label in zip(x.tolist(), labels[name], strict=True)
            ]
            for name, x in points.items()
        },
        "history": history,
    }


def ink(rng: np.random.Generator, height: int, width: int) -> dict[str, Any]:
    """Return ink with a border of paper around most of it, and the picture it becomes."""
    pixels = np.zeros((height + 5, width + 3), np.uint8)
    pixels[2 : 2 + height, 1 : 1 + width] = rng.integers(0, 256, (height, width))
    pixels[2 : 2 + height // 2, 1 + width // 2 : 1 + width] //= 8  # so that the mass is off-centre
    return {
        "pixels": encoded(pixels.tobytes()),
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "picture": encoded(normalised(pixels).tobytes()),
    }


def single(values: Array) -> Array:
    """Return numbers that single precision holds, as doubles."""
    return values.astype(np.float32).astype(float)


def number(value: float) -> float | str:
    """Return a number as JSON can hold it, by JavaScript's name where it is not finite."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
