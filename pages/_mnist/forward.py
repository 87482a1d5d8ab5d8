"""The forward pass with the shapes of its matrices, as the notes write them."""

import streamlit as st

from engine.experiment.experiment import KNOBS
from engine.inspection.explain import Product, products
from pages._kit.site import elements
from pages._mnist.insight import Insight

_ONE, _BATCH = "One digit", "A mini-batch"


def show(insight: Insight) -> None:
    """Write down every step from A[0] to A[L], for one digit or a mini-batch at once."""
    st.subheader("The forward pass, with shapes", anchor=False)
    choice = elements.choose("How many digits at once", (_ONE, _BATCH), key="mnist.forward")
    m = 1
    if choice == _BATCH:
        m = insight.live.experiment.batch_size or insight.live.trainer.problem.train.m
    st.markdown(steps(insight, m))


def steps(insight: Insight, m: int) -> str:
    """Return the steps for m digits as a Markdown list."""
    network = insight.network
    inputs = "one digit as a column" if m == 1 else f"{m:,} digits, a column each"
    lines = [f"$A^{{[0]}} = X:\\ (784, {m})$, the 28 × 28 pixels of {inputs}"]
    g = [*map(KNOBS["activation"].show, network.activations), "softmax"]
    lines += map(_step, products(network, m), g)
    total = network.layout.size
    lines.append(f"{total:,} weights and biases in all; each takes part once for every digit")
    return "\n".join(f"- {line}" for line in lines)


def _step(product: Product, g: str) -> str:
    l, (n, below) = product.l, product.W
    return (
        f"$Z^{{[{l}]}} = W^{{[{l}]}} A^{{[{l - 1}]}} + b^{{[{l}]}}:\\ "
        f"{_pair(product.W)}\\,{_pair(product.A)} + {_pair(product.b)} \\to {_pair(product.Z)}$, "
        f"then $A^{{[{l}]}} = \\text{{{g}}}(Z^{{[{l}]}}):\\ {_pair(product.Z)}$. "
        f"{n:,} × {below:,} + {n:,} = {n * below + n:,} weights and biases"
    )


def _pair(shape: tuple[int, int]) -> str:
    return f"({shape[0]}, {shape[1]})"
