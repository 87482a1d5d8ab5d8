"""Pinned runs side by side: those that a link brings are trained as a job that can be stopped."""

import pytest

from pages._kit.site import jobs
from pages._kit.training import cache
from pages._pages.registry import LENSES
from tests.pages.screen import press, sound

# Digits by single samples for a thousand epochs: 1.2 CPU hours, if anybody started it.
LONG = (
    "dataset:mnist,samples:10000,hidden:128-128-128-128,batch_size:1,epochs:1000,"
    "optimizer:adam,l2:0.1,keep_prob:0.5,seed:1"
)
MISSING = "Not trained yet: see above."


def buttons(at):
    return {button.label for button in at.button} & {"Train", "Stop", "Continue"}


def captions(at):
    return [caption.value for caption in at.caption]


def test_a_pin_that_takes_long_waits_to_be_asked_for(visit):
    at = sound(visit("bias_variance", {"panel": "Compare", "pins": LONG}))
    assert "Train" in buttons(at)
    assert MISSING in captions(at)


@pytest.mark.parametrize("path", sorted({*LENSES} - {"mnist"}))
def test_pins_that_a_link_brings_are_trained_and_kept(visit, path):
    at = sound(visit(path, {"panel": "Compare", "pins": "epochs:10,seed:8;epochs:10,seed:9"}))
    assert MISSING not in captions(at)
    pinned, _ = LENSES[path].read({"epochs": "10", "seed": "8"})
    kept = cache.pinned(pinned)
    assert kept.experiment == pinned
    assert len(kept.history["epoch"]) == 11
    assert len(kept.snapshots.epochs) == 1  # of what is compared nobody asks for the way


def test_a_run_that_was_on_the_page_is_not_trained_again_once_it_is_pinned(visit, monkeypatch):
    at = visit("vanishing", {"panel": "Compare", "epochs": "10", "hidden": "4-4"})
    press(at, "Pin this run")
    follow, parts = jobs.follow, []

    def noting(*asked, part="main", **options):
        parts.append(part)
        return follow(*asked, part=part, **options)

    monkeypatch.setattr(jobs, "follow", noting)
    sound(press(at, "Another seed"))
    assert set(parts) == {"main"}
