"""The code that makes or loads an experiment's samples, splits them, and makes columns of them."""

from engine.data.features import FEATURES
from engine.data.shift import SHIFTS
from engine.experiment.experiment import Experiment
from engine.experiment.problem import TRAIN_SAMPLE, load
from engine.export.writing.inlining import call, inlined
from engine.export.writing.piece import Piece, functions, lines
from engine.export.writing.plan import Plan

_SPLIT = '''\
def split(labels, counts, rng):
    """Deal shuffled samples out: counts[c][k] of class c go to part k, the last ones to none."""
    shuffled = rng.permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    parts = len(counts[0])
    part = np.repeat(np.tile(np.arange(parts), len(counts)), np.ravel(counts))
    return [rng.permutation(by_class[part == k]) for k in range(parts - 1)]'''

_STANDARDISED = '''\
def standardised(x, reference):
    """Return (x - mu) / sigma, both measured on the rows of `reference`.

    A feature that never varies becomes 0, not 0 / 0.
    """
    constant = (reference == reference[0]).all(axis=0)
    mu = np.where(constant, reference[0], reference.mean(axis=0))
    sigma = np.where(constant, 1.0, reference.std(axis=0))
    return (x - mu) / sigma'''

_MEASURED = '''\
def measured(*sets):
    """Return mu and sigma of all pixels of some images together, in units of x / 255.

    Sums of whole numbers, so that nothing is rounded before the end.
    """
    count = sum(pixels.size for pixels in sets)
    total = sum(int(pixels.sum(dtype=np.int64)) for pixels in sets)
    squares = sum(int(np.einsum("ij,ij->", p, p, dtype=np.int64)) for p in sets)
    return total / count / 255, math.sqrt(count * squares - total**2) / count / 255'''

_SHIFTED = '''\
def shifted(images, rng):
    """Return shifted copies of images (k, 784), worked on in blocks to save memory."""
    result = images.copy()
    for start in range(0, len(images), 500):
        block = images[start : start + 500].reshape(-1, 28, 28).astype(np.float32)
        changed = {call}.reshape(-1, 784)
        result[start : start + 500] = np.rint(changed).clip(0, 255)
    return result'''

_PARTLY_SHIFTED = '''\
def partly_shifted(images, rng):
    """Return the images with the first `target_share` of them shifted."""
    count = round(target_share * len(images))
    return np.concatenate([shifted(images[:count], rng), images[count:]])'''


def data_pieces(plan: Plan, mnist_file: str) -> list[Piece]:
    """Return the pieces that define X, Y (the training set) and `sets`, name -> (X, Y).

    `mnist_file` is the code that says where MNIST's file is.
    """
    if plan.is_of_images:
        return [_loading(mnist_file), _images(plan)]
    return [_points(plan), _columns(plan)]


def _points(plan: Plan) -> Piece:
    """Draw the points, or write them out."""
    experiment, data = plan.experiment, plan.experiment.data
    name = "rows" if _sees_points(plan) else "points"
    if data.planar and data.fixed:
        given = _given(experiment)
        code = lines(
            f"{name} = np.array(",
            "    [",
            *(f"        [{x1!r}, {x2!r}]," for x1, x2, _ in given),
            "    ]",
            ")",
            f"labels = np.array({_wrapped([label for *_, label in given])})",
        )
    else:
        assert data.generate is not None
        arguments = {
            "rng": 'stream(data_seed, "data")',
            "samples": "samples",
            "noise": "noise",
            "bits": "bits",
            "classes": "classes",
        }
        code = functions(
            inlined(data.generate), f"{name}, labels = {call(data.generate, **arguments)}"
        )
    prose = f"{data.meaning} Each row is one sample here, and `labels` says its class."
    return Piece("The data", prose, code)


def _given(experiment: Experiment) -> list[tuple[float, float, int]]:
    """Return the points and labels of a data set that is the same whatever is drawn."""
    problem = load(experiment)
    assert problem.points is not None
    pairs = zip(problem.points.tolist(), problem.train.labels.tolist(), strict=True)
    return [(x1, x2, label) for (x1, x2), label in pairs]


def _columns(plan: Plan) -> Piece:
    """Expand, split and scale the points, and turn rows into columns."""
    definitions, steps = [], []
    if not _sees_points(plan):
        chosen = [FEATURES[name].written for name in plan.experiment.features]
        steps += [
            *(f"x{k + 1} = points[:, {k}]" for k in (0, 1) if f"x{k + 1}" in " ".join(chosen)),
            f"rows = np.column_stack([{', '.join(chosen)}])",
        ]
    if plan.counts:
        definitions.append(_SPLIT)
        steps += _split_call(plan, "labels")
    fitted_on = plan.experiment.fitted_on if plan.experiment.standardize else None
    if fitted_on:
        definitions.append(_STANDARDISED)
    if fitted_on == "all" or (fitted_on and not plan.counts):
        steps.append("rows = standardised(rows, rows)")
    elif fitted_on == "train":
        steps.append("rows = standardised(rows, rows[train])")
    if plan.counts:
        definitions.append(_columns_of(plan, "each" if fitted_on == "each" else "train"))
        steps += ["X, Y = columns(train)", f"sets = {{{_set_calls(plan)}}}"]
    else:
        steps += [
            f"X, Y = rows.T, {_targets(plan, 'labels')}",
            'sets = {"train": (X, Y)}',
        ]
    if plan.names_m:
        steps.append("m = X.shape[1]")
    return Piece("X and Y", _columns_prose(plan, fitted_on), functions(*definitions, lines(*steps)))


def _targets(plan: Plan, labels: str) -> str:
    """Return the code of Y, given that of the labels."""
    if plan.output == "softmax":
        return f"np.eye(classes)[{labels}].T"
    return f"{labels}.reshape(1, -1).astype(float)"


def _columns_of(plan: Plan, fitted_on: str) -> str:
    x = "rows[index]" if fitted_on == "train" else "standardised(rows[index], rows[index])"
    return f'''\
def columns(index):
    """Return X (n_x, m) and Y ({plan.n[-1]}, m) of some samples: a column is a sample."""
    return {x}.T, {_targets(plan, "labels[index]")}'''


def _set_calls(plan: Plan) -> str:
    calls = {name: f"columns({name})" for name in plan.sets} | {"train": "(X, Y)"}
    return ", ".join(f'"{name}": {calls[name]}' for name in plan.sets)


def _columns_prose(plan: Plan, fitted_on: str | None) -> str:
    sentences = [
        rf"$X = A^{{[0]}}$ is $(n_x, m)$ and $Y$ is $({plan.n[-1]}, m)$: a column is a sample."
    ]
    if plan.output == "softmax":
        sentences.append("The column of $Y$ has a 1 in the row of its class and else zeros.")
    if not _sees_points(plan):
        sentences.append("What the network sees of a point are functions of it, a row of X each.")
    if plan.counts:
        sentences.append(
            "The split is stratified: every class has its share of each part. A row of `counts` "
            "is a class, its columns are " + ", ".join(plan.drawn) + " and what stays unused; they "
            "belong to the number of samples, so change them together."
        )
    if fitted_on:
        sentences.append(_STANDARDISING[fitted_on])
    return " ".join(sentences)


_STANDARDISING = {
    "train": r"The inputs are standardised, $x := (x - \mu) / \sigma$, with the mean and the "
    "deviation of the training set, the same two for every set.",
    "all": r"The inputs are standardised, $x := (x - \mu) / \sigma$, with the mean and the "
    "deviation of all data. That is a leak: the test set has a say in the training.",
    "each": r"The inputs are standardised, $x := (x - \mu) / \sigma$, each set with its own mean "
    "and deviation. That is wrong: the same input means something else in another set.",
}


def _split_call(plan: Plan, labels: str) -> list[str]:
    heading = ", ".join([*plan.drawn, "unused"])
    target = ", ".join(plan.drawn) if len(plan.drawn) > 1 else f"({plan.drawn[0]},)"
    return [
        f"counts = [  # of each class: {heading}",
        *(f"    {list(row)}," for row in plan.counts),
        "]",
        f'{target} = split({labels}, counts, stream(data_seed, "split"))',
    ]


def _sees_points(plan: Plan) -> bool:
    """Whether the network sees a sample just as it was drawn."""
    is_planar = plan.experiment.data.planar
    return not is_planar or plan.experiment.features == ("x1", "x2")


def _wrapped(labels: list[int]) -> str:
    """Return a list of labels as code, twenty to a line if there are many."""
    if len(labels) <= 20:
        return repr(labels)
    rows = [labels[k : k + 20] for k in range(0, len(labels), 20)]
    return "\n".join(["[", *(f"    {', '.join(map(str, row))}," for row in rows), "]"])


# --- images ---------------------------------------------------------------------------------------


def _loading(mnist_file: str) -> Piece:
    prose = (
        "MNIST: 60,000 digits to learn from and 10,000 to be tested on, each 28 by 28 pixels from "
        "0 (background) to 255 (ink). The file is `engine/data/mnist.npz` of the playground's "
        "project; its arrays are `x_train` (60000, 784), `y_train` (60000,), `x_test` "
        "(10000, 784) and `y_test` (10000,), all uint8."
    )
    code = lines(
        f"mnist_file = {mnist_file}",
        "with np.load(mnist_file) as mnist:",
        '    images, digits = mnist["x_train"], mnist["y_train"]  # (60000, 784), (60000,)',
        '    test_images, test_digits = mnist["x_test"], mnist["y_test"]  # (10000, 784), (10000,)',
    )
    return Piece("The data", prose, code)


def _images(plan: Plan) -> Piece:
    """Split the digits, perhaps shift some, scale them, and turn rows into columns."""
    experiment = plan.experiment
    moves = plan.is_shifted and experiment.shift_strength > 0
    fitted_on = experiment.fitted_on if experiment.standardize else None
    definitions = [
        _SPLIT if plan.counts else "",
        *(_shift_code(plan) if moves else []),
        _MEASURED if fitted_on else "",
        _image_columns(fitted_on, "np.float32" if plan.is_single else "np.float64"),
    ]
    steps = [
        *(_split_call(plan, "digits") if plan.counts else []),
        *_chosen_images(plan, moves),
        *_fitting(plan, fitted_on),
        *_image_sets(plan, fitted_on),
    ]
    return Piece("X and Y", _images_prose(plan, fitted_on), functions(*definitions, lines(*steps)))


def _shift_code(plan: Plan) -> list[str]:
    function = SHIFTS[plan.experiment.shift].function
    changed = call(function, images="block", strength="shift_strength", rng="rng")
    return [
        inlined(function),
        _SHIFTED.format(call=changed),
        _PARTLY_SHIFTED if plan.experiment.target_share else "",
    ]


def _chosen_images(plan: Plan, moves: bool) -> list[str]:
    """Name the pixels of each set, x_train ..., and its digits, y_train ..."""
    rows = []
    if moves and ("dev" in plan.drawn or plan.experiment.target_share):
        rows.append('shifts = stream(data_seed, "shift").spawn(3)  # train, train_dev and dev')
    whole = [] if plan.counts else ["x_train, y_train = images, digits"]
    for name in plan.drawn:
        pixels = f"images[{name}]"
        if moves and name == "dev":
            pixels = f"shifted({pixels}, shifts[2])"
        elif moves and plan.experiment.target_share:
            pixels = f"partly_shifted({pixels}, shifts[{('train', 'train_dev').index(name)}])"
        rows.append(f"x_{name}, y_{name} = {pixels}, digits[{name}]")
    if moves and not plan.counts and plan.experiment.target_share:
        whole = ["x_train, y_train = partly_shifted(images, shifts[0]), digits"]
    test = 'shifted(test_images, stream(0, "shift"))' if moves else "test_images"
    return [*rows, *whole, f"x_test, y_test = {test}, test_digits"]


def _image_columns(fitted_on: str | None, real: str) -> str:
    one_hot = f"np.eye(10, dtype={real})[digits].T"
    if fitted_on is None:
        return f'''\
def columns(pixels, digits):
    """Return X (784, m), pixels scaled to 0..1, and Y (10, m), one-hot: a column is a digit."""
    return (pixels * {real}(1 / 255)).T, {one_hot}'''
    return f'''\
def columns(pixels, digits, mu, sigma):
    """Return X (784, m), standardised, and Y (10, m), one-hot: a column is a digit."""
    X = (pixels * {real}(1 / (255 * sigma)) + {real}(-mu / sigma)).T
    return X, {one_hot}'''


def _fitting(plan: Plan, fitted_on: str | None) -> list[str]:
    if fitted_on == "train":
        return ["mu, sigma = measured(x_train)"]
    if fitted_on == "all":
        return [f"mu, sigma = measured({', '.join(f'x_{name}' for name in plan.sets)})"]
    return []


def _image_sets(plan: Plan, fitted_on: str | None) -> list[str]:
    scale = {None: "", "each": ", *measured(x_{0})"}.get(fitted_on, ", mu, sigma")
    calls = {name: f"columns(x_{name}, y_{name}{scale.format(name)})" for name in plan.sets}
    rows = [f"X, Y = {calls['train']}"]
    calls["train"] = "(X, Y)"
    if plan.names_m:
        rows.append("m = X.shape[1]")
    if plan.m > TRAIN_SAMPLE:
        rows.append(f"seen = np.arange({TRAIN_SAMPLE}) * X.shape[1] // {TRAIN_SAMPLE}  # measured")
        calls["train"] = "(X[:, seen], Y[:, seen])"
    return [*rows, "sets = {", *(f'    "{name}": {calls[name]},' for name in plan.sets), "}"]


def _images_prose(plan: Plan, fitted_on: str | None) -> str:
    precision = (
        "Everything is float32, which is faster."
        if plan.is_single
        else "Everything is float64: in float32 some processors round equal units apart."
    )
    sentences = [
        r"$X = A^{[0]}$ is $(784, m)$ and $Y$ is $(10, m)$: a column is a digit, and the column of "
        "$Y$ has a 1 in its row and else zeros. " + precision
    ]
    if plan.counts:
        sentences.append(
            "The split is stratified: a row of `counts` is a digit from 0 to 9, its columns are "
            + ", ".join(plan.drawn)
            + " and what stays unused."
        )
    if plan.is_shifted:
        sentences.append(
            "Dev and test digits come from another distribution than the training digits: "
            + SHIFTS[plan.experiment.shift].meaning
        )
    if fitted_on:
        sentences.append(_STANDARDISING[fitted_on] + " One pair of numbers serves all pixels.")
    return " ".join(sentences)
