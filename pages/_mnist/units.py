"""The units of a layer: what each one looks for, and which digits it finds it in."""

import numpy as np
import streamlit as st

from engine.experiment.experiment import KNOBS
from engine.experiment.wording import are, counted, number
from engine.inspection.explain import weighing
from engine.nn.activations import ACTIVATIONS
from engine.nn.types import Array
from pages._kit.runs.words import a
from pages._kit.site import elements, session
from pages._kit.tiles import Tile, signed, tiles
from pages._mnist import charts_inside as charts
from pages._mnist import picks
from pages._mnist.insight import Insight

_WEIGHTS, _CHANGE, _DIGITS = "Weights", "Change from start", "Strongest digit"
_BY_NUMBER, _LARGEST = "By number", "Largest first"
_SHEET = 64
"""So many units are shown at once."""

_FEW, _SMALL, _LARGE = 16, 56, 96
"""A layer of few units has large pictures."""


class Layer:
    """Which layer is looked at, and what its units are called: neurons from 1, or classes."""

    def __init__(self, insight: Insight, l: int) -> None:
        self.insight, self.l = insight, l
        self.is_output = l == len(insight.network.sizes) - 1
        self.n = insight.network.sizes[l]
        self.first = 0 if self.is_output else 1
        self.unit = "Class" if self.is_output else "Neuron"
        self.key = f"mnist.unit.{l}.{self.n}"

    @property
    def title(self) -> str:
        return f"Output ({self.n})" if self.is_output else f"Layer {self.l} ({self.n})"

    @property
    def side(self) -> int:
        """The side of one unit's picture, in pixels on screen."""
        return _LARGE if self.n <= _FEW else _SMALL

    @property
    def names(self) -> range:
        """The units' names on screen."""
        return range(self.first, self.first + self.n)

    @property
    def activation(self) -> str:
        """What makes the layer's a of its z."""
        return (*self.insight.network.activations, "softmax")[self.l - 1]

    @property
    def is_silent(self) -> bool:
        """Whether a unit passes nothing on where its z is not above 0."""
        return not self.is_output and ACTIVATIONS[self.activation].is_silent

    @property
    def W(self) -> Array:  # noqa: N802
        return self.insight.layers[self.l - 1].W

    @property
    def change(self) -> Array:
        """How far W[l] is from where it started."""
        return self.W - self.insight.start[self.l - 1].W

    @property
    def z_most(self) -> Array:
        """The largest z of each unit over the test digits, (n,)."""
        return self.insight.excited[self.l - 1].Z[:, 0]

    @property
    def chosen(self) -> int:
        """The unit, 0, 1, ..., that the visitor looks at."""
        return int(session.keep(self.key, lambda: self.first)) - self.first

    def choose(self, unit: int) -> None:
        """Look at another unit; for callbacks."""
        session.put(self.key, unit + self.first)


def show(insight: Insight) -> None:
    """Draw a sheet with one tile per unit, and below it the chosen unit by itself."""
    st.subheader("What the units look for", anchor=False)
    with st.container(horizontal=True):
        layer = _layer(insight)
        view = _DIGITS
        if layer.l == 1:
            views = (_WEIGHTS, _CHANGE, _DIGITS)
            view = elements.choose("What to show", views, key="mnist.units.view")
        order = _in_order(layer, view)
    order = order[_sheet(layer.n)]
    if view == _DIGITS:
        _digits_sheet(layer, order)
    else:
        _weights_sheet(layer, order, view)
    _one(layer)


def _layer(insight: Insight) -> Layer:
    layers = [Layer(insight, l) for l in range(1, len(insight.network.sizes))]
    if len(layers) == 1:
        return layers[0]
    titles = [layer.title for layer in layers]
    key = "mnist.units." + "-".join(map(str, insight.network.sizes))
    return layers[titles.index(elements.choose("Layer", titles, key=key))]


def _in_order(layer: Layer, view: str) -> Array:
    """Return the units in the order the visitor wants to see them in."""
    if elements.choose("Order", (_BY_NUMBER, _LARGEST), key="mnist.units.order") == _BY_NUMBER:
        return np.arange(layer.n)
    if view == _DIGITS:
        sizes = layer.z_most
    else:
        sizes = np.linalg.norm(layer.W if view == _WEIGHTS else layer.change, axis=1)
    return np.argsort(-sizes, kind="stable")


def _sheet(count: int) -> slice:
    """Return which of so many units are on the sheet that the visitor has opened."""
    if count <= _SHEET:
        return slice(0, count)
    starts = range(0, count, _SHEET)
    titles = [f"{start + 1}–{min(start + _SHEET, count)}" for start in starts]
    chosen = elements.choose("Units shown", titles, key=f"mnist.units.sheet.{count}")
    start = starts[titles.index(chosen)]
    return slice(start, start + _SHEET)


def _weights_sheet(layer: Layer, order: Array, view: str) -> None:
    values = layer.W if view == _WEIGHTS else layer.change
    bound = _bound(values)
    what = "weights" if view == _WEIGHTS else "changes"
    sheet = [
        Tile(
            unit,
            signed(values[unit], bound),
            str(unit + layer.first),
            f"{layer.unit} {unit + layer.first}, {what} from {number(float(values[unit].min()))} "
            f"to {number(float(values[unit].max()))}",
            is_signed=True,
        )
        for unit in order.tolist()
    ]
    tiles(
        sheet,
        f"{view} of each {layer.unit.lower()}",
        key="mnist.units.tiles",
        size=layer.side,
        chosen=layer.chosen,
        bound=bound,
        on_choose=layer.choose,
    )
    unit = layer.unit.lower()
    if bound == 0:
        is_now = view == _WEIGHTS
        elements.caption("Every weight is 0." if is_now else "Every weight is where it started.")
        return
    norms = np.linalg.norm(values, axis=1)
    longest = int(norms.argmax())
    meaning = (
        f"Each picture is one row of $W^{{[1]}}$, a {what} for every pixel: orange where ink "
        f"raises the {unit}'s z, blue where it lowers it."
        if view == _WEIGHTS
        else "Each picture is how far one row of $W^{[1]}$ has moved in training, pixel by pixel."
    )
    furthest, norm = number(float(np.abs(values).max())), number(float(norms[longest]))
    elements.caption(
        f"{meaning} All share one scale; its ends also stand for what lies beyond them, up to "
        f"{furthest}. The longest row is that of {unit} {longest + layer.first}, with norm {norm}."
    )


def _bound(values: Array) -> float:
    """Return the number for the ends of the colours: only one in two hundred is beyond it.

    A few long weights would otherwise make all others pale.
    """
    sizes = np.abs(values)
    return float(np.quantile(sizes, 0.995)) or float(sizes.max())


def _digits_sheet(layer: Layer, order: Array) -> None:
    insight, most = layer.insight, layer.insight.excited[layer.l - 1]
    sheet = []
    for unit in order.tolist():
        position, z = int(most.positions[unit, 0]), number(float(most.Z[unit, 0]))
        spoken = f"{layer.unit} {unit + layer.first}: {a(insight.label(position))}, z = {z}"
        caption = str(unit + layer.first)
        sheet.append(Tile(unit, insight.picture(position).ravel(), caption, spoken))
    tiles(
        sheet,
        f"The digit that excites each {layer.unit.lower()} most",
        key="mnist.units.tiles",
        size=layer.side,
        chosen=layer.chosen,
        on_choose=layer.choose,
    )
    silent = int((layer.z_most <= 0).sum())
    text = f"Of the {insight.test.m:,} test digits, the one for which each z is largest."
    if layer.is_silent:
        text += (
            f" {silent} of {counted(layer.n, 'neuron')} {are(silent)} silent for every test digit: "
            f"{'its' if silent == 1 else 'their'} z is never above 0, so ReLU passes nothing on."
        )
    elements.caption(text)


def _one(layer: Layer) -> None:
    """Draw the chosen unit: its sum for the chosen digit, what excites it, and its weights."""
    insight, unit = layer.insight, layer.chosen
    st.number_input(
        f"{layer.unit} to look at",
        min_value=layer.names[0],
        max_value=layer.names[-1],
        step=1,
        key=layer.key,
        persist_state="session",
        help="Or choose its picture above.",
    )
    st.markdown(_sum(layer, unit))
    if layer.l == 1:
        _pictures(layer, unit)
    most = insight.excited[layer.l - 1]
    elements.caption("The test digits that excite it most, with their z. Choose one to look at it.")
    tiles(
        [
            Tile(
                position,
                insight.picture(position).ravel(),
                number(z),
                f"{a(insight.label(position))}, test digit {position + 1:,}, z = {number(z)}",
            )
            for position, z in zip(
                most.positions[unit].tolist(), most.Z[unit].tolist(), strict=True
            )
        ],
        f"Digits that excite {layer.unit.lower()} {unit + layer.first} most",
        key="mnist.units.top",
        chosen=picks.digit(),
        on_choose=picks.look_at,
    )
    _wiring(layer, unit)


def _sum(layer: Layer, unit: int) -> str:
    """Return what the unit makes of the chosen digit, number by number."""
    insight, position = layer.insight, picks.digit()
    weighed = weighing(insight.network, insight.theta, insight.x(position), layer.l, unit)
    name = f"{layer.unit} {unit + layer.first}"
    weighted = float(weighed.parts.sum(dtype=float))
    sign = "+" if weighed.bias >= 0 else "−"
    terms = f"{number(weighted)} {sign} {number(abs(weighed.bias))}"
    z = (
        f"**{name}** and test digit {position + 1:,}, {a(insight.label(position))}: "
        f"z = w·{'x' if layer.l == 1 else 'a'} + b = {terms} = {number(weighed.z)}"
    )
    if layer.is_output:
        return f"{z}, from which softmax makes p = {number(weighed.a)}."
    return f"{z}, a = {KNOBS['activation'].show(layer.activation)}(z) = {number(weighed.a)}."


def _pictures(layer: Layer, unit: int) -> None:
    """Draw the unit's weights, the chosen digit, and weight times pixel."""
    insight, position = layer.insight, picks.digit()
    weights, x = layer.W[unit], insight.x(position)
    products = weights * x
    bound, reach = float(np.abs(weights).max()), float(np.abs(products).max())
    name = f"{layer.unit.lower()} {unit + layer.first}"
    tiles(
        [
            Tile(
                0,
                signed(weights, bound),
                f"weights\n±{number(bound)}",
                f"Weights of {name}, up to {number(bound)}",
                is_signed=True,
            ),
            Tile(
                1,
                insight.picture(position).ravel(),
                f"digit {position + 1:,}\n28 × 28",
                f"Test digit {position + 1:,}, {a(insight.label(position))}",
            ),
            Tile(
                2,
                signed(products, reach),
                f"weight × input\n±{number(reach)}",
                f"Weight times input of {name}, up to {number(reach)}; they add up to "
                f"{number(float(products.sum(dtype=float)))}",
                is_signed=True,
            ),
        ],
        f"How {name} sees the chosen digit",
        key="mnist.units.sum",
        size=112,
    )


def _wiring(layer: Layer, unit: int) -> None:
    """Draw the weights into a unit of a deeper layer, and those out of a hidden one."""
    layers, name = layer.insight.layers, f"{layer.unit.lower()} {unit + layer.first}"
    if layer.l > 1:
        below = Layer(layer.insight, layer.l - 1)
        elements.chart(
            charts.units(layer.W[unit], below.names, f"Neuron of layer {below.l}", "Weight in"),
            f"Into {name}: " + _extremes(layer.W[unit], below),
            key="mnist.units.in",
        )
    if not layer.is_output:
        above, out = Layer(layer.insight, layer.l + 1), layers[layer.l].W[:, unit]
        title = "Class" if above.is_output else f"Neuron of layer {above.l}"
        elements.chart(
            charts.units(out, above.names, title, "Weight out"),
            f"Out of {name}: " + _extremes(out, above),
            key="mnist.units.out",
        )


def _extremes(weights: Array, other: Layer) -> str:
    """Return the strongest weights of both signs, to or from units of another layer."""
    high, low = int(weights.argmax()), int(weights.argmin())
    unit = other.unit.lower()
    return (
        f"largest for {unit} {high + other.first} ({number(float(weights[high]))}), smallest for "
        f"{unit} {low + other.first} ({number(float(weights[low]))})."
    )
