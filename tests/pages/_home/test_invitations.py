"""The start's cards: each shows what its page shows, and leads there."""

import io

import numpy as np
import pytest
from PIL import Image

from engine.data import mnist
from pages._home import pictures
from pages._home.invitations import INVITATIONS, cards
from pages._kit.cards import read
from pages._kit.site import sitemap
from pages._kit.training import cache
from tests.pages.test_pages import stored

each = pytest.mark.parametrize("invitation", INVITATIONS, ids=lambda each: each.path)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@each
def test_a_card_has_a_picture_of_few_bytes(invitation):
    card = invitation.card()
    assert pixels(card.picture).shape == (207, 276, 3)
    assert len(card.picture) < 80_000
    assert card.seen


@each
def test_its_link_can_be_used_in_full(invitation):
    lens = sitemap.page(invitation.path).lens
    knobs = {name: text for name, text in invitation.link.items() if name != "panel"}
    experiment, notes = lens.read(knobs)
    assert notes == []
    assert lens.write(experiment) == knobs


def test_the_boundary_is_that_of_the_network_that_the_link_opens():
    xor = INVITATIONS[0]
    run = cache.run(xor.experiment)
    assert run.final("train_accuracy") == 1.0  # so each point stands on the colour of its class
    picture = pixels(pictures.boundary(run))
    height, width, _ = picture.shape
    blue, orange = np.array([0, 114, 178]), np.array([230, 159, 0])
    half, wide = 0.6, 0.6 * width / height
    for x1, x2, other, own in ((0, 0, orange, blue), (1, 0, blue, orange), (0, 1, blue, orange)):
        x, y = (x1 - 0.5 + wide) / (2 * wide) * width, (0.5 + half - x2) / (2 * half) * height
        beside = picture[int(y), int(x) + 14]  # off the marker
        assert np.abs(beside - own).sum() < np.abs(beside - other).sum()


def test_the_digits_are_the_first_of_the_test_set():
    shown = 255 - np.asarray(Image.open(io.BytesIO(pictures.digits())).resize((112, 84)))
    corner = mnist.load().test_images[0].reshape(28, 28)
    assert np.corrcoef(shown[:28, :28].ravel(), corner.ravel())[0, 1] > 0.9


def test_without_digits_a_card_has_no_picture(monkeypatch):
    def damaged():
        raise mnist.DigitsError("is missing")

    monkeypatch.setattr(pictures.mnist, "load", damaged)
    from pages._home import invitations

    invitations._drawn.cache_clear()
    assert [bool(card.picture) for card in cards()] == [True, False, True]
    invitations._drawn.cache_clear()


@pytest.mark.parametrize("which", range(len(INVITATIONS)))
def test_a_card_opens_its_page(visit, which):
    at = visit("home")
    at.session_state["home.cards"] = {"pressed": which}
    at.run()
    assert not at.exception
    lens = sitemap.page(INVITATIONS[which].path).lens
    assert stored(at, lens) == INVITATIONS[which].experiment


@pytest.mark.parametrize("pressed", [None, 3, -1, "0", True, 1.0, [0], {}])
def test_what_makes_no_sense_opens_nothing(pressed):
    assert read({"pressed": pressed}, 3) is None
    assert read({}, 3) is None
    assert read(None, 3) is None
