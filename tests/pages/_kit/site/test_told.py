"""What the page and a component share: what is said there is taken where it makes sense."""

import pytest

from pages._activations.lens import ACTIVATIONS_AND_OUTPUTS as LENS
from pages._kit.site import told

NAMES = ("g", "z", "L")


class Session:
    """A session's dictionary, in place of Streamlit's."""

    def __init__(self):
        self.kept = {}

    def keep(self, key, make):
        return self.kept.setdefault(key, make())

    def put(self, key, value):
        self.kept[key] = value


class Visit:
    """The page's own controls, in place of a visit's."""

    lens = LENS

    def __init__(self):
        self.values = {own.name: own.first for own in LENS.page_knobs}

    def page_knob_value(self, name):
        return self.values[name]

    def set_page_knob(self, name, value):
        self.values[name] = value


@pytest.fixture
def visit(monkeypatch):
    monkeypatch.setattr(told, "session", Session())
    return Visit()


def say(visit, **state):
    told.session.put("key", {"state": state})
    told.taking(visit, "key", NAMES)()


def test_what_is_turned_in_the_picture_is_taken_and_not_sent_back_as_news(visit):
    before = told.state(visit, "key", NAMES)
    say(visit, g="tanh", z=-1.5, L=20)
    after = told.state(visit, "key", NAMES)
    assert after["state"] == {"g": "tanh", "z": -1.5, "L": 20}
    assert after["version"] == before["version"]


def test_what_the_page_sets_is_news(visit):
    before = told.state(visit, "key", NAMES)
    visit.set_page_knob("z", 6.0)
    after = told.state(visit, "key", NAMES)
    assert after["version"] == before["version"] + 1
    assert told.state(visit, "key", NAMES) == after


@pytest.mark.parametrize(
    "said",
    [{"g": "sine"}, {"z": 99.0}, {"L": "x"}, {"z": True}, {"z": float("nan")}, {}, {"L": []}],
)
def test_what_makes_no_sense_is_not_taken(visit, said):
    before = told.state(visit, "key", NAMES)
    say(visit, **said)
    assert told.state(visit, "key", NAMES) == before


@pytest.mark.parametrize("sent", [{}, {"state": None}, {"state": "z"}])
def test_nothing_is_taken_of_nothing(visit, sent):
    told.session.put("key", sent)
    told.taking(visit, "key", NAMES)()
    assert visit.values == Visit().values
