import json

import numpy as np
import pytest

from pages._one_step import samples
from tests.engine.inspection.one_step.drawn import drawn
from tests.pages._kit.matrices.test_matrices import is_sound


def test_the_modules_can_be_joined_into_one(tmp_path):
    assert is_sound(samples.MODULES, tmp_path) == ""


@pytest.mark.parametrize("k", range(24))
def test_each_line_has_a_column_and_the_sums_end_at_the_matrices(k):
    step = drawn(k).step
    packed = json.loads(json.dumps(samples.pack(step)))
    assert len(packed["turns"]) == packed["m"] == step.m
    for turn in packed["turns"]:
        assert {key for _, key in packed["lines"]} <= set(turn["columns"])
    for key in packed["sums"]:
        total = np.array(packed["turns"][-1]["sums"][key]["values"]) / step.m
        np.testing.assert_allclose(total, packed["whole"][key]["values"], atol=1e-12)


def test_the_lines_are_those_of_a_single_sample():
    lines = [notes for notes, _ in samples.pack(drawn(6).step)["lines"]]
    assert lines[0] == "z[1] = W[1] x + b[1]"
    assert lines[-1].startswith("dz[1] = ")
