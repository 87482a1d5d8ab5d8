"""Any cell of a step unfolded: the sum it is, with the cells that are multiplied in it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from engine.inspection.one_step.step import Step
from engine.nn.activations import ACTIVATIONS
from engine.nn.losses import LOSSES

GIVEN = ("A0", "Y")
"""What a step is given besides its weights and biases."""


class Ref(NamedTuple):
    """A cell: the key of its matrix, its row and its column, from 0."""

    key: str
    row: int
    column: int

    def value(self, step: Step) -> float:
        """Return the number that stands there."""
        return float(step.matrices[self.key][self.row, self.column])


class Term(NamedTuple):
    """A product of cells, which a sum has so many times."""

    factor: float
    refs: tuple[Ref, ...]

    def value(self, step: Step) -> float:
        """Return the product."""
        product = self.factor
        for ref in self.refs:
            product *= ref.value(step)
        return product


class Unfolding(NamedTuple):
    """What a cell is made of: scale times the sum of the terms, or a formula of other cells.

    scale, scaled   what all terms are multiplied by, and how it is written: 1/m, -alpha
    terms    the products that are added up
    formula  in place of terms, code in the letters of `names`, each of which is a cell
    roles    what the factors of a term are, where the chain rule multiplies them
    again    another way to the same number, a formula in the letters of `again_names`
    """

    scale: float = 1.0
    scaled: str = ""
    terms: tuple[Term, ...] = ()
    formula: str = ""
    names: Mapping[str, Ref] = {}
    roles: tuple[str, ...] = ()
    again: str = ""
    again_names: Mapping[str, Ref] = {}

    def total(self, step: Step) -> float:
        """Return what the terms add up to."""
        return self.scale * sum(term.value(step) for term in self.terms)


def unfold(step: Step, key: str, row: int, column: int) -> Unfolding | None:
    """Return what a cell is made of; None for what is given: inputs, labels, weights, biases."""
    found = re.fullmatch(r"(d?[ZAWbg]|losses|J|fall|predicted)(\d*)(\+?)", key)
    if found is None or key in GIVEN:
        return None
    kind, l, after = found[1], int(found[2] or 0), found[3]
    if after and kind in "Wb":
        return _updated(step, kind, l, row, column)
    if kind in "Wb":
        return None
    return _UNFOLDED[kind](step, l, row, column, after)


def _updated(step: Step, kind: str, l: int, row: int, column: int) -> Unfolding:
    old, slope = (Ref(f"{name}{l}", row, column) for name in (kind, f"d{kind}"))
    return Unfolding(
        terms=(Term(1.0, (old,)), Term(-step.alpha, (slope,))),
        roles=("what it was, less α times its slope",),
    )


def _Z(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:  # noqa: N802
    products = [
        Term(1.0, (Ref(f"W{l}", i, j), Ref(f"A{l - 1}", j, k)))
        for j in range(step.network.sizes[l - 1])
    ]
    return Unfolding(terms=(*products, Term(1.0, (Ref(f"b{l}", i, 0),))))


def _A(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:  # noqa: N802
    z = Ref(f"Z{l}", i, k)
    if l < step.depth:
        written = ACTIVATIONS[step.network.activations[l - 1]].written.browser
        return Unfolding(formula=written.replace("Math.", ""), names={"z": z})
    derivation = LOSSES[step.network.output].derivation
    if derivation.is_elementwise:
        return Unfolding(formula=derivation.activation_cell, names={"z": z})
    rows = range(step.network.sizes[l])
    names = {f"z_{j + 1}": Ref(f"Z{l}", j, k) for j in rows}
    total = " + ".join(f"exp({name})" for name in names)
    return Unfolding(formula=f"exp(z_{i + 1}) / ({total})", names=names)


def _losses(step: Step, l: int, i: int, k: int, after: str) -> Unfolding | None:
    if after:
        return None
    parts = LOSSES[step.network.output].derivation.parts
    scale = parts[0].factor
    terms = tuple(
        Term(part.factor / scale, (Ref(part.left, j, k), Ref(part.right, j, k)))
        for j in range(step.network.sizes[-1])
        for part in parts
    )
    return Unfolding(scale, {0.5: "½", -1.0: "−"}[scale], terms)


def _J(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:  # noqa: N802
    terms = tuple(Term(1.0, (Ref(f"losses{after}", 0, k),)) for k in range(step.m))
    return Unfolding(1 / step.m, f"1/{step.m}", terms)


def _dA(step: Step, l: int, j: int, k: int, after: str) -> Unfolding:  # noqa: N802
    if l == step.depth:
        names = {"a": Ref(f"A{l}", j, k), "y": Ref("Y", j, k)}
        cell = LOSSES[step.network.output].derivation.slope_cell
        return Unfolding(formula=cell, names=names, roles=("∂ℒ/∂a",))
    terms = tuple(
        Term(1.0, (Ref(f"W{l + 1}", i, j), Ref(f"dZ{l + 1}", i, k)))
        for i in range(step.network.sizes[l + 1])
    )
    return Unfolding(terms=terms, roles=("∂z/∂a", "∂ℒ/∂z"))


def _dZ(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:  # noqa: N802
    if l < step.depth:
        term = Term(1.0, (Ref(f"dA{l}", i, k), Ref(f"g{l}", i, k)))
        return Unfolding(terms=(term,), roles=("∂ℒ/∂a", "∂a/∂z"))
    n = step.network.sizes[-1]
    is_elementwise = LOSSES[step.network.output].derivation.is_elementwise
    terms = tuple(
        Term(
            1.0,
            (Ref(f"dA{l}", j, k), Ref(f"g{l}", *((i, k) if is_elementwise else (k * n + j, i)))),
        )
        for j in ([i] if is_elementwise else range(n))
    )
    names = {"a": Ref(f"A{l}", i, k), "y": Ref("Y", i, k)}
    return Unfolding(terms=terms, roles=("∂ℒ/∂a", "∂a/∂z"), again="a - y", again_names=names)


def _dW(step: Step, l: int, i: int, j: int, after: str) -> Unfolding:  # noqa: N802
    terms = tuple(Term(1.0, (Ref(f"dZ{l}", i, k), Ref(f"A{l - 1}", j, k))) for k in range(step.m))
    return Unfolding(1 / step.m, f"1/{step.m}", terms, roles=("∂ℒ/∂z", "∂z/∂w"))


def _db(step: Step, l: int, i: int, j: int, after: str) -> Unfolding:
    terms = tuple(Term(1.0, (Ref(f"dZ{l}", i, k),)) for k in range(step.m))
    return Unfolding(1 / step.m, f"1/{step.m}", terms, roles=("∂ℒ/∂z, for ∂z/∂b is 1",))


def _g(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:
    if l < step.depth:
        shown = ACTIVATIONS[step.network.activations[l - 1]].written.shown
        formula = re.sub(r"\b[AZ]\b", lambda letter: letter[0].lower(), shown.replace("np.", ""))
        return Unfolding(formula=formula, names={"z": Ref(f"Z{l}", i, k), "a": Ref(f"A{l}", i, k)})
    if step.network.output == "linear":
        return Unfolding(formula="1")
    n = step.network.sizes[-1]
    if LOSSES[step.network.output].derivation.is_elementwise:
        return Unfolding(formula="a * (1 - a)", names={"a": Ref(f"A{l}", i, k)})
    sample, j = divmod(i, n)
    if j == k:
        return Unfolding(formula="a * (1 - a)", names={"a": Ref(f"A{l}", j, sample)})
    names = {"a_j": Ref(f"A{l}", j, sample), "a_i": Ref(f"A{l}", k, sample)}
    return Unfolding(formula="-a_j * a_i", names=names)


def _fall(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:
    return Unfolding(terms=(Term(1.0, (Ref("J+", 0, 0),)), Term(-1.0, (Ref("J", 0, 0),))))


def _predicted(step: Step, l: int, i: int, k: int, after: str) -> Unfolding:
    cells = [
        Ref(f"d{name}{layer}", row, column)
        for layer in range(1, step.depth + 1)
        for name in ("W", "b")
        for row in range(step.matrices[f"d{name}{layer}"].shape[0])
        for column in range(step.matrices[f"d{name}{layer}"].shape[1])
    ]
    return Unfolding(-step.alpha, "−α", tuple(Term(1.0, (cell, cell)) for cell in cells))


_UNFOLDED = {
    "Z": _Z, "A": _A, "losses": _losses, "J": _J, "dA": _dA, "dZ": _dZ, "dW": _dW, "db": _db,
    "g": _g, "fall": _fall, "predicted": _predicted,
}  # fmt: skip
