"""What a session shows: its address, its notes, its widgets, and whether anything went wrong."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from pages._kit.knobs.lens import Lens

WIDGETS = ("toggle", "selectbox", "button_group", "number_input", "select_slider", "slider")


def sound(at: AppTest) -> AppTest:
    """Return the session, whose page must have been drawn to its end without any error."""
    assert not at.exception
    assert [error.value for error in at.error] == []
    return at


def arrived(at: AppTest, page: str, link: Mapping[str, Any]) -> AppTest:
    """Return a session after its visitor has come to a page anew, by a link."""
    at.session_state["frame.page"] = None
    at.query_params.clear()
    at.query_params.update(link)
    return sound(at.switch_page(f"pages/{page}.py").run())


def address(at: AppTest) -> dict[str, str]:
    """Return the parameters that the page has put into the address, but for the version."""
    told = [component.proto for component in at.get("bidi_component")]
    (link,) = [
        json.loads(proto.json) for proto in told if proto.component_name == "playground_link"
    ]
    parameters = {name: values[-1] for name, values in parse_qs(link["query"], True).items()}
    assert parameters.pop("v", "1") == "1"
    return parameters


def movie(at: AppTest, which: int = 0) -> dict[str, Any]:
    """Return the header of the movie that a player on the page was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    sent = [proto.bytes for proto in told if proto.component_name == "neural_network_player"][which]
    header: dict[str, Any] = json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])
    return header


def notes(at: AppTest) -> list[str]:
    """Return what the page says about a link that could not be used."""
    return [info.value for info in at.info if info.value.startswith("Part of the link")]


def widget(at: AppTest, label: str) -> Any:
    """Return the widget with a label."""
    return next(control for control in _widgets(at) if control.label == label)


def labels(at: AppTest) -> set[str]:
    """Return the labels of all widgets."""
    return {control.label for control in _widgets(at)}


def _widgets(at: AppTest) -> list[Widget]:
    return [control for kind in WIDGETS for control in at.get(kind) if isinstance(control, Widget)]


ROW, PARTS = "Below the picture", "In this panel"


def parts(at: AppTest) -> Iterator[str]:
    """Open all panels of a page and all their parts, one after the other, and name each part."""
    for panel in widget(at, ROW).options:
        sound(widget(at, ROW).set_value(panel).run())
        names = widget(at, PARTS).options if PARTS in labels(at) else [panel]
        for name in names:
            if PARTS in labels(at):
                sound(widget(at, PARTS).set_value(name).run())
            yield name


def open_part(at: AppTest, panel: str, part: str) -> AppTest:
    """Open a part of a panel, in two presses if the panel has several, and return the session."""
    sound(widget(at, ROW).set_value(panel).run())
    return sound(widget(at, PARTS).set_value(part).run()) if PARTS in labels(at) else at


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with a label and return the session after it."""
    return next(button for button in at.button if button.label == label).click().run()


def a_knob(lens: Lens) -> str:
    """Return a knob that the page has, and that can be turned to 0.3."""
    return next(name for name in ("l2", "init_scale", "learning_rate") if name in lens.knobs)


def a_link(lens: Lens) -> dict[str, str]:
    """Return a link to an experiment that is cheap, and unlike the page's defaults."""
    return {"seed": "5", a_knob(lens): "0.3"} | ({"samples": "100"} if lens.path == "mnist" else {})
