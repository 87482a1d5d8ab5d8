"""A link says exactly one experiment, only what differs, and survives whatever is put into it."""

import numpy as np
import pytest

from engine.data.tables import DATASETS
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Choice, Choices, Flag, Integer, Points, Real
from engine.experiment.links import from_query, to_query

DIGITS = Experiment(dataset="mnist", samples=0, hidden=(64,), activation="relu", batch_size=64)
LENSES = [Experiment(), DIGITS, Experiment(dataset="moons", train_fraction=0.9, dev_fraction=0.1)]


def any_value(rng, knob):
    """Draw one of the values that a knob allows, often an end of its range."""
    match knob:
        case Integer():
            return rng.choice([knob.low, knob.high, rng.integers(knob.low, knob.high + 1)])
        case Real():
            inside = rng.uniform(knob.low, knob.high) * 10.0 ** -rng.integers(0, 9)
            return rng.choice([knob.low, knob.high, max(knob.low, inside)])
        case Flag():
            return rng.random() < 0.5
        case Choice():
            return rng.choice(list(knob.titles)).item()
        case Choices():
            names = list(knob.titles)
            return rng.choice(names, rng.integers(1, len(names) + 1), replace=False).tolist()
        case Points():
            count = rng.integers(1, knob.most + 1)
            spots = rng.uniform(-knob.bound, knob.bound, (count, 2)) * 10.0 ** -rng.integers(0, 5)
            return [(*spot, rng.integers(0, 2)) for spot in spots]
        case _:
            return rng.integers(1, knob.width + 1, rng.integers(0, 6)).tolist()


def any_experiment(rng):
    chosen = {name: any_value(rng, KNOBS[name]) for name in KNOBS if rng.random() < 0.6}
    if rng.random() < 0.5:
        layers = len(chosen.get("hidden", Experiment().hidden))
        names = rng.choice(list(KNOBS["activation"].titles), layers).tolist()
        chosen["activation"] = names or "tanh"
    chosen["train_fraction"] = rng.random()
    chosen["dev_fraction"] = rng.random() * (1 - chosen["train_fraction"])
    data = DATASETS[chosen.get("dataset", "xor")]
    if data.planar and not data.fixed:
        chosen["samples"] = rng.integers(4, 2001)
    return Experiment(**chosen)


@pytest.mark.parametrize("defaults", LENSES, ids=lambda lens: lens.dataset)
def test_any_experiment_comes_back_from_its_link_exactly(defaults):
    rng = np.random.default_rng(0)
    for _ in range(500):
        experiment = any_experiment(rng)
        query = to_query(experiment, defaults)
        assert set(query) == set(experiment.differences(defaults))
        assert all(isinstance(text, str) for text in query.values())
        assert from_query(query, defaults) == (experiment, [])


@pytest.mark.parametrize("defaults", LENSES, ids=lambda lens: lens.dataset)
def test_the_defaults_need_no_parameters(defaults):
    assert to_query(defaults, defaults) == {}
    assert from_query({}, defaults) == (defaults, [])


def test_a_link_by_hand():
    experiment = Experiment(
        hidden=(), learning_rate=0.1, standardize=True, features=("x2",), optimizer="adam", seed=7
    )
    assert to_query(experiment, Experiment()) == {
        "features": "x2",
        "standardize": "1",
        "hidden": "none",
        "optimizer": "adam",
        "learning_rate": "0.1",
        "seed": "7",
    }


@pytest.mark.parametrize(
    ("activation", "hidden", "text"),
    [
        ("relu", (4, 2), "relu"),
        (("relu", "relu"), (4, 2), "relu"),
        (("relu", "tanh"), (4, 2), "relu.tanh"),
        (("leaky_relu", "linear", "linear"), (4, 2, 2), "leaky_relu.linear.linear"),
    ],
)
def test_activations_in_a_link(activation, hidden, text):
    experiment = Experiment(hidden=hidden, activation=activation)
    assert to_query(experiment, Experiment())["activation"] == text
    assert from_query({"hidden": "-".join(map(str, hidden)), "activation": text}, Experiment()) == (
        experiment,
        [],
    )


@pytest.mark.parametrize(
    ("query", "note"),
    [
        (
            {"epochs": "ten"},
            "epochs is not a whole number from 0 to 10,000, so the default 1,000 is used.",
        ),
        (
            {"batch_size": "-1"},
            "batch_size is not a whole number from 0 to 60,000, so the default full batch is used.",
        ),
        (
            {"hidden": "9999"},
            "hidden is not up to 50 layers of 1 to 512 units each, so the default "
            "1 layer of 3 units is used.",
        ),
        (
            {"optimizer": "sgd"},
            "optimizer is not one of gradient_descent, momentum, nesterov, adagrad, rmsprop, adam, "
            "adamw, so the default Gradient descent is used.",
        ),
        (
            {"activation": "relu.cosine"},
            "activation is not one of linear, sigmoid, tanh, relu, leaky_relu, softplus, elu, "
            "gelu, swish, or one of these for each hidden layer, so the default Sigmoid is used.",
        ),
        (
            {"activation": "relu.tanh"},
            "activation is given for 2 layers, but hidden has 1. The default is used.",
        ),
        (
            {"activation": "relu.tanh.relu", "hidden": "4-2"},
            "activation is given for 3 layers, but hidden has 2. The default is used.",
        ),
        ({"color": "red"}, "color is not a knob and is left out."),
        ({"<b>bold</b>": "1"}, "bboldb is not a knob and is left out."),
        ({"<>": "1"}, "A parameter is not a knob and is left out."),
        ({"x" * 1000: "1"}, f"{'x' * 30} is not a knob and is left out."),
        (
            {"samples": "0", "dataset": "moons"},
            "samples is 0, but must be a whole number from 4 to "
            "2,000 for Moons. The default is used.",
        ),
        (
            {"train_fraction": "0.9", "dev_fraction": "0.9", "dataset": "moons"},
            "train_fraction 0.9 and dev_fraction "
            "0.9 add up to more than 1, but together must be at most 1. The default is used.",
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_one_note(query, note):
    _, notes = from_query(query, Experiment())
    assert notes == [note]


@pytest.mark.parametrize(
    ("count", "note"),
    [
        (1, "k0 is not a knob and is left out."),
        (2, "k0, k1 are not knobs and are left out."),
        (3, "k0, k1, k2 are not knobs and are left out."),
        (4, "k0, k1, k2 and 1 more are not knobs and are left out."),
        (1003, "k0, k1, k2 and 1,000 more are not knobs and are left out."),
    ],
)
def test_however_many_parameters_are_unknown_one_note_says_so(count, note):
    experiment, notes = from_query({f"k{k}": "1" for k in range(count)}, Experiment())
    assert (experiment, notes) == (Experiment(), [note])


def test_of_a_name_thirty_letters_are_said():
    _, notes = from_query({"x" * 30: "1", "y" * 31: "1"}, Experiment())
    assert notes == [f"{'x' * 30}, {'y' * 30} are not knobs and are left out."]


def test_the_good_parameters_of_a_bad_link_are_kept():
    query = {"seed": "4", "epochs": "x", "samples": "0", "dataset": "moons", "junk": "1"}
    experiment, notes = from_query(query, Experiment())
    assert experiment == Experiment(seed=4, dataset="moons")
    assert len(notes) == 3


def test_a_parameter_that_conflicts_with_the_pages_own_default_gives_way():
    # The page's own sample count, all digits, is impossible for points in the plane.
    experiment, notes = from_query({"dataset": "moons"}, DIGITS)
    assert experiment == DIGITS
    assert len(notes) == 1


ALPHABET = [
    *"0123456789", *"+-.,eE_xX ", *"<>&;'\"`/\\{}()[]|$%#@!?*=", *"abcNaInf", *"٠١٢३４５²½Ⅷ∞−",
    "\n", "\t", "\0", "\u202e", "\ufeff", "\U0001f600", "<script>alert(1)</script>", "none", "nan",
    "inf", "1e999", "9" * 50, "true", "-" * 20, "1-" * 30, "x1.", "javascript:", "0_0_1~", "_",
]  # fmt: skip


def hostile_texts(rng):
    texts = ["", " ", "nan", "-inf", "1e400", "-0", "1" * 100_000, "<b>" * 10_000, "٣", "1_000"]
    while len(texts) < 300:
        texts.append("".join(rng.choice(ALPHABET, rng.integers(1, 12))))
    return texts


@pytest.mark.parametrize("defaults", LENSES, ids=lambda lens: lens.dataset)
@pytest.mark.parametrize("name", KNOBS)
def test_a_hostile_link_gives_a_valid_experiment_and_a_harmless_note(name, defaults):
    for text in hostile_texts(np.random.default_rng(0)):
        experiment, notes = from_query({name: text}, defaults)
        assert isinstance(experiment, Experiment)
        assert len(notes) <= 1
        if notes:
            assert experiment == defaults
            assert len(notes[0]) < 300
            assert notes[0].startswith(name)
            assert not set("<>;&\"'`") & set(notes[0])
        else:
            assert set(experiment.differences(defaults)) <= {name}


def test_hostile_parameter_names_are_harmless_as_well():
    rng = np.random.default_rng(1)
    for text in hostile_texts(rng):
        experiment, notes = from_query({text: text}, Experiment())
        assert experiment == Experiment()
        assert len(notes) == 1
        assert len(notes[0]) < 100
        assert notes[0].isascii()
        assert not set("<>;&\"'`") & set(notes[0])


def test_everything_hostile_at_once_falls_back_to_the_defaults():
    rng = np.random.default_rng(2)
    for _ in range(100):
        query = {name: "".join(rng.choice(ALPHABET, 4)) for name in KNOBS}
        experiment, notes = from_query(query, Experiment())
        changed = experiment.differences(Experiment())
        assert len(changed) + len(notes) <= len(KNOBS) + 1
