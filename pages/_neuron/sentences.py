"""What the page says of the loop, of the race, and of arrays that are stretched."""

from collections.abc import Sequence

from engine.experiment.wording import counted, number, power
from engine.inspection.broadcasting import Axis, Shape, together
from engine.inspection.race import Lap
from pages._kit.runs.words import duration


def looped(m: int, difference: float) -> str:
    """Say how a loop that has ended compares with the lines without one."""
    same = "to the last bit" if difference == 0 else f"but for rounding, {power(difference)}"
    return f"After {counted(m, 'turn')} the loop and the lines without one agree {same}."


def raced(n: int, laps: Sequence[Lap], wanted: int) -> str:
    """Say how long both take for the most samples, how much of it was estimated, and the bound."""
    longest = laps[-1]
    told = (
        f"{counted(longest.m, 'sample')} of {counted(n, 'input')}: {_time(longest.loop)} with a "
        f"loop, {_time(longest.vector)} without, {number(_rounded(longest.ratio))} times as long."
    )
    if longest.is_estimated:
        told += " Crosses are estimated: as many times the loop over fewer samples."
    if longest.m < wanted:
        told += f" {wanted:,} would be more numbers than a race may have here."
    return told


def _rounded(ratio: float) -> float:
    """Return a ratio as exactly as it can be measured."""
    return round(ratio) if ratio >= 10 else round(ratio, 1)


def _time(seconds: float) -> str:
    if seconds >= 1:
        return duration(seconds)
    return f"{number(1e3 * seconds)} ms" if seconds >= 1e-3 else f"{number(1e6 * seconds)} µs"


def fitted(left: Shape, right: Shape, axes: Sequence[Axis]) -> str:
    """Say what becomes of two shapes, as NumPy would."""
    result = together(axes)
    if result is None:
        return (
            f"NumPy refuses: “operands could not be broadcast together with shapes "
            f"{_shape(left)} {_shape(right)}”."
        )
    return f"{left} and {right} give {result}."


def _shape(shape: Shape) -> str:
    """Return a shape as NumPy's error writes it."""
    return str(shape).replace(" ", "")
