"""What the layers' numbers say, in sentences that name layers and sizes."""

from collections.abc import Sequence

import numpy as np

from engine.experiment.experiment import Experiment
from engine.experiment.wording import exact, listed, percent, size
from engine.inspection.depth import EXPLODED, VANISHED, Linear, Profile, State, states
from engine.nn.activations import ACTIVATIONS
from engine.nn.types import Array
from engine.training.run import Run


def layers(chosen: Sequence[int]) -> str:
    """Return layers by their numbers, ascending, runs of them drawn together.

    >>> layers([3]), layers([1, 2, 3, 5]), layers([1, 2])
    ('layer 3', 'layers 1 to 3 and 5', 'layers 1 and 2')
    """
    stretches: list[list[int]] = []
    for l in chosen:
        if stretches and stretches[-1][-1] == l - 1:
            stretches[-1].append(l)
        else:
            stretches.append([l])
    parts = []
    for stretch in stretches:
        if len(stretch) > 2:
            parts.append(f"{stretch[0]} to {stretch[-1]}")
        else:
            parts += map(str, stretch)
    return f"{'layers' if len(chosen) > 1 else 'layer'} {listed(parts)}"


def holds(dtype: np.dtype[np.floating]) -> str:
    """Return what a kind of number can hold."""
    limits = np.finfo(dtype)
    least, most = size(float(limits.smallest_subnormal)), size(float(limits.max))
    return f"{dtype.name} holds nothing between 0 and {least}, and nothing above {most}"


def judged(profile: Profile) -> list[State]:
    """Return what has become of each layer's gradient."""
    return states(profile.gradient, float(profile.passed[-1]))


def gradients(profile: Profile, experiment: Experiment, dtype: np.dtype[np.floating]) -> str:
    """Return which layers' gradients vanish or explode, by how much, and if they are lost, why."""
    found, told = judged(profile), []
    for state, tell in _TOLD.items():
        chosen = [l for l, is_state in enumerate(found, start=1) if is_state is state]
        if chosen:
            told.append(tell(chosen, profile))
    if State.OVERFLOW in found or State.NOTHING in found:
        told.append(_reason(profile, experiment, dtype))
    return " ".join(told) or _sound(profile.gradient)


def _vanished(chosen: Sequence[int], profile: Profile) -> str:
    gradient, last = profile.gradient, float(profile.gradient[-1])
    first = chosen[int(np.argmin(gradient[np.array(chosen) - 1]))]
    told, is_last_too = f"The gradient vanishes in {layers(chosen)}", chosen[-1] == len(gradient)
    ratio = float(gradient[first - 1]) / last if last > 0 else np.nan
    if np.isfinite(ratio) and (ratio < VANISHED or not is_last_too):
        told += f": layer {first}'s is {size(ratio)} of the last layer's"
    if not is_last_too:
        return f"{told}."
    return (
        f"{told}. Even the last layer's is only {size(last)} per weight, though the error at the "
        f"output is {size(float(profile.passed[-1]))}: {_of_faint(profile.activation)}."
    )


def _of_faint(activation: Array) -> str:
    """Return why the last layer's gradient is small although there is an error."""
    if len(activation) > 1 and activation[-2] < VANISHED:
        return f"its inputs have shrunk to {size(float(activation[-2]))}"
    return "the errors of the samples cancel out"


def _nothing(chosen: Sequence[int], profile: Profile) -> str:
    return f"The gradient is exactly 0 in {layers(chosen)}."


def _exploded(chosen: Sequence[int], profile: Profile) -> str:
    gradient = profile.gradient
    largest = chosen[int(np.argmax(gradient[np.array(chosen) - 1]))]
    return (
        f"The gradient explodes in {layers(chosen)}: layer {largest}'s is "
        f"{size(float(gradient[largest - 1]))} per weight, where {exact(EXPLODED)} is far too much."
    )


def _overflow(chosen: Sequence[int], profile: Profile) -> str:
    return f"The gradient overflows in {layers(chosen)}."


_TOLD = {
    State.OVERFLOW: _overflow,
    State.EXPLODED: _exploded,
    State.NOTHING: _nothing,
    State.VANISHED: _vanished,
}


def _sound(gradient: Array) -> str:
    least, most = int(np.argmin(gradient)), int(np.argmax(gradient))
    if least == most:
        return f"The gradient neither vanishes nor explodes: {size(float(gradient[0]))} per weight."
    return (
        f"No layer's gradient vanishes or explodes: they are from {size(float(gradient[least]))} "
        f"per weight (layer {least + 1}) to {size(float(gradient[most]))} (layer {most + 1})."
    )


def _reason(profile: Profile, experiment: Experiment, dtype: np.dtype[np.floating]) -> str:
    """Return why numbers became 0 or infinite."""
    if not np.isfinite(profile.gradient).all():
        return f"A {holds(dtype)}: what is larger becomes infinite."
    silent = [l for l, rms in enumerate(profile.activation[:-1], start=1) if rms == 0]
    if silent:
        return (
            f"All activations of {layers(silent)} are exactly 0, and nothing passes a layer of 0."
        )
    if experiment.initializer == "zeros" or experiment.init_scale == 0:
        return "Weights of 0 pass nothing back."
    left = profile.passed[profile.passed > 0]
    if len(left) and left.min() < _NEAR_THE_END * np.finfo(dtype).tiny:
        return f"A {holds(dtype)}: what is smaller becomes 0."
    saturating = [ACTIVATIONS[name].saturates for name in experiment.activations]
    if all(saturating):
        return "On the way back all units that matter are saturated: their slope g' rounds to 0."
    if any(saturating):
        return "On the way back the slope g' of all units that matter is 0, or rounds to it."
    if any(ACTIVATIONS[name].is_silent for name in experiment.activations):
        return "On the way back all units that matter are at z ≤ 0, where the slope of ReLU is 0."
    return "On the way back all units that matter are so far below 0 that their slope rounds to 0."


_NEAR_THE_END = 1e6
"""A gradient that comes within this factor of the smallest normal number is about to be lost."""


CURVES = (
    "½ W and 2 W: the start with half and with twice its weights. Size: root mean square, as of a "
    "typical entry."
)
"""How the curves over the layers are to be read."""


def activations(activation: Array, scaled: Array) -> str:
    """Return how the hidden activations (L,) of the start change from the first layer to the last.

    `scaled` (2, L) are those with half and with twice the weights.
    """
    hidden = activation[:-1]
    if len(hidden) == 0:
        return "There is no hidden layer: the inputs go straight to the output."
    if len(hidden) == 1:
        return f"The hidden layer's activations are {size(float(hidden[0]))} (root mean square)."
    first, last, count = float(hidden[0]), float(hidden[-1]), len(hidden)
    if not np.isfinite(hidden).all():
        lost = int(np.argmin(np.isfinite(hidden))) + 1
        return f"The activations overflow from layer {lost} on."
    half, twice = (size(float(row[-2])) for row in scaled)
    return (
        f"Activations before training: {size(first)} in layer 1, {size(last)} in layer {count}; "
        f"there {half} from ½ W, {twice} from 2 W."
    )


def share(gradient: Array) -> str:
    """Return layer 1's gradient as a share of the last layer's."""
    first, last = float(gradient[0]), float(gradient[-1])
    if not np.isfinite([first, last]).all():
        return "overflow"
    if last > 0:
        return size(first / last)
    return "0 of 0" if first == 0 else "no share"


def scale(start: Array, now: Array, scaled: Array, name: str) -> str:
    """Return layer 1's gradient and the last layer's (L,), before training and now.

    `scaled` (2, L) are those before training with half and with twice the weights.
    """
    of = "of the weights" if name == "gradient" else "passed back"
    if len(now) == 1:
        return f"The gradient {of} (root mean square): {size(float(start[0]))} before training."
    half, twice = (size(float(row[0])) for row in scaled)
    return (
        f"The gradient {of} before training: {size(float(start[-1]))} in layer {len(now)}, "
        f"{size(float(start[0]))} in layer 1; there {half} from ½ W, {twice} from 2 W, and "
        f"{size(float(now[0]))} now."
    )


def of_map(values: Array) -> str:
    """Return how a map of sizes (K, L) is to be read, with its ends."""
    sound = values[np.isfinite(values) & (values > 0)]
    ends = (
        f"from {size(float(sound.min()))} to {size(float(sound.max()))}" if len(sound) else "none"
    )
    told = (
        f"A column for every kept epoch, a row for every layer, the last one on top: {ends}, blue "
        "is small and orange large."
    )
    if (values == 0).any():
        told += " Green is exactly 0."
    return told if np.isfinite(values).all() else f"{told} Pink has overflowed."


def diverged(run: Run, dtype: np.dtype[np.floating]) -> str:
    """Return what happened to a run that left the finite numbers, or nothing."""
    if run.diverged_at is None:
        return ""
    most = size(float(np.finfo(dtype).max))
    if run.diverged_at == 0:
        return (
            f"The numbers are larger than {dtype.name} can hold ({most}) before the first step: "
            "there is a start, but nothing to train."
        )
    return (
        f"In epoch {run.diverged_at:,} the numbers became larger than {dtype.name} can hold "
        f"({most}): training diverged, and the pictures end before that."
    )


def reached(run: Run) -> str:
    """Return what a run has learned so far, or nothing where it has no numbers."""
    if not len(run.history["epoch"]):
        return ""
    cost, right = (run.final(f"train_{name}") for name in ("cost", "accuracy"))
    return f"{percent(right)} of the training samples are right, at a cost of {size(cost)}."


def thought(w: float, depth: int, seen: Linear) -> str:
    """Return what the notes' linear network does to an activation and to a gradient."""
    end, back = float(seen.activation[-1]), float(seen.passed[0])
    if w == 1:
        return (
            f"w = 1: after {depth} layers the activation is still 1, and the gradient arrives at "
            "layer 1 as it left the last one. At exactly 1 nothing grows and nothing shrinks."
        )
    verb, verdict = ("grows", "explodes") if w > 1 else ("shrinks", "vanishes")
    return (
        f"w = {exact(w)}: an activation of 1 {verb} to w^L = {size(end)} in {depth} layers: it "
        f"{verdict}. On the way back the gradient that reaches layer 1 is w^(L−1) = {size(back)} "
        "times the last layer's."
    )
