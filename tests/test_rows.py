import pytest

from tests.rows import complete, expected_of

BY_HAND = {"relu": 0.5}
ADD = ("the values worked out by hand", "BY_HAND", __file__)
SENTENCE = "Add the values worked out by hand for 'softsign' to BY_HAND in tests/test_rows.py."


def test_what_is_expected_of_a_row_is_returned():
    assert expected_of(BY_HAND, "relu", *ADD) == 0.5


def test_a_new_row_is_told_in_one_sentence():
    with pytest.raises(pytest.fail.Exception) as failure:
        expected_of(BY_HAND, "softsign", *ADD)
    assert str(failure.value) == SENTENCE


def test_every_row_that_is_missing_or_gone_is_told():
    complete(BY_HAND, ["relu"], *ADD)
    with pytest.raises(pytest.fail.Exception) as failure:
        complete(BY_HAND, ["softsign"], *ADD)
    assert str(failure.value).splitlines() == [
        SENTENCE,
        "Take 'relu' out of BY_HAND in tests/test_rows.py.",
    ]
