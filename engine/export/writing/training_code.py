"""The code of training: knobs, regularisation, a step of the optimiser, the loop over epochs."""

import re
import textwrap
from collections.abc import Callable
from typing import NamedTuple

from engine.experiment.experiment import KNOBS
from engine.experiment.streams import stream
from engine.export.writing.inlining import inlined
from engine.export.writing.network_code import trace
from engine.export.writing.piece import Piece, body, functions, lines
from engine.export.writing.plan import Plan
from engine.optim.optimizers import EPSILON, OPTIMIZERS, Written
from engine.optim.schedules import SCHEDULES
from engine.training.progress import ROUNDING

# --- knobs ----------------------------------------------------------------------------------------


def knobs_piece(plan: Plan) -> Piece:
    """Return the piece that gives every knob its value, and the streams of chance."""
    rows = [_sizes(plan), *([_activations(plan)] if plan.names_g else [])]
    rows += [_assigned(plan, name, as_what) for name, as_what in _used_knobs(plan).items()]
    if "epsilon" in _written(plan).step:
        rows.append(f"epsilon = {EPSILON!r}  # against a division by zero")
    if "shrink" in _written(plan).step:
        rows.append("decays = (weight_decay, 0.0) * (len(n) - 1)  # of W, b, W, b, ...")
    prose = "Every number that one may want to change."
    if plan.is_random:
        prose += (
            " Chance has a stream for each purpose, so that changing one knob leaves the draws of "
            "all others as they were."
        )
    return Piece("The knobs", prose, functions(lines(*rows), inlined(stream) * plan.is_random))


def _sizes(plan: Plan) -> str:
    if plan.is_written_out:
        return f"n = {plan.n}  # units of each layer, the inputs first"
    widths = textwrap.wrap(f"{', '.join(map(str, plan.n))},", 90)
    return lines("n = (  # units of each layer, the inputs first", body(*widths), ")")


def _activations(plan: Plan) -> str:
    names = textwrap.wrap(", ".join(f'"{name}"' for name in plan.activations) + ",", 90)
    return lines("g = (  # what each hidden layer does to its Z", body(*names), ")")


def _used_knobs(plan: Plan) -> dict[str, str]:
    """Return the knobs that the code mentions by name, and the names they have there."""
    experiment, method = plan.experiment, OPTIMIZERS[plan.experiment.optimizer]
    is_drawn = not plan.is_of_images and bool(plan.counts)
    draws = plan.draws_weights or plan.is_shuffled or plan.has_dropout
    used = {
        "samples": is_drawn,
        "noise": is_drawn,
        "bits": KNOBS["bits"].matters(experiment),
        "classes": KNOBS["classes"].matters(experiment),
        "data_seed": bool(plan.counts) or plan.is_shifted,
        "shift_strength": plan.is_shifted and experiment.shift_strength > 0,
        "target_share": plan.is_shifted and experiment.shift_strength * experiment.target_share > 0,
        "init_scale": experiment.init_scale != 1,
        "init_noise": experiment.init_noise > 0,
        "learning_rate": True,
        "decay_rate": plan.has_decay,
        "decay_interval": KNOBS["decay_interval"].matters(experiment),
        "batch_size": plan.batch_size is not None,
        "epochs": True,
        "patience": plan.is_patient,
        "beta1": "beta1" in method.uses,
        "beta2": "beta2" in method.uses,
        "weight_decay": "weight_decay" in method.uses,
        "clip": experiment.clip > 0,
        "l1": experiment.l1 > 0,
        "l2": experiment.l2 > 0,
        "keep_prob": plan.has_dropout,
        "seed": draws or experiment.init_noise > 0,
    }
    renamed = {"learning_rate": "alpha_0" if plan.has_decay else "alpha"}
    return {name: renamed.get(name, name) for name, is_used in used.items() if is_used}


def _assigned(plan: Plan, name: str, as_what: str) -> str:
    return f"{as_what} = {getattr(plan.experiment, name)!r}  # {KNOBS[name].label}"


# --- one step -------------------------------------------------------------------------------------


def step_pieces(plan: Plan) -> list[Piece]:
    """Return the pieces that define one step of training on the samples of X, `descend`."""
    return [*_regularisation(plan), _descent(plan)]


def _regularisation(plan: Plan) -> list[Piece]:
    pieces = []
    if plan.has_dropout:
        pieces.append(_dropout(plan))
    if plan.has_penalty:
        pieces.append(_penalty(plan))
    if plan.experiment.clip:
        pieces.append(_clipping())
    return pieces


def _dropout(plan: Plan) -> Piece:
    kept = "np.float32(keep_prob)" if plan.is_single else "keep_prob"
    prose = (
        r"An entry of $D^{[l]}$ is $1 / \text{keep\_prob}$ with probability keep_prob and else 0, "
        "so that the expected activation stays what it was. At test time nothing is dropped."
    )
    code = f'''\
def dropout_masks(m, rng):
    """Return one mask (n[l], m) for each hidden layer."""
    keep = {kept}
    return [(rng.random((width, m)) < keep) / keep for width in n[1:-1]]'''
    return Piece("Dropout", prose, code)


def _penalty(plan: Plan) -> Piece:
    shares, costs, gradients, equations = [], [], [], []
    if plan.experiment.l1:
        shares.append(_share(plan, "l1"))
        costs.append("(l1_share * np.abs(W)).sum()")
        gradients.append("dW += l1_share * np.sign(W)")
        equations.append(r"$\frac{\lambda_1}{m} \sum_l \sum_{i,j} |w_{ij}^{[l]}|$")
    if plan.experiment.l2:
        shares.append(_share(plan, "l2"))
        costs.append("0.5 * (l2_share * W**2).sum()")
        gradients.append("dW += l2_share * W")
        equations.append(r"$\frac{\lambda}{2m} \sum_l \lVert W^{[l]} \rVert_F^2$")
    prose = (
        f"The cost $J$ is the mean loss plus {' plus '.join(equations)}. $m$ is the size of the "
        "training set, whatever the batch size; biases are never penalised."
    )
    code = functions(
        lines(*shares),
        lines(
            "def penalty(theta):",
            '    """Return what is added to the mean loss."""',
            f"    return sum({' + '.join(costs)} for W in theta[::2])",
        ),
        lines(
            "def add_penalty(theta, gradients):",
            '    """Add the gradient of the penalty to every dW, in place."""',
            "    for W, dW in zip(theta[::2], gradients[::2], strict=True):",
            *(f"        {row}" for row in gradients),
        ),
    )
    return Piece("The penalty", prose, code)


def _share(plan: Plan, name: str) -> str:
    if plan.is_single:
        return f"{name}_share = np.float32({name}) * (np.float32(1) / np.float32(m))"
    return f"{name}_share = {name} * (1 / m)"


def _clipping() -> Piece:
    prose = (
        r"$d\theta := d\theta \min(1, c / \lVert d\theta \rVert)$, all gradients together, so that "
        "the direction stays. The norm is taken of numbers up to 1, whose squares cannot overflow."
    )
    code = '''\
def clip_by_norm(gradients):
    """Scale all gradients, in place, so that their common Euclidean norm is at most `clip`."""
    whole = np.concatenate([dP.ravel() for dP in gradients])
    largest = np.abs(whole).max()
    norm = largest * np.linalg.norm(whole / largest, axis=0)
    if norm > clip:
        for dP in gradients:
            dP *= clip / float(norm)'''
    return Piece("Clipping", prose, code)


def _descent(plan: Plan) -> Piece:
    """Write `descend`, and where batches are huge the sum over their parts."""
    method = OPTIMIZERS[plan.experiment.optimizer]
    equations = ", ".join(f"${step}$" for step in method.formula)
    definitions, prose = [], f"{equations}.{method.written.remark}"
    if plan.is_plain:
        prose += (
            r" Backpropagation is linear in the weight of a sample's loss, so with $\alpha / m$ in "
            r"place of $1 / m$ it returns $\alpha\, d\theta$, the whole step."
        )
    if plan.is_in_parts:
        definitions.append(_summed_over_parts(plan))
        prose += f" A batch is gone through {plan.part:,} samples at a time, which saves memory."
    rows = _plain_step(plan) if plan.is_plain else _step(plan)
    definition = lines(
        f"def descend({', '.join(['theta', 'X', 'Y', *_state(plan)])}):",
        '    """Take one step on the samples of X, in place."""',
        body(*_gradient_rows(plan), *rows),
    )
    return Piece("One step", prose, functions(*definitions, definition))


def _state(plan: Plan) -> list[str]:
    """Return what descend is given besides theta, X and Y."""
    written = _written(plan)
    return [
        *(["alpha"] if plan.has_decay else []),
        *written.keeps,
        *(["t"] if written.counts else []),
        *(["dropout"] if plan.has_dropout else []),
    ]


def _gradient_rows(plan: Plan) -> list[str | None]:
    weight = ("alpha" if plan.is_plain else "1") + " / X.shape[1]"
    name = "steps" if plan.is_plain else "gradients"
    if plan.is_in_parts:
        dropout = ", dropout" if plan.has_dropout else ""
        return [f"{name} = summed_over_parts(theta, X, Y, {weight}{dropout})"]
    masks = ", masks" if plan.has_dropout else ""
    return [
        "masks = dropout_masks(X.shape[1], dropout)" if plan.has_dropout else None,
        f"{trace(plan)} = forward(theta, X{masks})",
        f"{name} = backward(theta, Y, {trace(plan)}{masks}, {weight})",
    ]


def _plain_step(plan: Plan) -> list[str | None]:
    return [
        "for P, step in zip(theta, steps, strict=True):  # W := W - alpha dW, b := b - alpha db",
        "    P -= step",
    ]


def _step(plan: Plan) -> list[str | None]:
    written = _written(plan)
    names = ["P", "dP", *written.keeps.lower()]
    arrays = ["theta", "gradients", *written.keeps]
    if "shrink" in written.step:
        names, arrays = [*names, "shrink"], [*arrays, "decays"]
    return [
        "add_penalty(theta, gradients)" if plan.has_penalty else None,
        "clip_by_norm(gradients)" if plan.experiment.clip else None,
        written.before,
        f"for {', '.join(names)} in zip({', '.join(arrays)}, strict=True):",
        body(written.step),
    ]


def _written(plan: Plan) -> Written:
    return OPTIMIZERS[plan.experiment.optimizer].written


def _summed_over_parts(plan: Plan) -> str:
    dropout = ", dropout" if plan.has_dropout else ""
    masks = ", masks" if plan.has_dropout else ""
    mask_row = "    masks = dropout_masks(Y[:, part].shape[1], dropout)"
    return lines(
        f"def summed_over_parts(theta, X, Y, weight{dropout}):",
        f'    """Return the gradients of a large batch, {plan.part:,} samples at a time."""',
        body(
            "total = None",
            f"for start in range(0, X.shape[1], {plan.part}):",
            f"    part = slice(start, start + {plan.part})",
            mask_row if plan.has_dropout else None,
            f"    {trace(plan)} = forward(theta, X[:, part]{masks})",
            f"    gradients = backward(theta, Y[:, part], {trace(plan)}{masks}, weight)",
            "    if total is not None:",
            "        gradients = [a + b for a, b in zip(total, gradients, strict=True)]",
            "    total = gradients",
            "return total",
        ),
    )


# --- the loop -------------------------------------------------------------------------------------


def loop_pieces(plan: Plan) -> list[Piece]:
    """Return the pieces that train to the end and print what came of it."""
    return [_measuring(plan), _training(plan), _report(plan)]


def _measuring(plan: Plan) -> Piece:
    prose = "Cost and accuracy of every set"
    prose += ", and the penalty by itself" if plan.has_penalty else ""
    prose += "; no unit is dropped here." if plan.has_dropout else "."
    code = functions(
        lines(
            "def measure(theta):",
            '    """Return the numbers of this moment by name."""',
            "    numbers = {}",
            "    for name, (X, Y) in sets.items():",
            "        Z = forward(theta, X)[0][-1]",
            '        numbers[f"{name}_cost"] = cost(Z, Y)',
            '        numbers[f"{name}_accuracy"] = accuracy(Z, Y)',
            '    numbers["penalty"] = penalty(theta)' if plan.has_penalty else None,
            "    return numbers",
        ),
        '''\
def is_finite(theta, numbers):
    """Whether training is still within the finite numbers."""
    return all(np.isfinite(values).all() for values in [*theta, *numbers.values()])''',
    )
    return Piece("Measuring", prose, code)


_DRAWN = "order = shuffle.permutation(m)"


def _sorted(plan: Plan) -> str:
    y = "Y[0]" if plan.output == "sigmoid" else "Y.argmax(axis=0)"
    return f'order = np.argsort({y}, kind="stable")  # by class'


class _Order(NamedTuple):
    """How mini-batches are ordered: in words, and what is written before the first epoch."""

    told: str
    before: Callable[[Plan], str | None]


_ORDERS = {
    "each": _Order("of a new random order", lambda plan: None),
    "once": _Order("of one random order", lambda plan: _DRAWN),
    "sorted": _Order("of samples that are sorted by class", _sorted),
}


def _training(plan: Plan) -> Piece:
    written = _written(plan)
    sentences = ["An epoch goes through the whole training set once"]
    order = _ORDERS[plan.experiment.shuffle]
    sentences[0] += f", in mini-batches {order.told}." if plan.batch_size else "."
    if plan.has_decay:
        sentences.append(f"The learning rate changes: ${SCHEDULES[plan.experiment.decay].brief}$.")
    if plan.is_patient:
        sentences.append(
            "Training stops when the dev cost has had no new minimum for `patience` epochs, and "
            "the weights of the best epoch are kept."
        )
    code = lines(
        "theta = initialize()",
        *(f"{name} = [np.zeros_like(P) for P in theta]" for name in written.keeps),
        "t = 0" if written.counts else None,
        'shuffle = stream(seed, "batches")' if plan.is_shuffled else None,
        order.before(plan) if plan.batch_size else None,
        'dropout = stream(seed, "dropout")' if plan.has_dropout else None,
        "last, numbers, kept = 0, {}, [P.copy() for P in theta]",
        "best, best_numbers = 0, {}" if plan.is_patient else None,
        f"rounding = {ROUNDING} * np.finfo(X.dtype).eps  # less of a fall is no new minimum"
        if plan.is_patient
        else None,
        "for epoch in range(epochs + 1):",
        "    if epoch > 0:",
        body(body(*_epoch(plan))),
        "    now = measure(theta)",
        "    if not is_finite(theta, now):",
        '        print(f"diverged in epoch {epoch}")',
        "        break",
        body(*_kept(plan)),
        "theta = kept",
    )
    return Piece("Training", " ".join(sentences), code)


def _epoch(plan: Plan) -> list[str | None]:
    """Write what happens in one epoch."""
    rate = re.sub(r"\bt\b", "(epoch - 1)", SCHEDULES[plan.experiment.decay].written)
    arguments = ", ".join(["", *_state(plan)])
    count = "t += 1" if _written(plan).counts else None
    decayed = f"alpha = {rate}" if plan.has_decay else None
    if plan.batch_size is None:
        return [decayed, count, f"descend(theta, X, Y{arguments})"]
    return [
        decayed,
        _DRAWN if plan.experiment.shuffle == "each" else None,
        "for start in range(0, m, batch_size):",
        "    batch = order[start : start + batch_size]",
        body(count, f"descend(theta, X[:, batch], Y[:, batch]{arguments})"),
    ]


def _kept(plan: Plan) -> list[str | None]:
    if not plan.is_patient:
        return ["last, numbers, kept = epoch, now, [P.copy() for P in theta]"]
    return [
        "last, numbers = epoch, now",
        'if now["dev_cost"] < (1 - rounding) * best_numbers.get("dev_cost", np.inf):',
        "    best, best_numbers, kept = epoch, now, [P.copy() for P in theta]",
        "if epoch - best >= patience:",
        '    print(f"stopped in epoch {epoch}")',
        "    break",
    ]


def _report(plan: Plan) -> Piece:
    code = functions(
        '''\
def report(heading, numbers):
    """Print costs with three significant digits, accuracies in per cent."""
    if numbers:
        print(heading)
    for name, value in numbers.items():
        is_share = name.endswith("accuracy")
        print(f"{name} {100 * value:.2f} %" if is_share else f"{name} {value:.3g}")''',
        lines(
            'report(f"epoch {last}", numbers)',
            'report(f"best epoch {best}", best_numbers)' if plan.is_patient else None,
        ),
    )
    return Piece("The result", "The numbers that the run ended with.", code)
