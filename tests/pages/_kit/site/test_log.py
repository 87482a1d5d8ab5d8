"""What is logged of runs that were refused or failed: a line each, and nothing a visitor wrote."""

import logging

import pytest

from engine.experiment.experiment import Experiment
from pages._kit.site import log
from pages._kit.training.queue import BusyError
from tests.pages.screen import widget

SECRET = "31415926"
"""What a visitor has put into a link or a field."""


@pytest.fixture
def lines(caplog):
    """Return what is logged of runs, by us or by Streamlit, as it would be written."""
    log.keep_tracebacks_out()
    written = logging.Formatter().format
    whose = ("playground", "streamlit.error_util")
    return lambda: [written(record) for record in caplog.records if record.name in whose]


@pytest.fixture
def breaking(monkeypatch):
    """Let every training fail with what the visitor asked for in its message."""

    def fail(experiment, **rest):
        raise LookupError(f"no training of {experiment!r} or {SECRET}")

    monkeypatch.setattr("pages._kit.training.cache.Recording", fail)


def test_a_failed_run_is_one_line_without_what_the_error_says(visit, lines, breaking):
    at = visit("xor", {"seed": SECRET})
    assert at.exception
    (line,) = (line for line in lines() if " on xor" in line)  # the start may have failed as well
    assert line.startswith("failed on xor: LookupError at tests/pages/_kit/site/test_log.py:")
    assert [line for line in lines() if SECRET in line] == []


def test_a_failed_callback_is_one_line_too(visit, lines, monkeypatch):
    def fail(*rest, **options):
        raise KeyError(SECRET)

    at = visit("xor")
    monkeypatch.setattr(Experiment, "but", fail)
    button = next(button for button in at.button if button.label == "Another seed")
    button.click().run()
    assert [line for line in lines() if SECRET in line] == []
    assert len(lines()) == 1


def test_a_refused_run_is_one_line(visit, lines, monkeypatch):
    def fail(*rest, **options):
        raise BusyError(f"busy with {SECRET}")

    at = visit("xor")
    monkeypatch.setattr("pages._kit.training.cache.Recording", fail)
    widget(at, "Units in layer 1").set_value(5).run()
    assert at.warning
    assert lines() == ["refused on xor: BusyError"]


def test_an_error_of_no_page_is_said_with_its_place(lines):
    try:
        int(SECRET * 2, base=2)
    except ValueError as error:
        log.failed(error)
    (line,) = lines()
    assert line.startswith("failed: ValueError at tests/pages/_kit/site/test_log.py:")


def test_an_error_that_was_never_raised_has_no_place(lines):
    log.failed(OSError(SECRET))
    assert lines() == ["failed: OSError"]


def test_streamlits_other_messages_stay(lines):
    logging.getLogger("streamlit.error_util").warning("a message")
    assert lines() == ["a message"]


def test_who_asks_for_tracebacks_gets_them(lines, caplog):
    caplog.set_level(logging.DEBUG, "streamlit.error_util")
    logging.getLogger("streamlit.error_util").error("uncaught", exc_info=ValueError(SECRET))
    (line,) = lines()
    assert line.endswith(f"ValueError: {SECRET}")
