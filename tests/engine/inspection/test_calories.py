from engine.inspection.calories import CALORIES, FOODS, NOTES_FAT_OF_BEEF, NUTRIENTS


def test_the_share_of_fat_in_beef_is_that_of_the_lecture_and_not_of_the_notes():
    """Worked out by hand: 135 of 239 is 56.5 %, 185 of 289 is 64.0 %."""
    beef = CALORIES[:, FOODS.index("Beef")].copy()
    fat = NUTRIENTS.index("Fat")
    assert round(100 * beef[fat] / beef.sum(), 1) == 56.5
    beef[fat] = NOTES_FAT_OF_BEEF
    assert round(100 * beef[fat] / beef.sum(), 1) == 64.0
    assert CALORIES.shape == (len(NUTRIENTS), len(FOODS))
