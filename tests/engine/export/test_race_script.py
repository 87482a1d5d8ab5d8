import re
import subprocess
import sys

import numpy as np
import pytest

from engine.export.race_script import race_script
from engine.optim.descents import descend, steps_until
from engine.optim.landscapes import LANDSCAPES, bowl
from engine.optim.optimizers import OPTIMIZERS

ALL = {**LANDSCAPES, "turned": bowl(300, 30)}
KNOBS = {"beta1": 0.8, "beta2": 0.99, "weight_decay": 0.05}


def run(code):
    """What a script prints: by each name its rate, its steps to the ring, and its last cost."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    pattern = r"^(.+): alpha (\S+), in the ring after (\S+), J (\S+)$"
    return {name: rest for name, *rest in re.findall(pattern, done.stdout, re.M)}


@pytest.mark.parametrize("name", ALL)
def test_it_prints_what_the_race_came_to(name):
    landscape = ALL[name]
    rates = {each: 0.003 * (k + 1) for k, each in enumerate(OPTIMIZERS)}
    minima, start = np.array(landscape.minima), np.array(landscape.start)
    grid = np.array([[rate] for rate in rates.values()])
    *_, end = descend(landscape, start, list(rates), grid, 150, reach=8.0, **KNOBS)
    settled = steps_until(end.paths[:, 0], minima, 0.7)
    found = run(race_script(landscape, landscape.start, rates, 150, 0.7, **KNOBS))
    for k, (each, rate) in enumerate(rates.items()):
        alpha, after, cost = found[OPTIMIZERS[each].title]
        assert float(alpha) == pytest.approx(rate)
        assert after == ("never" if settled[k] < 0 else str(settled[k]))
        if end.left[k, 0] >= 0:  # the page stays where it left the numbers, the script goes on
            continue
        assert float(cost) == pytest.approx(float(end.costs[k, 0, -1]), rel=1e-5)


@pytest.mark.parametrize("name", ALL)
def test_a_landscape_is_written_as_it_is(name):
    landscape = ALL[name]
    rng = np.random.default_rng(1)
    for w in rng.uniform(-3, 3, (20, 2)):
        known = {"np": np, "x": w[0], "y": w[1]}
        assert eval(landscape.written.cost, known) == pytest.approx(landscape.cost(w), rel=1e-12)
        slopes = [eval(code, dict(known)) for code in landscape.written.slopes]
        assert slopes == pytest.approx(landscape.gradient(w).tolist(), rel=1e-12)


def test_a_script_holds_only_what_its_optimisers_use():
    code = race_script(bowl(), (1.0, 2.0), {"gradient_descent": 0.1}, 3, 0.1, **KNOBS)
    assert "beta" not in code
    assert "def adam" not in code
    assert "for _ in range(steps)" in code
