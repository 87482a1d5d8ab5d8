"""What takes long on a page is worked out in the queue, where others can go first."""

import pytest
from _pytest.monkeypatch import derive_importpath

from pages._kit.training import cache
from pages._kit.training.queue import Turn

POINTS = {"epochs": "20", "seed": "31"}
DIGITS = {"samples": "300", "epochs": "2", "hidden": "8", "seed": "31"}
MOVED = {**DIGITS, "dataset": "mnist", "shift": "rotated", "shift_strength": "0.9"}

LONG = [
    ("initialisation", POINTS, "pages._initialisation.gallery.layer_statistics"),
    ("initialisation", POINTS, "pages._initialisation.gallery.fields"),
    ("initialisation", {"panel": "Why Var = 1/n", "seed": "32"}, "pages._initialisation.why.sums"),
    ("vanishing", POINTS, "engine.inspection.depth.View.profiles"),
    ("regularisation", POINTS, "pages._regularisation.pictures.field"),
    ("batches", POINTS, "pages._batches.pictures.fields"),
    ("batches", {**POINTS, "panel": "Noise of the gradient"}, "pages._batches.noisy.noise"),
    ("batches", {**POINTS, "panel": "In the network's loss"}, "pages._batches.in_a_plane.look"),
    ("mnist", {**DIGITS, "panel": "Mistakes"}, "pages._mnist.insight.logits"),
    ("mnist", {**DIGITS, "panel": "See inside"}, "pages._mnist.insight.excited"),
    ("bias_variance", MOVED, "engine.experiment.digits.shifted_in_parts"),
    (
        "bias_variance",
        {"panel": "Normalising inputs"},
        "pages._bias_variance.normalising.errors_in_groups",
    ),
    ("neuron", {}, "pages._neuron.race.lap"),
    ("optimisers", {"on": "weights"}, "pages._optimisers.scene._slice"),
    ("optimisers", {"on": "random"}, "pages._optimisers.racing.descend"),
    ("optimisers", {"panel": "Stability"}, "pages._optimisers.stability.along"),
    ("averages", {"panel": "A real training"}, "engine.nn.network.Network.gradient"),
    ("xor", {"panel": "Gradient check", "activation": "relu"}, "engine.checking.checkup.crossings"),
]
"""Pages by their links, and what is done there that may take a tenth of a second or more."""


@pytest.fixture
def rests(monkeypatch):
    """Whether whoever lets others go first has the turn, each time, in a queue of its own."""
    noted = []

    class Noted(Turn):
        def let_others(self):
            noted.append(self.is_mine)
            super().let_others()

    monkeypatch.setattr(cache, "turn", Noted())
    cache.shared.clear()
    yield noted
    cache.shared.clear()


@pytest.mark.parametrize(("page", "link", "where"), LONG)
def test_it_is_worked_out_in_the_queue(visit, monkeypatch, rests, page, link, where):
    name, holder = derive_importpath(where, raising=True)
    work, seen = getattr(holder, name), []

    def noted(*given, **named):
        seen.append(cache.turn.is_mine)
        return work(*given, **named)

    monkeypatch.setattr(holder, name, noted)
    assert not visit(page, link).exception
    assert seen
    assert all(seen)
    assert all(rests)
