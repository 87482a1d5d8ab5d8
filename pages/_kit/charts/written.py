"""Numbers in charts, written as `engine.experiment.wording` writes them: as Vega expressions.

What a chart declares with d3's formats, for its tooltips, is translated; axes are given labels.
"""

from collections.abc import Callable
from typing import Any

from engine.nn.decision import ZERO

_RAISED = dict(zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_HALF = "(1 + 1e-12)"
"""What lifts a five over the edge: d3 rounds the float, which may be a little less."""


def number(value: str) -> str:
    """Return the expression that writes a number with three significant digits or in full."""
    size, lifted = f"abs({value}) * {_HALF}", f"{value} * {_HALF}"
    return _either(
        (f"!isNumber({value}) || !isFinite({value})", "'not finite'"),
        (f"abs({value}) < {ZERO:g}", "'0'"),
        (f"{value} == floor({value}) && abs({value}) < 1e6", f"format({value}, ',d')"),
        (f"{size} >= 9.995e-5 && {size} < 999500", f"format({lifted}, ',.3r')"),
        otherwise=_scientific(f"format({lifted}, '.2e')"),
    )


def size(value: str) -> str:
    """Return the expression that writes a number of any size."""
    return _either(
        (f"!isNumber({value}) || !isFinite({value})", "'overflow'"),
        (f"{value} == 0", "'0'"),
        (f"abs({value}) >= 1e-3 && abs({value}) < 1e5", number(value)),
        otherwise=_scientific(f"replace(format({value} * {_HALF}, '.1e'), '1.0e', '1e')"),
    )


def percent(value: str) -> str:
    """Return the expression that writes a share as per cent with one decimal."""
    return f"format(100 * {value} * {_HALF}, ',.1f') + ' %'"


def points(value: str) -> str:
    """Return the expression that writes a difference of shares in percentage points, signed."""
    return f"format(100 * {value} * {_HALF}, '+,.1f') + ' points'"


def chosen(value: str = "datum.value") -> str:
    """Return the expression that writes a tick with as few digits as say it."""
    return _either(
        (f"{value} == 0", "'0'"),
        (f"abs({value}) >= 9.9e-5 && abs({value}) < 1e6", f"format({value}, ',~r')"),
        otherwise=_scientific(f"format({value}, '~e')"),
    )


def power(exponent: str = "datum.value") -> str:
    """Return the expression that writes 10 to a whole power: 10⁻⁷, 1, 10."""
    raised = "'10' + " + _raised(f"toString({exponent})")
    return _either((f"{exponent} == 0", "'1'"), (f"{exponent} == 1", "'10'"), otherwise=raised)


def labelled() -> str:
    """Return the expression for an axis that leaves some ticks bare, as a logarithmic one does."""
    return _either(("datum.label == ''", "''"), otherwise=chosen())


_WRITERS: dict[str, Callable[[str], str]] = {
    ".3g": number, ".3f": number, ".6g": size, ".2e": size, ".3e": size, ".6e": size,
    ".0e": chosen, ".0%": percent, ".1%": percent, ".2%": percent, "+.1%": points, "+.2%": points,
}  # fmt: skip


def translated(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a Vega-Lite specification whose tooltips write numbers as everybody does."""
    told = dict(spec)
    for joined in ("layer", "hconcat", "vconcat"):
        if joined in spec:
            told[joined] = [translated(part) for part in spec[joined]]
    tips = spec.get("encoding", {}).get("tooltip")
    numbers = [tip for tip in tips if _is_number(tip)] if isinstance(tips, list) else []
    if numbers:
        texts = [
            {"calculate": _WRITERS[tip["format"]](f"datum['{tip['field']}']"), "as": _text(tip)}
            for tip in numbers
        ]
        told["encoding"] = {**spec["encoding"], "tooltip": [_tip(tip) for tip in tips]}
        told["transform"] = [*spec.get("transform", []), *texts]
    return told


def _is_number(tip: dict[str, Any]) -> bool:
    return tip.get("format") in _WRITERS


def _tip(tip: dict[str, Any]) -> dict[str, Any]:
    if not _is_number(tip):
        return tip
    plain = {key: value for key, value in tip.items() if key != "format"}
    return {**plain, "field": _text(tip), "type": "nominal"}


def _text(tip: dict[str, Any]) -> str:
    return f"{tip['field']} as text"


def _either(*cases: tuple[str, str], otherwise: str) -> str:
    return "(" + "".join(f"{test} ? {text} : " for test, text in cases) + f"{otherwise})"


def _scientific(formatted: str) -> str:
    """Return the expression that turns d3's 1.50e-7 into 1.50 × 10⁻⁷, and 1e-7 into 10⁻⁷."""
    mantissa, exponent = (f"split({formatted}, 'e')[{k}]" for k in (0, 1))
    raised = "'10' + " + _raised(f"replace({exponent}, '+', '')")
    bare = f"replace({mantissa}, '-', '−')"
    return _either(
        (f"{bare} == '1'", raised),
        (f"{bare} == '−1'", f"'−' + {raised}"),
        otherwise=f"{bare} + ' × ' + {raised}",
    )


def _raised(digits: str) -> str:
    for plain, raised in _RAISED.items():
        digits = f"replace({digits}, regexp('{plain}', 'g'), '{raised}')"
    return digits
