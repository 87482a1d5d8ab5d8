import numpy as np
import pytest

from engine.optim.descents import descend
from engine.optim.landscapes import LANDSCAPES
from engine.optim.optimizers import OPTIMIZERS
from engine.optim.records import steps

KNOBS = {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.1}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_steps_are_those_of_a_descent_that_went_this_way(name):
    landscape = LANDSCAPES["himmelblau"]
    start = np.array(landscape.start)
    *_, end = descend(landscape, start, [name], np.array([[0.01]]), 20, reach=8.0, **KNOBS)
    path = end.paths[0, 0]
    for axis in (0, 1):
        gradients = landscape.gradient(path[:-1])[:, axis]
        found = list(steps(name, 0.01, gradients, path[:, axis], **KNOBS))
        assert [each.t for each in found] == list(range(1, 21))
        assert [each.w for each in found] == path[:-1, axis].tolist()
        assert [each.after for each in found] == pytest.approx(path[1:, axis].tolist(), rel=1e-12)


def test_two_steps_of_adam_by_hand():
    """g = 2, then 4: v = 0.2, 0.58, corrected 2, 3.0526; s = 0.04, 0.1996, corrected 4, 10.03."""
    first, second = steps("adam", 0.5, np.array([2.0, 4.0]), np.array([1.0, 0.5, 0.0]), **KNOBS)
    assert (first.v, first.s) == pytest.approx((0.2, 0.04))
    assert (first.v_hat, first.s_hat) == pytest.approx((2.0, 4.0))
    assert first.step == pytest.approx(0.5)
    assert first.after == pytest.approx(0.5)
    assert (second.v, second.s) == pytest.approx((0.58, 0.1996))
    assert second.v_hat == pytest.approx(0.58 / 0.19)
    assert second.s_hat == pytest.approx(0.1996 / (1 - 0.99**2))
    assert second.step == pytest.approx(0.5 * (0.58 / 0.19) / (0.1996 / 0.0199) ** 0.5)


@pytest.mark.parametrize(
    ("name", "v", "s", "step"),
    [
        ("gradient_descent", None, None, 0.5 * 4),
        ("momentum", 0.1 * 2 * 0.9 + 0.1 * 4, None, 0.5 * 0.58),
        ("nesterov", 0.58, None, 0.5 * (0.9 * 0.58 + 0.1 * 4)),
        ("adagrad", None, 4 + 16, 0.5 * 4 / 20**0.5),
        ("rmsprop", None, 0.99 * 0.04 + 0.01 * 16, 0.5 * 4 / 0.1996**0.5),
    ],
)
def test_the_second_step_of_the_others_by_hand(name, v, s, step):
    _, second = steps(name, 0.5, np.array([2.0, 4.0]), np.array([1.0, 0.5, 0.0]), **KNOBS)
    assert second.v == (None if v is None else pytest.approx(v))
    assert second.s == (None if s is None else pytest.approx(s))
    assert second.step == pytest.approx(step)
    assert second.v_hat is None
    assert second.s_hat is None


def test_adamw_shrinks_w_besides():
    given = np.array([2.0]), np.array([3.0, 0.0])
    (plain,), (shrinking,) = (list(steps(name, 0.5, *given, **KNOBS)) for name in ("adam", "adamw"))
    assert shrinking.step == pytest.approx(plain.step + 0.5 * 0.1 * 3.0)
    assert shrinking[3:7] == plain[3:7]
