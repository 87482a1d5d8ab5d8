"""A stage is a blank page with one component in it, mounted as Streamlit mounts it.

What a component does by itself is seen here in a tenth of the time that Streamlit's own client
takes to load; what comes back by a rerun needs Streamlit.
"""

import json
import tomllib
from base64 import b64encode
from typing import Any, NamedTuple

from pages._kit import lineup
from pages._kit.player import bundle
from pages._mnist import drawing
from tests.e2e.conftest import ROOT


class Component(NamedTuple):
    """What Streamlit is given of a component."""

    markup: str
    style: str
    script: str


PLAYER = Component(bundle.markup("player.html"), bundle.style(), bundle.script())
LINEUP = Component(
    bundle.markup(lineup.WEB / "lineup.html"),
    bundle.style(lineup.WEB / "lineup.css"),
    lineup.script(),
)
DRAWING = Component(
    bundle.text(drawing.WEB / "drawing.html"),
    bundle.style(drawing.WEB / "drawing.css"),
    drawing.script(),
)

THEMES = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
VARIABLES = {
    "--st-primary-color": "primaryColor",
    "--st-background-color": "backgroundColor",
    "--st-text-color": "textColor",
    "--st-border-color": "borderColor",
}

# As wide as in Streamlit's wide layout, which leaves so much at the sides.
PAGE = """<!doctype html><meta name="viewport" content="width=device-width"><style>
  :root {{ --st-font: sans-serif; --st-button-radius: {radius}; {light} }}
  @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
  body {{ margin: 0; padding: 96px 80px; font: 16px/1.6 sans-serif; }}
  @media (max-width: 700px) {{ body {{ padding: 96px 16px; }} }}
</style>"""

# The shadow root, the two boxes in it and the module of its own are Streamlit's; what the component
# says is written down instead of sent.
MOUNT = """async ([markup, style, script]) => {
  const root = document.body.appendChild(document.createElement('div'))
    .attachShadow({ mode: 'open' });
  const box = root.appendChild(document.createElement('div'));
  box.innerHTML = `<div>${markup}</div><style>${style}</style>`;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const { default: render } = await import(url);
  window.sent = [];
  const send = (...message) => window.sent.push(message);
  window.show = (base64) => render({
    data: Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)),
    parentElement: root,
    setStateValue: send,
    setTriggerValue: send,
  });
}"""


class Stage:
    """A page with a component in it, and what that has told the server."""

    def __init__(self, page: Any, component: Component) -> None:
        self._page = page
        themes = {name: variables(THEMES[name]) for name in ("light", "dark")}
        page.set_content(PAGE.format(radius=THEMES["baseRadius"], **themes))
        page.evaluate(MOUNT, list(component))

    def show(self, data: bytes) -> None:
        """Hand the component its data, as a rerun does."""
        self._page.evaluate("base64 => { window.show(base64); }", b64encode(data).decode())

    @property
    def sent(self) -> list[list[Any]]:
        """The names and values that the component has sent so far."""
        return list(self._page.evaluate("window.sent"))

    def wait_until_sent(self, name: str) -> Any:
        """Wait until the component has sent something of this name, and return the last of it."""
        self._page.wait_for_function(
            "name => window.sent.some(([said]) => said === name)", arg=name
        )
        return [value for said, value in self.sent if said == name][-1]


def variables(theme: dict[str, str]) -> str:
    """Return a theme as the CSS variables that Streamlit makes of it."""
    return " ".join(f"{name}: {theme[option]};" for name, option in VARIABLES.items())


def computed(element: Any, function: str, *arguments: Any) -> Any:
    """Return what a function of the browser makes of an element and of arguments.

    They go there and back as text: Playwright translates numbers one by one, thousands in seconds.
    """
    asked = f"(element, text) => JSON.stringify(({function})(element, ...JSON.parse(text)))"
    return json.loads(element.evaluate(asked, json.dumps(arguments)))
