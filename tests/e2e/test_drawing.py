"""Draw a digit in a real browser: what is computed there, and what a visitor can do."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from engine.data import mnist
from engine.data.handwriting import normalised
from engine.nn.network import Network
from tests.e2e.digits import TWENTY
from tests.e2e.readers import opening
from tests.e2e.stage import DRAWING, Stage, computed

DEMO = "tests/e2e/apps/drawing_demo.py"
LARGE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}

NORMALISE = """({ normalise }, levels, width) => {
  const pixels = Uint8Array.from(levels);
  const steps = normalise({ pixels, width, height: levels.length / width });
  return steps && Array.from(steps.picture);
}"""


@pytest.fixture
def visit(page, server, problems):
    """Open the demo with one of its networks; the console must be clean at the end."""

    def opened(network="logistic"):
        page.set_viewport_size(LARGE)
        page.goto(f"{server(DEMO)}/?network={network}")
        return painted(page)

    yield opened
    assert problems == []


@pytest.fixture
def show(page, problems):
    """Open a drawing on a stage with one of the networks; the console must be clean at the end."""

    def shown(network="logistic", screen=LARGE, scheme="light"):
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme=scheme)
        Stage(page, DRAWING).show(opening(network))
        return painted(page)

    yield shown
    assert problems == []


@pytest.fixture
def show_by_touch(browser, problems):
    """Open a drawing on the stage of a telephone, which has no mouse."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    with problems.watching(page):
        Stage(page, DRAWING).show(opening("logistic"))
        yield painted(page)
    context.close()
    assert problems == []


def painted(page):
    page.locator(".drawing[data-painted]").wait_for()
    return page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def of(page, expression):
    """Evaluate an expression of the drawing `d`, once what has been done is painted."""
    page.locator(".drawing").evaluate("e => e.drawing.paint()")
    return page.locator(".drawing").evaluate(
        f"e => {{ const d = e.drawing; return {expression}; }}"
    )


def strokes(page):
    return of(page, "d.digit.strokes")


def draw(page, lines):
    """Draw with the mouse: lines of points in shares of the canvas."""
    box = page.locator(".pad canvas").bounding_box()
    for line in lines:
        for k, (x, y) in enumerate(line):
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
            if k == 0:
                page.mouse.down()
        page.mouse.up()


# What the mouse does on its way, all at once: a stroke begins before the last one is painted.
DRAW = """async (canvas, lines) => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const send = (type, [x, y]) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, clientX: left + x * width, clientY: top + y * height,
  }));
  for (const line of lines) {
    send('pointerdown', line[0]);
    for (const place of line.slice(1)) send('pointermove', place);
    send('pointerup', line.at(-1));
  }
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
}"""


def write(page, written):
    """Clear the canvas and write a digit on it, at once."""
    press(page, "Clear")
    page.locator(".pad canvas").evaluate(DRAW, written.on_canvas())


def draw_a_seven(page):
    draw(page, [[(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]])


def reruns(page):
    return int(page.get_by_text(re.compile(r"^\d+ reruns$")).inner_text().split()[0])


def told(page, before):
    """Wait until the server has been told, which reruns the page."""
    page.get_by_text(f"{before + 1} reruns", exact=True).wait_for()


def panel(page, is_shown):
    page.get_by_text("Panel", exact=True).click()
    page.locator(".drawing").wait_for(state="visible" if is_shown else "detached")
    if is_shown:
        page.locator(".drawing[data-painted]").wait_for()


# --- the browser computes what the engine computes ------------------------------------------------


def inks():
    rng = np.random.default_rng(0)
    picture = mnist.load().test_images[7].reshape(28, 28)
    line = np.zeros((90, 130), np.uint8)
    line[20:80, 60:67] = 255
    return {
        "blank": np.zeros((40, 30), np.uint8),
        "a dot": np.pad(np.full((9, 9), 255, np.uint8), ((70, 10), (3, 100))),
        "one pixel": np.pad(np.full((1, 1), 90, np.uint8), 20),
        "a line": line,
        "at the edge": line[20:, 60:],
        "a digit of MNIST": np.kron(np.pad(picture, ((2, 30), (9, 1))), np.ones((4, 4), np.uint8)),
        "scribble": rng.integers(0, 256, (97, 61)).astype(np.uint8) * (rng.random((97, 61)) < 0.1),
    }


def test_the_same_ink_gives_the_same_784_values(show):
    drawing = show().locator(".drawing")
    for name, ink in inks().items():
        paper = ink.astype(np.uint8)
        found = computed(drawing, NORMALISE, paper.ravel().tolist(), paper.shape[1])
        expected = normalised(paper).ravel()
        difference = np.abs(np.array(found or [0] * 784) - expected.astype(int))
        assert difference.max() <= 1, name  # two sums of the same numbers may round apart
        assert difference.sum() <= 2, name


def test_what_is_drawn_is_normalised_as_the_engine_would(show):
    page = show()
    for written in TWENTY[::7]:
        write(page, written)
        ink = of(page, "({ pixels: Array.from(d.picture.ink.pixels), width: d.picture.ink.width })")
        paper = np.array(ink["pixels"], np.uint8).reshape(-1, ink["width"])
        found = np.array(of(page, "Array.from(d.picture.picture)"))
        assert np.abs(found - normalised(paper).ravel().astype(int)).max() <= 1


@pytest.mark.parametrize(
    ("network", "hidden", "activation"),
    [
        ("default", (64,), "relu"),
        ("tanh", (20, 10), "tanh"),
        ("mixed", (15, 20, 10), ("sigmoid", "leaky_relu", "tanh")),
        ("logistic", (), "relu"),
    ],
)
def test_the_probabilities_are_the_engines(show, network, hidden, activation):
    page = show(network)
    draw_a_seven(page)
    theta = np.array(of(page, "Array.from(d.reader.theta)"))
    picture = np.array(of(page, "Array.from(d.picture.picture)"))
    scale, shift = of(page, "[d.reader.scale, d.reader.shift]")
    assert (shift != 0) == (network == "tanh")  # the one that is standardised
    X = (picture * scale + shift)[:, None]
    trace = Network((784, *hidden, 10), activation).forward(theta, X)
    np.testing.assert_allclose(of(page, "d.reading.probabilities"), trace.A[-1][:, 0], atol=1e-5)
    if hidden:
        np.testing.assert_allclose(of(page, "d.reading.hidden"), trace.A[1][:, 0], atol=1e-5)


def test_a_line_is_as_wide_as_the_pen_and_its_edge_is_grey(show):
    page = show()
    draw(page, [[(0.5, 0.1), (0.5, 0.9)]])
    ink = of(page, "({ pixels: Array.from(d.picture.ink.pixels), width: d.picture.ink.width })")
    paper = np.array(ink["pixels"]).reshape(-1, ink["width"])
    # 800 thousandths long and 2.5 of 20 pixels wide: 2.5 * 800 / 17.5 = 114.3, times 0.28 is 32
    assert paper[len(paper) // 2].sum() / 255 == pytest.approx(32, abs=0.1)
    assert paper.max() == 255


def test_at_least_18_of_20_drawn_digits_are_read_right(show):
    page = show("default")
    read = []
    for written in TWENTY:
        write(page, written)
        read.append(of(page, "d.reading.digit"))
    right = [found == written.digit for found, written in zip(read, TWENTY, strict=True)]
    assert sum(right) >= 18, read


# --- drawing --------------------------------------------------------------------------------------


def test_an_example_is_read_at_once_and_makes_room_for_the_first_stroke(show):
    page = show("default")
    assert of(page, "d.reading.digit") == 3
    page.get_by_text("This 3 is an example").wait_for()
    draw_a_seven(page)
    assert len(strokes(page)) == 1
    assert of(page, "d.reading.digit") == 7
    assert page.get_by_text("This 3 is an example").is_hidden()


def test_the_reading_changes_while_the_pen_is_down(show):
    page = show("default")
    box = page.locator(".pad canvas").bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    said = [of(page, "d.element.dataset.sentence")]
    for k in range(1, 5):
        page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + (0.2 + 0.15 * k) * box["height"])
        said.append(of(page, "d.element.dataset.sentence"))
    page.mouse.up()
    assert len(set(said)) > 2
    assert of(page, "d.reading.digit") == 1


def test_undo_and_clear_go_back_step_by_step(show):
    page = show()
    draw_a_seven(page)
    draw(page, [[(0.35, 0.5), (0.65, 0.5)]])
    assert len(strokes(page)) == 2
    press(page, "Undo")
    assert len(strokes(page)) == 1
    press(page, "Clear")
    assert strokes(page) == []
    page.get_by_text("Draw a digit from 0 to 9").wait_for()
    press(page, "Undo")
    assert len(strokes(page)) == 1
    press(page, "Undo")
    assert of(page, "d.isExample")
    press(page, "Undo")
    assert strokes(page) == []
    assert page.get_by_role("button", name="Undo", exact=True).is_disabled()


def test_a_blank_canvas_has_no_reading_and_nothing_to_save(show):
    page = show()
    press(page, "Clear")
    page.locator(".verdict").get_by_text("Nothing is drawn yet.").wait_for()
    assert page.locator(".bars output").all_inner_texts() == ["–"] * 10
    for name in ("Clear", "Save", "PNG, 28 px", "PNG, 560 px"):
        assert page.get_by_role("button", name=name, exact=True).is_disabled()


def test_all_ten_probabilities_are_told_in_numbers(show):
    page = show()
    draw_a_seven(page)
    shares = of(page, "d.reading.probabilities")
    assert page.locator(".bars output").all_inner_texts() == [f"{100 * p:.1f} %" for p in shares]
    assert sum(shares) == pytest.approx(1)


def test_the_answer_is_read_out(show):
    page = show("default")
    draw_a_seven(page)
    share = of(page, "d.reading.probability")
    said = page.get_by_role("status").filter(has_text="It looks like a 7")
    said.wait_for(state="attached")
    assert said.inner_text() == f"It looks like a 7, {100 * share:.1f} %."


def test_the_keyboard_draws(show):
    page = show("default")
    page.locator(".pad canvas").focus()
    for key in ["ArrowUp"] * 12 + ["Space"] + ["ArrowDown"] * 24 + ["Space", "ArrowLeft"]:
        page.keyboard.press(key)
    (stroke,) = strokes(page)
    assert (stroke[:2], stroke[-2:]) == ([500, 200], [500, 800])
    assert of(page, "d.reading.digit") == 1
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    assert strokes(page)[1] == [475, 800, 480, 800]
    page.keyboard.press("Backspace")
    assert len(strokes(page)) == 1
    page.keyboard.press("Delete")
    assert strokes(page) == []


def test_every_control_is_reached_with_the_tabulator(show):
    page, reached = show(), []
    slide(page, "Noise", ["ArrowRight"])  # else there is neither other noise nor a way back
    page.locator(".pad canvas").focus()
    focus = "d.element.getRootNode().activeElement"
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(of(page, f"{focus}.textContent || {focus}.name"))
    assert reached[:8] == [
        *("Undo", "Clear", "Save", "PNG, 28 px", "PNG, 560 px"),
        *("angle", "pen", "noise"),
    ]
    assert reached[8:] == ["Other noise", "As it was drawn"]


def test_a_finger_draws_and_does_not_scroll(show_by_touch):
    page = show_by_touch
    box = page.locator(".pad canvas").bounding_box()
    devtools = page.context.new_cdp_session(page)

    def touch(kind, *points):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    def at(share):
        return {"x": box["x"] + box["width"] / 2, "y": box["y"] + share * box["height"]}

    touch("touchStart", at(0.8))
    for k in range(1, 13):
        touch("touchMove", at(0.8 - 0.05 * k))
    touch("touchEnd")
    (stroke,) = strokes(page)
    assert len(stroke) > 10
    assert page.locator(".pad canvas").bounding_box() == box


def test_a_scribble_without_end_is_cut_off_in_words(show):
    page = show()
    page.locator(".drawing").evaluate(
        """e => {
          e.drawing.begin(0, 0);
          for (let k = 0; k < 5000; k++) e.drawing.extend((k * 37) % 1000, (k * 59) % 1000);
          e.drawing.end();
        }"""
    )
    assert len(strokes(page)[0]) == 4000
    page.get_by_role("status").get_by_text("The canvas is full").wait_for(state="attached")


# --- trying ---------------------------------------------------------------------------------------


def slide(page, name, keys):
    page.get_by_role("slider", name=name).focus()
    for key in keys:
        page.keyboard.press(key)


def test_turned_upside_down_a_six_is_a_nine(show):
    page = show("default")
    write(page, TWENTY[12])
    assert of(page, "d.reading.digit") == 6
    slide(page, "Turned", ["End"])
    assert of(page, "d.reading.digit") == 9
    assert page.get_by_role("slider", name="Turned").get_attribute("aria-valuetext") == "180°"
    draw(page, [[(0.1, 0.1), (0.12, 0.1)]])  # the next stroke goes where it is seen
    assert of(page, "d.digit.angle") == 0
    assert len(strokes(page)) == 2


def test_a_thicker_pen_leaves_more_ink(show):
    page = show()
    ink = [of(page, "d.picture.picture.reduce((sum, level) => sum + level, 0)")]
    for keys in (["End"], ["Home"]):
        slide(page, "Pen", keys)
        ink.append(of(page, "d.picture.picture.reduce((sum, level) => sum + level, 0)"))
    assert ink[2] < ink[0] < ink[1]


def test_the_same_seed_gives_the_same_noise(show):
    page = show()
    slide(page, "Noise", ["ArrowRight"] * 4)
    first = of(page, "Array.from(d.picture.picture)")
    press(page, "Other noise")
    other = of(page, "Array.from(d.picture.picture)")
    slide(page, "Noise", ["Home"])
    clean = np.array(of(page, "Array.from(d.picture.picture)"))
    slide(page, "Noise", ["ArrowRight"] * 4)
    assert of(page, "Array.from(d.picture.picture)") == other != first
    # On paper half of the noise is cut off at 0: the rest has the mean square of half the variance.
    paper = np.array(other)[clean == 0]
    assert np.sqrt(2 * np.mean(paper**2.0)) == pytest.approx(0.2 * 255, rel=0.15)
    press(page, "As it was drawn")
    assert of(page, "Array.from(d.picture.picture)") == clean.tolist()


# --- keeping --------------------------------------------------------------------------------------


def test_another_network_reads_the_same_drawing(visit):
    page = visit("mixed")
    draw_a_seven(page)
    drawn, version = strokes(page), of(page, "d.reader.version")
    page.get_by_text("tanh", exact=True).click()
    page.wait_for_function(
        "([e, version]) => e.dataset.version !== version",
        arg=[page.locator(".drawing").element_handle(), version],
    )
    assert strokes(page) == drawn
    assert of(page, "d.reading.hidden.length") == 20
    page.get_by_text("logistic", exact=True).click()
    page.get_by_text("This network has no hidden layer").wait_for()
    assert strokes(page) == drawn


def test_a_drawing_costs_one_rerun_and_not_one_a_stroke(visit):
    page = visit()
    before = reruns(page)
    for written in TWENTY[8:10]:
        draw(page, written.on_canvas())
    told(page, before)
    page.wait_for_timeout(800)
    assert reruns(page) <= before + 2


def test_the_panel_is_found_as_it_was_left(visit):
    page = visit()
    before = reruns(page)
    draw_a_seven(page)
    slide(page, "Turned", ["ArrowRight"] * 3)
    press(page, "Save")
    told(page, before)
    left = of(page, "({ digit: d.digit, saved: d.saved })")
    for _ in range(2):
        panel(page, False)
        panel(page, True)
        assert of(page, "({ digit: d.digit, saved: d.saved })") == left
    before = reruns(page)
    draw(page, [[(0.35, 0.5), (0.65, 0.5)]])
    told(page, before)
    panel(page, False)
    panel(page, True)
    assert len(strokes(page)) == 2


def test_the_shelf_keeps_twelve_digits_which_can_be_reopened_and_removed(show):
    page = show("default")
    for written in TWENTY[:12]:
        write(page, written)
        press(page, "Save")
    assert of(page, "d.saved.length") == 12
    assert page.get_by_role("button", name="Save", exact=True).is_disabled()
    page.get_by_role("button", name=re.compile("^Open saved digit 1, read as a 0")).click()
    assert strokes(page) == of(page, "d.saved[0].strokes")
    assert of(page, "d.reading.digit") == 0
    press(page, "Remove saved digit 1")
    assert of(page, "d.saved.length") == 11
    assert of(page, "d.element.getRootNode().activeElement.ariaLabel") == "Remove saved digit 1"
    press(page, "Undo")
    assert strokes(page) == of(page, "d.saved.at(-1).strokes")


def test_the_picture_is_downloaded_with_mnists_own_greys(show):
    page = show("default")
    draw_a_seven(page)
    picture = np.array(of(page, "Array.from(d.picture.picture)"), np.uint8).reshape(28, 28)
    for name, side in (("PNG, 28 px", 28), ("PNG, 560 px", 560)):
        with page.expect_download() as download:
            press(page, name)
        assert download.value.suggested_filename == f"digit-7-{side}x{side}.png"
        with open(download.value.path(), "rb") as file:
            image = Image.open(io.BytesIO(file.read())).convert("L")
        expected = np.kron(picture, np.ones((side // 28, side // 28), np.uint8))
        np.testing.assert_array_equal(np.array(image), expected)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_all_without_scrolling_sideways(show, scheme):
    page = show("tanh", PHONE, scheme)
    assert page.locator(".drawing").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert of(page, "d.palette.dark") == (scheme == "dark")
    for part in (".pad canvas", ".verdict", ".bars", ".steps", ".trials", ".units"):
        assert page.locator(part).is_visible()
