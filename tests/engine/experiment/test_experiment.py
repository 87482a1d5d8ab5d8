"""An experiment is a value: checked, canonical, hashable, and compared knob by knob."""

import dataclasses
import re

import numpy as np
import pytest

from engine.data.tables import DATASETS
from engine.experiment.experiment import KNOBS, ConflictError, Experiment
from engine.experiment.knobs import Choice, Choices, Real

SENTENCES = [
    ({"samples": 60_001}, "samples is 60001, but must be a whole number from 0 to 60,000."),
    ({"noise": 0.6}, "noise is 0.6, but must be a number from 0 to 0.5."),
    (
        {"points": [(0, 0, 2)]},
        "points is [(0, 0, 2)], but must be 1 to 100 points, each with two numbers from -100 to "
        "100 and a label 0 or 1.",
    ),
    ({"bits": 1}, "bits is 1, but must be a whole number from 2 to 10."),
    ({"standardize": "yes"}, "standardize is 'yes', but must be on or off."),
    ({"data_seed": -1}, "data_seed is -1, but must be a whole number from 0 to 2,147,483,647."),
    ({"train_fraction": 2}, "train_fraction is 2, but must be a number from 0 to 1."),
    ({"dev_fraction": -0.1}, "dev_fraction is -0.1, but must be a number from 0 to 1."),
    ({"hidden": (0,)}, "hidden is (0,), but must be up to 50 layers of 1 to 512 units each."),
    ({"hidden": 3}, "hidden is 3, but must be up to 50 layers of 1 to 512 units each."),
    (
        {"activation": "cosine"},
        "activation is 'cosine', but must be one of linear, sigmoid, tanh, relu, leaky_relu, "
        "softplus, elu, gelu, swish, or one of these for each hidden layer.",
    ),
    ({"init_scale": 101}, "init_scale is 101, but must be a number from 0 to 100."),
    (
        {"optimizer": "sgd"},
        "optimizer is 'sgd', but must be one of "
        "gradient_descent, momentum, nesterov, adagrad, rmsprop, adam, adamw.",
    ),
    (
        {"learning_rate": float("nan")},
        "learning_rate is nan, but must be a number from 0 to 1,000.",
    ),
    (
        {"decay": "linear"},
        "decay is 'linear', but must be one of none, inverse, exponential, step, scheduled, "
        "cosine, restarts, warm_up.",
    ),
    ({"decay_interval": 0}, "decay_interval is 0, but must be a whole number from 1 to 10,000."),
    ({"decay_rate": -1}, "decay_rate is -1, but must be a number from 0 to 10."),
    ({"batch_size": 1.5}, "batch_size is 1.5, but must be a whole number from 0 to 60,000."),
    ({"epochs": True}, "epochs is True, but must be a whole number from 0 to 10,000."),
    ({"beta1": 1.0}, "beta1 is 1.0, but must be a number from 0 to 0.9999."),
    ({"beta2": 1}, "beta2 is 1, but must be a number from 0 to 0.9999."),
    ({"clip": "1"}, "clip is '1', but must be a number from 0 to 1,000."),
    ({"l1": -1}, "l1 is -1, but must be a number from 0 to 1,000."),
    ({"l2": None}, "l2 is None, but must be a number from 0 to 1,000."),
    ({"keep_prob": 0}, "keep_prob is 0, but must be a number from 0.05 to 1."),
    ({"seed": 2**31}, "seed is 2147483648, but must be a whole number from 0 to 2,147,483,647."),
    # A long value is cut.
    (
        {"seed": "x" * 100},
        f"seed is '{'x' * 39}..., but must be a whole number from 0 to 2,147,483,647.",
    ),
]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("x" * 38, f"'{'x' * 38}'"), ("x" * 39, f"'{'x' * 39}...")],  # with its quotes 40 and 41
)
def test_a_value_is_cut_after_forty_signs(value, shown):
    with pytest.raises(ValueError, match=f"^seed is {re.escape(shown)}, but must be "):
        Experiment(seed=value)


@pytest.mark.parametrize(("knobs", "sentence"), SENTENCES)
def test_a_bad_value_is_refused_in_one_sentence_with_knob_value_and_what_is_allowed(
    knobs, sentence
):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Experiment(**knobs)


JUNK = [None, "", "<script>", object(), [], {}, -1e308, 10**400, float("nan"), 1j, [["x"]]]


@pytest.mark.parametrize("value", JUNK, ids=lambda value: repr(value)[:20].split(" at ")[0])
@pytest.mark.parametrize("name", KNOBS)
def test_no_knob_takes_junk(name, value):
    if name == "hidden" and value in ([], "", {}):
        assert value == "" or Experiment(hidden=value).hidden == ()
        return
    with pytest.raises(ValueError, match=f"^{name} is .*, but must be .*\\.$"):
        Experiment(**{name: value})


def test_canonical_forms_are_equal_and_hash_equal():
    loose = Experiment(
        hidden=[4, 2.0], learning_rate=1, samples=300.0, standardize=1, features=["x2", "x1"]
    )
    strict = Experiment(hidden=(4, 2), learning_rate=1.0, samples=300, standardize=True)
    assert loose == strict
    assert hash(loose) == hash(strict)
    assert [type(value) for value in dataclasses.astuple(loose)] == [
        type(value) for value in dataclasses.astuple(strict)
    ]


def test_minus_zero_is_zero():
    assert repr(Experiment(l2=-0.0)) == repr(Experiment(l2=0.0))


def test_experiments_are_keyword_only_and_frozen():
    with pytest.raises(TypeError):
        Experiment("xor")
    with pytest.raises(dataclasses.FrozenInstanceError):
        Experiment().seed = 1


def test_a_misspelt_knob_is_an_error():
    with pytest.raises(TypeError):
        Experiment(learning_rte=1)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_data_set_can_be_chosen(dataset):
    assert Experiment(dataset=dataset).dataset == dataset


def test_fractions_that_add_up_to_more_than_one_are_refused_and_both_named():
    sentence = (
        "train_fraction 0.8 and dev_fraction 0.3 add up to more than 1, "
        "but together must be at most 1."
    )
    with pytest.raises(ConflictError, match=f"^{re.escape(sentence)}$") as refusal:
        Experiment(dataset="moons", train_fraction=0.8, dev_fraction=0.3)
    assert refusal.value.names == ("train_fraction", "dev_fraction")


@pytest.mark.parametrize("fractions", [(0.7, 0.3), (0.9, 0.1), (1, 0), (0.1, 0.9), (0.8, 0.2)])
def test_fractions_may_add_up_to_one_despite_rounding(fractions):
    train, dev = fractions
    experiment = Experiment(dataset="moons", train_fraction=train, dev_fraction=dev)
    assert (experiment.train_fraction, experiment.dev_fraction) == fractions


@pytest.mark.parametrize("dataset", ["mnist", "xor", "parity"])
def test_where_the_training_fraction_has_no_say_it_conflicts_with_nothing(dataset):
    experiment = Experiment(dataset=dataset, train_fraction=0.6, dev_fraction=0.9)
    assert experiment.dev_fraction == 0.9


@pytest.mark.parametrize("samples", [0, 3, 2001])
def test_points_in_the_plane_are_4_to_2000(samples):
    sentence = f"samples is {samples}, but must be a whole number from 4 to 2,000 for Moons."
    with pytest.raises(ConflictError, match=f"^{re.escape(sentence)}$") as refusal:
        Experiment(dataset="moons", samples=samples)
    assert refusal.value.names == ("samples",)
    assert Experiment(dataset="mnist", samples=samples).samples == samples
    assert Experiment(dataset="xor", samples=samples).samples == samples


@pytest.mark.parametrize("hidden", [(), (4,), (4, 4, 4)], ids=len)
def test_activations_for_another_number_of_layers_are_refused_and_both_named(hidden):
    sentence = f"activation is given for 2 layers, but hidden has {len(hidden)}."
    with pytest.raises(ConflictError, match=f"^{re.escape(sentence)}$") as refusal:
        Experiment(hidden=hidden, activation=("relu", "tanh"))
    assert refusal.value.names == ("hidden", "activation")


def test_equal_activations_are_one_name():
    mixed = Experiment(hidden=(4, 4), activation=["relu", "tanh"])
    assert mixed == Experiment(hidden=(4, 4), activation=("relu", "tanh"))
    assert hash(mixed) == hash(Experiment(hidden=(4, 4), activation=("relu", "tanh")))
    assert mixed != Experiment(hidden=(4, 4), activation=("tanh", "relu"))
    same = Experiment(hidden=(4, 4), activation=("relu", "relu"))
    assert same == Experiment(hidden=(4, 4), activation="relu")
    assert hash(same) == hash(Experiment(hidden=(4, 4), activation="relu"))
    assert same.activation == "relu"


@pytest.mark.parametrize(
    ("hidden", "activation", "expected"),
    [
        ((), "relu", ()),
        ((4, 3, 2), "relu", ("relu", "relu", "relu")),
        ((4, 3), ("relu", "tanh"), ("relu", "tanh")),
    ],
)
def test_every_hidden_layer_has_its_activation(hidden, activation, expected):
    assert Experiment(hidden=hidden, activation=activation).activations == expected


@pytest.mark.parametrize(
    ("hidden", "activation"),
    [
        ((9, 9), ("relu", "tanh")),
        ((9, 9, 9, 9), ("relu", "tanh", "tanh", "tanh")),
        ((9,), "relu"),
        ((), "relu"),
    ],
)
def test_activations_go_with_the_layers(hidden, activation):
    before = Experiment(hidden=(4, 3), activation=("relu", "tanh"))
    assert before.but(hidden=hidden) == Experiment(hidden=hidden, activation=activation)


def test_activations_that_are_turned_with_the_layers_are_those_that_are_given():
    before = Experiment(hidden=(4, 3), activation=("relu", "tanh"))
    after = before.but(hidden=(4, 3, 2), activation=("tanh", "sigmoid", "relu"))
    assert after.activations == ("tanh", "sigmoid", "relu")
    assert before.but(hidden=(4, 3, 2), activation="linear").activation == "linear"
    with pytest.raises(ConflictError, match=r"^activation is given for 2 layers, but hidden has 3"):
        before.but(hidden=(4, 3, 2), activation=("relu", "tanh"))
    for bad in (3, None, "4-3", (0,), (1,) * 51):
        with pytest.raises(ValueError, match=r"^hidden is .*, but must be up to 50 layers"):
            before.but(hidden=bad)


def test_but_turns_some_knobs_and_checks_them():
    before = Experiment(seed=3)
    after = before.but(learning_rate=0.5)
    assert (after.seed, after.learning_rate) == (3, 0.5)
    assert before == Experiment(seed=3)
    with pytest.raises(ValueError, match=r"^epochs is -1, but must be "):
        before.but(epochs=-1)


def test_differences_names_what_differs_with_both_values():
    mine, theirs = Experiment(seed=1, hidden=(4,)), Experiment(hidden=(4,), l2=0.5)
    assert mine.differences(theirs) == {"l2": (0.0, 0.5), "seed": (1, 0)}
    assert mine.differences(mine) == {}


@pytest.mark.parametrize("name", KNOBS)
def test_a_declaration_has_words_for_everything(name):
    knob = KNOBS[name]
    assert knob.label
    assert knob.section in {"data", "network", "training", "regularisation", "seeds"}
    assert knob.meaning.endswith(".")
    assert knob.check(getattr(Experiment(), name)) == getattr(Experiment(), name)
    if isinstance(knob, Choice | Choices):
        assert all(knob.titles.values())
        assert len(set(knob.titles.values())) == len(knob.titles)
    if isinstance(knob, Real):
        assert list(knob.options) == sorted(set(knob.options))
        assert [knob.check(value) for value in knob.options] == list(knob.options)
        assert getattr(Experiment(), name) in knob.options


STOPS = {name: knob.options for name, knob in KNOBS.items() if isinstance(knob, Real)}


@pytest.mark.parametrize("name", STOPS)
def test_the_stops_of_a_slider_are_round_numbers(name):
    # On an even grid, or of one digit, be it that of what is missing to 1 as in 0.999.
    for stop in STOPS[name]:
        missing = round(1 - stop, 9) if 0.9 < stop < 1 else stop
        digit = float(f"{missing:.9e}".split("e")[0])
        assert digit in (0, 1, 2, 3, 5, 7) or stop in np.arange(21) / 20


@pytest.mark.parametrize("name", ["learning_rate", "init_scale", "decay_rate", "clip", "l1", "l2"])
def test_a_slider_of_many_sizes_has_every_power_of_ten_and_as_much_between(name):
    stops = [stop for stop in STOPS[name] if stop > 0]
    powers = np.log10(stops)
    assert set(np.arange(np.ceil(powers[0]), powers[-1] + 0.1)) <= set(powers.round(9))
    assert KNOBS[name].check(stops[-1]) == stops[-1]
    assert (np.diff(powers) > 0.14).all()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("noise", 0.0, 0.5),
        ("train_fraction", 0.1, 1.0),
        ("dev_fraction", 0.0, 0.9),
        ("shift_strength", 0.0, 1.0),
        ("target_share", 0.0, 1.0),
        ("keep_prob", 0.05, 1.0),
    ],
)
def test_a_slider_of_a_share_reaches_its_ends(name, first, last):
    assert (STOPS[name][0], STOPS[name][-1]) == (first, last)


def test_noise_at_the_start_goes_by_powers_of_ten():
    powers = np.log10(STOPS["init_noise"][1:])
    np.testing.assert_allclose(powers, powers.round(), atol=1e-12)
    assert (powers[0], powers[-1]) == (-12, 0)


@pytest.mark.parametrize(
    ("name", "without", "with_it"),
    [
        ("samples", {"dataset": "own"}, {"dataset": "moons"}),
        ("noise", {"dataset": "mnist"}, {"dataset": "moons"}),
        ("points", {"dataset": "moons"}, {"dataset": "own"}),
        ("bits", {"dataset": "xor"}, {"dataset": "parity"}),
        ("features", {"dataset": "parity"}, {"dataset": "xor"}),
        ("data_seed", {"dataset": "own"}, {"dataset": "moons"}),
        ("train_fraction", {"dataset": "own"}, {"dataset": "moons"}),
        ("dev_fraction", {"dataset": "parity"}, {"dataset": "mnist"}),
        ("activation", {"hidden": ()}, {"hidden": (1,)}),
        ("keep_prob", {"hidden": ()}, {"hidden": (1,)}),
        ("patience", {"dataset": "xor"}, {"dataset": "mnist"}),
        ("patience", {"dataset": "moons", "dev_fraction": 0}, {"dataset": "moons"}),
        ("decay_rate", {"decay": "none"}, {"decay": "step"}),
        ("decay_interval", {"decay": "none"}, {"decay": "scheduled"}),
        *(("decay_interval", {"decay": d}, {"decay": "scheduled"}) for d in ("inverse", "step")),
        ("beta1", {"optimizer": "rmsprop"}, {"optimizer": "momentum"}),
        ("beta2", {"optimizer": "momentum"}, {"optimizer": "adam"}),
    ],
)
def test_a_knob_says_where_it_matters(name, without, with_it):
    assert not KNOBS[name].matters(Experiment(**without))
    assert KNOBS[name].matters(Experiment(**with_it))
