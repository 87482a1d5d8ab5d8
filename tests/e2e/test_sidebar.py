"""The sidebar holds the page's knobs and is compact: all of them are on the first screen."""

from tests.e2e.test_app import SCREENS, beside, open_page, settled, turn_to  # noqa: F401

# Of each control in an open section: its label, its box, and the box of the label's words.
CONTROLS = """bar => [...bar.querySelectorAll(
    '[data-testid=stSlider], [data-testid=stSelectbox], [data-testid=stNumberInput]')]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height)
  .map(e => {
    const { left, right, top, bottom } = e.getBoundingClientRect();
    const words = e.querySelector('[data-testid=stWidgetLabel] p');
    const chosen = e.querySelector('input[role=combobox]');
    return {
      label: words.innerText, left, right, top, bottom,
      isOneLine: words.getBoundingClientRect().height < 30,
      isWhole: words.scrollWidth <= words.clientWidth
        && (!chosen || chosen.scrollWidth <= chosen.clientWidth),
    };
  })"""


def controls(page):
    found = beside(page).evaluate(CONTROLS)
    assert found
    return found


def pairs(found):
    """Return which controls stand beside each other."""
    by_top = {}
    for control in found:
        by_top.setdefault(round(control["top"]), []).append(control)
    return [row for row in by_top.values() if len(row) == 2]


def all_unfolded_knobs_end_on_the_first_screen_and_can_be_read(page):
    """Of every page, which `test_first_screen` opens."""
    found = controls(page)
    _, height = SCREENS["projector"]
    assert max(control["bottom"] for control in found) <= height
    assert pairs(found)
    for first, second in pairs(found):
        assert first["right"] <= second["left"]
    assert [c["label"] for c in found if not (c["isOneLine"] and c["isWhole"])] == []


def test_the_band_above_the_knobs_says_what_this_is(open_page):  # noqa: F811
    page = open_page("xor")
    logo = page.get_by_test_id("stSidebarLogo").bounding_box()
    assert logo["y"] + logo["height"] <= min(control["top"] for control in controls(page))


def test_knobs_stand_in_pairs_on_a_phone_too(open_page):  # noqa: F811
    page = open_page("xor", screen="phone")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().left >= 0"
    )
    assert pairs(controls(settled(page)))


def test_a_section_unfolds_by_a_key(open_page):  # noqa: F811
    page = open_page("xor")
    before = {control["label"] for control in controls(page)}
    beside(page).get_by_text("Seeds", exact=True).locator("xpath=ancestor::summary").focus()
    page.keyboard.press("Enter")
    beside(page).get_by_role("spinbutton", name="Seed of the network").wait_for()
    assert "Seed of the network" not in before
