"""The XOR page in a real browser: every knob at its ends, and links that restore everything."""

import json
import re
from base64 import b64encode
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from engine.experiment.experiment import Experiment
from engine.experiment.problem import load
from engine.optim.optimizers import OPTIMIZERS
from engine.training.run import run
from pages._kit.player.replay import Replay
from pages._kit.player.wire import pack
from pages._xor.lens import XOR
from tests.pages.offers import at_the_ends, where_it_matters

APP = "streamlit_app.py"
LENS = XOR


def query_of(experiment, **extras):
    return urlencode(LENS.write(experiment) | extras)


def open_xor(page, base, query):
    """Open the page by a link and return its player, painted."""
    page.goto(f"{base}/xor?{query}")
    player = page.locator(".player[data-refined=true]").first
    player.wait_for()
    return player


# The knobs that change what there is to be drawn, and how much of it, each by itself.
DRAWN = ("dataset", "samples", "features", "points", "hidden", "learning_rate", "epochs")


def test_a_knob_at_its_ends_shows_a_picture_and_is_quiet(page, server, problems):
    player = open_xor(page, server(APP), "epochs=10")
    for name in DRAWN:
        start = where_it_matters(LENS, name) or LENS.defaults
        # 300 epochs are enough to see a sensible picture, and quick for the widest network
        start = start if name == "epochs" else start.but(epochs=300)
        for value in at_the_ends(LENS, name):
            is_drawn(page, player, start.but(**{name: value}))
            assert problems == [], (name, value)


OTHERS = {name: at_the_ends(LENS, name) for name in LENS.knobs if name not in DRAWN}


def test_the_other_knobs_at_their_ends_all_at_once_show_a_picture(page, server, problems):
    player = open_xor(page, server(APP), "epochs=10")
    moons = LENS.defaults.but(dataset="moons", samples=60, epochs=30)
    for k in range(max(map(len, OTHERS.values()))):
        # Each begins at another place, so that lowest and highest values meet.
        turned = {
            name: values[(k + place) % len(values)]
            for place, (name, values) in enumerate(OTHERS.items())
        }
        is_drawn(page, player, LENS.checked(moons.but(**turned)))
        assert problems == [], turned


# What the server would send; a page that is loaded anew for each takes ten times as long.
SHOW = """({ player }, base64) => {
  const data = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  player.receive({ data, setStateValue() {}, setTriggerValue() {} });
}"""
IS_PAINTED = """([{ dataset }, version, before]) => dataset.version === version
  && dataset.painted !== before && dataset.refined === 'true'"""


def is_drawn(page, player, experiment):
    """Give the player an experiment's film and demand the picture of its end."""
    finished = run(experiment)
    movie = Replay.of(finished, load(experiment)).movie("A film")
    before = player.get_attribute("data-painted")
    player.evaluate(SHOW, b64encode(pack(movie, {"finer": True})).decode())
    page.wait_for_function(IS_PAINTED, arg=[player.element_handle(), movie.version, before])
    assert player.get_attribute("data-epoch") == f"{len(finished.history['epoch']) - 1}"


def test_a_link_restores_knobs_points_pins_panel_and_epoch(page, server, problems):
    experiment = Experiment(
        dataset="own",
        points=((0.5, -0.25, 1), (-1, 1, 0), (0.1, 0.2, 1)),
        train_fraction=0.5,
        dev_fraction=0.0,
        hidden=(4, 2),
        activation="tanh",
        epochs=100,
    )
    extras = {"epoch": "36", "pins": "-;hidden:2,seed:3", "panel": "Compare"}
    player = open_xor(page, server(APP), query_of(experiment, **extras))
    assert player.get_attribute("data-epoch") == "36"
    page.get_by_text("Run B").wait_for()
    page.wait_for_function("() => location.search.includes('pins')")
    address = {k: v[-1] for k, v in parse_qs(urlsplit(page.url).query).items()}
    assert address["points"] == "0.5_-0.25_1~-1_1_0~0.1_0.2_1"
    assert address["hidden"] == "4-2"
    assert {name: address[name] for name in extras} == extras
    assert problems == []


def test_a_point_clicked_into_the_picture_is_learned_and_travels(page, server, problems):
    player = open_xor(page, server(APP), "dataset=own&epochs=100")
    before = player.get_attribute("data-version")
    x, y = player.evaluate("e => e.player.boundary.toPixel(0.5, 0.5)")
    page.locator("[data-role=boundary]").first.click(position={"x": x, "y": y})
    page.wait_for_function("() => location.search.includes('points=')")
    assert player.get_attribute("data-version") != before
    text = parse_qs(urlsplit(page.url).query)["points"][-1]
    assert len(text.split("~")) == 5
    assert problems == []


def test_training_goes_on_from_an_edited_weight(page, server, problems):
    player = open_xor(page, server(APP), "epochs=100")
    version = player.get_attribute("data-version")
    page.get_by_role("button", name="Hidden layer 1, neuron 1,").first.click()
    page.get_by_role("button", name=re.compile("^w₁")).first.click()
    page.locator(".player").get_by_role("spinbutton").first.fill("5")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Train on from here").click()
    page.wait_for_function(
        "([e, version]) => e.dataset.version !== version",
        arg=[player.element_handle(), version],
    )
    assert problems == []


def test_a_question_is_not_interrupted_by_a_report_of_what_led_to_it(page, server, problems):
    # The server drops what it is at when the next message comes, and with it the question.
    player = open_xor(page, server(APP), "epochs=100")
    sent = player.evaluate("""async ({ player }) => {
      const sent = [];
      const note = (name) => sent.push(name);
      Object.assign(player, { setStateValue: note, setTriggerValue: note });
      player.seek(3);
      player.rest();
      player.change(0, 5);
      player.trainOn();
      await new Promise((done) => setTimeout(done, 1000));
      return sent;
    }""")
    assert sent == ["train_on"]
    assert problems == []


def test_another_seed_and_again_from_the_same_start_are_two_things(page, server, problems):
    player = open_xor(page, server(APP), "epochs=100")
    page.get_by_role("button", name="Again from the same start").click()
    page.wait_for_function("e => e.dataset.epoch === '0'", arg=player.element_handle())
    assert "seed" not in page.url
    page.get_by_role("button", name="Another seed").click()
    page.wait_for_function("() => location.search.includes('seed=1')")
    assert problems == []


def test_a_hostile_link_shows_the_page_with_one_note(page, server, problems):
    junk = dict.fromkeys(LENS.knobs, "<script>alert(1)</script>")
    junk |= {"epoch": "1e999", "pins": "<b>:<b>;;;", "panel": "nowhere", "x": json.dumps({})}
    player = open_xor(page, server(APP), urlencode(junk))
    assert player.get_attribute("data-epoch") == str(LENS.defaults.epochs)
    assert page.get_by_test_id("stAlert").count() == 1
    assert problems == []


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_rule_of_every_optimiser_is_typeset(page, server, optimizer):
    # l1, l2, small batches: all that the rule can say stands in it.
    wanted = LENS.defaults.but(
        dataset="circles", optimizer=optimizer, batch_size=10, l1=0.1, l2=0.3, epochs=30
    )
    open_xor(page, server(APP), query_of(wanted, panel="The maths"))
    page.get_by_text(re.compile(r"on mini-batches of 10: 10 steps an epoch of")).wait_for()
    page.locator(".katex-display").last.wait_for()
    assert page.locator(".katex-error").count() == 0


def test_units_and_layers_are_built_on_the_diagram(page, server, problems):
    player = open_xor(page, server(APP), "epochs=10")
    player.get_by_role("button", name="Layer 1: one unit more").click()
    page.wait_for_function("() => location.search.includes('hidden=4')")
    player.get_by_role("button", name="One hidden layer more").click()
    page.wait_for_function("() => location.search.includes('hidden=4-4')")
    less = player.get_by_role("button", name="Layer 2: one unit less")
    less.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('hidden=4-3')")
    assert less.evaluate("e => e.getRootNode().activeElement === e")
    assert player.locator("[data-role=architecture]").inner_text().startswith("2-4-3-1")
    assert problems == []
