"""A link carries its version, and a QR code carries the link."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages._kit.link import VERSION, address, query


def test_a_page_at_its_defaults_has_a_short_link():
    assert query({}) == ""


def test_a_link_carries_its_version():
    assert parse_qs(query({"hidden": "4-2", "lesson_task": "a & b"})) == {
        "hidden": ["4-2"],
        "lesson_task": ["a & b"],
        "v": [VERSION],
    }


def test_the_whole_link_leads_to_the_page_one_is_on():
    def page():
        import streamlit as st

        from pages._kit.link import address

        st.code(address({"seed": "5"}))

    at = AppTest.from_function(page).run()
    assert urlsplit(at.code[0].value).query == f"seed=5&v={VERSION}"


def test_outside_of_a_visit_the_link_is_relative():
    assert address({"seed": "5"}) == f"?seed=5&v={VERSION}"


@pytest.mark.parametrize(("length", "is_drawn"), [(10, True), (2900, True), (3000, False)])
def test_a_qr_code_is_drawn_or_is_said_to_be_too_long(length, is_drawn):
    def page(length):
        from pages._kit import link

        link._qr_code("http://a.example/?" + "x" * length)

    at = AppTest.from_function(page, args=(length,)).run()
    assert not at.exception
    assert len(at.get("image")) == is_drawn
    assert len(at.markdown) == (not is_drawn)


@pytest.mark.parametrize(("version", "is_noted"), [("1", False), ("", False), ("2", True)])
def test_a_link_of_another_version_is_used_and_noted(visit, version, is_noted):
    at = visit("xor", {"hidden": "5", "v": version})
    assert [info.value for info in at.info] == [
        "Part of the link could not be used. It was made by another version of this app."
    ] * is_noted
