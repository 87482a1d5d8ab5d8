"""What a data set says of itself stays as it is."""

import dataclasses

import pytest

from engine.data.tables import DATASETS


def test_a_dataset_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        DATASETS["xor"].classes = 3
