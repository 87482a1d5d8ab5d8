import contextlib
import dataclasses
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Choice, Choices, Flag, Integer, LayerChoice, Real, Widths
from pages._kit.knobs.lens import Lens
from pages._pages.registry import LENSES
from tests.pages import screen
from tests.pages.offers import where_it_matters
from tests.rows import expected_of

DEFAULTS = Experiment(
    dataset="circles", optimizer="adam", decay="inverse", train_fraction=0.6, dev_fraction=0.2
)
ALL = Lens(path="all", defaults=DEFAULTS, knobs=tuple(KNOBS), offers={"hidden": (6, 4, 2)})
PARITY = Lens(path="parity", defaults=Experiment(dataset="parity"), knobs=tuple(KNOBS))

WIDGETS = {
    Flag: "toggle",
    Choice: "selectbox",
    LayerChoice: "selectbox",
    Choices: "button_group",
    Integer: "number_input",
    Real: "select_slider",
    Widths: "slider",
}


def page(lens, experiment):
    import streamlit as st

    from pages._kit.knobs import controls

    with st.sidebar:
        said = controls.draw(lens, st.session_state.get("said", experiment))
    st.session_state["said"] = said


@pytest.fixture
def drawn():
    """Draw a lens's controls, set to an experiment; return the session."""

    def drawn(lens, experiment=None):
        options = {"lens": lens, "experiment": experiment or lens.defaults}
        at = AppTest.from_function(page, default_timeout=30, kwargs=options).run()
        assert not at.exception
        return at

    return drawn


def said(at):
    assert not at.exception
    return at.session_state["said"]


def widget(at, name):
    return screen.widget(at, KNOBS[name].label)


def turn(at, name, value):
    return widget(at, name).set_value(value).run()


# --- one knob, one widget -------------------------------------------------------------------------


def test_every_kind_of_knob_has_its_widget_set_to_the_experiment(drawn):
    at = drawn(ALL)
    for name, knob in KNOBS.items():
        if not knob.matters(DEFAULTS):
            continue
        found, value = widget(at, name), getattr(DEFAULTS, name)
        kind = expected_of(WIDGETS, type(knob), "the kind of its widget", "WIDGETS", __file__)
        assert found.type == kind, name
        match knob:
            case Widths():
                assert found.value == len(value)
            case Choices():
                assert tuple(found.value) == value
            case _:
                assert found.value == value, name


def test_a_knob_without_effect_is_not_drawn(drawn):
    shown = screen.labels(drawn(PARITY))
    for name, knob in KNOBS.items():
        assert (knob.label in shown) == knob.matters(PARITY.defaults), name


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_the_controls_of_a_page_say_its_defaults(drawn, lens):
    assert said(drawn(lens)) == lens.defaults


def test_a_whole_number_with_an_offer_is_a_slider_over_it(drawn):
    lens = Lens(path="few", defaults=DEFAULTS, knobs=("epochs",), offers={"epochs": (10, 1000, 30)})
    found = drawn(lens).select_slider[0]
    assert (found.options, found.value) == (["10", "30", "1,000"], 1000)


def test_zero_that_stands_for_all_is_the_last_stop(drawn):
    offers = {"batch_size": (0, 10, 50), "samples": (100, 300, 0)}
    digits = DEFAULTS.but(dataset="mnist", samples=300, batch_size=10)
    lens = Lens(path="all", defaults=digits, knobs=("samples", "batch_size"), offers=offers)
    samples, batch_size = drawn(lens).select_slider
    assert samples.options == ["100", "300", "all"]
    assert batch_size.options == ["10", "50", "full batch"]


def test_a_choice_shows_what_the_page_offers_by_its_title(drawn):
    lens = Lens(
        path="two", defaults=DEFAULTS, knobs=("dataset",), offers={"dataset": ("moons", "circles")}
    )
    assert drawn(lens).selectbox[0].options == ["Moons", "Circles"]


def test_a_tooltip_holds_meaning_equation_and_typical_range(drawn):
    at = drawn(ALL)
    for name, knob in KNOBS.items():
        if not knob.matters(DEFAULTS):
            continue
        tooltip = widget(at, name).help
        assert tooltip.startswith(knob.meaning), name
        assert knob.equation in tooltip, name
        assert ("$" in tooltip) == bool(knob.equation), name
        assert (f"Typical: {knob.typical}." in tooltip) == bool(knob.typical), name


def test_a_label_is_the_terms_own_and_needs_no_markup():
    for knob in KNOBS.values():
        assert re.fullmatch(r"[^*`$<>\[\]]+", knob.label)


NAMED = r"(?:^|\W)([\d.,]*\d) (?:is|are|stands?|standing|means|never|clips)\b"


def test_a_tooltip_names_no_value_that_its_slider_does_not_have():
    told = []
    for lens in LENSES.values():
        for name in lens.knobs:
            knob = KNOBS[name]
            stops = lens.offers.get(name) or getattr(knob, "options", ())
            for value in re.findall(NAMED, knob.meaning):
                assert value in [knob.show(stop) for stop in stops], (lens.path, knob.meaning)
                told.append(name)
    assert {"batch_size", "clip", "keep_prob"} <= set(told)


# --- a value from a link --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"), [("learning_rate", 0.0712), ("l2", 0.05), ("noise", 0.123), ("clip", 999.5)]
)
def test_a_value_between_the_stops_is_shown_exactly(drawn, name, value):
    at = drawn(ALL, DEFAULTS.but(**{name: value}))
    found = widget(at, name)
    assert found.value == value
    assert f"{value:g}" in found.options
    shown = [float(option.replace(",", "")) for option in found.options]
    assert shown == sorted(shown)
    assert getattr(said(at.run()), name) == value


def test_leaving_a_value_between_the_stops_works_at_the_first_try(drawn):
    at = turn(drawn(ALL, DEFAULTS.but(learning_rate=0.0712)), "learning_rate", 0.3)
    assert widget(at, "learning_rate").value == said(at).learning_rate == 0.3
    assert said(at.run()).learning_rate == 0.3
    assert widget(at, "learning_rate").value == 0.3


def test_two_values_that_are_nearly_alike_are_both_kept_and_told_apart(drawn):
    close = 0.1 + 1e-9  # beside the stop 0.1
    at = drawn(ALL, DEFAULTS.but(learning_rate=close))
    assert {"0.1", "0.100000001"} <= set(widget(at, "learning_rate").options)
    assert said(at).learning_rate == close
    assert said(at.run()).learning_rate == close
    assert said(turn(at, "learning_rate", 0.1)).learning_rate == 0.1


def beside(stop, step):
    """A value a link may bring, which is hardly another than a stop's."""
    return int(stop) + 1 if isinstance(stop, int) else float(np.nextafter(stop, stop + step))


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
@pytest.mark.parametrize("step", [-1, 1])
def test_no_two_stops_of_a_slider_look_alike_whatever_value_a_link_brings(drawn, lens, step):
    numbers = {name: KNOBS[name] for name in lens.knobs if isinstance(KNOBS[name], Real | Integer)}
    stops = {
        name: lens.offers.get(name) or getattr(k, "options", ()) for name, k in numbers.items()
    }
    undrawn = {name for name in stops if stops[name]}
    while undrawn:
        experiment, seen = where_it_matters(lens, next(iter(undrawn))), set[str]()
        for name in undrawn:
            with contextlib.suppress(ValueError):  # at an end of its range, or too much together
                experiment = experiment.but(**{name: beside(stops[name][1], step)})
        for slider in drawn(lens, experiment).select_slider:
            assert len(set(slider.options)) == len(slider.options), slider.label
            seen.add(slider.label)
        assert seen
        undrawn -= {name for name in undrawn if KNOBS[name].label in seen}


# --- turning --------------------------------------------------------------------------------------


def test_turning_a_knob_turns_it_and_nothing_else(drawn):
    at, expected = drawn(ALL), DEFAULTS
    turns = {"dataset": "moons", "samples": 50, "standardize": True, "activation": "relu"}
    turns |= {"learning_rate": 0.3, "batch_size": 32, "l2": 0.7, "seed": 7}
    for name, value in turns.items():
        expected = expected.but(**{name: value})
        assert said(turn(at, name, value)) == expected
        assert said(at.run()) == expected


def test_features_are_chosen_as_many_as_one_likes(drawn):
    at = turn(drawn(ALL), "features", ["x1_squared", "x1"])
    assert said(at).features == ("x1", "x1_squared")  # in the order of declaration


def test_a_network_without_inputs_is_not_made(drawn):
    at = turn(drawn(ALL), "features", [])
    assert said(at).features == DEFAULTS.features
    assert "one or more" in at.caption[0].value
    assert said(turn(at, "features", ["x2"])).features == ("x2",)


@pytest.mark.parametrize(
    ("cause", "value", "effects"),
    [
        ("optimizer", "adam", ["beta1", "beta2"]),
        ("dataset", "moons", ["samples", "noise", "features"]),
        ("decay", "step", ["decay_rate"]),
    ],
)
def test_a_knob_that_begins_to_matter_appears_at_once(drawn, cause, value, effects):
    start = Experiment(dataset="parity", bits=2)
    at = drawn(Lens(path="late", defaults=start, knobs=tuple(KNOBS)))
    at = turn(at, cause, value)
    assert {KNOBS[name].label for name in effects} <= screen.labels(at)


def test_a_knob_that_no_longer_matters_goes_at_once(drawn):
    at = turn(drawn(ALL), "optimizer", "gradient_descent")
    assert KNOBS["beta1"].label not in screen.labels(at)


def test_a_value_survives_while_its_knob_does_not_matter(drawn):
    at = turn(drawn(ALL), "beta1", 0.5)
    for optimizer in ("gradient_descent", "adam"):
        at = turn(at, "optimizer", optimizer).run()
    assert said(at).beta1 == widget(at, "beta1").value == 0.5


# --- hidden layers --------------------------------------------------------------------------------


def layers(at):
    return [w for w in at.slider if w.label.startswith("Units in layer")]


def test_each_hidden_layer_has_its_width_up_to_what_is_offered(drawn):
    at = drawn(ALL, DEFAULTS.but(hidden=(5, 3)))
    assert [(w.label, w.value, w.min, w.max) for w in layers(at)] == [
        ("Units in layer 1", 5, 1, 6),
        ("Units in layer 2", 3, 1, 4),
    ]


@pytest.mark.parametrize(("count", "hidden"), [(0, ()), (1, (3,)), (2, (3, 3)), (3, (3, 3, 2))])
def test_a_layer_added_is_like_the_one_before_as_far_as_is_offered(drawn, count, hidden):
    at = turn(drawn(ALL), "hidden", count)
    assert said(at).hidden == hidden
    assert [w.value for w in layers(at)] == list(hidden)


def test_from_no_layers_at_all_one_can_begin_again(drawn):
    at = turn(turn(drawn(ALL), "hidden", 0), "hidden", 2)
    assert len(said(at).hidden) == 2


def test_a_width_is_turned_by_itself(drawn):
    at = drawn(ALL, DEFAULTS.but(hidden=(5, 3)))
    layers(at)[1].set_value(1).run()
    assert said(at).hidden == (5, 1)


DEEP = Lens(
    path="deep",
    defaults=Experiment(hidden=(5, 5)),
    knobs=("hidden",),
    offers={"hidden": (64,) * 50},
)


def one_width(at):
    return screen.widget(at, "Units per layer")


def test_many_layers_have_one_width(drawn):
    at = drawn(DEEP)
    assert layers(at) == []
    assert (one_width(at).value, one_width(at).min, one_width(at).max) == (5, 1, 64)
    assert said(turn(at, "hidden", 50)).hidden == (5,) * 50
    assert said(one_width(at).set_value(7).run()).hidden == (7,) * 50
    assert said(at.run()).hidden == (7,) * 50


def test_without_layers_there_is_no_width_to_turn(drawn):
    at = turn(drawn(DEEP), "hidden", 0)
    assert said(at).hidden == ()
    assert one_width(at).disabled
    assert said(turn(at, "hidden", 3)).hidden == (5, 5, 5)


def test_unequal_widths_from_a_link_are_shown_and_stay_until_one_is_turned(drawn):
    at = drawn(DEEP, DEEP.defaults.but(hidden=(4, 9, 2)))
    assert said(at.run()).hidden == (4, 9, 2)
    assert (widget(at, "hidden").value, one_width(at).value) == (3, 9)
    assert "4-9-2" in at.caption[0].value
    assert said(turn(at, "hidden", 4)).hidden == (9, 9, 9, 9)
    assert [caption.value for caption in at.caption] == []


# --- an activation for each hidden layer ----------------------------------------------------------

BY_LAYER = Lens(
    path="layers",
    defaults=Experiment(hidden=(3, 3), activation="relu"),
    knobs=("hidden", "activation", "epochs"),
    offers={"hidden": (6,) * 4},
    by_layer=("activation",),
)
MIXED = BY_LAYER.defaults.but(activation=("relu", "tanh"))
EACH = "one per layer"


def of_layers(at):
    return [w for w in at.selectbox if w.label.startswith("Activation g[")]


def test_one_choice_stands_for_all_layers_until_there_is_to_be_one_per_layer(drawn):
    at = drawn(BY_LAYER)
    assert widget(at, "activation").value == "relu"
    names = list(KNOBS["activation"].titles.values())
    assert widget(at, "activation").options == [*names, "One per layer"]
    assert of_layers(at) == []
    at = turn(at, "activation", EACH)
    assert [(w.label, w.value, w.options) for w in of_layers(at)] == [
        ("Activation g[1]", "relu", names),
        ("Activation g[2]", "relu", names),
    ]
    assert said(at) == BY_LAYER.defaults  # nothing has been turned yet


def test_the_activation_of_one_layer_is_turned_by_itself(drawn):
    at = turn(drawn(BY_LAYER), "activation", EACH)
    of_layers(at)[1].set_value("tanh").run()
    assert said(at) == MIXED
    assert said(at.run()) == MIXED
    of_layers(at)[0].set_value("sigmoid").run()
    assert said(at).activations == ("sigmoid", "tanh")
    assert [w.value for w in of_layers(at.run())] == ["sigmoid", "tanh"]
    of_layers(at)[1].set_value("sigmoid").run()
    assert said(at).activation == "sigmoid"
    assert len(of_layers(at.run())) == 2  # what has been unfolded stays so


def test_activations_from_a_link_are_unfolded(drawn):
    at = drawn(BY_LAYER, MIXED)
    assert widget(at, "activation").value == EACH
    assert [w.value for w in of_layers(at)] == ["relu", "tanh"]
    assert said(at) == said(at.run()) == MIXED


def test_a_single_name_takes_the_place_of_all(drawn):
    at = turn(drawn(BY_LAYER, MIXED), "activation", "linear")
    assert said(at) == BY_LAYER.defaults.but(activation="linear")
    assert of_layers(at) == []
    at = turn(at, "activation", EACH)
    assert [w.value for w in of_layers(at)] == ["linear", "linear"]


@pytest.mark.parametrize(
    ("count", "activations"),
    [
        (4, ("relu", "tanh", "tanh", "tanh")),
        (3, ("relu", "tanh", "tanh")),
        (1, ("relu",)),
        (0, ()),
    ],
)
def test_another_layer_has_the_activation_of_the_last(drawn, count, activations):
    at = turn(drawn(BY_LAYER, MIXED), "hidden", count)
    assert said(at).activations == activations
    assert said(at) == said(at.run())
    assert [w.value for w in of_layers(at)] == list(activations) * (count > 1)
    assert [caption.value for caption in at.caption] == []
    at = turn(at, "hidden", 2)
    assert said(at).activations == (("relu", "tanh") if count > 1 else ("relu", "relu"))
    assert [caption.value for caption in at.caption] == []


def test_one_layer_has_no_choice_for_each(drawn):
    at = drawn(BY_LAYER, BY_LAYER.defaults.but(hidden=(3,)))
    assert widget(at, "activation").options == list(KNOBS["activation"].titles.values())


def test_activations_that_are_not_shown_go_with_the_layers(drawn):
    hidden_only = dataclasses.replace(BY_LAYER, knobs=("hidden",))
    at = turn(drawn(hidden_only, MIXED), "hidden", 3)
    assert said(at).activations == ("relu", "tanh", "tanh")
    assert [caption.value for caption in at.caption] == []


def test_each_layer_is_offered_what_all_are(drawn):
    few = dataclasses.replace(BY_LAYER, offers={"hidden": (6, 6), "activation": ("relu", "tanh")})
    at = drawn(few, MIXED)
    assert widget(at, "activation").options == ["ReLU", "tanh", "One per layer"]
    assert [w.options for w in of_layers(at)] == [["ReLU", "tanh"]] * 2


def test_elsewhere_there_is_one_choice_and_what_came_from_a_file_is_left_as_it_is(drawn):
    lens = dataclasses.replace(BY_LAYER, by_layer=())
    assert "One per layer" not in widget(drawn(lens), "activation").options
    at = drawn(lens, MIXED)
    assert said(at) == said(at.run()) == MIXED
    assert widget(at, "activation").options[-1] == "ReLU-tanh"
    at = turn(at, "activation", "tanh")
    assert said(at) == said(at.run()) == BY_LAYER.defaults.but(activation="tanh")
    assert "ReLU-tanh" not in widget(at, "activation").options


# --- values that do not go together ---------------------------------------------------------------


def test_a_conflict_keeps_the_earlier_value_and_says_so(drawn):
    at = turn(drawn(ALL), "train_fraction", 0.9)
    assert said(at) == DEFAULTS
    (caption,) = at.caption
    assert "train_fraction 0.9 and dev_fraction 0.2 add up to more than 1" in caption.value
    assert "The earlier value is kept." in caption.value


def test_a_conflict_is_over_when_the_other_knob_gives_way(drawn):
    at = turn(drawn(ALL), "train_fraction", 0.9)
    at = turn(at, "dev_fraction", 0.1)
    assert (said(at).train_fraction, said(at).dev_fraction) == (0.9, 0.1)
    assert [caption.value for caption in at.caption] == []


def test_a_data_set_that_the_other_knobs_do_not_allow_is_refused_in_words(drawn):
    digits = Experiment(dataset="mnist", samples=0, dev_fraction=0.0)
    at = drawn(Lens(path="digits", defaults=digits, knobs=("dataset", "epochs")))
    at = turn(at, "dataset", "moons")
    assert said(at) == digits
    assert "samples is 0" in at.caption[0].value


def test_a_data_set_that_a_knob_beside_it_does_not_allow_brings_that_knobs_default(drawn):
    digits = Experiment(dataset="mnist", samples=10_000, dev_fraction=0.2, epochs=3)
    points = digits.but(dataset="circles", samples=200)
    at = drawn(Lens(path="digits", defaults=points, knobs=("dataset", "samples", "epochs")))
    at = turn(at, "dataset", "mnist")
    at = turn(at, "samples", 10_000)
    at = turn(at, "dataset", "moons")
    assert said(at) == points.but(dataset="moons")
    assert [caption.value for caption in at.caption] == []


# --- your own points ------------------------------------------------------------------------------

OWN = Lens(path="own", defaults=Experiment(dataset="own"), knobs=("dataset", "points", "epochs"))


def test_a_file_brings_points(drawn):
    at = drawn(OWN)
    at.file_uploader[0].upload("points.csv", b"x1,x2,label\n0,1,1\n0.5,-2,0\n", "text/csv").run()
    assert said(at).points == ((0.0, 1.0, 1), (0.5, -2.0, 0))
    assert said(at.run()).points == ((0.0, 1.0, 1), (0.5, -2.0, 0))


def test_a_file_that_is_none_leaves_the_points_and_says_why(drawn):
    at = drawn(OWN)
    at.file_uploader[0].upload("points.csv", b"\x00\xff", "text/csv").run()
    assert said(at) == OWN.defaults
    assert "The points stay as they were." in at.caption[-1].value


# --- all pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_every_knob_of_a_page_is_drawn_where_it_matters(drawn, lens):
    undrawn = set(lens.knobs)
    while undrawn:
        experiment = where_it_matters(lens, next(iter(undrawn)))
        at = drawn(lens, experiment)
        expected = {name for name in lens.knobs if KNOBS[name].matters(experiment)}
        assert {KNOBS[name].label for name in expected - {"points"}} <= screen.labels(at)
        assert len(at.file_uploader) == ("points" in expected)
        undrawn -= expected
