from engine.checking.slips import SLIPS, Outcome, outcome
from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from pages._one_step.lens import ONE_STEP
from pages._one_step.slips import told
from tests.pages.screen import sound, widget


def test_what_comes_of_a_slip_is_said_with_its_shapes_or_its_ratio():
    assert "inner 3 and 2 differ" in told(Outcome(shapes=((4, 3), (2, 4))))
    step = take_step(*begin(ONE_STEP.first), 1.0)
    assert "comes out as **(3, 3)**" in told(outcome(SLIPS["a1"], step))
    assert "off by a ratio of **0.600**" in told(outcome(SLIPS["twice"], step))


def test_every_slip_can_be_chosen_on_the_page(arrive):
    at = arrive(ONE_STEP, {"learning_rate": "1", "panel": "As the notes write it"})
    for name, slip in SLIPS.items():
        sound(widget(at, "A slip of the notes").set_value(name).run())
        words = [each.value for each in at.markdown]
        assert f"The notes write\n\n> {slip.notes}" in words
        assert len(at.warning) + len(at.info) == 1


def test_a_network_without_the_line_is_said_to_have_none(arrive):
    at = arrive(ONE_STEP, {"hidden": "none", "panel": "As the notes write it", "slip": "layer"})
    assert any("single layer" in each.value for each in at.caption)
