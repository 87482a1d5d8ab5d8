"""Every page, found by its file, under whatever knobs and links a visitor may bring."""

import ast

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.experiment.experiment import KNOBS
from pages._kit.site import navigation
from pages._pages.registry import LENSES
from tests.pages.offers import (
    PAGES,
    ROOT,
    at_the_ends,
    dial_at_the_ends,
    random_experiment,
    turned,
    where_it_matters,
)
from tests.pages.screen import address, arrived, notes, press, sound, widget

pages = pytest.mark.parametrize("page", PAGES)
lenses = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
turns = pytest.mark.parametrize(
    ("lens", "name"),
    [
        pytest.param(lens, name, id=f"{lens.path}-{name}")
        for lens in LENSES.values()
        for name in lens.knobs
    ],
)

CHEAP = {
    "xor": {"epochs": 10},
    "neuron": {"learning_rate": 0.1},
    "mnist": {"samples": 100, "epochs": 1, "hidden": (8,)},
    "vanishing": {"epochs": 10, "samples": 100, "hidden": (3, 3)},
    "regularisation": {"epochs": 10, "hidden": (4, 3)},
    "batches": {"samples": 100, "epochs": 1, "hidden": (4,)},
    "bias_variance": {"samples": 100, "epochs": 2, "hidden": (4,)},
    "initialisation": {"samples": 100, "epochs": 2, "hidden": (4, 4)},
    "one_step": {"learning_rate": 1.0},
    "optimisers": {"samples": 100, "epochs": 10, "hidden": (4,)},
}
"""Knobs turned down so that a page costs little, unless they are the ones under test."""

EVERY = 3


def question(page):
    """What a page asks of its defaults, or its title, as the file says it."""
    file = (ROOT / f"pages/{page}.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(file)) if isinstance(node, ast.Call)]
    named = {"open_lens": 1, "open_picture": 1, "title": 0, "header": 0}
    for call in calls:
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in named:
            return call.args[named[name]].value.format(aim="compute XOR")
    raise AssertionError("a page asks a question")


def headings(at):
    return [heading.value for heading in (*at.title, *at.header)]


def stored(at, lens):
    return at.session_state[f"lens.{lens.path}"]


def cheap(lens, base, **changes):
    """Return an experiment at little cost, but for what is said otherwise."""
    kept = {name: value for name, value in CHEAP.get(lens.path, {}).items() if name not in changes}
    return turned(lens, base.but(**kept), **changes)


def train(at):
    """Start what a page trains on request, and wait until it is done."""
    if any(button.label == "Train" for button in at.button):
        press(at, "Train")
    return sound(at)


# --- first paint ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", sorted({*PAGES} - {*LENSES}))
def test_a_page_without_knobs_opens(visit_alone, page):
    at = sound(visit_alone(page))
    assert headings(at) == [question(page)]
    assert notes(at) == []


@lenses
def test_the_page_opens_with_a_finished_run_an_empty_address_and_no_note(visit, lens):
    at = sound(visit(lens.path))
    assert headings(at) == [question(lens.path)]
    assert (address(at), notes(at)) == ({}, [])
    drawn = [component.proto.component_name for component in at.get("bidi_component")]
    films = {f"neural_network_{kind}" for kind in ("player", "lineup", "matrices", "race")}
    assert films & set(drawn) or at.get("vega_lite_chart")
    assert stored(at, lens) == lens.first


@lenses
def test_a_cold_deep_link_shows_the_page_with_its_values(monkeypatch, lens):
    entered, run = [], navigation.run
    monkeypatch.setattr(navigation, "run", lambda: (entered.append(True), run()))
    experiment = cheap(lens, lens.defaults, seed=7)
    at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    at.query_params.update(lens.write(experiment))
    sound(at.switch_page(f"pages/{lens.path}.py").run())
    assert stored(at, lens) == experiment
    assert address(at) == lens.write(experiment)
    assert entered  # through the entry file, hence with its navigation


# --- every knob, from end to end ------------------------------------------------------------------


@turns
def test_values_at_the_ends_of_a_knob_can_be_shown(arrive, lens, name):
    base = where_it_matters(lens, name)
    for value in of_many_some(lens, at_the_ends(lens, name)):
        experiment = cheap(lens, base, **{name: value})
        at = train(arrive(lens, lens.write(experiment)))
        assert notes(at) == []
        assert stored(at, lens) == experiment


def of_many_some(lens, values):
    """Of a long list of choices a third, another one on every page, so that each has its turn."""
    few = len(values) <= EVERY + 2
    return values if few else values[[*LENSES].index(lens.path) % EVERY :: EVERY]


@pytest.mark.parametrize("lens", [each for each in LENSES.values() if "hidden" in each.knobs])
def test_no_hidden_layer_and_as_many_as_there_are(visit_alone, lens):
    at = visit_alone(lens.path, lens.write(cheap(lens, lens.defaults)))
    for count in (0, len(lens.offers["hidden"])):
        train(widget(at, KNOBS["hidden"].label).set_value(count).run())
        assert len(stored(at, lens).hidden) == count


@lenses
def test_all_knobs_at_once_survive_a_link(visit_alone, lens):
    at = visit_alone(lens.path)
    for seed in range(6):
        widths = tuple(map(min, zip((5, 4, 3), lens.offers.get("hidden", ()), strict=False)))
        drawn = random_experiment(lens, np.random.default_rng(seed), hidden=widths)
        experiment = cheap(lens, drawn)
        assert notes(arrived(at, lens.path, lens.write(experiment))) == []
        assert stored(at, lens) == experiment
        assert address(at) == lens.write(experiment)
        chosen = [box.value for box in at.selectbox if box.label.startswith("Activation g[")]
        is_mixed = not isinstance(experiment.activation, str)
        assert tuple(chosen) == (experiment.activations if is_mixed else ())
        unlike = {"points", "activation"} if is_mixed else {"points"}
        for name in lens.knobs:
            if KNOBS[name].matters(experiment) and name not in unlike:
                shown, value = widget(at, KNOBS[name].label).value, getattr(experiment, name)
                assert shown == (len(value) if name == "hidden" else value) or (
                    tuple(shown) == value
                ), name


# --- a page's own controls ------------------------------------------------------------------------


@lenses
def test_page_knobs_at_their_ends_travel_in_the_link(arrive, lens):
    given = lens.write(cheap(lens, lens.defaults))
    ends = [dial_at_the_ends(own) for own in lens.page_knobs]
    for k in range(max(map(len, ends))):
        # Each begins at another place, so that lowest and highest values meet.
        turned_to = {
            own.name: (own, values[(k + place) % len(values)])
            for place, (own, values) in enumerate(zip(lens.page_knobs, ends, strict=True))
        }
        texts = {name: own.knob.write(value) for name, (own, value) in turned_to.items()}
        at = arrive(lens, given | texts)
        assert notes(at) == []
        kept = {name for name, (own, value) in turned_to.items() if value != own.default}
        assert address(at) == given | {name: texts[name] for name in kept}


@lenses
def test_a_hostile_value_for_every_page_knob_leaves_the_defaults_and_each_is_said(arrive, lens):
    text = "<script>1e999"
    given = lens.write(cheap(lens, lens.defaults))
    at = arrive(lens, given | {own.name: text for own in lens.page_knobs})
    assert address(at) == given
    (note,) = notes(at)
    assert "<" not in note
    for own in lens.page_knobs:
        (sentence,) = own.read(text)[1]
        assert sentence in note


# --- hostile links --------------------------------------------------------------------------------

HOSTILE = {
    "junk": "zzz",
    "huge": "9" * 30,
    "negative": "-1e308",
    "markup": "<script>alert(1)</script>",
    "markdown": "**[a](javascript:b)**$x$",
    "nan": "nan",
    "infinite": "1e999",
    "long": "1" * 10_000,
    "unicode digits": "１２",
    "null": "\0",
    "lone surrogate": "\udcff".encode("utf-8", "replace").decode(),
    "path": "../../etc/passwd",
    "repeated": ["zzz", "1e999"],
}


@lenses
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_value_for_every_knob_leaves_the_defaults_and_one_note(arrive, lens, text):
    at = arrive(lens, dict.fromkeys(KNOBS, text))
    assert stored(at, lens) == lens.defaults
    assert address(at) == lens.address({})
    (note,) = notes(at)
    assert "<" not in note
    assert "javascript" not in note


@turns
def test_a_hostile_value_for_one_knob_leaves_its_default(lens, name):
    experiment, remarks = lens.read({name: "1e999"})
    assert experiment == lens.defaults
    assert len(remarks) == 1


@lenses
def test_an_empty_value_does_no_harm(arrive, lens):
    at = arrive(lens, dict.fromkeys(KNOBS, ""))
    assert stored(at, lens) == lens.defaults
    assert len(notes(at)) <= 1


@lenses
def test_of_a_repeated_parameter_one_counts(arrive, lens):
    given = lens.write(cheap(lens, lens.defaults))
    at = arrive(lens, given | {"seed": ["3", "4"]})
    assert stored(at, lens).seed in (3, 4)
    assert address(at) == given | {"seed": str(stored(at, lens).seed)}


@lenses
@pytest.mark.parametrize(
    "name", ["learning-rate", "<img src=x>", "x" * 10_000, "１２", "__class__", ""]
)
def test_an_unknown_parameter_is_left_out_and_said_once(arrive, lens, name):
    experiment = cheap(lens, lens.defaults, seed=4)
    at = arrive(lens, lens.write(experiment) | {name: "1"})
    assert stored(at, lens) == experiment
    assert address(at) == lens.write(experiment)
    shown = notes(at)
    assert len(shown) <= 1
    assert all("<" not in note and len(note) < 300 for note in shown)


@lenses
def test_a_thousand_unknown_parameters_make_a_note_that_can_be_read(arrive, lens):
    at = arrive(lens, {f"knob{k}": "1" for k in range(1000)})
    (note,) = notes(at)
    assert len(note) < 2000


@pages
def test_a_page_takes_any_parameter_without_falling_over(visit, page):
    query = dict.fromkeys(("epoch", "pins", "panel", "step", "seed", "nonsense"), "<script>")
    at = sound(visit(page, query))
    assert len(notes(at)) <= 1


@lenses
@pytest.mark.parametrize(
    "query",
    [
        {"train_fraction": "0"},
        {"train_fraction": "0.001"},
        {"train_fraction": "0.001", "samples": "20", "dataset": "circles"},
        {"train_fraction": "1", "samples": "20", "dataset": "moons", "standardize": "1"},
        {"samples": "1", "standardize": "1"},
        {"points": "0_0_1", "dataset": "own", "standardize": "1"},
        {"points": "0_0_1~0_0_0", "dataset": "own", "batch_size": "1"},
        {"learning_rate": "1000", "l2": "1000", "optimizer": "momentum"},
        {"init_scale": "100", "initializer": "large", "learning_rate": "1000", "hidden": "3-3"},
        {"keep_prob": "0.05", "hidden": "1-1-1-1", "activation": "relu"},
        {"hidden": "1-1-1", "activation": "relu.linear.sigmoid", "learning_rate": "1000"},
        {"hidden": "2-2", "activation": "relu.tanh.sigmoid"},
        {"beta1": "0.9999", "beta2": "0.9999", "optimizer": "adam", "learning_rate": "1000"},
        {"learning_rate": "0", "init_scale": "0"},
    ],
    ids=lambda query: "&".join(f"{name}={text}" for name, text in query.items()),
)
def test_values_that_are_odd_together_are_shown_or_refused_in_words(arrive, lens, query):
    given = lens.write(cheap(lens, lens.defaults)) | query
    at = train(arrive(lens, given))
    assert len(notes(at)) <= 1


# --- the page as a whole --------------------------------------------------------------------------


@lenses
def test_two_visitors_do_not_share_their_knobs(visit_alone, lens):
    links = [lens.write(cheap(lens, lens.defaults, seed=seed)) for seed in (1, 2)]
    first, second = (visit_alone(lens.path, link) for link in links)
    first.run()
    assert (stored(first, lens).seed, stored(second, lens).seed) == (1, 2)


@pytest.mark.parametrize("stride", [1, 3, -1])
def test_every_page_can_be_reached_from_others(visit_alone, stride):
    at = visit_alone(PAGES[0])
    for step in range(1, len(PAGES) + 1):  # around them all, and so from one to the next but two
        page = PAGES[step * stride % len(PAGES)]
        assert headings(sound(at.switch_page(f"pages/{page}.py").run())) == [question(page)]


def test_the_first_page_is_the_start(visit_alone):
    at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    assert headings(sound(at)) == headings(visit_alone("home"))
    linked = {link.proto.page for link in at.get("page_link")}
    assert linked == {page for page in PAGES if page != "home"}
