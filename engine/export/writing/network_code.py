"""The code of the network: how it starts, forward propagation, cost and backpropagation."""

from collections.abc import Callable, Iterable

from engine.export.writing.inlining import inlined
from engine.export.writing.piece import Piece, body, functions, lines
from engine.export.writing.plan import Plan
from engine.nn.activations import ACTIVATIONS, Written
from engine.nn.bands import row_bands
from engine.nn.initializers import INITIALIZERS
from engine.nn.losses import LOSSES

_PRODUCT = '''\
def product(A, B):
    """Return A @ B, in bands of rows where the processor is faster with them.

    How a sum is rounded depends on the order of its terms; in the playground's order the run is
    repeated to the last bit.
    """
    n, m = len(A), B.shape[1]
    bands = row_bands(A, m)
    return np.matmul(A.reshape(bands, n // bands, -1), B).reshape(n, m)'''


def network_pieces(plan: Plan) -> list[Piece]:
    """Return the pieces that define initialize, forward, cost, accuracy and backward."""
    return [_start(plan), *_products(plan), _forward(plan), _cost(plan), _backward(plan)]


def trace(plan: Plan) -> str:
    """Return what forward returns, as it is unpacked."""
    return "Z, G, A" if plan.keeps_unmasked else "Z, A"


def _start(plan: Plan) -> Piece:
    experiment = plan.experiment
    draw, words, helpers = INITIALIZERS[experiment.initializer].written
    draw = draw.format(normal="rng.standard_normal((n_out, n_in))")
    if experiment.init_scale != 1:
        draw = f"init_scale * ({draw})"
        words += ", times `init_scale`"
    cast, dtype = (".astype(np.float32)", ", np.float32") if plan.is_single else ("", "")
    has_noise = experiment.init_noise > 0
    if has_noise:
        words += ", plus noise that breaks the symmetry of equal units"
    code = lines(
        "def initialize():",
        '    """Return theta = [W1, b1, W2, b2, ...] before training; W[l] is (n[l], n[l-1])."""',
        '    rng = stream(seed, "initialization")' if plan.draws_weights else None,
        '    noise = stream(seed, "symmetry")' if has_noise else None,
        "    theta = []",
        "    for n_in, n_out in pairwise(n):",
        f"        W = {draw}",
        "        W = W + init_noise * noise.standard_normal((n_out, n_in))" if has_noise else None,
        "        noise.standard_normal(n_out)  # one for each bias, which gets none"
        if has_noise
        else None,
        f"        theta += [W{cast}, np.zeros((n_out, 1){dtype})]",
        "    return theta",
    )
    return Piece("The start", f"{words}; $b^{{[l]}} = 0$.", functions(*helpers, code))


def _products(plan: Plan) -> list[Piece]:
    if not plan.is_in_bands:
        return []
    prose = (
        "A matrix product, cut into bands of rows on processors that are faster so. The numbers "
        "are those of `A @ B` but for rounding; rounding alone would change which of the last "
        "few digits are read right."
    )
    return [Piece("Matrix products", prose, functions(inlined(row_bands), _PRODUCT))]


def _times(plan: Plan, left: str, right: str) -> str:
    return f"product({left}, {right})" if plan.is_in_bands else f"{left} @ {right}"


# --- forward --------------------------------------------------------------------------------------


def _forward(plan: Plan) -> Piece:
    helpers = [LOSSES[plan.output].written.activation]
    for name in plan.activations:
        helpers += ACTIVATIONS[name].written.helpers
    if plan.names_g:
        helpers += [_activate(plan), _slopes(plan)]
    forward = _forward_written_out(plan) if plan.is_written_out else _forward_loop(plan)
    prose = r"$Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$ and $A^{[l]} = g^{[l]}(Z^{[l]})$"
    prose += _which(plan)
    if plan.has_dropout:
        prose += (
            r" Inverted dropout multiplies the hidden $A^{[l]}$ by masks $D^{[l]}$ in training; "
            "1 stands for no mask."
        )
    return Piece("Forward propagation", prose, functions(*dict.fromkeys(helpers), forward))


def _which(plan: Plan) -> str:
    """Return which activations the layers have, to end the sentence on them."""
    if not plan.activations:
        return f"; there is no hidden layer, and g is {plan.output}."
    if plan.names_g:
        return f"; `g` names the hidden layers' activations, the output's is {plan.output}."
    names = [ACTIVATIONS[name].word for name in plan.activations]
    if len(set(names)) == 1:
        return f"; g is {names[0]} in the hidden layers, {plan.output} at the output."
    told = ", ".join(f"{name} in layer {l}" for l, name in enumerate(names, start=1))
    return f"; g is {told}, and {plan.output} at the output."


def _activate(plan: Plan) -> str:
    """Return the function that does what one of several activations does."""
    return lines(
        "def activate(name, Z):",
        body(
            '"""Return g(Z) for the activation of that name."""',
            *_chosen(plan, lambda written: written.value),
        ),
    )


def _slopes(plan: Plan) -> str:
    """Return the function that has the derivative of one of several activations."""
    return lines(
        "def slope(name, Z, A):",
        body(
            '"""Return g\'(Z) for the activation of that name, given A = g(Z)."""',
            *_chosen(plan, lambda written: written.slope or "1"),
        ),
    )


def _chosen(plan: Plan, part: Callable[[Written], str]) -> list[str]:
    """Return rows that go by the name: a part of each activation's code, in Z and A."""
    *others, last = dict.fromkeys(plan.activations)
    codes = {name: part(ACTIVATIONS[name].written) for name in (*others, last)}
    bare = {
        name: (code[1:-1] if code.startswith("(") else code).format(z="Z", a="A")
        for name, code in codes.items()
    }
    rows = [f'if name == "{name}":\n    return {bare[name]}' for name in others]
    return [*rows, f"return {bare[last]}"]


def _head(plan: Plan) -> str:
    """Return the first line of forward."""
    if not plan.has_dropout:
        return "def forward(theta, X):"
    if not plan.is_written_out:
        return f"def forward(theta, X, masks=(1,) * {plan.layers - 1}):"
    return f"def forward(theta, X, masks={_tuple('1' * (plan.layers - 1))}):"


def _forward_written_out(plan: Plan) -> str:
    last, rows = plan.layers, []
    for l in range(1, last + 1):
        below = f"A{l - 1}" if l > 1 else "X"
        shapes = f"({plan.n[l]}, {plan.n[l - 1]}) ({plan.n[l - 1]}, m) + ({plan.n[l]}, 1)"
        rows.append(f"Z{l} = {_times(plan, f'W{l}', below)} + b{l}  # {shapes}")
        if l == last:
            rows.append(f"A{l} = {plan.output}(Z{l})")
            continue
        value = ACTIVATIONS[plan.activations[l - 1]].written.value.format(z=f"Z{l}")
        if plan.keeps_unmasked:
            rows += [f"G{l} = {value}", f"A{l} = G{l} * D{l}"]
        else:
            rows.append(f"A{l} = {value}{f' * D{l}' if plan.has_dropout else ''}")
    unmasked = f"{_tuple(f'G{l}' for l in range(1, last))}, " if plan.keeps_unmasked else ""
    logits, outputs = _tuple(f"Z{l}" for l in range(1, last + 1)), _activations(plan)
    return lines(
        _head(plan),
        body(
            f'"""Return {"the tuples of all" if last > 1 else "tuples of"} '
            f'{trace(plan)}; A begins with A[0] = X."""',
            f"{', '.join(f'W{l}, b{l}' for l in range(1, last + 1))} = theta",
            f"{_unpacked('D', [True] * (last - 1))} = masks" if plan.has_dropout else None,
            *rows,
            f"return {logits}, {unmasked}{outputs}",
        ),
    )


def _activations(plan: Plan) -> str:
    return _tuple(["X", *(f"A{l}" for l in range(1, plan.layers + 1))])


def _tuple(names: Iterable[str]) -> str:
    parts = list(names)
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _unpacked(letter: str, needed: Iterable[bool]) -> str:
    """Return the names that a tuple of hidden layers is unpacked into, _ for those not needed."""
    names = [f"{letter}{l}" if is_needed else "_" for l, is_needed in enumerate(needed, start=1)]
    return f"({names[0]},)" if len(names) == 1 else ", ".join(names)


def _forward_loop(plan: Plan) -> str:
    value = ACTIVATIONS[plan.activations[0]].written.value.format(z="Z[l]")
    if plan.names_g:
        value = "activate(g[l - 1], Z[l])"
    masked = " * masks[l - 1]" if plan.has_dropout else ""
    below = _times(plan, "W", "A[l - 1]")
    return lines(
        _head(plan),
        body(
            f'"""Return the lists {trace(plan)}, indexed by layer; A[0] is X."""',
            "Z, A = [None], [X]",
            "G = [None]" if plan.keeps_unmasked else None,
            "for l in range(1, len(n)):",
            "    W, b = theta[2 * l - 2 : 2 * l]",
            f"    Z.append({below} + b)",
            "    if l == len(n) - 1:",
            f"        A.append({plan.output}(Z[l]))",
            "    else:",
            *(
                [f"        G.append({value})", f"        A.append(G[l]{masked})"]
                if plan.keeps_unmasked
                else [f"        A.append({value}{masked})"]
            ),
            f"return {trace(plan)}",
        ),
    )


# --- cost -----------------------------------------------------------------------------------------


def _cost(plan: Plan) -> Piece:
    loss, words = LOSSES[plan.output], plan.experiment.data.words
    code = functions(loss.written.cost, loss.written.accuracy.format(**words))
    prose = f"{loss.title}, ${loss.formula}$, {loss.written.words.format(**words)}"
    return Piece("Cost and accuracy", prose, code)


# --- backward -------------------------------------------------------------------------------------

_BACKWARD_DOCSTRING = '''\
"""Return [dW1, db1, dW2, db2, ...] of `weight` times the sum of the losses.

With weight 1/m that is dW[l] = (1/m) dZ[l] A[l-1]^T and db[l] = (1/m) sum of dZ[l] over the
samples: the weight stands in dZ[L] already, and all the rest is linear in it.
"""'''


def _backward(plan: Plan) -> Piece:
    prose = (
        r"$dZ^{[L]} = A^{[L]} - Y$ for "
        + plan.output
        + r" and cross-entropy together, $dZ^{[l]} = W^{[l+1]T} dZ^{[l+1]} \odot g'(Z^{[l]})$, "
        r"$dW^{[l]} = \frac{1}{m} dZ^{[l]} A^{[l-1]T}$ and $db^{[l]} = \frac{1}{m} \sum dZ^{[l]}$. "
        r"The $\frac{1}{m}$ is put into $dZ^{[L]}$, and so into all that follows. The sums over "
        "the samples are products with a column of ones."
    )
    code = _backward_written_out(plan) if plan.is_written_out else _backward_loop(plan)
    return Piece("Backpropagation", prose, code)


def _signature(plan: Plan) -> str:
    masks = ", masks" if plan.has_dropout else ""
    return f"def backward(theta, Y, {trace(plan)}{masks}, weight):"


def _ones(plan: Plan) -> str:
    return f"ones = np.ones((Y.shape[1], 1){', Y.dtype' if plan.is_single else ''})"


def _slope(activation: str, z: str, g: str) -> str:
    """Return " * g'(Z)", or nothing for the linear activation."""
    slope = ACTIVATIONS[activation].written.slope
    return "" if slope is None else " * " + slope.format(z=z, a=g)


def _backward_written_out(plan: Plan) -> str:
    last = plan.layers
    slopes = [ACTIVATIONS[name].written.slope or "" for name in plan.activations]
    needed = {letter: [f"{{{letter}}}" in slope for slope in slopes] for letter in "za"}
    rows = [f"dZ{last} = (A{last} - Y) * weight"]
    for l in range(last, 0, -1):
        below = f"A{l - 1}" if l > 1 else "X"
        rows += [f"dW{l} = {_times(plan, f'dZ{l}', f'{below}.T')}", f"db{l} = dZ{l} @ ones"]
        if l > 1:
            g = f"G{l - 1}" if plan.keeps_unmasked else f"A{l - 1}"
            mask = f" * D{l - 1}" if plan.has_dropout else ""
            above = f"W{l}.T @ dZ{l}"
            factors = _slope(plan.activations[l - 2], f"Z{l - 1}", g) + mask
            rows.append(f"dZ{l - 1} = {f'({above}){factors}' if factors else above}")
    return lines(
        _signature(plan),
        body(
            _BACKWARD_DOCSTRING,
            *(f"W{l} = theta[{2 * l - 2}]" for l in range(2, last + 1)),
            f"{_unpacked('Z', [*needed['z'], False])} = Z" if any(needed["z"]) else None,
            f"{_unpacked('G', needed['a'])} = G" if plan.keeps_unmasked else None,
            f"{', '.join(['X', *(f'A{l}' for l in range(1, last + 1))])} = A",
            f"{_unpacked('D', [True] * (last - 1))} = masks" if plan.has_dropout else None,
            _ones(plan),
            *rows,
            f"return [{', '.join(f'dW{l}, db{l}' for l in range(1, last + 1))}]",
        ),
    )


def _backward_loop(plan: Plan) -> str:
    g = "G[l - 1]" if plan.keeps_unmasked else "A[l - 1]"
    mask = " * masks[l - 2]" if plan.has_dropout else ""
    factors = _slope(plan.activations[0], "Z[l - 1]", g) + mask
    if plan.names_g:
        factors = f" * slope(g[l - 2], Z[l - 1], {g}){mask}"
    above = "theta[2 * l - 2].T @ dZ"
    return lines(
        _signature(plan),
        body(
            _BACKWARD_DOCSTRING,
            _ones(plan),
            "gradients = []",
            "dZ = (A[-1] - Y) * weight",
            "for l in range(len(n) - 1, 0, -1):",
            f"    dW = {_times(plan, 'dZ', 'A[l - 1].T')}",
            "    gradients = [dW, dZ @ ones, *gradients]",
            "    if l > 1:",
            f"        dZ = {f'({above}){factors}' if factors else above}",
            "return gradients",
        ),
    )
