"""The initialisation page in a real browser: one scrubber for tiles, charts and the rows below."""

APP = "streamlit_app.py"


def open_page(page, base, query):
    """Open the page by a link and return its line-up, painted."""
    page.goto(f"{base}/initialisation?{query}")
    lineup = page.locator(".lineup[data-painted]")
    lineup.wait_for()
    return lineup


def caption(page, text):
    page.get_by_test_id("stCaptionContainer").filter(has_text=text).first.wait_for()


def test_where_the_film_rests_is_what_the_rows_show_and_the_link_says(page, server, problems):
    lineup = open_page(page, server(APP), "panel=Symmetry&schemes=constant.he&activation=tanh")
    assert lineup.locator("header strong").all_inner_texts() == ["Constant 0.5", "He"]
    caption(page, "Epoch 200: the 12 rows are identical to the last bit.")
    end = lineup.locator("dd").all_inner_texts()
    page.get_by_role("button", name="Back to the start").click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('epoch') === '0'")
    page.wait_for_function(
        "() => ![...document.querySelectorAll('[data-testid=stCaptionContainer]')]"
        ".some(e => e.innerText.startsWith('Epoch 200'))"
    )
    assert lineup.locator("dd").all_inner_texts() != end
    assert problems == []


def test_another_scheme_joins_in_place(page, server, problems):
    lineup = open_page(page, server(APP), "schemes=zeros.he&epochs=50")
    handle = lineup.element_handle()
    page.get_by_role("button", name="Glorot").click()
    page.wait_for_function(
        "e => e.isConnected && e.querySelectorAll('.tile').length === 3", arg=handle
    )
    assert lineup.locator(".letter").all_inner_texts() == ["A", "B", "C"]
    verdicts = lineup.locator(".verdict").all_inner_texts()
    assert verdicts[0].startswith("After epoch 50. All 12 hidden units of layer 1 are ident")
    assert all(verdicts)
    assert problems == []


def test_runs_that_explode_are_said_and_drawn_quietly(page, server, problems):
    wild = f"hidden={'-'.join(['16'] * 10)}&init_scale=100&learning_rate=1000&epochs=50"
    lineup = open_page(page, server(APP), wild)
    notes = lineup.locator(".note:visible").all_inner_texts()
    assert notes
    assert all(note.startswith("diverged in epoch") for note in notes)
    page.get_by_role("button", name="Back to the start").click()
    page.wait_for_function("e => e.dataset.frame === '0'", arg=lineup.element_handle())
    assert lineup.locator(".note:visible").count() == 0
    assert problems == []
