"""The page of a single step in a browser: stepping, following factors, changing cells."""

import pytest

from tests.e2e.test_app import (  # noqa: F401
    SCREENS,
    open_page,
    parameters,
    settled,
    turn_to,
    wait_for_address,
)

FAST = 50
"""Milliseconds within which a line is painted."""


COUNT_WORDS = """() => {
  window.words = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...said) { window.words++; send.apply(this, said); };
}"""


@pytest.fixture
def opened(open_page):  # noqa: F811
    page = open_page("one_step")
    page.locator(".matrices[data-shown=Z1]").wait_for()
    return page


def shown(page):
    return page.locator(".matrices[data-shown]").first.get_attribute("data-shown")


def go(page, way):
    page.locator(f".matrices [data-go={way}]").first.click()


def unfolded(page):
    return " ".join(page.locator(".sum").first.inner_text().split())


def test_one_steps_through_the_lines_without_a_word_to_the_server(opened):
    page = opened
    page.evaluate(COUNT_WORDS)
    for way, line in (("step", "A1"), ("step", "Z2"), ("layer", "A2"), ("back", "Z2"),
                      ("end", "predicted"), ("start", "Z1")):  # fmt: skip
        go(page, way)
        assert shown(page) == line
    assert page.evaluate("window.words") == 0


def test_every_line_is_painted_at_once(opened):
    page = opened
    took = {}
    for _ in range(3):  # on a busy machine any single one may take long
        go(page, "start")
        while shown(page) != "predicted":
            go(page, "step")
            paint = float(page.locator(".matrices").first.get_attribute("data-paint"))
            took[shown(page)] = min(took.get(shown(page), paint), paint)
    assert {line: paint for line, paint in took.items() if paint > FAST} == {}


def test_the_keyboard_steps_and_moves_in_a_matrix(opened):
    page = opened
    page.locator(".matrices [aria-current=step]").focus()
    for key, line in (("ArrowRight", "A1"), ("ArrowRight", "Z2"), ("ArrowLeft", "A1"),
                      ("End", "predicted"), ("Home", "Z1")):  # fmt: skip
        page.keyboard.press(key)
        assert shown(page) == line
    cell = page.locator(".matrix.result td.chosen").first
    cell.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert unfolded(page).startswith("z₁[1](3) = ")


def test_where_one_rests_is_in_the_link_without_a_word_to_the_server(opened, open_page):  # noqa: F811
    page = opened
    settled(page)
    page.evaluate(COUNT_WORDS)
    page.locator("[data-line]").filter(has_text="dW2 = dZ2").click()
    page.locator(".matrix[data-key=A1] td[data-row='2'][data-column='1']").click()
    wait_for_address(page, line="dW2_A1_2_1")
    assert page.evaluate("window.words") == 0
    page.get_by_role("button", name="All knobs to their defaults").click()
    settled(page)
    wait_for_address(page, line="dW2_A1_2_1")
    page = open_page("one_step", "line=dW2_A1_2_1")
    page.locator(".matrices[data-shown=dW2]").wait_for()
    assert unfolded(page).startswith("a₃[1](2) = ")
    go(page, "start")
    page.locator(".matrix.result td[data-row='1'][data-column='1']").click()
    wait_for_address(page)


def test_what_is_tried_a_second_time_leads_there_again(opened):
    page = opened
    wanted = page.get_by_role("button", name="A unit that saturates")
    for _ in range(2):
        wanted.click()
        page.locator(".matrices[data-shown=dZ1]").wait_for()
        wait_for_address(page, initializer="large", init_scale="10", line="dZ1_0_3")
        go(page, "end")
        assert shown(page) == "predicted"
        settled(page)


def test_a_factor_leads_to_where_it_came_from_and_back(opened):
    page = opened
    page.locator("[data-line]").filter(has_text="dW1 = dZ1").click()
    assert "Chain rule: ∂ℒ/∂z · ∂z/∂w" in unfolded(page)
    page.locator(".factor[data-key=dZ1]").first.click()
    assert shown(page) == "dZ1"
    page.locator(".factor[data-key=dA1]").first.click()
    assert shown(page) == "dA1"
    page.locator(".return").click()
    page.locator(".return").click()
    assert shown(page) == "dW1"


def test_at_the_output_both_ways_are_shown(opened):
    page = opened
    page.locator("[data-line]").filter(has_text="dZ2 = A2").click()
    assert "The other way, the same number: a − y" in unfolded(page)


def test_what_follows_from_a_changed_cell_is_marked_and_the_rest_is_not(opened):
    page = opened
    page.locator("[data-line]").filter(has_text="Z2 = W2").click()
    page.locator(".matrix[data-key=W2] td[data-column='1']").click()
    entry = page.locator("[data-role=entry]")
    entry.fill("3x")
    page.get_by_text("Type a number.").wait_for()
    assert entry.get_attribute("aria-invalid") == "true"
    entry.fill("2.5")
    entry.press("Enter")
    page.locator(".matrix[data-key=W2] td.edited").wait_for()
    assert page.locator(".matrix[data-key=Z2] td.changed").count() == 4
    lines = page.locator(".listing li:has(.mark) code").all_inner_texts()
    assert not any(line.startswith(("Z1 ", "A1 ")) for line in lines)
    assert any(line.startswith("dW1 ") for line in lines)
    wait_for_address(page, edit="W2_0_1_2.5", line="Z2_W2_0_1")
    settled(page)
    page.get_by_role("button", name="Undo 1 change").click()
    wait_for_address(page, line="Z2_W2_0_1")


def test_an_edge_and_its_entry_light_up_together(opened):
    page = opened
    page.locator(".edge[data-l='1'][data-i='2'][data-j='0'] .reach").hover(force=True)
    pointed = page.locator("td.pointed")
    assert pointed.count() == 1
    assert pointed.first.get_attribute("data-row") == "2"
    page.locator(".matrix[data-key=W1] td[data-row='0'][data-column='1']").hover()
    edge = page.locator(".edge.at")
    assert edge.get_attribute("data-i") == "0"
    assert edge.get_attribute("data-j") == "1"


def test_nothing_hangs_over_the_edge(open_page):  # noqa: F811
    page = open_page("one_step", "hidden=4-4&dataset=parity&learning_rate=1", "phone")
    matrices = page.locator(".matrices[data-shown]")
    matrices.wait_for()
    for screen in SCREENS:
        turn_to(page, screen)
        for line in range(0, 28, 3):
            page.locator(f"[data-line='{line}']").evaluate("e => e.click()")
            width = matrices.bounding_box()["width"]
            assert matrices.evaluate("e => e.scrollWidth") <= width + 1, (screen, line)


def test_the_loop_ends_where_the_matrices_are(opened):
    page = opened
    loop = page.locator(".loop")
    loop.locator("[data-go=end]").click()
    assert "Divided by m = 4" in loop.inner_text()
    pairs = loop.locator(".pair")
    for k in range(pairs.count()):
        sum_, whole = (
            pairs.nth(k).locator(".matrix").nth(j).locator("td[data-row]") for j in (0, 1)
        )
        assert sum_.all_inner_texts() == whole.all_inner_texts()


def test_a_puzzle_is_solved_by_pressing_and_by_dragging(open_page):  # noqa: F811
    page = open_page("one_step", "learning_rate=1&panel=Puzzles")
    puzzle = page.locator(".puzzles")
    puzzle.locator("[data-puzzle='3']").click()
    tile = {
        name: puzzle.locator(".tile").filter(has=page.get_by_text(name, exact=True)).first
        for name in ("(1, 4)", "(1, 3)", "(3, 1)")
    }
    tile["(1, 4)"].click()
    tile["(1, 3)"].click()
    page.get_by_text("The inner 4 and 1 do not fit.").wait_for()
    puzzle.locator("[data-slot='0']").click()
    puzzle.locator("[data-slot='1']").click()
    tile["(3, 1)"].drag_to(puzzle.locator("[data-slot='0']"))
    tile["(1, 4)"].drag_to(puzzle.locator("[data-slot='1']"))
    page.get_by_text("All fit: the notes write (3, 4) = (3, 1) (1, 4).").wait_for()
    assert puzzle.get_attribute("data-solved") == "true"


@pytest.fixture
def digits(open_page):  # noqa: F811
    page = open_page("one_step", "learning_rate=1&panel=MNIST")
    page.locator(".digits[data-chosen='Z1,0,0']").wait_for()
    return page


def test_a_cell_of_a_mini_batch_unfolds_without_a_word_to_the_server(digits):
    page, shown = digits, digits.locator(".digits")
    settled(page)
    page.evaluate(COUNT_WORDS)
    assert "774 more, together" in shown.locator(".sum").inner_text()
    shown.locator("canvas[data-key=Z1]").click(position={"x": 50, "y": 101})
    assert shown.get_attribute("data-chosen") == "Z1,25,2"
    assert "774 more, together" in shown.locator(".sum").inner_text()
    shown.locator(".factor[data-key=W1]").first.click()
    assert shown.get_attribute("data-chosen").startswith("W1,25,")
    shown.locator("[data-line='8']").click()
    assert shown.get_attribute("data-chosen").startswith("dW2,")
    key, row, column = shown.get_attribute("data-chosen").split(",")
    wait_for_address(page, learning_rate="1", panel="MNIST", cell=f"{key}_{row}_{column}")
    assert page.evaluate("window.words") == 0


def test_every_line_of_a_mini_batch_is_painted_at_once(digits):
    took = {}
    for _ in range(3):  # on a busy machine any single one may take long
        digits.locator(".digits [data-go=start]").click()
        while (line := digits.locator(".digits").get_attribute("data-shown")) != "predicted":
            paint = float(digits.locator(".digits").get_attribute("data-paint"))
            took[line] = min(took.get(line, paint), paint)
            digits.locator(".digits [data-go=step]").click()
    assert {line: paint for line, paint in took.items() if paint > FAST} == {}


def test_the_keyboard_chooses_a_cell_of_a_picture_and_plays(digits):
    page = digits
    page.locator(".digits canvas[data-key=Z1]").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert page.locator(".digits").get_attribute("data-chosen") == "Z1,1,1"
    page.locator(".digits .now [data-line]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".digits").get_attribute("data-shown") == "A1"
    page.locator(".digits [data-go=play]").click()
    page.locator(".digits[data-shown=Z2]").wait_for()
    page.locator(".digits [data-go=play]").click()


def test_a_mini_batch_fits_a_phone(open_page):  # noqa: F811
    page = open_page("one_step", "learning_rate=1&panel=MNIST", "phone")
    page.locator(".digits[data-chosen='Z1,0,0']").wait_for()
    page.locator(".digits [data-line='8']").click()
    page.locator(".digits[data-chosen^='dW2,']").wait_for()
    assert page.locator(".digits").evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_a_slip_that_is_tried_opens_its_panel_with_it_chosen(opened):
    page = opened
    page.get_by_role("button", name="A slip of the notes").click()
    page.locator(".matrices[data-shown=db2]").wait_for()
    page.get_by_text("cannot be taken off the other").wait_for()
    wait_for_address(page, panel="As the notes write it", slip="summed", line="db2_0_0")
