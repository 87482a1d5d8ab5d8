import dataclasses
import re
from dataclasses import replace

import numpy as np
import pytest

from engine.experiment.experiment import KNOBS, ConflictError, Experiment
from engine.experiment.knobs import Integer, Real
from pages._kit.knobs.lens import Lens
from pages._kit.lessons.lesson import PARAMETERS
from pages._pages.registry import LENSES
from tests.pages.offers import (
    PAGES,
    at_random,
    at_the_ends,
    ends,
    random_experiment,
    turned,
    where_it_matters,
)

lenses = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)

NARROW = Lens(
    path="narrow",
    defaults=Experiment(batch_size=10, features=("x1",), dataset="circles"),
    knobs=("hidden", "epochs", "activation", "batch_size", "features", "l2"),
    offers={
        "hidden": (8, 4),
        "epochs": (10, 100, 1000),
        "activation": ("tanh", "sigmoid"),
        "batch_size": (10, 50, 0),
        "features": ("x1", "x1_squared"),
    },
)


@lenses
def test_every_lens_belongs_to_a_page(lens):
    assert lens.path in PAGES


@lenses
def test_every_knob_of_a_lens_is_known_and_shown_once(lens):
    assert len(set(lens.knobs)) == len(lens.knobs)
    assert set(lens.knobs) <= set(KNOBS)
    assert set(lens.offers) <= {*lens.knobs, *lens.varied}


@lenses
def test_the_defaults_are_among_what_is_offered(lens):
    for name, offer in lens.offers.items():
        default = getattr(lens.defaults, name)
        assert default in offer or isinstance(default, tuple), name


@lenses
def test_no_knob_of_a_lens_is_without_effect_whatever_the_others_say(lens):
    assert [name for name in lens.knobs if where_it_matters(lens, name) is None] == []


@lenses
def test_every_dial_has_a_parameter_of_its_own_and_a_default_that_is_allowed(lens):
    names = [page_knob.name for page_knob in lens.page_knobs]
    assert len(set(names)) == len(names)
    assert not {*names} & {*KNOBS, *PARAMETERS, "v", "panel", "pins", "epoch", "embed"}
    for page_knob in lens.page_knobs:
        assert page_knob.knob.check(page_knob.default) == page_knob.default
        assert page_knob.read(page_knob.knob.write(page_knob.default)) == (page_knob.default, [])


@lenses
def test_the_defaults_make_an_empty_link(lens):
    assert lens.write(lens.defaults) == {}
    assert lens.read({}) == (lens.defaults, [])


@lenses
@pytest.mark.parametrize("seed", range(50))
def test_what_is_written_is_read_back(lens, seed):
    experiment = random_experiment(lens, np.random.default_rng(seed))
    assert lens.read(lens.write(experiment)) == (experiment, [])


@lenses
def test_the_ends_of_every_offer_are_read_back(lens):
    for name in lens.knobs:
        for value in at_the_ends(lens, name):
            experiment = turned(lens, lens.defaults, **{name: value})
            assert lens.read(lens.write(experiment)) == (experiment, []), name


@lenses
def test_a_knob_without_a_control_is_refused(lens):
    for name in sorted(set(KNOBS) - {*lens.knobs, *lens.varied}):
        other = next(
            value for value in at_the_ends(lens, name) if value != getattr(lens.defaults, name)
        )
        experiment, notes = lens.read({name: KNOBS[name].write(other)})
        assert experiment == lens.defaults
        assert len(notes) == 1
        assert name in notes[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hidden", "9"),  # wider than the 8 units offered
        ("hidden", "8-5"),
        ("hidden", "8-4-1"),  # deeper than the two layers offered
        ("epochs", "9"),
        ("epochs", "1001"),
        ("activation", "relu"),
        ("features", "x2"),
        ("features", "x1.x2"),
    ],
)
def test_a_value_outside_the_offer_falls_back_with_one_note(name, text):
    experiment, notes = NARROW.read({name: text})
    shown = KNOBS[name].show(getattr(NARROW.defaults, name))
    assert experiment == NARROW.defaults
    assert notes == [f"{name} is outside what this page offers, so the default {shown} is used."]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("hidden", "none", ()),
        ("hidden", "8-4", (8, 4)),
        ("hidden", "1-1", (1, 1)),
        ("epochs", "10", 10),
        ("epochs", "77", 77),  # between two stops
        ("activation", "tanh", "tanh"),
        ("batch_size", "0", 0),  # full batch, the largest of all
        ("batch_size", "50", 50),
        ("features", "x1_squared", ("x1_squared",)),
        ("features", "x1.x1_squared", ("x1", "x1_squared")),
    ],
)
def test_a_value_within_the_offer_is_taken(name, text, value):
    experiment, notes = NARROW.read({name: text})
    assert (experiment, notes) == (NARROW.defaults.but(**{name: value}), [])


BY_LAYER = dataclasses.replace(NARROW, by_layer=("activation",))


def test_a_page_with_a_choice_for_each_layer_takes_what_it_offers_to_all():
    query = {"hidden": "8-4", "activation": "tanh.sigmoid"}
    expected = NARROW.defaults.but(hidden=(8, 4), activation=("tanh", "sigmoid"))
    assert BY_LAYER.read(query) == (expected, [])
    assert BY_LAYER.write(expected) == query
    experiment, notes = BY_LAYER.read({"hidden": "8-4", "activation": "tanh.relu"})
    assert experiment == NARROW.defaults.but(hidden=(8, 4))
    assert notes == ["activation is outside what this page offers, so the default Sigmoid is used."]


def test_a_page_with_one_choice_for_all_layers_refuses_one_for_each():
    experiment, notes = NARROW.read({"hidden": "8-4", "activation": "tanh.sigmoid"})
    assert experiment == NARROW.defaults.but(hidden=(8, 4))
    assert notes == ["activation is outside what this page offers, so the default Sigmoid is used."]


@pytest.mark.parametrize("lens", [each for each in LENSES.values() if "hidden" in each.knobs])
def test_only_a_page_with_a_choice_for_each_layer_takes_a_mixture(lens):
    hidden = lens.offers["hidden"][:2]
    query = {"hidden": KNOBS["hidden"].write(hidden), "activation": "tanh.sigmoid"}
    experiment, notes = lens.read(query)
    is_taken = lens.path in ("one_step", "xor", "mnist")
    assert (lens.by_layer == ("activation",)) == is_taken
    assert experiment.activations == (
        ("tanh", "sigmoid") if is_taken else (lens.defaults.activation,) * 2
    )
    assert len(notes) == (not is_taken)


def test_layers_that_are_not_offered_leave_no_mixture_behind():
    query = {"hidden": "8-4-2", "activation": "tanh.sigmoid.tanh"}
    experiment, notes = BY_LAYER.read(query)
    assert experiment.hidden == NARROW.defaults.hidden
    assert isinstance(experiment.activation, str)
    assert [note.split()[0] for note in notes] == ["hidden", "activation"]


@lenses
def test_no_number_above_what_is_offered_is_taken(lens):
    for name, offer in lens.offers.items():
        knob = KNOBS[name]
        if not isinstance(knob, Integer | Real) or knob.high <= max(offer):
            continue
        if isinstance(knob, Integer) and 0 in offer and 0 in knob.names:
            continue  # all, which is more than any number
        experiment, (note,) = lens.read({name: knob.write(knob.high)})
        assert experiment == lens.defaults
        assert note.startswith(f"{name} is outside what this page offers")


@lenses
def test_any_values_together_end_in_an_experiment_and_what_was_wrong_with_them(lens):
    # Values that a knob has anywhere, on this page or not, two to four of them at once.
    rng, whole = np.random.default_rng(1), {}
    for name, knob in KNOBS.items():
        values = [*ends(knob, None), *ends(knob, lens.offers.get(name)), at_random(lens, name, rng)]
        whole[name] = list(dict.fromkeys(knob.write(knob.check(value)) for value in values))
    for _ in range(1500):
        names = rng.choice(list(whole), rng.integers(2, 5), replace=False)
        query = {str(name): str(rng.choice(whole[name])) for name in names}
        experiment, notes = lens.read(query)
        assert lens.read(lens.write(experiment)) == (experiment, []), query
        assert all(note.endswith(".") for note in notes), query


@pytest.mark.parametrize("text", ["1", "9"])
def test_zero_that_stands_for_all_does_not_open_the_low_end(text):
    experiment, notes = NARROW.read({"batch_size": text})
    assert experiment.batch_size == 10
    assert len(notes) == 1


def test_one_bad_parameter_leaves_the_good_ones():
    query = {"hidden": "99", "l2": "0.3", "epochs": "many", "seed": "4"}
    experiment, notes = NARROW.read(query)
    assert experiment == NARROW.defaults.but(l2=0.3)
    assert sorted(note.split()[0] for note in notes) == ["epochs", "hidden", "seed"]


# --- turning knobs as far as a page can -----------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"epochs": 40}, {"epochs": 100}),  # 2.5 times as many, where 10 is a quarter
        ({"epochs": 3000}, None),  # would be 1000, which it is
        ({"batch_size": 32}, {"batch_size": 50}),
        ({"batch_size": 0}, {"batch_size": 0}),
        ({"hidden": (32, 32, 32)}, {"hidden": (8, 4)}),
        ({"l2": 0.04}, {"l2": 0.03}),
        ({"l2": 0.0, "epochs": 10}, {"epochs": 10}),  # what is so already needs no control
        ({"l2": 1.0, "seed": 0}, {"l2": 1.0}),
        ({"activation": "relu"}, None),
        ({"learning_rate": 0.1}, None),
        ({"l2": 1.0, "learning_rate": 0.1}, None),
        ({"features": ("x2",)}, {"features": ("x2",)}),
        ({}, None),
        ({"activation": "tanh", "hidden": ()}, None),  # without a hidden unit nothing is activated
    ],
)
def test_a_knob_is_turned_to_the_nearest_value_that_a_page_offers(change, expected):
    after = NARROW.turned(NARROW.defaults, change)
    assert after == (expected and NARROW.defaults.but(**expected))


@pytest.mark.parametrize(
    ("lens", "change", "expected"),
    [
        (BY_LAYER, {"activation": ("sigmoid", "tanh")}, ("sigmoid", "tanh")),
        (BY_LAYER, {"activation": ("sigmoid", "relu")}, None),
        (NARROW, {"activation": ("sigmoid", "tanh")}, None),
        (BY_LAYER, {"activation": "tanh"}, ("tanh", "tanh")),
        (BY_LAYER, {"hidden": (8,)}, ("tanh",)),  # the activations go with their layers
    ],
)
def test_activations_are_turned_as_far_as_a_page_can(lens, change, expected):
    before = NARROW.defaults.but(hidden=(4, 4), activation=("tanh", "sigmoid"))
    after = lens.turned(before, change)
    assert (after and after.activations) == expected


def test_what_would_take_too_long_is_not_turned():
    lens = LENSES["xor"]
    slow = lens.defaults.but(dataset="moons", samples=1000, epochs=100, batch_size=1)
    assert lens.turned(slow, {"epochs": 3000}) is None


# --- how much one run may ask for -----------------------------------------------------------------

BOUNDED = Lens(path="bounded", defaults=Experiment(), knobs=tuple(KNOBS), most_steps=20)


@pytest.mark.parametrize(
    ("data", "m"),
    [
        ({"dataset": "xor"}, 4),
        ({"dataset": "own", "points": ((0.0, 1.0, 1),) * 10}, 10),
        ({"dataset": "parity", "bits": 3}, 8),
        ({"dataset": "moons", "samples": 20, "train_fraction": 0.5, "dev_fraction": 0.2}, 10),
        ({"dataset": "mnist", "samples": 10, "train_fraction": 0.1, "dev_fraction": 0.2}, 8),
        ({"dataset": "mnist", "samples": 12, "dev_fraction": 0.25, "shift": "blurred"}, 6),
    ],
)
def test_the_bound_counts_the_training_samples_of_every_data_set(data, m):
    experiment = BOUNDED.defaults.but(batch_size=2, **data)
    epochs = 20 // (m // 2)
    assert BOUNDED.checked(experiment.but(epochs=epochs)).epochs == epochs
    with pytest.raises(ConflictError) as refusal:
        BOUNDED.checked(experiment.but(epochs=epochs + 1))
    assert refusal.value.names == ("epochs", "batch_size")
    assert str(refusal.value) == (
        f"{epochs + 1} epochs in mini-batches of 2 samples are {(epochs + 1) * m // 2} steps, but "
        "20 is the most."
    )


HUNDRED = ((0.5, 0.5, 1),) * 100
DEEP = LENSES["xor"].defaults.but(dataset="own", points=HUNDRED, hidden=(12,) * 6)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"batch_size": 1, "epochs": 3000},
            "3,000 epochs in mini-batches of 1 sample are 300,000 steps, but 100,000 is the most.",
        ),
        (
            {"batch_size": 1, "epochs": 1000},
            "1,000 epochs of a network with 6 hidden layers in steps of 1 sample would take about "
            "13 seconds, but 8 is the most.",
        ),
        ({"batch_size": 1, "epochs": 1000, "hidden": (12,) * 2}, None),
        ({"batch_size": 0, "epochs": 3000}, None),
        ({"batch_size": 10, "epochs": 3000}, None),
    ],
)
def test_a_page_without_a_stop_button_takes_no_run_that_keeps_everybody_waiting(changes, sentence):
    lens, experiment = LENSES["xor"], DEEP.but(**changes)
    if sentence is None:
        assert lens.checked(experiment) == experiment
        return
    with pytest.raises(ConflictError, match=f"^{re.escape(sentence)}$"):
        lens.checked(experiment)
    assert lens.read(lens.write(experiment))[1] == [f"{sentence} The defaults are used."]
    points = tuple((float(k), 0.0, 1) for k in range(30))
    assert lens.turned(experiment.but(points=points, epochs=10), {"epochs": 3000}) is None


@pytest.mark.parametrize("lens", [LENSES["xor"], LENSES["vanishing"]], ids=lambda lens: lens.path)
def test_where_a_run_is_too_long_the_defaults_are_not(lens):
    rng, refused = np.random.default_rng(0), 0
    for _ in range(300):
        fixed = {"epochs": max(lens.offers["epochs"]), "batch_size": int(rng.integers(1, 4))}
        wild = random_experiment(replace(lens, most_steps=None, most_seconds=None), rng, **fixed)
        after, notes = lens.bounded(wild)
        assert lens.checked(after) == after
        assert bool(notes) == (after != wild)
        refused += bool(notes)
    assert refused > 50
