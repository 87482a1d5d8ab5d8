"""What the host may set, and what is said of it when it makes no sense."""

import logging

import pytest

from pages._kit.training import settings as module
from pages._kit.training.settings import DASK, MEMORY, WORKERS, Settings, read, settings


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, Settings()),
        ({WORKERS: "", DASK: " "}, Settings()),
        ({WORKERS: "0"}, Settings()),
        ({WORKERS: " 2 "}, Settings(workers=2)),
        ({DASK: "tcp://10.0.0.5:8786"}, Settings(dask="tcp://10.0.0.5:8786")),
        ({DASK: "scheduler:8786", WORKERS: "0"}, Settings(dask="scheduler:8786")),
        ({MEMORY: " 800 "}, Settings(megabytes=800)),
    ],
)
def test_what_makes_sense_is_taken_without_a_word(variables, expected):
    assert read(variables) == (expected, [])


@pytest.mark.parametrize("value", ["-1", "2.5", "two", "65", "1e1", "٣"])
def test_a_number_of_workers_that_makes_no_sense_is_ignored_with_a_sentence(value):
    found, (complaint,) = read({WORKERS: value})
    assert found == Settings()
    assert complaint == (
        f"PLAYGROUND_WORKERS is {value!r} but must be a whole number from 0 to 64: it is ignored."
    )


@pytest.mark.parametrize("value", ["-400", "4e2", "49", "half", "1G", "1000000"])
def test_a_memory_that_makes_no_sense_is_ignored_with_a_sentence(value):
    found, (complaint,) = read({MEMORY: value})
    assert found == Settings()
    assert complaint == (
        f"PLAYGROUND_MEMORY is {value!r} but must be a whole number of MB, 50 or more: it is "
        "ignored."
    )


@pytest.mark.parametrize("value", ["yes", "tcp://10.0.0.5", "a b:8786", "tcp://:8786", "x:port"])
def test_an_address_that_is_none_is_ignored_with_a_sentence(value):
    found, (complaint,) = read({DASK: value, WORKERS: "2"})
    assert found == Settings(workers=2)
    assert complaint.startswith(f"PLAYGROUND_DASK is {value!r} but must be an address such as ")


def test_of_both_the_scheduler_is_taken():
    found, complaints = read({WORKERS: "2", DASK: "scheduler:8786"})
    assert found == Settings(dask="scheduler:8786")
    assert complaints == ["PLAYGROUND_WORKERS is ignored, because PLAYGROUND_DASK is set as well."]


def test_they_are_read_from_the_environment_and_complained_about_once(monkeypatch, caplog):
    monkeypatch.setenv(WORKERS, "many")
    settings.cache_clear()
    with caplog.at_level(logging.WARNING, module.__name__):
        assert settings() == settings() == Settings()
    settings.cache_clear()
    assert [record.getMessage()[:28] for record in caplog.records] == [
        "PLAYGROUND_WORKERS is 'many'"
    ]
