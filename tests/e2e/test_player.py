"""The player in a real browser: what it computes, what it shows, and what it tells the server."""

import itertools
import json
import re

import numpy as np
import pytest

from engine.data.features import FEATURES, expand
from engine.nn.activations import ACTIVATIONS
from engine.nn.network import Network
from pages._kit.player.wire import pack
from tests.e2e.conftest import TWO_FRAMES
from tests.e2e.films import film
from tests.e2e.stage import PLAYER, Stage, computed

DEMO = "tests/e2e/apps/player_demo.py"
DEEP = {"sizes": (7, 12, 12, 12, 12, 12, 12, 1), "problem": "spiral", "updates": 20, "frames": 20}
OPTIONS = {"height": None, "editable": False, "finer": True}
PAINTED = ".player[data-refined=true]"

# Note the number of every frame that is painted.
WATCH = """e => {
  e.seen = [];
  new MutationObserver(() => e.seen.push(+e.dataset.frame)).observe(e, { attributes: true });
}"""


@pytest.fixture
def visit(page, server, problems):
    """Open the demo and return its player, painted and at rest; demand a clean console."""

    def opened(query=""):
        page.goto(f"{server(DEMO)}/?{query}")
        page.locator(PAINTED).wait_for()
        return page.locator(".player")

    yield opened
    assert problems == []


@pytest.fixture
def stage(page):
    """A player without a film, and without Streamlit around it."""
    return Stage(page, PLAYER)


@pytest.fixture
def show(stage, page, problems):
    """Show a film on the stage and return the player, painted; demand a clean console."""

    def shown(*, editable=False, **chosen):
        stage.show(pack(film(**chosen), OPTIONS | {"editable": editable}))
        page.locator(PAINTED).wait_for()
        return page.locator(".player")

    yield shown
    assert problems == []


def data(player, name):
    return player.evaluate(f"e => e.dataset.{name}")


def frame(player):
    return int(data(player, "frame"))


def settle(page, player, condition):
    page.wait_for_function(f"e => {condition}", arg=player.element_handle())


def told(page):
    """What the server says it has received so far."""
    return json.loads(page.get_by_test_id("stText").inner_text())


def wait_until_told(page, name, value):
    page.wait_for_function(
        "([name, value]) => JSON.stringify("
        "JSON.parse(document.querySelector('[data-testid=stText]').innerText)[name]) === value",
        arg=[name, json.dumps(value)],
    )


def drag(page, canvas, start, end):
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=6)
    page.mouse.up()


# --- the network in the browser is the engine's network ------------------------------------------


def test_the_browser_computes_what_the_engine_computes(show, rng):
    player = show()
    for activation, depth in itertools.product((*ACTIVATIONS, "mixed"), (0, 1, 2, 6)):
        computes_alike(player, rng, activation, depth)
    computes_alike(player, rng, "elu", 2, classes=5)


EVALUATE = """({ evaluate }, shape, theta, points) =>
  points.map(([x1, x2]) => evaluate(shape, theta, x1, x2))"""


def computes_alike(player, rng, activation, depth, classes=1):
    features = tuple(FEATURES)
    names = (*ACTIVATIONS, "relu")[:depth] if activation == "mixed" else activation
    output = "sigmoid" if classes == 1 else "softmax"
    network = Network((7, *[5] * depth, classes), hidden=names, output=output)
    theta = rng.normal(0, 0.8, network.layout.size).astype("f4")
    mean, deviation = rng.normal(size=7), rng.uniform(0.5, 2, 7)
    points = rng.uniform(-1.5, 1.5, (20, 2))
    shape = {
        "sizes": network.sizes,
        "activations": network.activations,
        "features": features,
        "mean": mean.tolist(),
        "deviation": deviation.tolist(),
    }
    found = computed(player, EVALUATE, shape, theta.tolist(), points.tolist())

    X = ((expand(points, features) - mean) / deviation).T
    trace = network.forward(theta.astype(float), X)
    for l in range(depth + 2):
        A = np.array([traced["A"][l] for traced in found]).T
        np.testing.assert_allclose(A, trace.A[l], atol=1e-5)
        if l:
            Z = np.array([traced["Z"][l] for traced in found]).T
            np.testing.assert_allclose(Z, trace.Z[l], atol=1e-5, rtol=1e-5)
    p = np.array([traced["A"][-1] for traced in found]).T
    np.testing.assert_allclose(p, network.predict(theta.astype(float), X), atol=1e-5)
    logits = [traced["logit"] for traced in found]  # as the fields find it, in single precision
    np.testing.assert_allclose(logits, trace.Z[-1][0], atol=1e-4, rtol=1e-5)


def test_numbers_on_the_axis_of_a_huge_cost_have_room(show):
    player = show()
    before, left, width = player.evaluate("""e => {
      const { player } = e, [cost] = player.curves.charts, before = cost.left;
      player.movie.history.train_cost[0] = 2.4e9;
      cost.drawn = '';
      cost.draw();
      const pen = cost.canvas.getContext('2d');
      pen.font = `12px ${player.palette.font}`;
      return [before, cost.left, pen.measureText('1.5 × 10⁹').width];
    }""")
    assert before == 44
    assert width < left - 7  # which is where the numbers end


def test_the_formula_of_a_neuron_has_its_numbers_put_in(show, page):
    player = show(sizes=(2, 1))
    for index, value in enumerate([5.21, -3.1, 0.42]):
        player.evaluate("(e, [index, value]) => e.player.change(index, value)", [index, value])
    player.evaluate("e => e.player.setProbe({ x1: 0, x2: 1 })")
    page.get_by_role("button", name="Output neuron").click()
    words = page.locator("[data-role=formula-text]")
    # by hand: 5.21*0 + (-3.1)*1 + 0.42 = -2.68, and 1 / (1 + e^2.68) = 0.06416
    words.get_by_text("sigmoid(−2.68) = 0.0642").wait_for()
    text = words.inner_text()
    assert "z = w₁x₁ + w₂x₂ + b" in text
    assert "= 5.21·0 + (−3.10)·1 + 0.420 = −2.68" in text
    assert "p(y = 1) = sigmoid(z) = sigmoid(−2.68) = 0.0642" in text


def test_a_formula_names_the_activation_of_its_own_layer(show, page):
    show(sizes=(2, 3, 2, 2, 1), activation=("leaky_relu", "tanh", "relu"))
    words = page.locator("[data-role=formula-text]")
    assert (
        page.locator("[data-role=architecture]").inner_text() == "2-3-2-2-1, leaky ReLU-tanh-ReLU"
    )
    named = {
        "Hidden layer 1, neuron 1,": "a = leaky ReLU(z) = leaky ReLU(",
        "Hidden layer 2, neuron 1,": "a = tanh(z) = tanh(",
        "Hidden layer 3, neuron 2,": "a = ReLU(z) = ReLU(",
        "Output neuron": "p(y = 1) = sigmoid(z) = sigmoid(",
    }
    for neuron, formula in named.items():
        page.get_by_role("button", name=neuron).click()
        words.get_by_text(formula).wait_for()


def test_the_scale_of_a_map_is_that_of_its_layers_activation(show, page):
    player = show(sizes=(2, 3, 2, 2, 1), activation=("relu", "tanh", "leaky_relu"))
    found = []
    for l in (1, 2, 3):
        page.get_by_role("button", name=f"Hidden layer {l}, neuron 1,").hover()
        shown = f"e.querySelector('[data-role=shown]').textContent.includes('layer {l}')"
        settle(page, player, shown)
        ends = "e => ['low', 'high'].map(n => e.querySelector(`[data-role=${n}]`).textContent)"
        found.append([float(text.replace("−", "-")) for text in player.evaluate(ends)])
    relu, tanh, leaky = found
    assert relu[0] == 0  # a ReLU has nothing below
    assert tanh == [-1, 1]
    assert leaky[0] == -leaky[1] != -1


def test_weights_that_are_zero_but_for_rounding_decide_nothing(show, page):
    player = show(sizes=(2, 1))
    for index, value in enumerate([5.6e-17, -1.1e-16, 2.8e-17]):
        player.evaluate("(e, [index, value]) => e.player.change(index, value)", [index, value])
    labels = player.evaluate("e => e.player.points.train.map(({ label }) => label)")
    words = page.locator("[data-role=caption]")
    words.get_by_text(f"All {len(labels)} are ties (z = 0), which count as class 0.").wait_for()
    share = 100 * (1 - np.mean(labels))
    common = 100 * max(np.mean(labels), 1 - np.mean(labels))
    assert (
        f"{share:.1f} % of the training points right (the most common class alone: "
        f"{common:.1f} %), cost 0.693; before your change"
    ) in words.inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert player.evaluate("e => e.player.wrong.map(({ label }) => label)") == [1] * sum(labels)


@pytest.mark.parametrize("two_colours", [False, True])
def test_the_picture_is_orange_where_class_1_is_likely_and_blue_where_class_0_is(
    show, page, two_colours
):
    player = show(problem="circle", sizes=(2, 4, 1), updates=200)
    page.get_by_label("Two colours").set_checked(two_colours)
    settle(page, player, "e.dataset.refined === 'true'")
    places = [(-1.1, -1.1), (1.1, 1.1), (-1.1, 0.9), (0.02, 0.03), (0.1, -0.3), (0.25, 0.35)]
    seen = player.evaluate(
        """(e, places) => places.map(([x1, x2]) => {
          const { boundary, network, theta } = e.player;
          const ratio = boundary.canvas.width / boundary.sheet.width;
          const [x, y] = boundary.toPixel(x1, x2).map(c => Math.round(c * ratio));
          const [red, , blue] = boundary.canvas.getContext('2d').getImageData(x, y, 1, 1).data;
          return { orange: red > blue, p: network.predict(theta, x1, x2).p };
        })""",
        places,
    )
    assert [place["orange"] for place in seen] == [place["p"] > 0.5 for place in seen]
    assert {place["orange"] for place in seen} == {True, False}


COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")


def test_of_several_classes_each_place_has_the_colour_of_the_one_that_is_named(show, page):
    player = show(problem="blobs", sizes=(2, 6, 4), updates=200)
    page.get_by_label("Flat colours").set_checked(True)
    settle(page, player, "e.dataset.refined === 'true'")
    places = [(0, 1.1), (1.1, 0), (0, -1.1), (-1.1, 0), (1.1, 0.3), (-0.3, -1.1)]
    seen = player.evaluate(
        """(e, places) => places.map(([x1, x2]) => {
          const { boundary, network, theta } = e.player;
          const ratio = boundary.canvas.width / boundary.sheet.width;
          const [x, y] = boundary.toPixel(x1, x2).map(c => Math.round(c * ratio));
          const found = [...boundary.canvas.getContext('2d').getImageData(x, y, 1, 1).data];
          return { found: found.slice(0, 3), label: network.predict(theta, x1, x2).label };
        })""",
        places,
    )
    assert {place["label"] for place in seen} == {0, 1, 2, 3}
    for place in seen:
        pure = [[int(c[k : k + 2], 16) for k in (1, 3, 5)] for c in COLOURS[:4]]
        # Seen from white: a paler colour points the same way.
        ways, way = 255 - np.array(pure), 255 - np.array(place["found"])
        assert (ways @ way / np.linalg.norm(ways, axis=1)).argmax() == place["label"], place


def test_of_several_classes_titles_legend_and_formulas_name_them(show, page):
    player = show(problem="blobs", sizes=(2, 6, 4), updates=200)
    assert page.locator("[data-role=shown]").inner_text() == "Decision regions"
    assert page.locator("[data-role=gradient]").is_hidden()
    legend = page.locator("[data-role=marks]").inner_text()
    assert [f"class {k}" in legend for k in range(5)] == [True] * 4 + [False]
    assert "p(y = " in page.locator("[data-role=formula-text]").inner_text()
    page.get_by_role("button", name="Output neuron of class 2,").hover()
    shown = "e.querySelector('[data-role=shown]').textContent === 'Output neuron of class 2'"
    settle(page, player, shown)
    assert page.locator("[data-role=quantity]").inner_text() == "p(y = 2)"
    formula = page.locator("[data-role=formula-text]").inner_text()
    assert formula.count("e") >= 5
    p = player.evaluate(
        "e => e.player.network.trace(e.player.theta, e.player.probe.x1, e.player.probe.x2).A.at(-1)"
    )
    assert sum(p) == pytest.approx(1)
    assert "p(y = 2) = e" in formula.replace("\n", " ")
    words = page.locator("[data-role=caption]").inner_text()
    assert "of the training points right" in words
    assert "tie" not in words


def test_a_wide_sum_is_cut_short(show, page):
    player = show(**DEEP)
    page.get_by_role("button", name="Hidden layer 2, neuron 1,").click()
    text = "e.querySelector('[data-role=formula-text]').innerText"
    settle(page, player, f"{text}.includes('z = w₁a₁ + w₂a₂ + w₃a₃ + … + w₁₂a₁₂ + b')")
    panel = page.locator(".formula")
    assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")


# --- time ----------------------------------------------------------------------------------------


def test_it_opens_paused_on_the_last_frame(show, page):
    player = show()
    assert (frame(player), data(player, "epoch")) == (199, "600")
    page.get_by_role("button", name="Play").wait_for()
    assert page.locator("[data-role=caption]").inner_text().startswith("Epoch 600 of 600: ")


def test_a_run_of_one_frame_is_a_picture_that_cannot_be_played(show, page):
    player = show(frames=1)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="One epoch forward").click()
    assert page.get_by_role("slider", name="Epoch").is_disabled()
    assert (frame(player), player.evaluate("e => e.player.playing")) == (0, False)


def test_playing_goes_through_the_frames_without_a_word_to_the_server(show, stage, page):
    player = show()
    player.evaluate(WATCH)
    page.get_by_label("Speed").select_option("8×")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    settle(page, player, "!e.player.playing && +e.dataset.frame === 199")
    frames = player.evaluate("e => e.seen")
    first = frames.index(0)
    assert frames[first:] == sorted(frames[first:])
    assert len(set(frames)) > 10
    page.wait_for_timeout(700)
    assert stage.sent == []


def test_where_the_film_comes_to_rest_is_reported_once(show, stage, page):
    player = show()
    # all at once, as a slow machine might see a rest between two keys
    player.evaluate("e => [0, 3, 1, 4, 2].forEach((frame) => e.player.leap(frame))")
    settle(page, player, "e.dataset.frame === '2'")
    assert stage.wait_until_sent("epoch") == int(data(player, "epoch"))
    assert len(stage.sent) == 1


def test_the_keyboard_steps_whole_epochs(show, page):
    # 601 frames, one an epoch, so that no step has to be asked of the server
    player = show(frames=601)
    page.get_by_role("button", name="Play").focus()
    for key, shown in (("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        settle(page, player, f"e.dataset.epoch === '{shown}'")


def test_space_plays_and_brackets_change_the_speed(show, page):
    player = show()
    player.evaluate("e => e.focus()")
    page.keyboard.press("]")
    assert page.get_by_label("Speed").input_value() == "2"
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert page.get_by_label("Speed").input_value() == "0.5"
    page.keyboard.press("Space")
    settle(page, player, "e.player.playing")
    page.keyboard.press("Space")
    settle(page, player, "!e.player.playing")


def test_a_step_that_was_not_recorded_is_fetched(visit, page):
    # 21 frames, 30 updates apart; four mini-batches an epoch
    player = visit("frames=21&batches=4")
    player.evaluate("e => e.player.leap(10)")
    settle(page, player, "e.dataset.epoch === '75'")
    page.get_by_role("button", name="+1 mini-batch").click()
    settle(page, player, "e.dataset.epoch === '75.25'")
    page.get_by_role("button", name="One epoch forward").click()
    settle(page, player, "e.dataset.epoch === '76.25'")


def test_dragging_in_a_curve_scrubs(show, page):
    player = show()
    canvas = page.locator("figure[data-role=cost] canvas")
    width = canvas.bounding_box()["width"]
    drag(page, canvas, (width - 12, 60), (44 + (width - 56) / 2, 60))
    settle(page, player, "Math.abs(+e.dataset.epoch - 300) <= 10")


def test_those_who_ask_for_less_motion_get_few_pictures(show, page):
    page.emulate_media(reduced_motion="reduce")
    player = show(frames=600)
    player.evaluate(WATCH)
    page.get_by_label("Speed").select_option("8×")
    page.get_by_role("button", name="Play").click()
    settle(page, player, "e.seen.length > 2 && !e.player.playing")
    # 600 frames at eight times the normal speed take 1.25 s: five pictures, the first and the last
    assert len(set(player.evaluate("e => e.seen"))) <= 8


# --- reruns --------------------------------------------------------------------------------------


def test_an_unrelated_rerun_changes_nothing(visit, page):
    player = visit()
    page.get_by_role("button", name="Hidden layer 1, neuron 2,").click()
    player.evaluate("e => e.player.leap(50)")
    wait_until_told(page, "epoch", 150)
    settle(page, player, "e.dataset.refined === 'true'")
    painted = data(player, "painted")
    page.get_by_role("button", name="Unrelated rerun").focus()
    page.keyboard.press("Enter")
    wait_until_told(page, "reruns", 3)
    page.wait_for_timeout(300)
    assert (frame(player), data(player, "painted")) == (50, painted)
    assert (
        page.locator("[data-role=formula-text]").inner_text().startswith("Hidden layer 1, neuron 2")
    )


def test_another_run_opens_where_the_last_one_stood(visit, page):
    player = visit()
    for leap, epoch in ((199, 600), (0, 0)):
        player.evaluate(f"e => e.player.leap({leap})")
        before = data(player, "version")
        page.get_by_role("button", name="Another seed").click()
        settle(page, player, f"e.dataset.version !== {json.dumps(before)}")
        settle(page, player, f"e.dataset.epoch === '{epoch}'")


def test_a_change_of_theme_repaints_and_keeps_the_place(visit, page):
    player = visit()
    player.evaluate("e => e.player.leap(50)")
    background = "e => getComputedStyle(e).backgroundColor"
    light = player.evaluate(background)
    page.emulate_media(color_scheme="dark")
    settle(page, player, f"getComputedStyle(e).backgroundColor !== {json.dumps(light)}")
    settle(page, player, "e.player.palette.dark")
    assert frame(player) == 50


# --- editing -------------------------------------------------------------------------------------


def test_an_edited_weight_changes_the_picture_and_can_be_trained_on(visit, page):
    player = visit()
    page.get_by_role("button", name="Hidden layer 1, neuron 1,").click()
    page.get_by_role("button", name=re.compile("^w₁")).click()
    page.get_by_role("spinbutton").fill("-7.5")
    page.keyboard.press("Enter")
    edited = "e.querySelector('[data-role=caption]').innerText.includes('edited by hand')"
    settle(page, player, edited)
    page.get_by_role("button", name="Train on from here").click()
    page.wait_for_function("() => document.body.innerText.includes('\"train_on\": [-7.5, ')")
    assert told(page)["train_on"][-1] == 600
    page.get_by_role("button", name="Reset").click()
    settle(page, player, f"!{edited}")
    assert page.locator("[data-role=edited]").is_hidden()


def test_an_edit_is_kept_while_one_looks_elsewhere(show, page):
    player = show()
    player.evaluate("e => e.player.change(0, 9)")
    player.evaluate("e => e.player.leap(3)")
    page.get_by_text("Edit kept at epoch 600").wait_for()
    assert player.evaluate("e => e.player.theta[0]") != 9
    page.get_by_role("button", name="Go there").click()
    settle(page, player, "e.player.theta[0] === 9")


def test_points_are_added_moved_and_removed(visit, page):
    player = visit("edit=1")
    canvas = page.locator("[data-role=boundary]")
    count = "e.player.movie.points.train.length"

    def pixel(x1, x2):
        return player.evaluate("(e, [a, b]) => e.player.boundary.toPixel(a, b)", [x1, x2])

    x, y = pixel(0.5, 0.5)
    canvas.click(position={"x": x, "y": y}, modifiers=["Shift"])  # the other class
    settle(page, player, f"{count} === 5")
    assert player.evaluate("e => e.player.movie.points.train[4].label") == 1
    drag(page, canvas, pixel(0.5, 0.5), pixel(0.8, 0.2))
    settle(page, player, "Math.abs(e.player.movie.points.train[4].x1 - 0.8) < 0.02")
    x, y = pixel(0.8, 0.2)
    canvas.click(position={"x": x, "y": y}, button="right")
    settle(page, player, f"{count} === 4")


def test_points_can_be_drawn_with_the_keyboard_alone(show, stage, page):
    player = show(editable=True)
    page.locator("[data-role=boundary]").focus()
    player.evaluate("e => e.player.setProbe({ x1: 0.4, x2: 0.5 })")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    drawn = stage.wait_until_sent("points")
    assert len(drawn) == 5
    assert drawn[4][0] == pytest.approx(0.434, abs=1e-3)
    page.keyboard.press("Delete")
    assert len(stage.wait_until_sent("points")) == 4


# --- reaching and fitting ------------------------------------------------------------------------


def test_every_control_can_be_named(show):
    player = show(editable=True, problem="circle", batches=4)
    nameless = player.evaluate(
        """e => {
          const words = c => c.ariaLabel || c.textContent.trim() || c.closest('label')?.textContent;
          return [...e.querySelectorAll('button, input, select, canvas[tabindex]')]
            .filter(c => c.offsetParent !== null && !words(c))
            .map(c => c.outerHTML);
        }"""
    )
    assert nameless == []


def test_the_neurons_are_one_tab_stop_and_the_arrows_move_between_them(show, page):
    show()
    stops = page.locator(".diagram button[tabindex='0']")
    assert stops.count() == 1
    page.get_by_role("button", name="Output neuron").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.shadowRoot.activeElement.ariaLabel")
    assert focused.startswith("Hidden layer 1, neuron 2")
    assert stops.count() == 1


@pytest.mark.parametrize(
    ("chosen", "widths"),
    [
        # opened on a screen and then turned to others: the narrowest, the widest and one between
        ({}, (320, 390, 700, 1024, 1440)),
        ({"sizes": (2, 1)}, (700, 1440, 1024, 390, 320)),
        (DEEP, (1440, 1024, 320, 390, 700)),
    ],
)
def test_nothing_sticks_out_at_the_side(show, page, chosen, widths):
    page.set_viewport_size({"width": widths[0], "height": 800})
    player = show(**chosen)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(TWO_FRAMES)
        settle(page, player, "e.dataset.refined === 'true'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = player.evaluate(
            """e => {
              const right = c => c.getBoundingClientRect().right;
              return [...e.querySelectorAll('*')]
                .filter(c => right(c) > right(e) + 1)
                .map(c => c.outerHTML);
            }"""
        )
        assert wide == [], width


def test_the_picture_is_drawn_at_the_resolution_of_the_screen(browser):
    context = browser.new_context(device_scale_factor=3, viewport={"width": 390, "height": 844})
    page = context.new_page()
    Stage(page, PLAYER).show(pack(film(), OPTIONS))
    page.locator(PAINTED).wait_for()
    ratio = page.locator("[data-role=boundary]").evaluate("c => c.width / c.clientWidth")
    context.close()
    assert ratio == pytest.approx(3, abs=0.01)
