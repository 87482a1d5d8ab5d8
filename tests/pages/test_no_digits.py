"""Without the file of the digits all works but what needs them, and that says so."""

import pytest

from engine.data import mnist
from pages._kit.training import cache
from tests.pages.screen import sound


@pytest.fixture(autouse=True)
def no_digits(monkeypatch, tmp_path):
    monkeypatch.setattr(mnist, "_FILE", tmp_path / "mnist.npz")
    mnist._read.cache_clear()
    cache.shared.clear()
    yield
    mnist._read.cache_clear()
    cache.shared.clear()


@pytest.mark.parametrize(
    ("page", "link"), [("mnist", {}), ("regularisation", {"dataset": "mnist", "samples": "200"})]
)
def test_a_page_that_needs_them_says_so(visit, page, link):
    at = visit(page, link)
    assert not at.exception
    assert [error.value for error in at.error] == [str(mnist.DigitsError("is missing"))]


def test_another_page_works(visit):
    assert sound(visit("xor", {"epochs": "7", "seed": "123"})).main.markdown
