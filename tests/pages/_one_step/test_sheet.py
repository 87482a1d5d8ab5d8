from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from pages._one_step import sheet
from pages._one_step.lens import ONE_STEP
from tests.pages._kit.matrices.test_matrices import is_sound

STEP = take_step(*begin(ONE_STEP.first), 1.0)


def test_the_modules_can_be_joined_into_one(tmp_path):
    assert is_sound(sheet.MODULES, tmp_path) == ""


def test_every_matrix_of_a_line_is_on_the_sheet_once_with_its_numbers():
    parts = sheet.pack(STEP)
    assert [part["title"] for part in parts] == [
        "Given", "Forwards", "Backwards", "Update", "After",
    ]  # fmt: skip
    found = [each for part in parts for each in part["matrices"]]
    given = ["A0", "Y", "W1", "b1", "W2", "b2"]
    assert [each["key"] for each in found] == [*given, *(line.result for line in STEP.lines)]
    for each in found:
        assert each["values"] == STEP.matrices[each["key"]].ravel().tolist()
